package browser

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// axe is axe-core 4.14.1 as published on npm, unchanged; its licences stand beside it.
//
//go:embed testdata/axe-core/axe.min.js
var axe string

// talked fills a new phone by hand: a menu, a question with its answer, a begun complaint with a text and a file.
func (w *window) talked(say words) {
	w.Helper()
	w.begin(say)
	w.asksAQuestion(say)
	w.tellsWhatHappened(say)
}

func TestThePageFitsItsWindowAndReadsInItsDirection(t *testing.T) {
	t.Parallel()
	s := program(t)
	for _, lang := range []string{"fa", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			w, say := open(t, s, lang, desk), language(t, lang)
			w.talked(say)
			for _, theme := range []string{"light", "dark"} {
				for _, in := range []size{desk, mobile} {
					t.Run(fmt.Sprintf("%s, %d px", theme, in.width), func(t *testing.T) {
						w := w.on(t)
						w.show(s.Address, theme, in)
						w.reads(say)
						w.fits(in)
						w.isSound()
					})
				}
			}
			w.quiet()
		})
	}
}

// show opens the page anew with a theme, in a window of a size; the talk is there.
func (w *window) show(address, theme string, in size) {
	w.Helper()
	w.resize(in)
	strip := ""
	if in == desk { // there it stands beside the phones
		strip = "&strip=open"
	}
	w.do(chromedp.Navigate("http://" + address + "/demo?lang=" + w.lang + "&theme=" + theme + strip))
	w.until("the talk", func() bool { return w.last(true).Picture > 0 })
	if got := see[string](w, "scheme"); got != theme {
		w.Errorf("the page is %s, want %s", got, theme)
	}
}

// reads checks the direction of page, phone and bubbles: whose language runs from right to left has his own messages at
// the left.
func (w *window) reads(say words) {
	w.Helper()
	if page := see[string](w, "direction", "", "html"); page != say.Dir {
		w.Errorf("the page runs %s, want %s", page, say.Dir)
	}
	if phone := see[string](w, "direction", w.lang, ".phone"); phone != say.Dir {
		w.Errorf("the phone runs %s, want %s", phone, say.Dir)
	}
	for _, bubble := range see[[]hung](w, "sides", w.lang) {
		if bubble.Text != "" && bubble.Direction != say.Dir && !strings.HasPrefix(bubble.Text, "/") {
			w.Errorf("%q runs %s, want %s", bubble.Text, bubble.Direction, say.Dir)
		}
		if atLeft := bubble.Own == (say.Dir == "rtl"); bubble.Left != atLeft {
			w.Errorf("%q hangs at the wrong side", bubble.Text)
		}
	}
}

// hung is how a bubble stands in the chat.
type hung struct {
	Own       bool   `json:"own"`
	Left      bool   `json:"left"`
	Text      string `json:"text"`
	Direction string `json:"direction"`
}

// fits checks that nothing sticks out of the window, and that the window was not made wider to hold it.
func (w *window) fits(in size) {
	w.Helper()
	if width := see[int64](w, "width"); width != in.width {
		w.Errorf("the window is %d px wide, want %d", width, in.width)
	}
	for _, what := range see[[]string](w, "spilled") {
		w.Errorf("does not fit: %s", what)
	}
}

// fault is what axe-core finds.
type fault struct {
	ID     string   `json:"id"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Nodes  []string `json:"nodes"`
}

// isSound asks axe-core for what keeps people out; nothing that is serious or critical may be found.
func (w *window) isSound() {
	w.Helper()
	w.do(chromedp.Evaluate[chromedp.Void](axe))
	for _, f := range see[[]fault](w, "faults") {
		w.Errorf("%s: %s (%s): %s", f.Impact, f.Help, f.ID, strings.Join(f.Nodes, "\n\t"))
	}
}
