package browser

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/dom"
)

// adds chooses files for a reply.
func (o officer) adds(files ...string) {
	o.Helper()
	o.tap("form.reply .file-field", "")
	select {
	case asked := <-o.chooser:
		o.do(call(dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: files, BackendNodeID: asked.BackendNodeID}))
	case <-time.After(30 * time.Second):
		o.Fatal("no file dialog opened")
	}
}

// chosen are the names beside the button.
func (o officer) chosen() string {
	o.Helper()
	return strings.Join(see[[]string](o.window, "texts", "form.reply .chosen"), " ")
}

func TestARudeReplyIsAskedAboutAndKeepsItsFilesAndAnEditIsAskedAboutTheSameWay(t *testing.T) {
	t.Parallel()
	s := program(t)
	say := language(t, "en")
	member := asks(t, s, say, "en")
	sara := enters(t, s, "sara", "en", "light", desk)
	sara.picks(member.persona())
	folder := t.TempDir()
	sara.adds(paper(t, folder), photo(t, folder))
	sara.until("the names of the files", func() bool { return strings.Contains(sara.chosen(), "paper.pdf") })
	sara.types(replyBox, "It is not my problem.")
	sara.sends()
	sara.until("that it is asked about", func() bool { return sara.is(".hinted p", "") && sara.is("#said", "") })
	if names := sara.chosen(); !strings.Contains(names, "paper.pdf") || !strings.Contains(names, "photo.png") {
		t.Errorf("of the files there is left: %q", names)
	}
	sara.tap("form.reply .send", "")
	sara.shows("officer", "not my problem")
	sara.until("an empty box", func() bool { return sara.chosen() == "" && sara.holds() == "" })
	sent := func(words string) bool {
		return slices.ContainsFunc(member.messages(), func(m message) bool {
			return !m.Own && strings.Contains(m.Card, "paper.pdf") && strings.Contains(m.Text, words)
		})
	}
	member.until("the file with its words below it", func() bool { return sent("not my problem") })
	member.until("the other file", func() bool {
		return slices.ContainsFunc(member.messages(), func(m message) bool { return !m.Own && strings.Contains(m.Card, "photo.png") })
	})

	// The words below the file are changed, as far as the hint lets them.
	sara.tap(".line:has(.words + .file) .amend summary", "")
	sara.types("#lines .amend[open] textarea", " That was stupid of me.")
	sara.tap("#lines .amend[open] form:has(textarea) .button", "")
	sara.until("that the change is asked about", func() bool { return sara.is("#lines .amend[open] .hinted p", "") })
	sara.tap("#lines .amend[open] form:has(textarea) .button", "")
	member.until("the changed words", func() bool { return sent("stupid of me") })
	member.quiet()
}
