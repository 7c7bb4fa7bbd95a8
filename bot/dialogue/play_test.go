package dialogue_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/dialogue"
)

func TestTheDialoguesOfTestdataArePlayedAsTheyAreWritten(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.chat")
	if err != nil || len(paths) != 3 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		t.Run(path, func(t *testing.T) {
			source := read(t, path)
			played := play(t, string(source))
			if *update {
				if err := os.WriteFile(path, played.Format(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for _, d := range dialogue.Compare(parse(t, string(source)), played) {
				t.Errorf("%s: %v", path, d)
			}
			if string(played.Format()) != string(source) {
				t.Error("the file is not written as Format writes it")
			}
		})
	}
}

const short = `language en

member
  hello

bot home/menu
  What can we do for you?
  [File a complaint]
  [My number]

member taps file a complaint

bot complaint/describe
  Please describe what happened.
  [Done]
`

func TestTheMatcherLearnsBeforeWordsAndNotForAPress(t *testing.T) {
	learnt := 0
	w := stage(t)
	w.Learn = func(context.Context) error { learnt++; return nil }
	c := dialogue.New(w, bot.En)
	if _, err := c.Say(t.Context(), "hello"); err != nil || learnt != 1 {
		t.Errorf("learnt %d times before the first words: %v", learnt, err)
	}
	if _, err := c.Tap(t.Context(), "File a complaint"); err != nil || learnt != 1 {
		t.Errorf("learnt %d times: %v", learnt, err)
	}
	w.Learn = func(context.Context) error { return os.ErrDeadlineExceeded }
	if _, err := dialogue.New(w, bot.En).Say(t.Context(), "hello"); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("what was not learnt is asked: %v", err)
	}
}

func TestAnotherStepIsAnotherPathAndOtherWordsAreNot(t *testing.T) {
	played := play(t, short)
	for edit, want := range map[[2]string]struct {
		line int
		path bool
	}{
		{"What can we do", "How may we help"}:    {6, false},
		{"[My number]", "[My phone]"}:            {6, false},
		{"  [My number]\n", ""}:                  {6, true},
		{"home/menu", "home/start"}:              {6, true},
		{"bot complaint/describe", "queue : no"}: {13, true},
	} {
		got := dialogue.Compare(parse(t, strings.Replace(short, edit[0], edit[1], 1)), played)
		if len(got) != 1 || got[0].Line != want.line || got[0].Path != want.path {
			t.Errorf("%q for %q: %+v, want %+v", edit[1], edit[0], got, want)
		}
	}
	if got := dialogue.Compare(parse(t, short), played); len(got) != 0 {
		t.Errorf("nothing was changed: %v", got)
	}
}

func TestAMissingAnswerIsAnotherPath(t *testing.T) {
	cut := strings.Split(short, "\nbot complaint")[0]
	got := dialogue.Compare(parse(t, cut), play(t, short))
	if len(got) != 1 || !got[0].Path || got[0].Want != "(the end), 0 choices" || !strings.Contains(got[0].String(), "line 11") {
		t.Errorf("found %v", got)
	}
}

func TestATapOnAnUnknownButtonTellsTheButtons(t *testing.T) {
	for source, want := range map[string]string{
		"language en\nmember\n  hello\nmember taps Nothing\n": `line 4: member taps Nothing: no button "Nothing"; the buttons are [File a complaint], [My number]`,
		"language en\nmember taps Nothing\n":                  `line 2: member taps Nothing: no button "Nothing": what the bot said last has none`,
		"member dances\n":                                     `line 1: member dances: a member can say something, or: taps LABEL, sends FILE or FILE, FILE, shares PHONE, waits TIME, blocks or unblocks (the bot)`,
		"member waits long\n":                                 `line 1: member waits long: how long? such as 2s, 15m or 36h: time: invalid duration "long"`,
	} {
		_, err := dialogue.Play(t.Context(), stage(t), parse(t, source))
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestButtonsOfOlderMessagesAreOutOfReach(t *testing.T) {
	_, err := dialogue.Play(t.Context(), stage(t), parse(t, short+"\nmember taps My number\n"))
	if err == nil || !strings.Contains(err.Error(), "the buttons are [Done]") {
		t.Error(err)
	}
}

func TestAFaultOfTheProgramIsAnErrorOfItsLine(t *testing.T) {
	_, err := dialogue.Play(t.Context(), stage(t), parse(t, short+"\nmember\n  break\n\nmember taps Done\n\nmember taps Submit\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "line 22: member taps Submit: quarantined") || !strings.Contains(err.Error(), "the desk is broken") {
		t.Error(err)
	}
}

func TestWaitingBringsTimersBack(t *testing.T) {
	played := play(t, short+"\nmember sends front.jpg, back.jpg\n\nmember waits 1s\n\nmember waits 1s\n\nmember waits 1h\n")
	var heads []string
	for _, b := range played.Blocks[4:] {
		heads = append(heads, b.Head)
	}
	want := []string{
		"member sends front.jpg, back.jpg", "member waits 1s", "member waits 1s", "bot complaint/describe", "member waits 1h",
	}
	if !slices.Equal(heads, want) {
		t.Errorf("played %q, want %q", heads, want)
	}
}

func TestWhatTheProgramDidIsPartOfThePath(t *testing.T) {
	played := play(t, short+"\nmember\n  Where is it?\n\nmember taps Done\n\nmember taps Submit\n")
	var heads []string
	for _, b := range played.Blocks {
		if b.Speaker() == "program" {
			heads = append(heads, b.Head)
		}
	}
	// What people wrote is wording; ids are the path.
	if want := []string{"program case.open category=card kind=complaint: ok"}; !slices.Equal(heads, want) {
		t.Errorf("noted %q, want %q", heads, want)
	}
}

func TestAHandOverIsPartOfThePath(t *testing.T) {
	played := play(t, short+"\nmember\n  Where is it?\n\nmember taps Done\n\nmember taps An officer\n")
	if last := played.Blocks[len(played.Blocks)-1]; last.Head != "queue finance: asked card" {
		t.Errorf("noted %+v", last)
	}
}

func TestACardIsOwnUnlessItSaysOtherwise(t *testing.T) {
	begin := "language en\nmember\n  hello\nmember taps My number\nmember shares +989121234567"
	own, foreign := play(t, begin+"\n"), play(t, begin+" of another\n")
	if got := own.Blocks[len(own.Blocks)-2].Head; got != "bot phone/bye" {
		t.Errorf("the own card leads to %s", got)
	}
	if got := foreign.Blocks[len(foreign.Blocks)-1].Head; got != "bot phone/own" {
		t.Errorf("another's card leads to %s", got)
	}
}

func TestSpacesThatNobodySeesAreNoDifference(t *testing.T) {
	source := "language en\nmember\n  hello\nmember taps My number\nmember shares +989121234567\n"
	played := play(t, source)
	bye := played.Blocks[len(played.Blocks)-2]
	if bye.Head != "bot phone/bye" || !slices.Equal(bye.Speech, []string{"Thank you."}) {
		t.Errorf("the script ends its words with empty lines; played: %+v", bye)
	}
	if got := dialogue.Compare(parse(t, string(played.Format())), played); len(got) != 0 {
		t.Errorf("once written it differs: %v", got)
	}
}
