package auth_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

func TestOneGetsALinkCodeAfterACodeJustGivenAndSeesItOnce(t *testing.T) {
	h := open(t)
	secret := h.hire("sara", bot.RoleOfficer)
	b := h.browser()
	b.signIn("sara", secret)
	shown := regexp.MustCompile(`/link [A-Z2-7]{4}-[A-Z2-7]{4}`)
	if code := shown.FindString(b.want(b.ask("POST", "/account/chats"), 200, "/link ")); code == "" {
		t.Error("no code is shown")
	}
	if page := b.want(b.ask("GET", "/account"), 200, "Link a chat"); strings.Contains(page, "/link ") {
		t.Error("it is shown again")
	}
	h.now = h.now.Add(staff.FreshFor)
	b.headers["Referer"] = "https://desk.example/account"
	b.want(b.ask("POST", "/account/chats"), 303, "/lock?next=%2Faccount")
}

func TestOneSeesAndUnlinksOnesOwnChatsAlone(t *testing.T) {
	h := open(t)
	sara, omid := h.hire("sara", bot.RoleOfficer), h.hire("omid", bot.RoleOfficer)
	a, b := h.browser(), h.browser()
	a.signIn("sara", sara)
	b.signIn("omid", omid)
	code := regexp.MustCompile(`/link ([A-Z2-7-]{9})`).FindStringSubmatch(a.want(a.ask("POST", "/account/chats"), 200, "/link "))[1]
	err := h.store.Do(t.Context(), func(tx storage.Tx) error {
		_, how, err := (&staff.Gate{Clock: func() time.Time { return h.now }}).Link(t.Context(), tx, "tg:b:<7>", code)
		if how != staff.Linked {
			t.Errorf("%s", how)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	unlink := regexp.MustCompile(`/account/chats/[^"]+/unlink`)
	if page := b.want(b.ask("GET", "/account"), 200, "omid"); unlink.MatchString(page) {
		t.Error("another sees it")
	}
	path := unlink.FindString(a.want(a.ask("GET", "/account"), 200, "tg:b:&lt;7&gt;"))
	b.want(b.ask("POST", path), 303, "/account")
	a.want(a.ask("GET", "/account"), 200, path)
	a.want(a.ask("POST", path), 303, "/account")
	if page := a.want(a.ask("GET", "/account"), 200, "sara"); unlink.MatchString(page) {
		t.Error("it is linked still")
	}
}
