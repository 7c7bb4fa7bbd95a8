package pagetest

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/locales"
	"javab/webhook/assets"
	"javab/webhook/page"
)

// Site is what stands around pages under test: one person before them, and their routes.
type Site struct {
	Me bot.Staff
	// No are the routes that his role does not allow: "GET /ops".
	No  map[string]bool
	Web *echo.Echo
	// Frame makes the screens of the pages.
	Frame *page.Shell

	missed *missing
}

// files are packed once for all tests.
var files = sync.OnceValues(assets.Load)

// Open makes a site without pages.
func Open(t testing.TB, me bot.Staff, now func() time.Time, rail ...page.Place) *Site {
	t.Helper()
	set, err := files()
	if err != nil {
		t.Fatal(err)
	}
	s := &Site{Me: me, No: map[string]bool{}, Web: echo.New(), missed: &missing{Handler: slog.DiscardHandler}}
	words, err := locales.New(slog.New(s.missed))
	if err != nil {
		t.Fatal(err)
	}
	s.Frame = &page.Shell{
		Assets: set, Words: words, Rail: rail, Now: now,
		Person: func(echo.Context) bot.Staff { return s.Me }, Nonce: func(echo.Context) string { return Nonce },
		Allows: func(_ bot.Staff, method, path string) bool { return !s.No[method+" "+path] },
	}
	return s
}

// Missed are the ids of strings that were asked for and are not there.
func (s *Site) Missed() []string {
	s.missed.mu.Lock()
	defer s.missed.mu.Unlock()
	return s.missed.ids
}

// Serve answers a request.
func (s *Site) Serve(r *http.Request) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	s.Web.ServeHTTP(answer, r)
	return answer
}

// Request asks for a page, with a form when there is one.
func Request(t testing.TB, method, path string, form url.Values, cookies ...string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range cookies {
		r.Header.Add("Cookie", c)
	}
	return r
}

// missing is a log that keeps the ids of strings that are not there.
type missing struct {
	slog.Handler
	mu  sync.Mutex
	ids []string
}

func (m *missing) Enabled(context.Context, slog.Level) bool { return true }

func (m *missing) Handle(_ context.Context, r slog.Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "id" {
			m.ids = append(m.ids, a.Value.String())
		}
		return true
	})
	return nil
}
