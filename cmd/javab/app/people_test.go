package app

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/casefile"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/webhook/auth/authtest"
	"javab/webhook/demoweb"
)

// office is a town whose staff can be signed in without a password, as in the demo.
type office struct {
	*town
	routes *echo.Echo
	people *people
}

func furnish(t *testing.T) *office {
	t.Helper()
	return plan{messenger: open(t, false)}.furnish(t)
}

func (p plan) furnish(t *testing.T) *office {
	t.Helper()
	o := &office{town: p.settle(t)}
	o.routes = o.house.routes()
	staff, err := o.house.mountDemo(t.Context(), o.routes, o.messenger)
	if err != nil {
		t.Fatal(err)
	}
	o.people = staff
	return o
}

// signIn goes through the demo's door and returns the session's cookie.
func (o *office) signIn(t *testing.T, login string) *http.Cookie {
	t.Helper()
	answer := o.ask(http.MethodPost, "/demo/door/"+login, nil, nil)
	cookies := answer.Result().Cookies()
	if answer.Code != http.StatusSeeOther || len(cookies) == 0 {
		t.Fatalf("the door answers %s with %d", login, answer.Code)
	}
	return cookies[len(cookies)-1]
}

// ask is a request of a browser on this machine.
func (o *office) ask(method, path string, cookie *http.Cookie, form url.Values) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	request.Host, request.RemoteAddr = "127.0.0.1:8080", "127.0.0.1:5555"
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if cookie != nil {
		request.AddCookie(cookie)
	}
	answer := httptest.NewRecorder()
	o.routes.ServeHTTP(answer, request)
	return answer
}

func TestEveryRouteIsForTheRolesOfTheTableAndNobodyElse(t *testing.T) {
	o := furnish(t)
	cookies := map[bot.Role]*http.Cookie{}
	logins := map[bot.Role]string{
		bot.RoleOfficer: "sara", bot.RoleSenior: "neda", bot.RoleManager: "maryam", bot.RoleAdmin: "admin", bot.RoleAuditor: "auditor",
	}
	for _, role := range []bot.Role{bot.RoleHead, bot.RoleUnit} { // the demo has none
		logins[role] = string(role)
		person := bot.Staff{Login: string(role), Name: "Somebody", Role: role, Lang: bot.En, Units: []bot.UnitID{"finance"}}
		if _, _, err := o.people.roster.Add(t.Context(), "", person); err != nil {
			t.Fatal(err)
		}
	}
	signIn := func(t *testing.T, role bot.Role) *http.Cookie {
		if cookies[role] == nil {
			cookies[role] = o.signIn(t, logins[role])
		}
		return cookies[role]
	}
	authtest.Walk(t, o.routes, o.people.auth, signIn)
}

