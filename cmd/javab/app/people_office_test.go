package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/staff"
)

func TestAnAdminMovesAnOfficerWhoThenSignsInAnewAndTheAuditTells(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	admin, sara := o.signIn(t, "admin"), o.signIn(t, "sara")
	answer := o.ask(http.MethodPost, "/settings/staff/sara", admin, url.Values{
		"name": {"Sara A."}, "role": {"senior"}, "lang": {"en"}, "capacity": {"9"}, "units": {"finance"}, "langs": {"fa", "en"}, "reason": {"promoted"},
	})
	if answer.Code != http.StatusSeeOther {
		t.Fatalf("answered %d: %s", answer.Code, answer.Body)
	}
	if answer := o.ask(http.MethodGet, "/desk", sara, nil); answer.Header().Get("Location") != "/login?next=%2Fdesk" {
		t.Errorf("her former session opens the desk: %d %s", answer.Code, answer.Header())
	}
	all, err := o.house.store.AllStaff(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		if one.Login == "sara" && (one.Role != bot.RoleSenior || one.Capacity != 9 || one.Name != "Sara A." || !one.Serves("finance") || one.Serves("member_relations")) {
			t.Errorf("she is %+v", one)
		}
	}
	lines, err := o.house.store.AuditLines(t.Context(), staff.AuditQuery{What: "staff.changed", Limit: 9})
	if err != nil || len(lines) != 1 || lines[0].Reason != "promoted" || strings.Contains(lines[0].After, "Sara") {
		t.Errorf("the audit tells %+v, %v", lines, err)
	}
}

func TestTheOnlyAdminStaysOne(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	admin := o.signIn(t, "admin")
	for act, form := range map[string]url.Values{
		"/close": {}, "": {"name": {"A"}, "role": {"officer"}, "lang": {"en"}, "capacity": {"9"}, "units": {"finance"}},
	} {
		if answer := o.ask(http.MethodPost, "/settings/staff/admin"+act, admin, form); answer.Code != http.StatusConflict {
			t.Errorf("%q: %d", act, answer.Code)
		}
	}
	if answer := o.ask(http.MethodGet, "/settings", admin, nil); answer.Code != http.StatusOK {
		t.Errorf("his session ended: %d", answer.Code)
	}
}

func TestTheOfficeShowsTheHouseAsItIs(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	admin := o.signIn(t, "admin")
	for path, words := range map[string]string{
		"/settings": `href="/settings/staff/sara"`, "/settings/units": "member_relations", "/settings/hours": "promises.yaml", "/replies": `id="reply-greet"`,
	} {
		if answer := o.ask(http.MethodGet, path, admin, nil); answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), words) {
			t.Errorf("%s: %d without %s", path, answer.Code, words)
		}
	}
	if got := o.house.library.Limits(); got.FirstAnswer != 30*time.Minute || got.Lost != 5*time.Minute || got.Back != 48*time.Hour {
		t.Errorf("limits %+v", got)
	}
}
