package officeweb

import (
	"bytes"
	"maps"
	"mime/multipart"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/worktime"
	"javab/webhook/page/pagetest"
)

var today = worktime.MakeDay(2026, time.November, 21)

// found returns the rows whose name is given, by the language of the tests.
func (h *house) found(name string) (rows []hours.Row) {
	for _, r := range h.Office.Hours.Rows() {
		if r.Name.En == name {
			rows = append(rows, r)
		}
	}
	return rows
}

func (h *house) hours(t *testing.T, query string) string {
	t.Helper()
	return h.get(t, "/settings/hours"+query, "javab_lang=en").Body.String()
}

func TestHoursHolidaysAndLimitsAreShown(t *testing.T) {
	h := open(t)
	html := h.hours(t, "?unit=finance")
	for _, words := range []string{
		"November 2026", "Aban – Azar 1405", "08:00–16:00", "Closed</span>", "Nowruz", "13:30–16:00", "Not confirmed", "Open 08:00–12:00 · Finance",
		"Extra opening", "Thursday", "Short days", "30 minutes", "24 hours", "2 days",
	} {
		if !strings.Contains(html, words) {
			t.Errorf("%q is not shown", words)
		}
	}
	if strings.Contains(h.hours(t, "?unit=training"), "Extra opening") {
		t.Error("overtime of another unit is shown")
	}
}

func TestAMonthStandsInTheReadersCalendarWithTheOtherBesideItSaturdayFirst(t *testing.T) {
	h := open(t)
	days := strings.Split(h.hours(t, ""), `<li class="day`)
	if len(days) != 31 || !strings.HasPrefix(days[1], ` from-2"`) { // 1 November 2026 is a Sunday
		t.Fatalf("%d days, the first %.60s", len(days)-1, days[1])
	}
	for n, want := range map[int][]string{
		1:  {"<b>1</b>", "10 Aban"},
		21: {`today"`, `aria-current="date"`, "30</span>", `datetime="2026-11-21"`},
		22: {"1 Azar", "half", "13:30–16:00", "(expected)", "Snow", "Closed"},
		27: {"shut", "Friday"},
	} {
		for _, words := range want {
			if !strings.Contains(days[n], words) {
				t.Errorf("day %d does not tell %q: %s", n, words, days[n])
			}
		}
	}
	jalali := h.get(t, "/settings/hours", "javab_lang=fa").Body.String()
	if n := strings.Count(jalali, `<li class="day`); n != 30 || !strings.Contains(jalali, `name="month" value="1405-08"`) || !strings.Contains(jalali, `datetime="2026-10-23"`) {
		t.Errorf("Aban 1405 has %d days", n)
	}
}

func TestMonthsAreWalkedThroughWithoutAScript(t *testing.T) {
	h := open(t)
	next := regexp.MustCompile(`href="(/settings/hours\?[^"]+)" aria-label="The month after"`)
	path := "/settings/hours"
	for range 4 {
		m := next.FindStringSubmatch(h.get(t, path, "javab_lang=en").Body.String())
		if m == nil {
			t.Fatalf("%s leads on to nothing", path)
		}
		path = m[1]
	}
	html := h.get(t, path, "javab_lang=en").Body.String()
	if !strings.Contains(html, "March 2027") || !strings.Contains(html, "This month") || !strings.Contains(html, "Nowruz") {
		t.Errorf("%s is not March 2027 with Nowruz", path)
	}
	for _, far := range []string{"?month=1390-01", "?month=2050-01", "?month=1405-13", "?month=never"} {
		if html := h.hours(t, far); !strings.Contains(html, "November 2026") {
			t.Errorf("%s leads elsewhere than to the month of today", far)
		}
	}
	if html := h.hours(t, "?month=1405-12"); !strings.Contains(html, "February 2027") {
		t.Error("a month of the other calendar is not found")
	}
}

