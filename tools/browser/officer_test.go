package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"javab/tools/subject"
)

// officer is somebody of the demo's staff before the window that he works in.
type officer struct {
	*window
	address string
}

// enters goes through the demo's door and stands before the desk, in a language and a theme of his choice.
func enters(t testing.TB, s *subject.Subject, login, lang, theme string, in size) officer {
	t.Helper()
	o := officer{blank(t, "", in), s.Address}
	for name, value := range map[string]string{"javab_lang": lang, "javab_theme": theme} {
		o.do(call(network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: "http://" + s.Address}))
	}
	o.goes("/demo/door/" + login)
	o.tap("form .button.strong", "")
	o.until("the page behind the door", func() bool { return o.is("nav.rail", "") })
	return o
}

// goes opens a page.
func (o officer) goes(path string) {
	o.Helper()
	o.do(chromedp.Navigate("http://" + o.address + path))
}

// picks opens the chat of a member from the list, when it is there.
func (o officer) picks(name string) {
	o.Helper()
	o.until("the chat of "+name, func() bool { return o.is("#rows .who bdi", name) })
	o.tap("#rows .who bdi", name)
	o.until("the open chat of "+name, func() bool { return o.is("#talk h2 bdi", name) })
}

// presses sends a key by where it is on the keyboard, when the page hears keys: a person looks at it first.
func (o officer) presses(code, key string, modifiers int64) {
	o.Helper()
	o.until("a page that hears keys", func() bool {
		state, err := chromedp.Run(o.ctx, chromedp.Evaluate[string]("document.readyState"))
		return err == nil && state == "complete" // its modules have run
	})
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		o.do(call(input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Code: code, Key: key, Modifiers: modifiers}))
	}
}

// ctrl is the modifier of the browser's protocol.
const ctrl = 2

// types writes into a field, in the place of nothing.
func (o officer) types(selector, text string) {
	o.Helper()
	o.tap(selector, "")
	o.do(call(input.InsertText, input.InsertTextParams{Text: text}))
}

// chooses takes an entry of a list of choices.
func (o officer) chooses(selector, value string) {
	o.Helper()
	if !see[bool](o.window, "choose", selector, value) {
		o.Fatalf("%s offers no %s", selector, value)
	}
}

// shows waits for a line of the open chat that holds these words.
func (o officer) shows(kind, words string) {
	o.Helper()
	o.until(kind+" "+words, func() bool {
		for _, line := range see[[]string](o.window, "texts", "#lines ."+kind) {
			if strings.Contains(line, words) {
				return true
			}
		}
		return false
	})
}

// asksForAnOfficer is the member's way into the queue.
func (w *window) asksForAnOfficer(say words) {
	w.Helper()
	before := w.last(false)
	w.write("/officer")
	w.until("the question what it is about", func() bool {
		now := w.last(false)
		return now.ID > before.ID && len(now.Keys) > 0
	})
	w.write(say.Story)
	w.until("the receipt", func() bool { return w.last(false).ID > w.last(true).ID })
	asked := w.last(false)
	w.choose(say.Done)
	w.until("the place in the queue", func() bool { return w.last(false).ID > asked.ID })
	if now := w.last(false); len(now.Keys) > 0 { // nobody is there at this hour: the chat may wait
		w.choose(now.Keys[0])
		w.until("that it waits", func() bool { return w.last(false).ID > now.ID })
	}
}

// hears waits for a message of the chamber that holds these words.
func (w *window) hears(words string) {
	w.Helper()
	w.until("the message "+words, func() bool {
		for _, m := range w.messages() {
			if !m.Own && strings.Contains(m.Text, words) {
				return true
			}
		}
		return false
	})
}

// asks is a member who has begun and asked for an officer.
func asks(t testing.TB, s *subject.Subject, say words, lang string) *window {
	t.Helper()
	member := open(t, s, lang, mobile)
	member.begin(say)
	member.asksForAnOfficer(say)
	return member
}

// comes is a member who asks for an officer while sara has the queue before her, and what he is called.
func comes(t testing.TB, s *subject.Subject, say words, lang string) (member *window, sara officer, name string) {
	t.Helper()
	sara = enters(t, s, "sara", "fa", "light", desk)
	sara.goes("/desk?tab=waiting")
	member = asks(t, s, say, lang)
	return member, sara, member.persona()
}

// approves is the manager who says yes to what waits for her. Until then the member has read nothing of it.
func approves(t testing.TB, s *subject.Subject, member *window, withheld string) officer {
	t.Helper()
	for _, m := range member.messages() {
		if strings.Contains(m.Text, withheld) {
			t.Error("the member reads what nobody has approved")
		}
	}
	maryam := enters(t, s, "maryam", "en", "light", desk)
	maryam.goes("/approvals")
	maryam.until("what waits for her", func() bool { return len(see[[]string](maryam.window, "texts", ".held mark")) > 0 })
	maryam.tap(".held form[action$=approve] button", "")
	return maryam
}

// persona is what the member of the demo who speaks a language is called.
func (w *window) persona() string {
	w.Helper()
	return see[string](w, "persona", w.lang)
}

