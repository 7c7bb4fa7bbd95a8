package contentweb

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/flows/studio"
	"javab/locales/text"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

func (d *desk) say(t *testing.T, second, wait, unit string) (int, string) {
	t.Helper()
	form := url.Values{"second": {second}, "wait": {wait}, "unit": {unit}}
	answer := d.Serve(pagetest.Request(t, http.MethodPost, "/studio/rules", form))
	return answer.Code, answer.Body.String()
}

func TestTheRulesAreKeptAndWhoChangedThemIsTold(t *testing.T) {
	d := chamber(t)
	if html := d.page(t, "/studio/rules"); !strings.Contains(html, "Nobody has changed this yet") || !strings.Contains(html, `value="24"`) || strings.Contains(html, " checked") {
		t.Error("the rules that nobody has changed are shown otherwise")
	}
	if code, _ := d.say(t, "1", "90", "minutes"); code != http.StatusSeeOther {
		t.Fatal(code)
	}
	if now, err := d.Studio.Rules(t.Context()); err != nil || now != (studio.Rules{Second: true, Alone: 90 * time.Minute}) {
		t.Errorf("%+v, %v", now, err)
	}
	html := d.page(t, "/studio/rules")
	for _, shown := range []string{`value="1" checked`, `name="wait" value="90"`, `value="minutes" selected`, "Last changed by <bdi>Reza</bdi>"} {
		if !strings.Contains(html, shown) {
			t.Errorf("it does not show %s", shown)
		}
	}
	if last, err := d.Latest(t.Context(), "studio.rules"); err != nil || last.By != "reza" || last.Before != "alone" {
		t.Errorf("the audit has %+v, %v", last, err)
	}
	if code, _ := d.say(t, "", "90", "minutes"); code != http.StatusSeeOther {
		t.Fatal(code)
	}
	if now, _ := d.Studio.Rules(t.Context()); now.Second {
		t.Error("the second person is still asked for")
	}
}

func TestAWaitIsReadInAnyDigits(t *testing.T) {
	for _, number := range []string{"36", " 36 ", "\u06f3\u06f6", "\u0663\u0666"} {
		if got := waited(number, "hours"); got != 36*time.Hour {
			t.Errorf("%q: %v", number, got)
		}
	}
	if got := waited("43\u066c200", "minutes"); got != 30*24*time.Hour {
		t.Errorf("in groups: %v", got)
	}
}

func TestAWaitIsWrittenInItsLargestWholeUnit(t *testing.T) {
	for wait, want := range map[time.Duration]string{
		0: "24 hours", 90 * time.Minute: "90 minutes", time.Hour: "1 hours", 48 * time.Hour: "2 days", 30 * 24 * time.Hour: "30 days", 36 * time.Hour: "36 hours",
	} {
		r := &rules{screen: screen{Screen: page.Screen{Format: text.For(bot.En)}}}
		r.fill(studio.Rules{Alone: wait})
		if got := r.Wait + " " + r.Unit; got != want {
			t.Errorf("%v: %s", wait, got)
		}
	}
}

func TestAWaitThatIsNoneIsRefusedAndWhatWasTypedStays(t *testing.T) {
	for _, typed := range []struct{ wait, unit string }{{"", "hours"}, {"0", "hours"}, {"-3", "hours"}, {"soon", "hours"}, {"31", "days"}, {"99999999999", "days"}, {"3", "years"}} {
		d := chamber(t)
		code, html := d.say(t, "1", typed.wait, typed.unit)
		if code != http.StatusUnprocessableEntity || !strings.Contains(html, "between one minute and thirty days") {
			t.Errorf("%+v: %d", typed, code)
		}
		if !strings.Contains(html, `name="wait" value="`+typed.wait+`"`) || !strings.Contains(html, `value="1" checked`) {
			t.Errorf("%+v: what was typed is lost", typed)
		}
		pagetest.Look(t, "refused", html, bot.En)
		if now, _ := d.Studio.Rules(t.Context()); now != (studio.Rules{}) {
			t.Errorf("%+v: kept as %+v", typed, now)
		}
	}
}