func TestAHolidayIsTakenInAnyCalendarAndAnyDigits(t *testing.T) {
	for _, written := range []string{"2026-12-01", "1405/09/10", "\u06f1\u06f4\u06f0\u06f5/\u06f0\u06f9/\u06f1\u06f0"} {
		h := open(t)
		answer := h.post(t, "/settings/hours/day", url.Values{"kind": {"full"}, "from": {written}, "name_en": {"Smog"}, "reason": {"decree 7"}})
		rows := h.found("Smog")
		if answer.Code != 303 || answer.Header().Get("Location") != "/settings/hours?month=2026-12" || len(rows) != 1 {
			t.Fatalf("%s: answered %d, %v", written, answer.Code, rows)
		}
		if r := rows[0]; r.From != worktime.MakeDay(2026, time.December, 1) || r.By != "1" || !r.Confirmed || r.Reason != "decree 7" || r.Name.Fa != "Smog" {
			t.Errorf("%s is taken as %+v", written, r)
		}
	}
}

func TestOvertimeAndWeeksAreTakenWithTheirHours(t *testing.T) {
	h := open(t)
	h.post(t, "/settings/hours/day", url.Values{
		"kind": {"open"}, "from": {"2026-12-03"}, "until": {"2026-12-10"}, "window": {"8 - 12:30"}, "unit": {"training"}, "name_en": {"Fair"}, "crisis": {"1"},
	})
	if rows := h.found("Fair"); len(rows) != 1 || rows[0].Window.String() != "08:00-12:30" || rows[0].Unit != "training" || rows[0].Source != worktime.ByEmergency {
		t.Errorf("overtime is taken as %+v", rows)
	}
	answer := h.post(t, "/settings/hours/week", url.Values{
		"kind": {"overlay"}, "from": {"2027-02-09"}, "until": {"2027-03-10"}, "name_en": {"Fasting"},
		"day_saturday": {"09:00-12:00, 13:00-14:00"}, "day_sunday": {"\u06f9-\u06f1\u06f3"},
	})
	rows := h.found("Fasting")
	if answer.Code != 303 || len(rows) != 1 || len(rows[0].Open[time.Saturday]) != 2 || rows[0].Open[time.Sunday][0].String() != "09:00-13:00" || rows[0].Kind != hours.Overlay {
		t.Errorf("answered %d, taken as %+v", answer.Code, rows)
	}
}

func TestTheHoursOfRamadanAreOfferedWithTheirDays(t *testing.T) {
	html := open(t).get(t, "/settings/hours/week?kind=overlay", "javab_lang=en").Body.String()
	for _, field := range []string{`name="from" dir="auto" required maxlength="40" autocomplete="off" value="2027-02-09"`, `value="2027-03-`, `value="08:00-16:00"`, `name="name_en" lang="en" dir="ltr" maxlength="100" autocomplete="off" value="Ramadan"`} {
		if !strings.Contains(html, field) {
			t.Errorf("%s is not there", field)
		}
	}
}

func TestWhatCannotBeReadIsRefusedAndStaysInTheForm(t *testing.T) {
	for sentence, values := range map[string]url.Values{
		"“soon” is not a date":             {"from": {"soon"}},
		"is not a date":                    {"from": {""}},
		"Please write the hours as 08:00":  {"from": {"2026-12-01"}, "kind": {"half"}, "window": {"8am-9"}},
		"one after the other":              {"from": {"2026-12-01"}, "kind": {"half"}, "window": {"8-10, 11-12"}},
		"The last day lies before":         {"from": {"2026-12-02"}, "until": {"2026-12-01"}},
		"Please name the occasion":         {"from": {"2026-12-01"}, "name_en": {""}},
		"Up to seven days back":            {"from": {"2026-10-01"}},
		"no_more":                          {"from": {"2026-12-01"}, "unit": {"no_more"}},
		"two years for an entry, and four": {"from": {"2026-12-01"}, "until": {"2029-12-01"}},
	} {
		h := open(t)
		for field, value := range map[string]string{"kind": "full", "name_en": "Smog", "reason": "kept words"} {
			if !values.Has(field) {
				values.Set(field, value)
			}
		}
		answer := h.post(t, "/settings/hours/day", values)
		html := answer.Body.String()
		if answer.Code != 422 || !strings.Contains(html, sentence) || !strings.Contains(html, `value="kept words"`) || len(h.found("Smog")) != 0 {
			t.Errorf("%v: answered %d without %q", values, answer.Code, sentence)
		}
	}
	h := open(t)
	week := h.post(t, "/settings/hours/week", url.Values{"kind": {"week"}, "from": {"2026-12-01"}, "day_monday": {"16:00-08:00"}})
	if html := week.Body.String(); week.Code != 422 || !strings.Contains(html, `value="16:00-08:00"`) {
		t.Errorf("a week that runs backwards: %d", week.Code)
	}
}

