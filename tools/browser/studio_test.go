package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const editor = ".editor .cm-content"

// written is the text of the editor that is in sight.
func (o officer) written() string {
	o.Helper()
	return strings.Join(see[[]string](o.window, "texts", editor+" .cm-line"), "\n")
}

// seeks selects the first place of the editor's text that reads so, with the editor's own search.
func (o officer) seeks(text string) {
	o.Helper()
	o.tap(editor, "")
	o.presses("KeyF", "f", ctrl)
	o.until("the search of the editor", func() bool { return o.is(".cm-search input[name=search]", "") })
	o.do(call(input.InsertText, input.InsertTextParams{Text: text}))
	o.presses("End", "End", 0) // the search reads its field when a key comes up
	o.do(enter)
	o.presses("Escape", "Escape", 0)
	o.until("that it is found", func() bool { return !o.is(".cm-search", "") })
}

// replaces puts other words in the first place of the editor's text that reads so.
func (o officer) replaces(before, after string) {
	o.Helper()
	o.seeks(before)
	o.do(call(input.InsertText, input.InsertTextParams{Text: after}))
	o.until("the new words in the editor", func() bool { return strings.Contains(o.written(), after) })
}

// keeps saves the draft by its key and waits until the server has it.
func (o officer) keeps() {
	o.Helper()
	o.presses("KeyS", "s", ctrl)
	o.until("the draft to be kept", func() bool { return o.is("#discard", "") && o.is("#clean", "") })
}

// proves lets the dialogues be played, ticks whatever there is to tick, and publishes.
func (o officer) proves() {
	o.Helper()
	o.tap("[data-do=publish]", "")
	o.until("the dialogues to be played", func() bool { return o.is("#publishing .button.strong", "") })
	for _, tick := range []string{"warnings", "words"} {
		if box := "#publishing input[name=" + tick + "]"; o.is(box, "") {
			o.tap(box, "")
		}
	}
	o.types("#publishing input[name=note]", "a friendlier word")
	o.tap("#publishing .button.strong", "")
}

// publishes publishes, and waits for the new version.
func (o officer) publishes(version string) {
	o.Helper()
	o.proves()
	o.until("version "+version, func() bool { return strings.Contains(o.page(), "published="+version) && o.is(".said.ok", "") })
}

// page is the address of the page with its query.
func (o officer) page() string {
	o.Helper()
	return see[string](o.window, "address")
}

// TestAnAdminChangesATextBreaksAStepMendsItTriesItPublishesAndRollsBack goes the whole way of the studio, in Persian and
// in English, and listens on the phone of a member.
func TestAnAdminChangesATextBreaksAStepMendsItTriesItPublishesAndRollsBack(t *testing.T) {
	t.Parallel()
	for lang, look := range map[string]struct {
		theme string
		in    size
	}{"fa": {"dark", desk}, "en": {"light", desk}} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			s, say := program(t), language(t, lang)
			member := open(t, s, lang, mobile)
			member.begin(say)
			o := enters(t, s, "admin", lang, look.theme, look.in)
			o.goes("/studio")
			o.tap("main th a[href='/studio/flow/help']", "")
			o.until("the picture and the verdict", func() bool { return o.is("#graph svg [data-step=help]", "") && o.is("#clean", "") })

			// A text changes; the picture says it anew.
			o.replaces(say.Studio.Before, say.Studio.After)
			o.until("the new words in the picture", func() bool { return strings.Contains(o.all("#graph svg"), say.Studio.After) })

			// A name that nothing sets is marked whole: else its brace would stand elsewhere among Persian letters.
			o.replaces(say.Studio.After, say.Studio.After+" {nosuch}")
			o.until("the mark of the name", func() bool { return o.all(".cm-lintRange-error") == "{nosuch}" })
			o.presses("KeyZ", "z", ctrl)
			o.until("that nothing is wrong", func() bool { return o.is("#clean", "") && !o.is(".cm-lintRange-error", "") })

			// A step breaks: the mark, the problem, the coloured box; one click mends it.
			o.replaces("goto: finish", "goto: finishh")
			o.until("the mark in the text", func() bool { return o.is(".cm-lintRange-error", "") && o.is("#problems li", "") })
			if !o.is("#graph .g-error", "") {
				t.Error("no box is coloured")
			}
			o.tap("#problems .lead", "")
			o.tap("#problems [data-fix]", "")
			o.until("that nothing is wrong", func() bool { return o.is("#clean", "") && !o.is(".cm-lintRange-error", "") })
			o.keeps()

			// The trial says the new words, and is kept as a dialogue.
			o.presses("Enter", "Enter", ctrl)
			o.until("the new words in the trial", func() bool { return strings.Contains(o.all("#talk .bubble"), say.Studio.After) })
			o.tap("#keep", "")
			o.tap("#keep-form .button.strong", "")
			o.until("that it is kept", func() bool { return o.is("#keep-said.ok", "") })
			o.presses("Escape", "Escape", 0)

			// The difference, then the new version, then the phone.
			o.presses("KeyD", "D", ctrl|shift)
			o.until("the difference", func() bool { return strings.Contains(o.all("#diff ins"), say.Studio.After) })
			o.presses("Escape", "Escape", 0)
			o.publishes("2")
			member.write("/help")
			member.hears(say.Studio.After)

			// Back to the old words.
			before := member.last(false)
			o.tap("[popovertarget=box-back]", "")
			o.tap("#box-back .button.strong", "")
			o.until("the old version", func() bool { return o.is("#clean", "") && !strings.Contains(o.written(), say.Studio.After) })
			member.write("/help")
			member.until("the old words", func() bool {
				now := member.last(false)
				return now.ID > before.ID && strings.Contains(now.Text, say.Studio.Before) && !strings.Contains(now.Text, say.Studio.After)
			})
			o.quiet()
			member.quiet()
		})
	}
}

