package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
)

const noteBox = "form.note textarea"

// meanwhile does something that sends a form, and writes into a box before any answer can be there.
func (o officer) meanwhile(act, box, words string) {
	o.Helper()
	o.do(chromedp.Evaluate[chromedp.Void](`{
		const box = document.querySelector("` + box + `");
		box.focus();
		` + act + `;
		box.setRangeText("` + words + `", box.value.length, box.value.length, "end");
	}`))
}

func TestWhatIsTypedWhileAnActIsOnItsWayStaysInItsBox(t *testing.T) {
	t.Parallel()
	s := program(t)
	sara := enters(t, s, "sara", "en", "light", desk)
	sara.until("the queue", func() bool { return sara.waiting() == 8 })
	sara.picks(see[[]string](sara.window, "texts", "#rows .who bdi")[0])

	sara.strikes("n")
	sara.at(noteBox)
	sara.inserts("She called.")
	sara.meanwhile("box.form.requestSubmit()", noteBox, " She will call again")
	sara.shows("note", "She called.")
	sara.until("the rest alone in the box", func() bool { return see[string](sara.window, "value", noteBox) == "She will call again" })
	sara.at(noteBox)
	sara.inserts(" tomorrow")
	sara.until("the rest with what follows it", func() bool { return see[string](sara.window, "value", noteBox) == "She will call again tomorrow" })

	sara.meanwhile("document.querySelector('[data-key=claim]').click()", noteBox, " at noon.")
	sara.until("that she holds it", func() bool { return sara.is("[data-key=transfer]", "") && !sara.is("[data-key=claim]", "") })
	sara.until("the note once more", func() bool {
		return see[string](sara.window, "value", noteBox) == "She will call again tomorrow at noon."
	})
	sara.at(noteBox)
	sara.sends()
	sara.shows("note", "She will call again tomorrow at noon.")
	sara.quiet()
}
