package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

const replyBox = "form.reply textarea"

// holds is what stands in the reply box.
func (o officer) holds() string {
	o.Helper()
	value, err := chromedp.Run(o.ctx, chromedp.Evaluate[string]("document.querySelector('"+replyBox+"').value"))
	if err != nil {
		o.Fatal(err)
	}
	return value
}

// rewrites puts other words in the place of those in the reply box.
func (o officer) rewrites(words string) {
	o.Helper()
	o.do(
		chromedp.Evaluate[chromedp.Void]("document.querySelector('"+replyBox+"').focus(), document.querySelector('"+replyBox+"').select()"),
		call(input.InsertText, input.InsertTextParams{Text: words}),
	)
}

// sends presses the keys that send.
func (o officer) sends() { o.presses("Enter", "Enter", ctrl) }

func TestAnOfficerAnswersWithAReadyReplyAndIsHeldBackWhereHeMust(t *testing.T) {
	t.Parallel()
	s := program(t)
	say := language(t, "en")
	member := asks(t, s, say, "en")
	sara := enters(t, s, "sara", "fa", "light", desk) // she reads the replies in her own language too
	sara.picks(member.persona())

	sara.types(replyBox, "/file")
	sara.until("what is found", func() bool {
		found := see[[]string](sara.window, "texts", "#ready-list[aria-busy=false] .offer .theirs")
		return len(found) > 1 && len(found) == len(see[[]string](sara.window, "texts", "#ready-list .offer .ours"))
	})
	offered := see[[]string](sara.window, "texts", "#ready-list .offer .theirs")
	sara.presses("ArrowDown", "ArrowDown", 0)
	sara.presses("Enter", "Enter", 0)
	sara.until("the second of them in the box", func() bool { return sara.holds() == offered[1] })
	sara.sends()
	sara.shows("officer", offered[1])
	member.hears(offered[1])

	// What nobody has filled in is not sent.
	sara.types(replyBox, "By {due} all is well.")
	sara.sends()
	sara.until("why it is not sent", func() bool { return sara.is("#said", "") })
	if sara.holds() != "By {due} all is well." {
		t.Errorf("the box holds %q", sara.holds())
	}

	// A sum is not hers to promise: it waits for the manager, and goes out with her word.
	const sum = "You will get 50,000,000 rials back."
	sara.rewrites(sum)
	sara.until("the hint while she writes", func() bool { return sara.is(".hinted p", "") })
	sara.sends()
	sara.shows("held", sum)
	approves(t, s, member, "50,000,000")
	member.hears(sum)
	sara.shows("officer", sum)
	for _, m := range member.messages() {
		if strings.Contains(m.Text, "{due}") {
			t.Errorf("the member reads %q", m.Text)
		}
	}
	member.quiet()
}
