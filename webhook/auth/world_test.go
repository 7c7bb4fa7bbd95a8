package auth_test

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/labstack/echo/v4"
	"github.com/pquerna/otp/totp"

	"javab/bot"
	"javab/bot/staff"
	"javab/locales"
	"javab/storage"
	"javab/storage/memstore"
	"javab/webhook/assets"
	"javab/webhook/auth"
)

// house is a desk of three routes behind its door.
type house struct {
	t      *testing.T
	web    *echo.Echo
	auth   *auth.Auth
	store  *memstore.Store
	roster *staff.Roster
	now    time.Time
}

const strong = "blue ferry under seven maples"

func open(t *testing.T, set ...func(*auth.Auth)) *house {
	t.Helper()
	h := &house{t: t, web: echo.New(), store: memstore.New(), now: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)}
	clock, hasher, store := func() time.Time { return h.now }, staff.NewHasher(), storage.As[staff.Tx](h.store)
	h.roster = &staff.Roster{Store: store, Hasher: hasher, Clock: clock}
	words, err := locales.New(slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	files, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	h.auth = &auth.Auth{
		Gate: &staff.Gate{Store: store, Hasher: hasher, Clock: clock, Issuer: "Javab"}, Reads: h.store, Words: words,
		Assets: files, Nonce: func(echo.Context) string { return "n0nce" }, Now: clock, Secure: true, Homes: []string{"/desk", "/audit"},
		Page: func(next echo.HandlerFunc) echo.HandlerFunc {
			return func(c echo.Context) error {
				c.Response().Header().Set("Content-Security-Policy", "of a page")
				return next(c)
			}
		},
	}
	for _, f := range set {
		f(h.auth)
	}
	if err := h.auth.Mount(h.web); err != nil {
		t.Fatal(err)
	}
	who := func(c echo.Context) error { return c.String(http.StatusOK, auth.Person(c).Login) }
	h.web.GET("/desk", who)
	h.web.GET("/desk/events", func(c echo.Context) error {
		if err := h.auth.Alive(c); err != nil {
			return echo.ErrUnauthorized
		}
		return c.NoContent(http.StatusNoContent)
	})
	h.web.POST("/desk/:chat/reply", who)
	h.web.GET("/ops", who)
	h.web.POST("/ops/replay", who)
	h.web.POST("/hook/:channel", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
	h.web.GET("/forgotten", who)
	return h
}

// browser is one that keeps its cookies.
type browser struct {
	*house
	cookies map[string]*http.Cookie
	headers map[string]string
}

func (h *house) browser() *browser {
	return &browser{h, map[string]*http.Cookie{}, map[string]string{}}
}

// ask sends a request; form fields come in pairs.
func (b *browser) ask(method, path string, form ...string) *httptest.ResponseRecorder {
	b.t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	request := httptest.NewRequestWithContext(b.t.Context(), method, path, strings.NewReader(values.Encode()))
	request.Host, request.RemoteAddr = "desk.example", "192.0.2.1:4000"
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for name, value := range b.headers {
		switch name {
		case "Host":
			request.Host = value
		case "Remote":
			request.RemoteAddr = value
		default:
			request.Header.Set(name, value)
		}
	}
	for _, c := range b.cookies {
		request.AddCookie(c)
	}
	answer := httptest.NewRecorder()
	b.web.ServeHTTP(answer, request)
	for _, c := range answer.Result().Cookies() {
		if b.cookies[c.Name] = c; c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return answer
}

// want fails unless the answer has the status and, for a redirect, leads there, or else contains that.
func (b *browser) want(answer *httptest.ResponseRecorder, code int, what string) string {
	b.t.Helper()
	got := answer.Body.String()
	if to := answer.Header().Get("Location"); to != "" {
		got = to
	}
	if answer.Code != code || !strings.Contains(got, what) {
		b.t.Errorf("answered %d %.300s, want %d %s", answer.Code, got, code, what)
	}
	return got
}

// hash is that of strong, made once: it is dear.
var hash = sync.OnceValue(func() string {
	hash, err := argon2id.CreateHash(strong, &argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		panic(err)
	}
	return hash
})

// secret is what everybody's authenticator knows.
const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

// hire makes an account with a second factor and the strong password, and returns the secret of its authenticator.
func (h *house) hire(login string, role bot.Role) string {
	h.t.Helper()
	s := bot.Staff{ID: bot.StaffID("id-" + login), Login: login, Name: "Sara <b>", Role: role, Units: []bot.UnitID{"cards"}, Lang: bot.En}
	err := h.store.Do(h.t.Context(), func(tx storage.Tx) error {
		return errors.Join(tx.SaveStaff(h.t.Context(), s), tx.SaveSecrets(h.t.Context(), s.ID, staff.Secrets{Password: hash(), TOTP: secret}))
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return secret
}

func (h *house) code(secret string) string {
	h.t.Helper()
	code, err := totp.GenerateCode(secret, h.now)
	if err != nil {
		h.t.Fatal(err)
	}
	return code
}

// signIn goes through both pages.
func (b *browser) signIn(login, secret string) {
	b.t.Helper()
	b.want(b.ask("POST", "/login", "login", login, "password", strong), 303, "/login/code")
	b.want(b.ask("POST", "/login/code", "code", b.code(secret)), 303, "/")
	b.now = b.now.Add(time.Minute)
}
