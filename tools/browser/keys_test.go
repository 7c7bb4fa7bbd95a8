package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const shift = 8 // the modifier of the browser's protocol

// strikes presses a key that stands for a letter.
func (o officer) strikes(letter string) {
	o.Helper()
	o.presses("Key"+strings.ToUpper(letter), letter, 0)
}

// inserts writes where the keyboard is.
func (o officer) inserts(text string) {
	o.Helper()
	o.do(call(input.InsertText, input.InsertTextParams{Text: text}))
}

// at waits until something has the keyboard, and fails when one does not see that it has.
func (o officer) at(selector string) {
	o.Helper()
	var now focus
	defer func() {
		if !now.There {
			o.Logf("%s has it", now.Name)
			o.quiet()
		}
	}()
	o.until("the keyboard at "+selector, func() bool {
		now = see[focus](o.window, "focus", "", selector, "")
		return now.There
	})
	if !now.Seen {
		o.Errorf("one does not see that %s has the keyboard", now.Name)
	}
}

// steps goes to the next (j) or the previous (k) chat, and returns whose it is.
func (o officer) steps(letter string) (name string) {
	o.Helper()
	one := func(selector string) string { return strings.Join(see[[]string](o.window, "texts", selector), " ") }
	before := one("#talk h2 bdi")
	o.strikes(letter)
	o.until("another open chat", func() bool {
		name = one("#talk h2 bdi")
		return name != "" && name != before && name == one(".row > a[aria-current] .who bdi")
	})
	o.at(".row > a[aria-current]")
	return name
}

func TestAnOfficerNeedsNoMouse(t *testing.T) {
	t.Parallel()
	s := program(t)
	say := language(t, "en")
	member, sara, name := comes(t, s, say, "en")
	sara.until("the chat of "+name, func() bool { return sara.is("#rows .who bdi", name) })

	// She finds the chat and takes it; its row leaves the queue, and the keyboard stays in the chat.
	first := sara.steps("j")
	sara.steps("j")
	if again := sara.steps("k"); again != first {
		t.Errorf("K leads to %s, want %s", again, first)
	}
	for first != name {
		first = sara.steps("j")
	}
	sara.strikes("c")
	sara.until("that she holds it", func() bool { return sara.is("[data-key=transfer]", "") && !sara.is("[data-key=claim]", "") })
	sara.until("that it has left the queue", func() bool { return !sara.is("#rows .who bdi", name) })
	sara.at("#lines")

	sara.answersByKeys(member)
	sara.notesByKeys(say)
	sara.looksAroundByKeys()

	// She closes it and has the next one, which she passes on.
	before, here := member.last(false), sara.place()
	sara.strikes("e")
	sara.at("#box-close input[type=radio]:checked")
	sara.strikes("e")
	sara.until("the next chat", func() bool { now := sara.place(); return now != "" && now != here })
	sara.until("its clock to run", func() bool { return sara.is("[data-look]", "") }) // the scripts hear keys
	member.until("that the bot answers again", func() bool { return member.last(false).ID > before.ID })
	sara.strikes("c")
	sara.until("that she holds it", func() bool { return sara.is("[data-key=transfer]", "") && !sara.is("[data-key=claim]", "") })
	sara.at("#lines")
	sara.strikes("t")
	sara.at("#box-transfer select")
	sara.do(chromedp.KeyEvent(kb.ArrowDown))
	sara.until("a unit", func() bool { return see[string](sara.window, "value", "#box-transfer select") != "" })
	sara.do(chromedp.KeyEvent(kb.Tab))
	sara.at("#box-transfer textarea")
	sara.inserts("It belongs there.")
	sara.quiet() // what is no longer hers, she then asks for in vain
	sara.sends()
	sara.until("the desk without it", func() bool { return sara.place() == "/desk" })
	member.quiet()
}

// place is the address of the page; empty while another one is on its way.
func (o officer) place() string {
	at, err := chromedp.Run(o.ctx, chromedp.Evaluate[string]("location.pathname"))
	if err != nil {
		return ""
	}
	return at
}

// answersByKeys sends a ready reply. What types a half-space on Persian keyboards is left to them.
func (o officer) answersByKeys(member *window) {
	o.Helper()
	o.strikes("r")
	o.at(replyBox)
	o.do(chromedp.Evaluate[chromedp.Void]("addEventListener('keydown', (e) => { window.swallowed = `${e.code} ${e.defaultPrevented}` })"))
	o.presses("Digit2", "@", ctrl|shift)
	if was, err := chromedp.Run(o.ctx, chromedp.Evaluate[string]("window.swallowed")); err != nil || was != "Digit2 false" {
		o.Errorf("a half-space is swallowed: %s, %v", was, err)
	}
	o.inserts("/file")
	o.until("what is found", func() bool {
		return len(see[[]string](o.window, "texts", "#ready-list[aria-busy=false] .offer .ours")) > 1
	})
	offered := see[[]string](o.window, "texts", "#ready-list .offer .theirs")
	o.presses("ArrowDown", "ArrowDown", 0)
	o.presses("Enter", "Enter", 0)
	o.until("the second of them in the box", func() bool { return o.holds() == offered[1] })
	o.at(replyBox)
	o.sends()
	o.shows("officer", offered[1])
	member.hears(offered[1])
	o.until("an empty box", func() bool { return o.holds() == "" })
	o.at(replyBox)
	o.do(chromedp.KeyEvent(kb.Escape))
	o.at("#lines")
}

// notesByKeys writes a note, after which letters act again.
func (o officer) notesByKeys(say words) {
	o.Helper()
	o.strikes("n")
	o.at("form.note textarea")
	o.inserts(say.Better)
	o.sends()
	o.shows("note", say.Better)
	o.at("#lines")
}

// looksAroundByKeys opens what can be opened and leaves it again, and goes by Tab through the page.
func (o officer) looksAroundByKeys() {
	o.Helper()
	o.presses("Slash", "?", shift)
	o.at("#box-keys input")
	o.do(chromedp.KeyEvent(kb.Escape))
	o.at("#lines")
	o.presses("Slash", "/", 0)
	o.at("#search")
	o.do(chromedp.KeyEvent(kb.Escape))
	o.at("#lines")
	o.activate("[data-key=transfer]", "")
	o.at("#box-transfer select")
	o.do(chromedp.KeyEvent(kb.Escape))
	o.at("[data-key=transfer]")
}
