package auth_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
	"javab/webhook/auth"
	"javab/webhook/page/pagetest"
)

// everyPage asks for all pages of sign-in and account in one language.
func everyPage(t *testing.T, lang bot.Lang) map[string]string {
	t.Helper()
	h := open(t, func(a *auth.Auth) { a.Secure = false })
	h.auth.Door(h.web)
	pages := map[string]string{}
	secret := h.hire("sara", bot.RoleAdmin)
	b := h.browser()
	b.cookies["javab_lang"] = &http.Cookie{Name: "javab_lang", Value: string(lang)}
	keep := func(name string, code int, method, path string, form ...string) {
		t.Helper()
		pages[name] = b.want(b.ask(method, path, form...), code, "</html>")
	}
	keep("login", 200, "GET", "/login")
	keep("refused", 403, "POST", "/login", "login", "nobody", "password", "x")
	keep("wait", 429, "POST", "/login", "login", "nobody", "password", "x")
	b.ask("POST", "/login", "login", "sara", "password", strong)
	keep("code", 200, "GET", "/login/code")
	b.ask("POST", "/login/code", "code", h.code(secret))
	keep("account", 200, "GET", "/account")
	keep("link code", 200, "POST", "/account/chats")
	keep("totp", 200, "GET", "/account/totp")
	keep("recovery", 200, "POST", "/account/recovery")
	keep("denied", 403, "GET", "/desk")
	b.headers["Accept"] = "text/html,*/*"
	keep("missing", 404, "GET", "/nowhere")
	keep("short", 422, "POST", "/account/password", "old", "x", "password", "x", "again", "x")
	b.ask("POST", "/lock/now")
	keep("lock", 200, "GET", "/lock")
	b.headers["Host"], b.headers["Remote"] = "localhost:8080", "127.0.0.1:9"
	keep("door", 200, "GET", "/demo/door/sara")
	h.auth.Gate.Store = away{h.auth.Gate.Store}
	keep("away", 503, "POST", "/login", "login", "sara", "password", "x")
	return pages
}

type away struct{ staff.Store }

func (away) Do(context.Context, func(staff.Tx) error) error {
	return storage.Unavailable(errors.New("connect postgres://user:secret@db"))
}

func TestThatNobodyCanBeLetInIsAWarningForEachRequest(t *testing.T) {
	var lines bytes.Buffer
	h := open(t, func(a *auth.Auth) { a.Log = slog.New(slog.NewTextHandler(&lines, nil)) })
	b := h.browser()
	b.signIn("sara", h.hire("sara", bot.RoleOfficer))
	b.want(b.ask("POST", "/account/chats/tg:b:71/unlink"), 303, "/account")
	if lines.Len() > 0 {
		t.Errorf("nothing was wrong: %s", lines.String())
	}
	h.auth.Gate.Store = away{h.auth.Gate.Store}
	b.want(b.ask("POST", "/account/chats/tg:b:71/unlink"), 503, "")
	told := lines.String()
	if strings.Count(told, "\n") != 1 || !strings.Contains(told, "level=WARN") || !strings.Contains(told, "route=/account/chats/:chat/unlink ") || strings.Contains(told, "tg:b:71") {
		t.Errorf("the log is told %q", told)
	}
}

func TestEveryPageIsWholeInEachLanguage(t *testing.T) {
	for _, lang := range bot.Langs {
		for name, page := range everyPage(t, lang) {
			pagetest.Look(t, string(lang)+" "+name, page, lang)
			if strings.Contains(page, "<script") || strings.Contains(page, "secret@db") {
				t.Errorf("%s %s needs a script, or tells of the database", lang, name)
			}
		}
	}
}

func TestEveryFieldHasItsLabelAndEverySignIsThere(t *testing.T) {
	for name, page := range everyPage(t, bot.En) {
		for _, field := range regexp.MustCompile(`<input id="([a-z]+)"`).FindAllStringSubmatch(page, -1) {
			if !strings.Contains(page, `<label for="`+field[1]+`">`) {
				t.Errorf("%s: %s has no label", name, field[1])
			}
		}
		for _, url := range regexp.MustCompile(`(?:href|src)="(/assets/[^"#]+)(?:#([a-z-]+))?"`).FindAllStringSubmatch(page, -1) {
			if strings.Contains(url[1], "missing") {
				t.Errorf("%s: %s", name, url[1])
			}
		}
		if name == "short" && !strings.Contains(page, `href="/account?lang=fa"`) {
			t.Error("a page that answers a form leads to no page in another language")
		}
		if n := strings.Count(page, "<h1>"); n != 1 {
			t.Errorf("%s has %d headings", name, n)
		}
	}
}

func TestTheDoorOfTheDemoIsForThisMachineAloneAndNotThereUnlessMounted(t *testing.T) {
	h := open(t, func(a *auth.Auth) { a.Secure = false })
	h.hire("sara", bot.RoleOfficer)
	b := h.browser()
	b.headers["Host"], b.headers["Remote"] = "localhost:8080", "127.0.0.1:9"
	b.want(b.ask("POST", "/demo/door/sara"), 404, "")
	h.auth.Door(h.web)
	for _, from := range []map[string]string{
		{"Host": "desk.example", "Remote": "127.0.0.1:9"},
		{"Host": "localhost:8080", "Remote": "192.0.2.1:9"},
		{"Host": "localhost:8080", "Remote": "127.0.0.1:9", "X-Forwarded-For": "192.0.2.1"},
	} {
		b.headers = from
		b.want(b.ask("GET", "/demo/door/sara"), 403, "")
		b.want(b.ask("POST", "/demo/door/sara"), 403, "")
	}
	b.headers = map[string]string{"Host": "localhost:8080", "Remote": "127.0.0.1:9"}
	b.want(b.ask("GET", "/demo/door/sara"), 200, "sara")
	b.want(b.ask("POST", "/demo/door/nobody?lang=en"), 403, "no such account")
	b.want(b.ask("POST", "/demo/door/sara"), 303, "/desk")
	b.headers = map[string]string{}
	b.want(b.ask("GET", "/desk"), 200, "sara")
}

func TestAPageOfStaffHasThePolicyOfPages(t *testing.T) {
	b := open(t).browser()
	for _, path := range []string{"/login", "/desk"} {
		if got := b.ask("GET", path).Header().Get("Content-Security-Policy"); got != "of a page" {
			t.Errorf("%s: %q", path, got)
		}
	}
}

func TestAChosenLanguageStays(t *testing.T) {
	b := open(t).browser()
	b.want(b.ask("GET", "/login"), 200, `<html lang="fa"`)
	b.headers["Accept-Language"] = "de, en-GB;q=0.8, ar;q=0.5"
	b.want(b.ask("GET", "/login"), 200, `<html lang="en"`)
	b.want(b.ask("GET", "/login?lang=ar"), 200, `<html lang="ar"`)
	b.want(b.ask("GET", "/login"), 200, `<html lang="ar"`)
}
