package dialogue_test

import (
	"slices"
	"testing"

	"javab/bot"
	"javab/bot/dialogue"
)

func TestAFileIsReadAsItIsWritten(t *testing.T) {
	f := parse(t, "# why\n#why not\r\nlanguage ar\n\nmember\n  one  \n\n    two\n\n\nbot a/b\n\n  x\n  [y]\n  [z z]\nmember taps y\n")
	want := []dialogue.Block{
		{Line: 5, Head: "member", Speech: []string{"one", "", "  two"}},
		{Line: 11, Head: "bot a/b", Speech: []string{"x"}, Choices: []string{"y", "z z"}},
		{Line: 16, Head: "member taps y"},
	}
	if f.Lang != bot.Ar || !slices.Equal(f.Notes, []string{" why", "why not"}) || len(f.Blocks) != len(want) {
		t.Fatalf("read %+v", f)
	}
	for i, w := range want {
		b := f.Blocks[i]
		if b.Line != w.Line || b.Head != w.Head || !slices.Equal(b.Speech, w.Speech) || !slices.Equal(b.Choices, w.Choices) {
			t.Errorf("block %d is %+v, want %+v", i, b, w)
		}
	}
	const written = "# why\n#why not\nlanguage ar\n\nmember\n  one\n\n    two\n\nbot a/b\n  x\n  [y]\n  [z z]\n\nmember taps y\n"
	if got := string(f.Format()); got != written {
		t.Errorf("written as %q", got)
	}
}

func TestAFileWithoutALanguageIsPersian(t *testing.T) {
	if f := parse(t, "member\n  hello"); f.Lang != bot.Fa {
		t.Error(f.Lang)
	}
}

func TestErrorsNameTheLineAndWhatMayStandThere(t *testing.T) {
	for source, want := range map[string]string{
		"  hello":                "x.chat:1: speech without a speaker: write member or bot on a line of its own above it",
		"member\n\nstranger\n":   `x.chat:3: unknown speaker "stranger": one of member, officer, manager, time, stage, bot, program, queue, case`,
		"# x\nlanguage de\n":     `x.chat:2: unknown language "de": one of fa, ar, en`,
		"member\n one space\r\n": `x.chat:2: unknown speaker "one": one of member, officer, manager, time, stage, bot, program, queue, case`,
	} {
		if _, err := dialogue.Parse("x.chat", []byte(source)); err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", source, err, want)
		}
	}
}

func FuzzWhatIsWrittenIsReadBack(f *testing.F) {
	for _, seed := range []string{
		short, "member\n  a\n\n  b\n   \n", "#\nbot a/b\n  [x]\n  y\n  []\n\n\n", "member\r\n  \u00a0\r\n\tx", "language en\nlanguage ar",
		"queue : x\n  \u200e\n", "bot\n  \r\n  z", "# x \r\r\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		first, err := dialogue.Parse("x", []byte(source))
		if err != nil {
			return
		}
		written := first.Format()
		second, err := dialogue.Parse("x", written)
		if err != nil {
			t.Fatalf("%q is written as %q: %v", source, written, err)
		}
		if again := second.Format(); string(again) != string(written) {
			t.Fatalf("%q, then %q", written, again)
		}
		if d := dialogue.Compare(first, second); len(d) > 0 {
			t.Fatalf("%q: %v", source, d)
		}
	})
}
