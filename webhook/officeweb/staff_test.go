package officeweb

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"javab/bot"
)

// form is what the page of somebody sends when nothing was touched.
func form(s bot.Staff) url.Values {
	values := url.Values{
		"name": {s.Name}, "role": {string(s.Role)}, "lang": {string(s.Lang)}, "capacity": {"6"}, "substitute": {string(s.Substitute)},
		"display_fa": {s.Display.Fa}, "display_ar": {s.Display.Ar}, "display_en": {s.Display.En},
	}
	for _, u := range s.Units {
		values.Add("units", string(u))
	}
	for _, l := range s.Langs {
		values.Add("langs", string(l))
	}
	if s.Confidential {
		values.Set("confidential", "1")
	}
	return values
}

func TestTheStaffIsFoundByWordsRoleAndUnit(t *testing.T) {
	h := open(t)
	for query, want := range map[string][]string{
		"":                         {"admin", "sara", "layla", "reza"},
		"role=officer":             {"sara", "reza"},
		"unit=finance&role=senior": {"layla"},
		"words=KAZEMI":             {"layla"}, // the name that members read
		"words=" + url.QueryEscape(h.room.Staff[3].Name[:6]): {"reza"},
		"words=zz": nil,
	} {
		var found []string
		for _, m := range regexp.MustCompile(`<a href="/settings/staff/(\w+)"`).FindAllStringSubmatch(h.get(t, "/settings?"+query).Body.String(), -1) {
			found = append(found, m[1])
		}
		if !slices.Equal(found, want) {
			t.Errorf("%q finds %v, want %v", query, found, want)
		}
	}
}

func TestTheListTellsHowEverybodyStands(t *testing.T) {
	h := open(t)
	html := h.get(t, "/settings", "javab_lang=en").Body.String()
	rows := strings.Split(html, "<tr")
	for i, want := range [][]string{
		2: {"Admin", "Available", "Set up"},
		3: {"Officer", "Member Relations", "Finance", "Confidential handler", "Available", "Persian", "English"},
		4: {"Ms Kazemi", "old_unit", "Away", h.room.Staff[1].Name, "Not set up", "The password handed over"}, // not seen for six minutes
		5: {"Closed"},
	} {
		for _, words := range want {
			if !strings.Contains(rows[i], words) {
				t.Errorf("line %d does not tell %q: %s", i, words, rows[i])
			}
		}
	}
}

func TestWhoMayOnlyReadIsOfferedNoChange(t *testing.T) {
	h := open(t)
	for _, route := range []string{"POST /settings/new", "POST /settings/staff/:login", "GET /audit"} {
		h.No[route] = true
	}
	if strings.Contains(h.get(t, "/settings").Body.String(), "/settings/new") {
		t.Error("a new account is offered")
	}
	html := h.get(t, "/settings/staff/sara").Body.String()
	for _, offered := range []string{"popovertarget=\"box-password", "popovertarget=\"box-close", "/lock?", "/audit?", `class="button strong"`} {
		if strings.Contains(html, offered) {
			t.Errorf("%s is offered", offered)
		}
	}
	if !strings.Contains(html, "<fieldset class=\"sheetform\" disabled>") {
		t.Error("the fields can be written in")
	}
}

func TestAChangeIsTakenAsItWasWritten(t *testing.T) {
	h := open(t)
	values := form(h.room.Staff[2])
	values.Set("capacity", "\u06f1\u06f2")
	values.Set("role", "manager")
	values.Set("display_en", "  Mrs Kazemi ")
	values.Set("confidential", "1")
	values.Set("reason", "promoted")
	values["langs"], values["units"] = []string{"ar", "en"}, []string{"finance", "old_unit", "training"}
	answer := h.post(t, "/settings/staff/layla", values)
	if answer.Code != 303 || answer.Header().Get("Location") != "/settings/staff/layla" || !slices.Equal(h.done, []string{"1 changes 3: promoted"}) {
		t.Fatalf("answered %d, did %q", answer.Code, h.done)
	}
	got, want := h.changed, h.room.Staff[2]
	want.Capacity, want.Role, want.Display.En, want.Confidential = 12, bot.RoleManager, "Mrs Kazemi", true
	want.Langs, want.Units = []bot.Lang{"ar", "en"}, []bot.UnitID{"finance", "old_unit", "training"}
	if !slices.Equal(got.Units, want.Units) || !slices.Equal(got.Langs, want.Langs) {
		t.Errorf("units %v, languages %v", got.Units, got.Langs)
	}
	got.Units, got.Langs, want.Units, want.Langs = nil, nil, nil, nil
	if got.Display != want.Display || got.Capacity != want.Capacity || got.Role != want.Role || !got.Confidential || got.Substitute != want.Substitute {
		t.Errorf("changed to %+v", got)
	}
}