func TestAnOfficerTakesAChatOverAnswersAndPassesItOnAndAColleagueClosesIt(t *testing.T) {
	t.Parallel()
	s := program(t)
	say := language(t, "fa")
	member, sara, name := comes(t, s, say, "fa")
	sara.picks(name) // it came by itself: nobody loaded the page again
	sara.presses("KeyC", "c", 0)
	sara.until("that she holds it", func() bool { return sara.is("[data-key=transfer]", "") && !sara.is("[data-key=claim]", "") })
	sara.presses("KeyR", "r", 0)
	sara.types("form.reply textarea[name=text]", say.More)
	sara.presses("Enter", "Enter", ctrl)
	sara.shows("officer", say.More)
	member.hears(say.More)

	sara.presses("Escape", "Escape", 0) // leaves the box: letters act again
	sara.presses("KeyN", "n", 0)
	sara.types("form.note textarea[name=text]", say.Better)
	sara.presses("Enter", "Enter", ctrl)
	sara.shows("note", say.Better)

	sara.presses("KeyT", "t", 0)
	sara.chooses("#box-transfer select[name=to]", say.Colleague)
	sara.types("#box-transfer textarea[name=reason]", say.Story)
	sara.tap("#box-transfer .button.strong", "")

	karim := enters(t, s, "karim", "ar", "dark", desk)
	karim.picks(name)
	karim.shows("note", say.Better)
	karim.presses("KeyC", "c", 0)
	karim.until("that he holds it", func() bool { return karim.is("[data-key=close]", "") && !karim.is("[data-key=claim]", "") })
	before := member.last(false)
	karim.presses("KeyE", "e", 0)
	karim.tap("#box-close [value=list]", "")
	member.until("that the bot answers again", func() bool { return member.last(false).ID > before.ID })
	for _, m := range member.messages() {
		if strings.Contains(m.Text, say.Better) && !m.Own {
			t.Errorf("the member reads the note: %q", m.Text)
		}
	}
	member.quiet()
	sara.quiet()
	karim.quiet()
}

func TestOfTwoOfficersWhoTakeOneChatOneGetsItAndTheOtherIsTold(t *testing.T) {
	t.Parallel()
	s := program(t)
	say := language(t, "en")
	name := asks(t, s, say, "en").persona()
	sara, neda := enters(t, s, "sara", "en", "light", desk), enters(t, s, "neda", "en", "light", desk)
	for _, o := range []officer{sara, neda} {
		o.picks(name)
		o.until("a way to take it", func() bool { return o.is("[data-key=claim]", "") })
	}
	// Both have pressed before either sees what became of it.
	for _, o := range []officer{sara, neda} {
		o.do(chromedp.Evaluate[chromedp.Void]("document.querySelector('[data-key=claim]').click()"))
	}
	holds := func(o officer) bool { return o.is("[data-key=transfer]", "") && o.is("form.reply", "") }
	locked := func(o officer) bool { return o.is(".write .locked", "") }
	sara.until("that one holds it and the other sees who", func() bool {
		return holds(sara) && locked(neda) || holds(neda) && locked(sara)
	})
}

func TestWhoMayNotSeeAPageIsNotLedToIt(t *testing.T) {
	t.Parallel()
	s := program(t)
	for login, rail := range map[string][2]string{"sara": {"/desk", "/audit"}, "auditor": {"/audit", "/desk"}} {
		o := enters(t, s, login, "en", "light", desk)
		if there := `nav.rail a[href="` + rail[0] + `"]`; !o.is(there, "") {
			t.Errorf("%s is not led to %s", login, rail[0])
		}
		if hidden := `nav.rail a[href="` + rail[1] + `"]`; o.is(hidden, "") {
			t.Errorf("%s is led to %s", login, rail[1])
		}
	}
}

func TestTenTabsOfAnOfficerAllHearWhatHappens(t *testing.T) {
	t.Parallel()
	s := program(t)
	sara := enters(t, s, "sara", "en", "light", desk)
	sara.until("the queue", func() bool { return sara.waiting() == 8 })
	tabs := make([]officer, 9)
	for i := range tabs {
		tabs[i] = sara.another(t)
		tabs[i].goes("/desk")
		tabs[i].until("the queue", func() bool { return tabs[i].is("#rows .row", "") })
	}
	name := see[[]string](sara.window, "texts", "#rows .who bdi")[0]
	sara.picks(name)
	sara.presses("KeyC", "c", 0)
	for i, tab := range tabs {
		tab.until(fmt.Sprintf("that %s has left the queue of tab %d", name, i), func() bool { return !tab.is("#rows .who bdi", name) })
	}
}

// another is one more tab of the same browser.
func (o officer) another(t *testing.T) officer {
	t.Helper()
	w := &window{TB: t, chooser: o.chooser}
	ctx, cancel := chromedp.NewContext(o.ctx, chromedp.WithListener(w.hear))
	t.Cleanup(cancel)
	w.ctx = ctx
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	w.do(call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: eyes}))
	return officer{w, o.address}
}

func TestAnOutageKeepsWhatAnOfficerWritesAndEndsByItself(t *testing.T) {
	t.Parallel()
	s := program(t)
	sara := enters(t, s, "sara", "en", "light", desk)
	sara.until("the queue", func() bool { return sara.waiting() == 8 })
	name := see[[]string](sara.window, "texts", "#rows .who bdi")[0]
	sara.picks(name)
	sara.types("form.reply textarea[name=text]", "half a sentence")

	s.Kill()
	sara.until("the strip that says so", func() bool { return sara.is("#lost", "") })
	sara.presses("Enter", "Enter", ctrl)
	if kept := see[string](sara.window, "value", "form.reply textarea[name=text]"); kept != "half a sentence" {
		t.Errorf("what was being written is now %q", kept)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	sara.until("the strip to go", func() bool { return !sara.is("#lost", "") })
	sara.presses("Enter", "Enter", ctrl)
	sara.shows("officer", "half a sentence")
}
