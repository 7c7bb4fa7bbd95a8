package pagetest

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
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

// RequestID is the id that answers carry once somebody listens.
const RequestID = "0123456789abcdef"

// Listen gives the pages a log. It returns the lines that are told from then on.
func (s *Site) Listen() (told func() []string) {
	var lines bytes.Buffer
	s.Frame.Log = slog.New(slog.NewTextHandler(&lines, nil))
	s.Web.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			c.Response().Header().Set(echo.HeaderXRequestID, RequestID)
			return next(c)
		}
	})
	return func() []string { return slices.Collect(strings.Lines(lines.String())) }
}

// Faulty fails unless the pages have told their log of one fault alone, of this route's pattern, under the id that the
// answer carries, and of nothing that stands in its path.
func Faulty(t testing.TB, told []string, route string, private ...string) {
	t.Helper()
	if len(told) != 1 {
		t.Fatalf("%d lines instead of one: %q", len(told), told)
	}
	for _, want := range []string{"level=ERROR", "route=" + route + " ", "request=" + RequestID + " ", "err="} {
		if !strings.Contains(told[0], want) {
			t.Errorf("no %q in %s", want, told[0])
		}
	}
	for _, value := range private {
		if strings.Contains(told[0], value) {
			t.Errorf("%q is in the log: %s", value, told[0])
		}
	}
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