func TestTheMembersOfTheDemoFillTheQueueByTheWayThatEverybodyGoes(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	cast := &demoweb.Cast{Messenger: o.messenger, Pause: time.Hour, Known: o.house.enrol}
	go cast.Play(t.Context())
	head := bot.Staff{Role: bot.RoleHead, Confidential: true}
	var tabs desk.Tabs
	for begun := time.Now(); time.Since(begun) < time.Minute && tabs.Waiting < 8; time.Sleep(20 * time.Millisecond) {
		var err error
		if tabs, err = o.house.store.Tabs(t.Context(), head, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if tabs.Waiting != 8 {
		t.Fatalf("%d of 8 wait for an officer", tabs.Waiting)
	}
	rows, err := o.house.store.Inbox(t.Context(), desk.Query{By: head, Tab: desk.TabWaiting, Now: time.Now(), Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if row.Name == "" || !row.Lang.Valid() {
			t.Errorf("%s waits without a name or a language: %+v", row.Chat, row)
		}
	}
	known, err := o.house.members().List(t.Context(), head, members.Cursor{}, 50)
	if err != nil || len(known) != 5 || known[0].Company == "" {
		t.Errorf("the register knows %+v (%v)", known, err)
	}
}

func TestTheDemoShowsCasesInTheStatesThatTheyGoThrough(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	cast := &demoweb.Cast{Messenger: o.messenger, Pause: time.Hour, Known: o.house.enrol, Filed: o.house.rehearse}
	go cast.Play(t.Context())
	head := bot.Staff{Role: bot.RoleHead, Confidential: true}
	want := map[bot.CaseState]int{bot.Received: 2, bot.Referred: 1, bot.WaitingMember: 1, bot.Proposed: 1}
	states := map[bot.CaseState]int{}
	for begun := time.Now(); time.Since(begun) < 2*time.Minute && !maps.Equal(states, want); time.Sleep(50 * time.Millisecond) {
		rows, err := o.house.store.CaseRows(t.Context(), casefile.Query{By: head, View: casefile.Open, Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		clear(states)
		for _, row := range rows {
			states[row.State]++
			if row.Name == "" {
				t.Errorf("case %s has nobody's name", row.Number)
			}
		}
	}
	if !maps.Equal(states, want) {
		t.Errorf("the demo has cases in these states: %v", states)
		for id := int64(7201); id < 7206; id++ {
			if view, err := o.messenger.View(id); err == nil && len(view.Messages) > 0 {
				t.Log(id, view.Messages[len(view.Messages)-1].Text)
			}
		}
	}
}

func TestAnOfficerClaimsAnswersAndClosesAndTheMemberReadsEachStep(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	cast := &demoweb.Cast{Messenger: o.messenger, Pause: time.Hour}
	go cast.Play(t.Context())
	sara := o.signIn(t, "sara")
	const emily = 7104
	chat := string(bot.NewChatKey(o.house.channels[0].ID, o.house.channels[0].Account, "7104"))
	o.eventually(t, "she waits", func() bool {
		return o.ask(http.MethodGet, "/desk/"+chat, sara, nil).Code == http.StatusOK
	})
	for _, act := range []struct {
		path string
		form url.Values
	}{
		{"claim", url.Values{}},
		{"reply", url.Values{"id": {"r1"}, "text": {"I have opened your file."}}},
		{"reply", url.Values{"id": {"r1"}, "text": {"I have opened your file."}}}, // the button was pressed twice
		{"note", url.Values{"id": {"n1"}, "text": {"Her file was locked by us."}}},
		{"close", url.Values{"outcome": {"solved"}, "greet": {"true"}}},
	} {
		if answer := o.ask(http.MethodPost, "/desk/"+chat+"/"+act.path, sara, act.form); answer.Code >= http.StatusBadRequest {
			t.Fatalf("%s: %d %s", act.path, answer.Code, answer.Body)
		}
	}
	o.eventually(t, "she reads the answer", func() bool { return len(o.read(t, emily, "I have opened your file.")) > 0 })
	if got := o.read(t, emily, "I have opened your file."); len(got) != 1 {
		t.Errorf("the answer was sent %d times", len(got))
	}
	if got := o.read(t, emily, "locked by us"); len(got) != 0 {
		t.Error("the note reached her")
	}
	if answer := o.ask(http.MethodGet, "/desk", sara, nil); !strings.Contains(answer.Body.String(), `lang="fa"`) {
		t.Error("her inbox is not in her language")
	}
	audit, err := auditPages{o.house.store, time.Now}.Chain(t.Context())
	if err != nil || !audit.Whole || audit.Entries == 0 {
		t.Errorf("audit %+v, %v", audit, err)
	}
}

func (o *office) eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for begun := time.Now(); time.Since(begun) < 90*time.Second; time.Sleep(20 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("never: %s", what)
}

// read returns the messages of the bot with these words that a member has.
func (o *office) read(t *testing.T, member int64, words string) (found []string) {
	t.Helper()
	view, err := o.messenger.View(member)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range view.Messages {
		if m.From.Bot && strings.Contains(m.Text, words) {
			found = append(found, m.Text)
		}
	}
	return slices.Clip(found)
}