func TestARowIsConfirmedShiftedEndedAndTakenBackByOneButton(t *testing.T) {
	h := open(t)
	html := h.hours(t, "")
	half := h.found("half")[0]
	for _, form := range []string{"/confirm", "/shift", "/remove"} {
		if !strings.Contains(html, `action="/settings/hours/`+half.ID+form+`"`) {
			t.Errorf("%s is not offered", form)
		}
	}
	act := func(id, what string, values url.Values) {
		t.Helper()
		if answer := h.post(t, "/settings/hours/"+id+"/"+what, values); answer.Code != 303 {
			t.Errorf("%s: %d %s", what, answer.Code, answer.Body)
		}
	}
	act(half.ID, "shift", url.Values{"by": {"1"}})
	act(half.ID, "shift", url.Values{"by": {"1"}})
	act(half.ID, "shift", url.Values{"by": {"-1"}})
	act(half.ID, "confirm", nil)
	if r := h.found("half")[0]; r.From != today+2 || !r.Confirmed {
		t.Errorf("now %+v", r)
	}
	act(half.ID, "remove", url.Values{"reason": {"a mistake"}})
	overlay := h.found("Short days")[0]
	act(overlay.ID, "end", url.Values{"until": {"2027-02-28"}})
	if r := h.found("Short days")[0]; r.Until != worktime.MakeDay(2027, time.February, 28) || len(h.found("half")) != 0 {
		t.Errorf("ends %s", r.Until)
	}
	if answer := h.post(t, "/settings/hours/"+half.ID+"/confirm", nil); answer.Code != 404 || !strings.Contains(answer.Body.String(), "no longer there") {
		t.Errorf("a row that is gone: %d", answer.Code)
	}
	if answer := h.post(t, "/settings/hours/"+overlay.ID+"/end", url.Values{"until": {"someday"}}); answer.Code != 422 {
		t.Errorf("an end that is no day: %d", answer.Code)
	}
}

func TestAManagerDeclaresTomorrowClosedAndIsToldWhatIsWrong(t *testing.T) {
	h := open(t)
	h.Me = bot.Staff{ID: "3", Name: "M", Role: bot.RoleManager, Lang: bot.En}
	if html := h.get(t, "/settings/hours/closure?unit=finance").Body.String(); !strings.Contains(html, `<option value="finance" selected>`) || !strings.Contains(html, "2 days") {
		t.Error("the form does not begin with the unit that was looked at")
	}
	answer := h.post(t, "/settings/hours/closure", url.Values{"occasion": {"Flood"}, "when": {"tomorrow"}, "days": {"2"}, "unit": {"finance"}})
	rows := h.found("Flood")
	if answer.Code != 303 || len(rows) != 1 || rows[0].From != today+1 || rows[0].Until != today+2 || rows[0].Unit != "finance" || !rows[0].Review || rows[0].By != "3" {
		t.Fatalf("answered %d, %+v", answer.Code, rows)
	}
	h.post(t, "/settings/hours/closure", url.Values{"occasion": {"Gas"}, "when": {"today"}})
	if rows := h.found("Gas"); len(rows) != 1 || rows[0].Window.String() != "10:49-24:00" {
		t.Errorf("the rest of the day: %+v", rows)
	}
	for _, values := range []url.Values{
		{"days": {"1"}}, {"occasion": {"Flood"}, "days": {"1"}, "unit": {"finance"}}, {"occasion": {"Storm"}, "days": {"1"}, "unit": {"no_more"}},
	} {
		if answer := h.post(t, "/settings/hours/closure", values); answer.Code < 400 || !strings.Contains(answer.Body.String(), `role="alert"`) {
			t.Errorf("%v: %d", values, answer.Code)
		}
	}
}

