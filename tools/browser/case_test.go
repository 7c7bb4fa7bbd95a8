package browser

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// What the content calls the buttons below a result, and the best rating.
const (
	itIsSolved    = "It is solved"
	itIsNotSolved = "It is not solved"
	veryGood      = "5 very good"
)

// fills writes into a field, in the place of what it holds.
func (o officer) fills(selector, words string) {
	o.Helper()
	o.until(selector, func() bool { return o.is(selector, "") })
	o.do(
		chromedp.Evaluate[chromedp.Void]("document.querySelector('"+selector+"').focus(), document.querySelector('"+selector+"').select()"),
		call(input.InsertText, input.InsertTextParams{Text: words}),
	)
}

// says reports whether something in sight holds these words.
func (w *window) says(selector, words string) bool {
	w.Helper()
	return slices.ContainsFunc(see[[]string](w, "texts", selector), func(line string) bool { return strings.Contains(line, words) })
}

// stays waits until the case stands in a state. The page follows by itself what colleagues do; what the member and time do
// is there when it is loaded again.
func (o officer) stays(at, state string) {
	o.Helper()
	o.follows(at, "a case that is "+state, "#case-head .tag", state)
}

// tells waits for a line with these words in the timeline of a case.
func (o officer) tells(at, words string) {
	o.Helper()
	o.follows(at, "in the timeline "+words, "#timeline li", words)
}

// follows looks at a page until it says something, and loads it again every other second.
func (o officer) follows(at, what, selector, words string) {
	o.Helper()
	loaded := time.Now()
	o.until(what, func() bool {
		if time.Since(loaded) > 2*time.Second {
			o.goes(at)
			loaded = time.Now()
		}
		return o.says(selector, words)
	})
}

// proposes writes a result to the member.
func (o officer) proposes(at, result string) {
	o.Helper()
	o.goes(at)
	o.tap("#closure summary", "")
	o.fills("#closure form[action$=propose] textarea", result)
	o.tap("#closure form[action$=propose] button", "")
	o.until("the proposed result", func() bool { return o.says("#closure blockquote", result) })
}

// refers asks a unit and returns the link by which somebody without a sign-in answers.
func (o officer) refers(at, unit, question string) (link string) {
	o.Helper()
	o.goes(at)
	o.tap("#referrals summary", "")
	o.chooses("#referrals select[name=unit]", unit)
	o.fills("#referrals form[action$=refer] textarea", question)
	o.tap("#referrals form[action$=refer] button", "")
	o.tap("#referrals form[action$=link] button", "")
	o.until("the link", func() bool { return o.is(".said.link input", "") })
	link, err := chromedp.Run(o.ctx, chromedp.Evaluate[string]("document.querySelector('.said.link input').value"))
	if err != nil {
		o.Fatal(err)
	}
	return link
}

// replies is somebody of a unit who has no sign-in: he opens the link once.
func (w *window) replies(link, name, words string) {
	w.Helper()
	o := officer{window: w}
	w.do(chromedp.Navigate(link))
	o.fills(".referral input[name=name]", name)
	o.fills(".referral textarea[name=reply]", words)
	w.tap(".referral form .button.strong", "")
	w.until("the thanks", func() bool { return w.is(".referral .said.ok", "") })
	w.do(chromedp.Navigate(link))
	w.until("that the link is used up", func() bool { return w.is(".referral", "") })
	if w.is(".referral textarea", "") {
		w.Error("the link takes a second reply")
	}
}

// works opens the chamber around the clock: the test is not to wait for the morning.
func (o officer) works() {
	o.Helper()
	o.goes("/settings/hours/day?kind=open")
	o.tap("input[name=kind][value=open]", "")
	from, err := chromedp.Run(o.ctx, chromedp.Evaluate[string]("new Date(Date.now()+1*864e5).toISOString().slice(0,10)"))
	if err != nil {
		o.Fatal(err)
	}
	until, err := chromedp.Run(o.ctx, chromedp.Evaluate[string]("new Date(Date.now()+9*864e5).toISOString().slice(0,10)"))
	if err != nil {
		o.Fatal(err)
	}
	o.fills("input[name=from]", from)
	o.fills("input[name=until]", until)
	o.fills("input[name=window]", "00:00-24:00")
	for _, lang := range []string{"fa", "ar", "en"} {
		o.fills("input[name=name_"+lang+"]", "Fair")
	}
	o.fills("input[name=reason]", "A fair")
	o.tap("input[name=crisis]", "")
	o.tap("form[action$=day] .button.strong", "")
	o.until("the open days", func() bool { return o.says("main", "Fair") })
}

// TestAComplaintGoesTheWholeWay is the promise of the procedure in one story: filed, referred, answered by a unit without a
// sign-in, a sum held until the manager says yes, a result refused, another that solves it, closed, rated.
func TestAComplaintGoesTheWholeWay(t *testing.T) {
	t.Parallel()
	s := program(t)
	say := language(t, "en")
	enters(t, s, "admin", "en", "light", desk).works()
	member := open(t, s, "en", mobile)
	member.begin(say)
	member.tellsWhatHappened(say)
	number := member.files(say)
	at := "/cases/" + number

	neda := enters(t, s, "neda", "en", "light", desk)
	neda.goes("/cases")
	neda.tap(`a[href^="`+at+`"]`, "")
	neda.until("the case", func() bool { return neda.says("#case-head h1", number) })
	neda.tap("form[action$=begin] button", "")
	neda.stays(at, "In work")

	const question, reply = "Was the card posted?", "It was posted on Sunday."
	link := neda.refers(at, "finance", question)
	neda.stays(at, "With a unit")
	stranger := blank(t, "", mobile)
	stranger.replies(link, "Omid of Finance", reply)
	neda.tells(at, reply)
	neda.stays(at, "In work")

	// A sum is not hers to promise: it waits for the manager, and goes out with her word.
	const sum = "You will get 50,000,000 rials back."
	neda.tap("#tell summary", "")
	neda.fills("#tell textarea", sum)
	neda.tap("#tell form .button.strong", "")
	neda.until("what is held", func() bool { return neda.says("#approvals .plain", sum) })
	maryam := approves(t, s, member, "50,000,000")
	member.hears(sum)

	neda.proposes(at, "The card is on its way.")
	member.hears("The card is on its way.")
	member.choose(itIsNotSolved)
	member.until("the question what is missing", func() bool { return slices.Contains(member.last(false).Keys, say.None) })
	member.choose(say.None)
	neda.stays(at, "In work")

	neda.proposes(at, "A new card was printed and handed over.")
	member.hears("A new card was printed")
	member.choose(itIsSolved)
	neda.stays(at, "Closed")

	calendar := officer{blank(t, "", desk), s.Address}
	calendar.goes("/demo")
	for range 3 { // the survey comes a day after the closure, in working time
		calendar.tap("[data-page=skip]", "")
	}
	member.until("the question how it was", func() bool { return slices.Contains(member.last(false).Keys, veryGood) })
	member.choose(veryGood)
	neda.tells(at, "5")
	maryam.goes("/surveys")
	maryam.until("her rating", func() bool { return maryam.says("main", number) })
	for _, w := range []*window{member, neda.window, maryam.window} { // a link that is used up is no page: that is complained of
		w.quiet()
	}
}