// all are the words of everything in sight that fits.
func (o officer) all(selector string) string {
	o.Helper()
	return strings.Join(see[[]string](o.window, "texts", selector), "\n")
}

func TestADraftThatCannotBeSavedIsKeptInTheBrowserAndSentWhenTheServerIsBack(t *testing.T) {
	t.Parallel()
	s, say := program(t), language(t, "en")
	o := enters(t, s, "admin", "en", "light", desk)
	o.goes("/studio/flow/help")
	o.until("the verdict", func() bool { return o.is("#clean", "") })
	s.Kill()
	o.replaces(say.Studio.Before, say.Studio.After)
	o.presses("KeyS", "s", ctrl)
	o.until("that it is kept here", func() bool { return strings.Contains(o.all("#kept"), "in this browser") })
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	o.until("that the server has it", func() bool { return o.is("#discard", "") })
}

func TestTwoTabsThatChangeOneDraftAreShownBothTexts(t *testing.T) {
	t.Parallel()
	s, say := program(t), language(t, "en")
	first := enters(t, s, "admin", "en", "light", desk)
	second := first.another(t)
	second.resize(desk)
	for _, o := range []officer{first, second} {
		o.do(call(page.BringToFront, cdp.Empty{}))
		o.goes("/studio/flow/help")
		o.until("the verdict", func() bool { return o.is("#clean", "") })
	}
	first.do(call(page.BringToFront, cdp.Empty{}))
	first.replaces(say.Studio.Before, say.Studio.After)
	first.keeps()
	second.do(call(page.BringToFront, cdp.Empty{}))
	second.replaces(say.Studio.Before, say.Better)
	second.presses("KeyS", "s", ctrl)
	second.until("both texts", func() bool {
		return strings.Contains(second.all("#clash-lines ins"), say.Better) && strings.Contains(second.all("#clash-lines del"), say.Studio.After)
	})
	second.tap("[data-do=theirs]", "")
	second.until("the other text, which is a draft", func() bool {
		return strings.Contains(second.written(), say.Studio.After) && second.is("#discard", "") && strings.HasPrefix(second.all("#standing"), "draft")
	})
	first.do(call(page.BringToFront, cdp.Empty{}))
	first.replaces(say.Studio.After, say.Studio.After+".")
	first.presses("KeyS", "s", ctrl)
	first.until("that it is kept", func() bool { return first.is("#kept", "Saved") })
	second.do(call(page.BringToFront, cdp.Empty{}))
	second.replaces(say.Studio.After, say.Better)
	second.presses("KeyS", "s", ctrl)
	second.until("both texts again", func() bool { return strings.Contains(second.all("#clash-lines ins"), say.Better) })
	second.tap("[data-do=mine]", "")
	second.until("that this one stands", func() bool { return second.is("#kept", "Saved") })
}

func TestABlockOfThePaletteComesBelowTheStepAndIsUndoneAsOne(t *testing.T) {
	t.Parallel()
	s := program(t)
	o := enters(t, s, "admin", "en", "light", desk)
	o.goes("/studio/flow/help")
	o.until("the verdict", func() bool { return o.is("#clean", "") })
	before := o.written()
	o.seeks("id: help")
	o.tap("[popovertarget=box-blocks]", "")
	o.tap("#box-blocks [data-block=text]", "")
	o.until("the new step", func() bool {
		return strings.Contains(o.written(), "- id: text") && o.is("#graph svg [data-step=text]", "")
	})
	if here := o.all(".cm-activeLine"); !strings.Contains(here, "id: text") {
		t.Errorf("the cursor stands in %q", here)
	}
	o.presses("KeyZ", "z", ctrl)
	o.until("the former text", func() bool { return o.written() == before && o.is("#clean", "") })

	// The keyboard leaves the text as the page says.
	o.do(chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent(kb.Tab))
	o.until("the keyboard behind the text", func() bool { return !o.is(".cm-focused", "") && o.written() == before })
	o.quiet()
}