func TestAClosureWaitsForTheReviewOfAnother(t *testing.T) {
	h := open(t)
	snow := h.found("Snow")[0]
	path := "/settings/hours/" + snow.ID + "/review"
	if html := h.hours(t, ""); !strings.Contains(html, "Closures to be reviewed") || !strings.Contains(html, `action="`+path+`"`) {
		t.Fatal("nobody is asked to review it")
	}
	h.Me.ID = snow.By
	if html := h.hours(t, ""); strings.Contains(html, `action="`+path+`"`) || !strings.Contains(html, "reviewed by a colleague") {
		t.Error("he is offered to review his own")
	}
	if answer := h.post(t, path, url.Values{"right": {"yes"}}); answer.Code != 403 {
		t.Errorf("his own: %d", answer.Code)
	}
	h.Me.ID = "1"
	if answer := h.post(t, path, url.Values{"right": {"no"}}); answer.Code != 422 {
		t.Errorf("lifted without a reason: %d", answer.Code)
	}
	if answer := h.post(t, path, url.Values{"right": {"no"}, "reason": {"it has thawed"}}); answer.Code != 303 || len(h.found("Snow")) != 0 {
		t.Errorf("lifted: %d, %v", answer.Code, h.found("Snow"))
	}
	if strings.Contains(h.hours(t, ""), "Closures to be reviewed") {
		t.Error("it still waits")
	}
}

func TestWhoMayOnlyLookIsOfferedNoChangeOfHours(t *testing.T) {
	h := open(t)
	for _, route := range []string{"POST /settings/hours/day", "POST /settings/hours/closure", "GET /settings", "GET /settings/units"} {
		h.No[route] = true
	}
	html := h.hours(t, "")
	for _, offered := range []string{"<form method=\"post\" action=\"/settings", "/settings/hours/day", "/settings/hours/closure", `href="/settings/units"`, `href="/settings"`} {
		if strings.Contains(html, offered) {
			t.Errorf("%s is offered", offered)
		}
	}
}

func TestADeadlineIsExplainedWithWhatIsSkipped(t *testing.T) {
	h := open(t)
	html := h.get(t, "/settings/hours/why?day=1405/08/30&time=15:00&hours=2", "javab_lang=en").Body.String()
	rows := strings.Split(html, "<tr")
	for i, want := range [][]string{
		2: {"2026-11-21 15:00", "2026-11-21 16:00", "Working time"},
		3: {"Outside the hours"},
		4: {"Closed", "Snow", "24 hours", `class="shut"`},
		5: {"Outside the hours"},
		6: {"2026-11-23 08:00", "2026-11-23 09:00", "Working time"},
	} {
		for _, words := range want {
			if !strings.Contains(rows[i], words) {
				t.Errorf("line %d does not tell %q: %s", i, words, rows[i])
			}
		}
	}
	if len(rows) != 7 || !strings.Contains(html, "1405/09/02") && !strings.Contains(html, "1405-09-02") {
		t.Errorf("%d lines, or no due date in the other calendar", len(rows)-2)
	}
	for _, wrong := range []string{"day=x&time=8&hours=1", "day=2026-11-21&time=25&hours=1", "day=2026-11-21&time=8&hours=-1", "day=2026-11-21&time=8&hours=2000", "day=2050-11-21&time=8&hours=1"} {
		if answer := h.get(t, "/settings/hours/why?"+wrong, "javab_lang=en"); answer.Code != 422 || !strings.Contains(answer.Body.String(), `role="alert"`) {
			t.Errorf("%s: %d", wrong, answer.Code)
		}
	}
}

func TestInBahmanTheComingYearIsMissed(t *testing.T) {
	h := open(t)
	if strings.Contains(h.hours(t, ""), "No lunar holiday") {
		t.Error("in Aban somebody is reminded")
	}
	clock := time.Date(2027, time.February, 1, 8, 0, 0, 0, time.UTC)
	h.Frame.Now = func() time.Time { return clock }
	if !strings.Contains(h.hours(t, ""), "No lunar holiday from Farvardin 1406 on is confirmed") {
		t.Error("nobody is reminded")
	}
	next := hours.Row{Kind: hours.Full, From: worktime.MakeDay(2027, time.May, 1), Name: bot.Text{En: "Eid"}}
	if _, err := h.Office.Hours.Take(t.Context(), "1", "", []hours.Row{next}, true); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(h.hours(t, ""), "No lunar holiday") {
		t.Error("with a confirmed holiday somebody is reminded")
	}
}

