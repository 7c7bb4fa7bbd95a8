package app

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"javab/bot/dialogue"
)

// talkWith plays lines against the bot and returns what stood on the terminal, and the saved dialogue.
func talkWith(t *testing.T, lang string, lines ...string) (string, *dialogue.File) {
	t.Helper()
	i := install(t)
	path := filepath.Join(i.dir, "talk.chat")
	e := i.environment("chat", "--lang", lang, "--save", path)
	e.Stdin = strings.NewReader(strings.Join(lines, "\n"))
	got := i.runIn(e)
	i.want(got, 0)
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := dialogue.Parse(path, source)
	if err != nil {
		t.Fatal(err)
	}
	return got.out, file
}

func heads(file *dialogue.File) string {
	var all []string
	for _, b := range file.Blocks {
		all = append(all, b.Head)
	}
	return strings.Join(all, "\n")
}

func TestAButtonIsPressedByItsNumberInAnyDigitsOrByItsWords(t *testing.T) {
	for _, line := range []string{"3", "\u06f3", "\u0663", "English", "english "} {
		_, file := talkWith(t, "en", line)
		if !strings.Contains(heads(file), "member taps English") {
			t.Errorf("%q:\n%s", line, heads(file))
		}
	}
}

func TestAnyOtherLineIsWhatTheMemberWrites(t *testing.T) {
	out, file := talkWith(t, "en", "English", "hello", "", "99")
	if n := strings.Count(heads(file)+"\n", "member\n"); n != 3 { // with /start
		t.Errorf("%d texts:\n%s", n, heads(file))
	}
	if !strings.Contains(out, "1. ") || !strings.Contains(out, "/quit") {
		t.Error(out)
	}
}

func TestFilesPhonesAndTimeAreCommands(t *testing.T) {
	out, file := talkWith(t, "en", "English", "/send /home/me/receipt.pdf here it is", "/share 09121234567", "/wait 2s", "/wait soon", "/quit", "never")
	got := heads(file)
	for _, head := range []string{"member sends receipt.pdf", "member shares 09121234567", "member waits 2s"} {
		if !strings.Contains(got, head) {
			t.Errorf("lacks %q:\n%s", head, got)
		}
	}
	if strings.Contains(got, "soon") || strings.Contains(got, "never") || !strings.Contains(out, "That cannot be done") {
		t.Errorf("what cannot be done, or came after the end, was kept:\n%s\n%s", got, out)
	}
}

func TestTheBotAsksInTheLanguageOfTheTerminal(t *testing.T) {
	_, fa := talkWith(t, "fa")
	_, en := talkWith(t, "en")
	if fa.Lang == en.Lang || len(fa.Blocks) < 2 || len(en.Blocks) < 2 {
		t.Errorf("%s with %d blocks, %s with %d", fa.Lang, len(fa.Blocks), en.Lang, len(en.Blocks))
	}
}

func TestCtrlCEndsAConversationThatWaitsForALine(t *testing.T) {
	t.Parallel()
	i := install(t)
	e := i.environment("chat", "--lang", "en", "--save", filepath.Join(i.dir, "talk.chat"))
	input, _ := io.Pipe() // that nobody ever writes to
	e.Stdin = input
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	if code := Run(ctx, e); code != 0 || !exists(filepath.Join(i.dir, "talk.chat")) {
		t.Errorf("exit code %d", code)
	}
}
