package browser

import (
	"slices"
	"testing"

	"javab/tools/subject"
)

// practises begins an exercise with the member who wants to renew, and waits until he is on its desk.
func (o officer) practises(lang string) (member string) {
	o.Helper()
	o.goes("/training")
	o.tap("form:has([name=persona][value=renewal]) [name=lang][value="+lang+"]", "")
	o.until("the member of the exercise", func() bool { return o.is(".practice", "") && o.is("#rows .who bdi", "") })
	return see[[]string](o.window, "texts", "#rows .who bdi")[0]
}

// finishes ends the exercise by the strip that stands over its desk.
func (o officer) finishes() {
	o.Helper()
	o.tap(".practice .button", "")
	o.until("the checklist", func() bool { return o.is(".checklist li", "") })
}

// practised lets somebody finish an exercise and somebody else be in the middle of one: their pages have something on them.
func practised(t *testing.T, s *subject.Subject, amid, done string) {
	t.Helper()
	enters(t, s, amid, "en", "light", desk).practises("en")
	o := enters(t, s, done, "en", "light", desk)
	o.practises("en")
	o.finishes()
}

// TestAnOfficerPractisesAndNothingOfItIsOnTheRealDesk answers a simulated member once, closes, and reads the checklist.
func TestAnOfficerPractisesAndNothingOfItIsOnTheRealDesk(t *testing.T) {
	t.Parallel()
	s := program(t)
	for login, look := range map[string]struct {
		lang, theme string
		in          size
	}{"sara": {"fa", "dark", mobile}, "neda": {"en", "light", desk}} {
		t.Run(look.lang, func(t *testing.T) {
			t.Parallel()
			say := language(t, look.lang)
			o := enters(t, s, login, look.lang, look.theme, look.in)
			o.until("the queue", func() bool { return o.waiting() == 8 })
			name := o.practises(look.lang)
			o.stands(look.lang, look.theme, look.in)
			o.picks(name)
			o.tap("[data-key=claim]", "")
			o.until("that he is claimed", func() bool { return o.is("[data-key=close]", "") && !o.is("[data-key=claim]", "") })
			o.types(replyBox, say.Practice.Reply)
			o.sends()
			o.shows("officer", say.Practice.Reply)
			o.shows("member", say.Practice.Answer)
			o.stands(look.lang, look.theme, look.in)
			o.tap("[data-key=close]", "")
			o.tap("#box-close [value=list]", "")
			o.until("a desk without him", func() bool { return !o.is("#rows .who bdi", name) && !o.is("#talk", "") })

			o.finishes()
			met, missed := o.all(".checklist li.met"), o.all(".checklist li.unmet")
			if met == "" || missed == "" || !o.is(".checklist li.unmet p", "") {
				t.Errorf("of what was done and left out, the checklist says\n%s\n%s", met, missed)
			}
			o.stands(look.lang, look.theme, look.in)
			o.tap(".checklist a", "")
			o.until("the message in the chat", func() bool { return o.is("#talk h2 bdi", name) })

			o.goes("/training")
			o.until("the exercise among those that are done", func() bool { return o.is(".roll tbody tr", "") })
			if waiting := o.waiting(); waiting != 8 {
				t.Errorf("%d members wait on the real desk", waiting)
			}
			for _, page := range []string{"/desk?tab=all", "/desk?tab=mine", "/members?q=660112"} {
				o.goes(page)
				if slices.Contains(see[[]string](o.window, "texts", "main bdi"), name) {
					t.Errorf("%s knows %s", page, name)
				}
			}
			o.quiet()
		})
	}
}