// taking reads the form of a preview as a browser would send it, with the rows that are ticked.
func taking(html string) url.Values {
	values := url.Values{}
	_, html, _ = strings.Cut(html, `action="/settings/hours/take"`)
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`).FindAllStringSubmatch(html, -1) {
		values.Add(m[1], m[2])
	}
	for _, m := range regexp.MustCompile(`name="take" value="(\d+)" checked`).FindAllStringSubmatch(html, -1) {
		values.Add("take", m[1])
	}
	return values
}

func (h *house) upload(t *testing.T, name, content string) (code int, html string) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if name != "" {
		part, err := form.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write([]byte(content))
	}
	form.Close()
	r := pagetest.Request(t, "POST", "/settings/hours/import", nil, "javab_lang=en")
	r.Body, r.ContentLength = readCloser{&body}, int64(body.Len())
	r.Header.Set("Content-Type", form.FormDataContentType())
	answer := h.Serve(r)
	return answer.Code, answer.Body.String()
}

type readCloser struct{ *bytes.Buffer }

func (readCloser) Close() error { return nil }

func TestAFileIsPreviewedBeforeItIsTaken(t *testing.T) {
	h := open(t)
	before := len(h.Office.Hours.Rows())
	code, html := h.upload(t, "iran.ics", sample)
	pagetest.Look(t, "preview", html, bot.En)
	values := taking(html)
	if code != 200 || len(values["take"]) != 3 || len(h.Office.Hours.Rows()) != before || !strings.Contains(html, "3 events were left out") {
		t.Fatalf("answered %d with %v, %d rows", code, values["take"], len(h.Office.Hours.Rows())-before)
	}
	values["take"] = values["take"][1:]
	answer := h.post(t, "/settings/hours/take", values)
	if answer.Code != 303 || len(h.found("Eid; first, day")) != 0 || len(h.found("Long")) != 1 || h.found("Long")[0].Confirmed {
		t.Errorf("answered %d: %s", answer.Code, answer.Body)
	}
	if r := h.found("Ceremony")[0]; r.Window.String() != "12:00-14:30" || r.Source != worktime.ByICS {
		t.Errorf("took %+v", r)
	}
	if _, html = h.upload(t, "iran.ics", sample); strings.Count(html, ">Known<") != 2 || len(taking(html)["take"]) != 1 {
		t.Error("what was taken is offered again")
	}
	for name, content := range map[string]string{"": "", "empty.ics": "", "picture.png": "\x89PNG", "none.ics": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"} {
		if code, html := h.upload(t, name, content); code != 422 || !strings.Contains(html, "no iCalendar") {
			t.Errorf("%q: %d", name, code)
		}
	}
}

func TestTheExpectedLunarHolidaysAreTakenAsExpected(t *testing.T) {
	h := open(t)
	values := taking(h.get(t, "/settings/hours/import?lunar=1", "javab_lang=en").Body.String())
	answer := h.post(t, "/settings/hours/take", values)
	if eids := h.found("Eid al-Fitr"); answer.Code != 303 || len(eids) != 2 || eids[0].Confirmed {
		t.Errorf("answered %d, %v", answer.Code, eids)
	}
	if html := h.hours(t, "?month=2027-03"); !strings.Contains(html, "Eid al-Fitr") || !strings.Contains(html, "(expected)") {
		t.Error("it is not shown as expected")
	}
}

func TestAnOfferThatWasTamperedWithIsRefused(t *testing.T) {
	h := open(t)
	good := url.Values{"take": {"0"}, "kind-0": {"full"}, "from-0": {"2026-12-01"}, "until-0": {"2026-12-01"}, "en-0": {"x"}}
	for field, value := range map[string]string{"from-0": "1405/01/01", "kind-0": "open", "take": "7", "unit": "nowhere"} {
		values := maps.Clone(good)
		values.Set(field, value)
		if answer := h.post(t, "/settings/hours/take", values); answer.Code != 422 {
			t.Errorf("%s %s: %d", field, value, answer.Code)
		}
	}
	half := url.Values{"take": {"0"}, "kind-0": {"half"}, "from-0": {"2026-12-01"}, "until-0": {"2026-12-01"}, "en-0": {"x"}, "window-0": {"25-26"}}
	if answer := h.post(t, "/settings/hours/take", half); answer.Code != 422 {
		t.Errorf("hours that are none: %d", answer.Code)
	}
	if answer := h.post(t, "/settings/hours/take", good); answer.Code != 303 {
		t.Errorf("as it was offered: %d", answer.Code)
	}
}
