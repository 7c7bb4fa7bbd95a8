package browser

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// rooms are the pages of staff, with who looks at them. What ends with a * is the first link of the page that leads there.
var rooms = []struct{ login, path string }{
	{"sara", "/desk"},
	{"sara", "/desk?tab=mine"},
	{"sara", "/desk/*"},
	{"sara", "/members"},
	{"sara", "/members?q=4"},
	{"sara", "/members/*"},
	{"sara", "/contact"},
	{"sara", "/replies"},
	{"sara", "/account"},
	{"sara", "/nowhere"},
	{"sara", "/cases"},
	{"sara", "/referral/nothing"},
	{"maryam", "/cases"},
	{"maryam", "/cases?view=all"},
	{"maryam", "/cases/*"},
	{"maryam", "/suggestions"},
	{"maryam", "/surveys"},
	{"maryam", "/board"},
	{"maryam", "/board/k3"},
	{"maryam", "/board/live"},
	{"maryam", "/board/live?unit=member_relations"},
	{"maryam", "/approvals"},
	{"maryam", "/settings/hours"},
	{"maryam", "/settings/hours/closure"},
	{"admin", "/settings"},
	{"admin", "/settings/hours"},
	{"admin", "/settings/hours/day"},
	{"admin", "/settings/hours/week?kind=overlay"},
	{"admin", "/settings/hours/import?lunar=1"},
	{"admin", "/settings/hours/why?day=2026-11-25&time=15:59&hours=40"},
	{"admin", "/settings/*"},
	{"admin", "/ops"},
	{"admin", "/studio"},
	{"admin", "/studio/flow/help"},
	{"admin", "/studio/flow/complaint"},
	{"admin", "/studio/flow/complaint/texts"},
	{"admin", "/studio/flow/complaint/versions"},
	{"admin", "/studio/flow/complaint/funnel"},
	{"admin", "/studio/text/content/units.yaml"},
	{"admin", "/studio/text/help.fa.chat"},
	{"admin", "/studio/text/content/units.yaml/versions"},
	{"admin", "/studio/answers"},
	{"admin", "/studio/answers/*"},
	{"admin", "/studio/answers/new"},
	{"admin", "/studio/services"},
	{"admin", "/studio/services/*"},
	{"admin", "/studio/lists"},
	{"admin", "/studio/lists/categories/*"},
	{"admin", "/studio/lists/units"},
	{"admin", "/studio/offers"},
	{"admin", "/studio/rules"},
	{"admin", "/studio/proposals"},
	{"sara", "/studio/answers"},
	{"sara", "/studio/answers/*"},
	{"sara", "/studio/services/*"},
	{"sara", "/studio/proposals"},
	{"admin", "/studio/answers/unanswered"},
	{"admin", "/studio/answers/unanswered?days=90&aside=1"},
	{"maryam", "/training"},
	{"neda", "/training"},
	{"neda", "/training/desk"},
	{"neda", "/training/desk/*"},
	{"neda", "/training/cases"},
	{"karim", "/training"},
	{"karim", "/training/result"},
	{"auditor", "/audit"},
}

var every = flag.Bool("every", false, "look at each page of staff in each language and both looks, not by turns")

// TestThePagesOfStaffKeepNobodyOut looks at each page in two of the languages, light on a wide screen in one and dark on a
// phone in the other, by turns. With -every nothing is left out: so it is run when pages have changed.
func TestThePagesOfStaffKeepNobodyOut(t *testing.T) {
	t.Parallel()
	s := program(t)
	filer, say := open(t, s, "en", mobile), language(t, "en")
	filer.begin(say)
	filer.tellsWhatHappened(say)
	filer.files(say)
	filer.write(unheardOf)
	practised(t, s, "neda", "karim")
	for l, lang := range []string{"fa", "ar", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			people := map[string]officer{}
			for i, look := range []struct {
				theme string
				in    size
			}{{"light", desk}, {"dark", mobile}} {
				for r, room := range rooms {
					if !*every && (r+l)%3 != i {
						continue
					}
					who := fmt.Sprint(room.login, i)
					if _, there := people[who]; !there {
						people[who] = enters(t, s, room.login, lang, look.theme, look.in)
						people[who].until("members in the queue", func() bool {
							return room.login != "sara" || people[who].waiting() > 0
						})
					}
					t.Run(fmt.Sprintf("%s, %s, %d px", strings.ReplaceAll(room.path, "/", " "), look.theme, look.in.width), func(t *testing.T) {
						o := officer{people[who].on(t), s.Address}
						o.visits(room.path)
						o.stands(lang, look.theme, look.in)
					})
				}
			}
		})
	}
}

// waiting is how many rows the list of the desk has; it is read again until the members of the demo have come.
func (o officer) waiting() int {
	o.goes("/desk")
	return len(see[[]string](o.window, "texts", "#rows .row"))
}

// visits opens a page, or the first of its kind.
func (o officer) visits(path string) {
	o.Helper()
	list, first := strings.CutSuffix(path, "/*")
	o.goes(list)
	if !first {
		return
	}
	address := see[string](o.window, "link", "main a[href^='"+list+"/']:not([href$='/new'])")
	if address == "" {
		o.Fatalf("%s leads to none of its kind; there is:\n%s", list, o.told())
	}
	o.goes(address)
}

// stands checks a page of staff: its language and direction, its theme, that it fits, and what axe-core finds.
func (o officer) stands(lang, theme string, in size) {
	o.Helper()
	if shown := see[string](o.window, "language"); shown != lang {
		o.Errorf("the page is in %q", shown)
	}
	if shown := see[string](o.window, "scheme"); shown != theme {
		o.Errorf("the page is %s", shown)
	}
	if width := see[int64](o.window, "width"); width != in.width {
		o.Errorf("the window is %d px wide, want %d", width, in.width)
	}
	if width := see[int64](o.window, "scroll"); width > in.width {
		o.Errorf("the page is %d px wide in a window of %d", width, in.width)
	}
	if headings := see[[]string](o.window, "texts", "h1"); len(headings) == 0 {
		o.Errorf("the page has no heading")
	}
	o.do(chromedp.Evaluate[chromedp.Void](axe))
	for _, f := range see[[]fault](o.window, "faults", true) {
		o.Errorf("%s: %s (%s): %s", f.Impact, f.Help, f.ID, strings.Join(f.Nodes, "\n\t"))
	}
}
