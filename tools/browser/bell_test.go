package browser

import (
	"regexp"
	"testing"

	"github.com/chromedp/chromedp"
)

// ear counts the tones that a page plays.
const ear = `window.tones = 0;
const Deaf = window.AudioContext;
window.AudioContext = class extends Deaf { createOscillator() { window.tones++; return super.createOscillator(); } }`

func (o officer) reads(expression string) string {
	o.Helper()
	value, err := chromedp.Run(o.ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		o.Fatal(err)
	}
	return value
}

func TestANewWaitingChatRingsOnlyWhereItWasSwitchedOn(t *testing.T) {
	t.Parallel()
	s := program(t)
	say := language(t, "en")
	sara, neda := enters(t, s, "sara", "en", "light", desk), enters(t, s, "neda", "en", "light", desk)
	for _, o := range []officer{sara, neda} {
		o.goes("/desk?tab=mine") // another tab than the one that fills
		o.do(chromedp.Evaluate[chromedp.Void](ear))
	}
	sara.tap("[popovertarget=box-bell]", "")
	sara.tap("#box-bell [name=sound]", "")
	sara.until("a tone to try it", func() bool { return sara.reads("window.tones") == "2" })
	sara.do(chromedp.Evaluate[chromedp.Void]("window.tones = 0"))

	asks(t, s, say, "en")
	sara.until("the bell", func() bool { return sara.reads("window.tones") != "0" })
	waits := regexp.MustCompile(`^\(\d+\) `)
	for _, o := range []officer{sara, neda} {
		o.until("how many wait, in the title", func() bool { return waits.MatchString(o.reads("document.title")) })
	}
	if tones := neda.reads("window.tones"); tones != "0" {
		t.Errorf("it rings where nobody has switched it on: %s tones", tones)
	}
	if kept := sara.reads("localStorage['javab.sound']"); kept != "on" {
		t.Errorf("the browser keeps %q", kept)
	}
	if asked := sara.reads("Notification.permission"); asked == "granted" || sara.reads("localStorage['javab.note']") != "undefined" {
		t.Errorf("notifications are %s though nobody switched them on", asked)
	}
}