func TestWhatIsRefusedStaysInTheForm(t *testing.T) {
	h := open(t)
	for field, wrong := range map[string]string{"capacity": "many", "units": "old_unit"} {
		values := form(h.room.Staff[1])
		values.Set(field, wrong)
		values.Set("name", "Zahra")
		values.Set("reason", "she married")
		answer := h.post(t, "/settings/staff/sara", values)
		html := answer.Body.String()
		if answer.Code != 422 || len(h.done) != 0 || !strings.Contains(html, `role="alert"`) || !strings.Contains(html, wrong) {
			t.Errorf("%s %s: answered %d, did %q", field, wrong, answer.Code, h.done)
		}
		if !strings.Contains(html, `value="Zahra"`) || !strings.Contains(html, `value="she married"`) {
			t.Errorf("%s %s: what was written is lost", field, wrong)
		}
	}
	h.deny = &bot.Error{Kind: bot.Conflict, Key: "staff.last_admin"}
	answer := h.post(t, "/settings/staff/admin", form(h.room.Staff[0]))
	if answer.Code != 409 || !strings.Contains(answer.Body.String(), "only admin account") {
		t.Errorf("the last admin: %d", answer.Code)
	}
}

func TestANewColleagueGetsAPasswordThatIsShownOnce(t *testing.T) {
	h := open(t)
	values := form(h.room.Staff[1])
	values.Set("login", "zahra")
	answer := h.post(t, "/settings/new", values)
	if answer.Code != 200 || !strings.Contains(answer.Body.String(), "rose-boat-lamp-tree") || !slices.Equal(h.done, []string{"1 adds zahra"}) {
		t.Fatalf("answered %d, did %q", answer.Code, h.done)
	}
	if h.changed.ID != "" || h.changed.Login != "zahra" || len(h.changed.Units) != 2 {
		t.Errorf("made %+v", h.changed)
	}
	h.deny = &bot.Error{Kind: bot.Conflict, Key: "login_taken"}
	answer = h.post(t, "/settings/new", values)
	if html := answer.Body.String(); answer.Code != 409 || strings.Contains(html, "rose-boat") || !strings.Contains(html, `value="zahra"`) {
		t.Errorf("a login that is taken: %d", answer.Code)
	}
}

func TestTheWaysInAreGivenAndTaken(t *testing.T) {
	for act, did := range map[string]string{
		"password": "1 gives sara a password", "totp": "1 takes the second factor of sara", "sessions": "1 ends the sessions of sara",
		"close": "1 shuts sara: true", "open": "1 shuts sara: false",
	} {
		h := open(t)
		answer := h.post(t, "/settings/staff/sara/"+act, nil)
		shown := strings.Contains(answer.Body.String(), "rose-boat-lamp-tree")
		if !slices.Equal(h.done, []string{did}) || shown != (act == "password") || !shown && answer.Header().Get("Location") != "/settings/staff/sara" {
			t.Errorf("%s: answered %d, did %q", act, answer.Code, h.done)
		}
		h.deny = &bot.Error{Kind: bot.Conflict, Key: "staff.last_admin"}
		if answer := h.post(t, "/settings/staff/sara/"+act, nil); answer.Code != 409 || strings.Contains(answer.Body.String(), "rose-boat") {
			t.Errorf("%s, refused: %d", act, answer.Code)
		}
		if answer := h.post(t, "/settings/staff/nobody/"+act, nil); answer.Code != 404 {
			t.Errorf("%s of nobody: %d", act, answer.Code)
		}
	}
}

func TestWhoseCodeIsOldProvesItBeforeHeWrites(t *testing.T) {
	h := open(t)
	const way = "/lock?next=%2fsettings%2fstaff%2fsara"
	if strings.Contains(strings.ToLower(h.get(t, "/settings/staff/sara").Body.String()), way) {
		t.Error("a fresh code is asked for again")
	}
	h.stale = true
	if !strings.Contains(strings.ToLower(h.get(t, "/settings/staff/sara").Body.String()), way) {
		t.Error("the way to the code is not shown")
	}
}

func TestOnlySessionsThatOpenSomethingAreShown(t *testing.T) {
	h := open(t)
	html := h.get(t, "/settings/staff/sara", "javab_lang=en").Body.String()
	if !strings.Contains(html, "192.0.2.9") || strings.Contains(html, "192.0.2.10") || !strings.Contains(html, "1 browser is signed in") {
		t.Error("her sessions are told wrong")
	}
}

func TestUnitsTellWhoServesThemAndWhatWaits(t *testing.T) {
	h := open(t)
	rows := strings.Split(h.get(t, "/settings/units", "javab_lang=en").Body.String(), "<tr>")
	for i, want := range [][]string{
		2: {"Member Relations", `href="/settings/staff/sara"`, `<td class="number">6</td>`},
		3: {"Finance", `href="/settings/staff/sara"`, `href="/settings/staff/layla"`, `<td class="number">10</td>`, "<b>7</b>", "3 hours"},
		4: {"Training Centre", "Nobody"},
	} {
		for _, words := range want {
			if !strings.Contains(rows[i], words) {
				t.Errorf("line %d does not tell %q: %s", i, words, rows[i])
			}
		}
	}
	if strings.Contains(rows[3], "reza") {
		t.Error("whose account is shut serves")
	}
}
