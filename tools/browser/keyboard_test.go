package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestAMemberNeedsNoMouse(t *testing.T) {
	t.Parallel()
	s := program(t)
	for _, lang := range []string{"fa", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			w, say := open(t, s, lang, desk), language(t, lang)
			w.reach("[data-part=start]", "")
			w.do(enter)
			w.until("the languages", func() bool { return w.is(".log .key", say.Name) })
			w.activate(".log .key", say.Name)
			w.until("the menu", func() bool { return w.is(".log .key", say.Complaint) })

			w.reach("[data-part=text]", "")
			w.do(chromedp.KeyEvent("/menu"), enter)
			w.until("the sent command", func() bool { return w.last(true).Text == "/menu" })
			if at := see[focus](w, "focus", w.lang, "[data-part=text]", ""); !at.There {
				t.Errorf("after sending, %s has the keyboard, want the text field", at.Name)
			}
			w.until("the menu after it", func() bool { return w.last(false).ID > w.last(true).ID && w.is(".log .key", say.Questions) })

			before := w.last(false)
			w.activate(".log .key", say.Questions)
			w.asked(before)
			w.activate("[data-part=attach]", "")
			w.until("the menu of attachments, with the keyboard in it", func() bool {
				return see[focus](w, "focus", w.lang, `.menu button:has([href$="#image"])`, "").There
			})
			w.do(chromedp.KeyEvent(kb.Escape))
			if at := see[focus](w, "focus", w.lang, "[data-part=attach]", ""); !at.There {
				t.Errorf("after Escape, %s has the keyboard, want the button of the menu", at.Name)
			}
		})
	}
}

// focus is what has the keyboard.
type focus struct {
	There bool   `json:"there"` // it is what was asked about
	Name  string `json:"name"`
	Seen  bool   `json:"seen"` // one sees that it has it
	Page  bool   `json:"page"` // nothing has it
}

// activate goes to something by Tab and presses Enter.
func (w *window) activate(selector, text string) {
	w.Helper()
	w.reach(selector, text)
	w.do(enter)
}

// reach goes by Tab to something. Each stop on the way must be seen.
func (w *window) reach(selector, text string) {
	w.Helper()
	var way []string
	for range 150 {
		w.do(chromedp.KeyEvent(kb.Tab))
		at := see[focus](w, "focus", w.lang, selector, text)
		if !at.Seen && !at.Page {
			w.Errorf("one does not see that %s has the keyboard", at.Name)
		}
		if at.There {
			return
		}
		way = append(way, at.Name)
	}
	w.Fatalf("%s %q cannot be reached by Tab: %s", selector, text, fmt.Sprint(way))
}
