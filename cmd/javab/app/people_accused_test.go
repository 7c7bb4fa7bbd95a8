package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/members"
	"javab/storage"
	"javab/webhook/demoweb"
)

func TestAnOfficerWhoIsComplainedAboutFindsNothingByAnyPage(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	cast := &demoweb.Cast{Messenger: o.messenger, Pause: time.Hour}
	go cast.Play(t.Context())
	sara, maryam := o.signIn(t, "sara"), o.signIn(t, "maryam")
	key := bot.NewChatKey(o.house.channels[0].ID, o.house.channels[0].Account, "7104")
	chat := "/desk/" + string(key)
	o.eventually(t, "she waits", func() bool { return o.ask(http.MethodGet, chat, sara, nil).Code == http.StatusOK })
	if answer := o.ask(http.MethodPost, chat+"/claim", sara, url.Values{}); answer.Code >= http.StatusBadRequest {
		t.Fatalf("claim: %d", answer.Code)
	}
	o.ask(http.MethodPost, chat+"/note", sara, url.Values{"id": {"n1"}, "text": {"Zanzibar was mentioned."}})

	people := map[string]bot.Staff{}
	all, err := o.house.store.AllStaff(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		people[one.Login] = one
	}
	if err := o.house.desk.Accuse(t.Context(), people["maryam"], key, people["sara"].ID, "she says so"); err != nil {
		t.Fatal(err)
	}
	for method, paths := range map[string][]string{
		http.MethodGet:  {"", "/part"},
		http.MethodPost: {"/claim", "/reply", "/note", "/release", "/takeover", "/close"},
	} {
		for _, path := range paths {
			form := url.Values{"id": {"x"}, "text": {"x"}, "reason": {"x"}, "outcome": {"solved"}}
			where := chat + path
			if path == "/part" {
				where = "/desk/part/" + string(key)
			}
			if answer := o.ask(method, where, sara, form); answer.Code != http.StatusNotFound {
				t.Errorf("%s %s: %d", method, where, answer.Code)
			}
		}
	}
	for _, tab := range []string{"waiting", "mine", "all", "snoozed"} {
		if answer := o.ask(http.MethodGet, "/desk/list?tab="+tab, sara, nil); strings.Contains(answer.Body.String(), string(key)) {
			t.Errorf("her tab %s has it", tab)
		}
	}
	office := &members.Office{Store: storage.As[members.OfficeTx](o.house.store), Clock: time.Now}
	for login, want := range map[string]int{"sara": 0, "maryam": 1} {
		hits, err := office.Search(t.Context(), people[login], "zanzibar", 9)
		if err != nil || len(hits) != want {
			t.Errorf("%s finds %d, %v", login, len(hits), err)
		}
	}
	if answer := o.ask(http.MethodGet, chat, maryam, nil); answer.Code != http.StatusOK {
		t.Errorf("her manager: %d", answer.Code)
	}
}
