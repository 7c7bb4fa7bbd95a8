package flows

import (
	"strings"
	"testing"
	"time"

	"javab/bot"
)

// sends sends one file, with a caption.
func (c *chat) sends(id, caption string) []Say {
	c.t.Helper()
	return c.do(Input{Kind: bot.KindFile, Text: caption, Files: []bot.File{{ID: id, Kind: "photo"}}})
}

// describing walks to the account of a complaint.
func (c *chat) describing() {
	c.t.Helper()
	for _, said := range []string{"/complaint", "1", "2"} {
		c.types(said)
	}
	c.at("complaint", "describe")
}

func pieces(kept []Keep) string {
	var all []string
	for _, k := range kept {
		what := k.Piece.Text
		if k.Piece.File != nil {
			what = "file " + k.Piece.File.ID
		}
		all = append(all, k.Piece.Field+": "+what)
	}
	return strings.Join(all, "; ")
}

func TestWhatWasSentTooEarlyIsAddedByOnePress(t *testing.T) {
	c := newChat(t, bot.En)
	c.sends("a", "Broken on arrival.")
	c.at(Home, "menu")
	c.sends("b", "")
	c.describing()
	if len(c.kept) != 0 {
		t.Fatalf("it was taken without asking: %s", pieces(c.kept))
	}
	c.taps("Add what I sent before")
	c.says("EN added")
	if got := pieces(c.kept); got != "description: Broken on arrival.; description: file a; description: file b" {
		t.Errorf("kept %s", got)
	}
	if c.button("Add what I sent before") != "" || c.st.Early != nil {
		t.Error("it is offered again")
	}
	c.taps("Done")
	c.at("complaint", "details")
}

func TestWhatIsNotWantedStaysOut(t *testing.T) {
	c := newChat(t, bot.En)
	c.sends("a", "")
	c.describing()
	c.types("Something else altogether.")
	c.taps("Done")
	if got := pieces(c.kept); got != "description: Something else altogether." {
		t.Errorf("kept %s", got)
	}
}

func TestWhatIsOfAnotherDayIsNoLongerOffered(t *testing.T) {
	c := newChat(t, bot.En)
	c.sends("a", "")
	c.st.Early.At -= int64(25 * time.Hour / time.Second)
	c.describing()
	if c.button("Add what I sent before") != "" || c.st.Early != nil {
		t.Errorf("still there: %+v", c.st.Early)
	}
}

func TestWhatDoesNotFitTheStateIsToldToBeSentLater(t *testing.T) {
	c := newChat(t, bot.En)
	c.sends("a", strings.Repeat("long ", 300))
	c.says("EN file.first")
	if c.st.Early != nil {
		t.Errorf("kept %+v", c.st.Early)
	}
	for range maxEarlyFiles {
		c.sends("b", "")
		c.says("EN file.kept")
	}
	c.sends("c", "")
	c.says("EN file.first")
	if len(c.st.Early.Files) != maxEarlyFiles || len(stateJSON(t, c.st)) > MaxStateBytes {
		t.Errorf("kept %+v", c.st.Early)
	}
}

func TestAnAlbumThatNobodyAskedForIsAnsweredOnce(t *testing.T) {
	c := newChat(t, bot.En)
	for _, id := range []string{"a", "b", "c"} {
		c.do(Input{Kind: bot.KindFile, Album: "x", Files: []bot.File{{ID: id}}})
	}
	if len(c.said) != 1 || len(c.st.Early.Files) != 3 {
		t.Errorf("%d answers, %d files wait", len(c.said), len(c.st.Early.Files))
	}
	c.at(Home, "menu")
}

func TestTheFirstMessageOfAllMayBeAVoiceMessage(t *testing.T) {
	c := newChat(t, bot.En)
	c.first = true
	c.sends("voice", "")
	c.at(Welcome, "choose")
	c.taps("English")
	c.at(Home, "menu")
	c.says("EN file.kept")
	c.describing()
	c.taps("Add what I sent before")
	if got := pieces(c.kept); got != "description: file voice" {
		t.Errorf("kept %s", got)
	}
}

func TestAStoryThatNothingMatchedIsNotTypedTwice(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("my card came broken twice")
	c.types("hm")
	c.describing()
	c.taps("Add what I sent before")
	if got := pieces(c.kept); got != "description: my card came broken twice" {
		t.Errorf("kept %s", got)
	}
}

func TestTheStoryInTheWordsThatLedToAFormIsNotTypedTwice(t *testing.T) {
	c := newChat(t, bot.En)
	c.match = func(string) Match { return Match{Sure: "flow/complaint"} }
	c.types("I must complain, the card came broken")
	c.types("1")
	c.types("2")
	c.taps("Add what I sent before")
	if got := pieces(c.kept); got != "description: I must complain, the card came broken" {
		t.Errorf("kept %s", got)
	}
	c.types("/cancel")
	c.types("I want to complain") // only says so: one of the flow's own phrasings
	c.types("1")
	c.types("2")
	if c.button("Add what I sent before") != "" {
		t.Error("the words of a phrasing are offered as a story")
	}
}
