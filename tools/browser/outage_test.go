package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
)

const lost = "[data-page=lost]"

func TestAnOutageIsShownAndEndsByItself(t *testing.T) {
	t.Parallel()
	s := program(t)
	w, say := open(t, s, "en", desk), language(t, "en")
	w.begin(say)
	w.tap("[data-part=text]", "")
	w.do(chromedp.KeyEvent("half a sentence"))

	s.Kill()
	w.until("the strip that says so", func() bool { return see[bool](w, "is", "", lost, "") })
	if !see[bool](w, "disabled", w.lang, "[data-part=go]") {
		t.Error("one can still press Send")
	}
	w.do(enter)
	if kept := see[string](w, "written", w.lang); kept != "half a sentence" {
		t.Errorf("what was being written is now %q", kept)
	}

	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	w.until("the strip to go", func() bool { return !see[bool](w, "is", "", lost, "") })
	// The messenger of the demo begins anew, the bot does not: it knows the language.
	w.tap("[data-part=start]", "")
	w.until("the menu", func() bool { return w.is(".log .key", say.Complaint) })
	w.choose(say.Questions)
	w.until("the topics", func() bool { return !w.is(".log .key[aria-busy]", "") && len(w.messages()) > 2 })
}
