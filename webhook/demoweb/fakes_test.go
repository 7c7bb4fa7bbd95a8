package demoweb

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/assets"
	"javab/webhook/emulator"
)

// catalogs are the strings as the translators wrote them.
func catalogs(t *testing.T) map[bot.Lang]map[string]string {
	t.Helper()
	all := map[bot.Lang]map[string]string{}
	for _, lang := range bot.Langs {
		raw, err := os.ReadFile("../../locales/demo." + string(lang) + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		words := map[string]string{}
		if err := yaml.Unmarshal(raw, &words); err != nil {
			t.Fatal(err)
		}
		all[lang] = words
	}
	return all
}

// house is a mounted demo.
type house struct {
	*Demo
	web    *echo.Echo
	missed map[string]bool // ids that were asked for and are not there
	done   chan struct{}
}

func open(t *testing.T) house {
	t.Helper()
	set, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := catalogs(t)
	now := func() time.Time { return time.UnixMilli(1_763_700_000_000) }
	h := house{web: echo.New(), missed: map[string]bool{}, done: make(chan struct{})}
	h.Demo = &Demo{
		Assets: set, Nonce: func(echo.Context) string { return "n0nce" }, Now: now, Done: h.done,
		Messenger: emulator.New(emulator.Options{Token: "1:demo", Now: now}),
		T: func(lang bot.Lang, id string) string {
			text, known := words[lang][id]
			if !known {
				h.missed[id] = true
			}
			return text
		},
		Profile: func(lang bot.Lang) Profile {
			return Profile{Name: "bot " + string(lang), Commands: []Command{{"menu", "x"}}}
		},
		Peek: func(_ context.Context, chat string) (Peeked, error) {
			if chat == "0" {
				return Peeked{}, errors.New("database is away")
			}
			return Peeked{Step: "complaint.describe", Vars: json.RawMessage(`{"category":"` + chat + `"}`)}, nil
		},
		Links: []Link{{URL: "/desk", ID: "demo.page.desk", Icon: "headset"}, {URL: "/studio", ID: "demo.page.studio", Icon: "workflow"}},
	}
	t.Cleanup(h.Messenger.Close)
	plain := func(next echo.HandlerFunc) echo.HandlerFunc { return next }
	if err := h.Mount(h.web, plain); err != nil {
		t.Fatal(err)
	}
	return h
}

func request(t *testing.T, method, path, body string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	r.Host, r.RemoteAddr = "localhost:8080", "127.0.0.1:4000"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

func (h house) do(t *testing.T, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	answer := httptest.NewRecorder()
	h.web.ServeHTTP(answer, request(t, method, path, body))
	return answer
}

// screens returns the members on the stage and what each sees.
func (h house) screens(t *testing.T) []screen {
	t.Helper()
	var state struct{ Screens []screen }
	if err := json.Unmarshal(h.do(t, "GET", "/demo/state", "").Body.Bytes(), &state); err != nil {
		t.Fatal(err)
	}
	return state.Screens
}
