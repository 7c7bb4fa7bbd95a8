package webhook

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
)

func (h house) get(t *testing.T, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	request.RemoteAddr = "127.0.0.1:5000"
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "remote" {
			request.RemoteAddr = headers[i+1]
			continue
		}
		request.Header.Set(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	h.web.ServeHTTP(answer, request)
	return answer
}

func TestHealthStaysGreenWhileReadinessFails(t *testing.T) {
	h := open(t, func(c *Config) {
		c.Ready = func(context.Context) error { return errors.New("connect postgres://user:pass@db") }
	})
	if got := h.get(t, "/healthz").Code; got != 200 {
		t.Errorf("/healthz answered %d", got)
	}
	answer := h.get(t, "/readyz")
	if answer.Code != 503 || answer.Header().Get("Retry-After") != "5" || strings.Contains(answer.Body.String(), "postgres") {
		t.Errorf("/readyz answered %d %s", answer.Code, answer.Body)
	}
	if got := h.deliver(t, update).Code; got != 200 {
		t.Errorf("the messenger's route answered %d", got)
	}
	if got := open(t, nil).get(t, "/readyz").Code; got != 200 {
		t.Errorf("/readyz of a sound house answered %d", got)
	}
}

func TestMetricsAreForThoseWhoMayReadThem(t *testing.T) {
	const from = "203.0.113.9:4000"
	for _, row := range []struct {
		what   string
		access Access
		send   []string
		code   int
	}{
		{"this machine", Access{}, nil, 200},
		{"this machine by IPv6", Access{}, []string{"remote", "[::1]:4000"}, 200},
		{"a stranger", Access{}, []string{"remote", from}, 404},
		{"a stranger behind a local proxy", Access{}, []string{"X-Forwarded-For", "203.0.113.9"}, 404},
		{"a stranger behind a newer proxy", Access{}, []string{"Forwarded", "for=203.0.113.9"}, 404},
		{"a stranger with the token", Access{Token: "t0ken"}, []string{"remote", from, "Authorization", "Bearer t0ken"}, 200},
		{"a stranger with a wrong token", Access{Token: "t0ken"}, []string{"remote", from, "Authorization", "Bearer t0keN"}, 404},
		{"this machine without the token", Access{Token: "t0ken"}, nil, 404},
		{"anyone on a listener of its own", Access{Open: true}, []string{"remote", from}, 200},
	} {
		t.Run(row.what, func(t *testing.T) {
			h := open(t, func(c *Config) { c.Access = row.access })
			answer := h.get(t, "/metrics", row.send...)
			if answer.Code != row.code {
				t.Errorf("answered %d, want %d", answer.Code, row.code)
			}
			if shown := strings.Contains(answer.Body.String(), "javab_turn_seconds"); shown != (row.code == 200) {
				t.Errorf("figures shown: %v", shown)
			}
		})
	}
}

func TestMetricsOnTheirOwnListenerAreNowhereElse(t *testing.T) {
	h := open(t, func(c *Config) { c.OwnListener = true })
	if got := h.get(t, "/metrics").Code; got != 404 {
		t.Errorf("answered %d", got)
	}
}

type backlog struct {
	waiting Waiting
	err     error
}

func (b backlog) Waiting(context.Context) (Waiting, error) { return b.waiting, b.err }

func scraped(t *testing.T, b Backlog) string {
	t.Helper()
	answer := httptest.NewRecorder()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
	NewMetrics(b).Handler(Access{Open: true}).ServeHTTP(answer, request)
	return answer.Body.String()
}

func TestWhatWaitsIsAskedWhenTheFiguresAreRead(t *testing.T) {
	page := scraped(t, backlog{waiting: Waiting{
		Jobs:      map[bot.JobKind]Line{bot.JobSend: {N: 12, Oldest: 1500 * time.Millisecond}},
		HandOvers: map[bot.UnitID]Line{"legal": {N: 2, Oldest: time.Hour}},
		GivenUp:   3, Held: 5, Quarantined: 4,
	}})
	for _, line := range []string{
		"javab_backlog_known 1", `javab_jobs_open{kind="send"} 12`, `javab_jobs_oldest_seconds{kind="send"} 1.5`,
		"javab_jobs_given_up 3", "javab_jobs_held 5", "javab_quarantine 4",
		`javab_handovers_waiting{unit="legal"} 2`, `javab_handovers_oldest_seconds{unit="legal"} 3600`,
	} {
		if !strings.Contains(page, line+"\n") {
			t.Errorf("no line %q", line)
		}
	}
}

func TestUnreadableFiguresDoNotTakeTheOthersAway(t *testing.T) {
	page := scraped(t, backlog{err: errors.New("database is away")})
	if !strings.Contains(page, "javab_backlog_known 0\n") || !strings.Contains(page, "javab_turn_seconds_count 0\n") {
		t.Error(page)
	}
	if strings.Contains(page, "javab_quarantine ") {
		t.Error("a figure that is not known is shown")
	}
}

func TestEveryAnswerCarriesItsHeadersAndAnIDOfOurs(t *testing.T) {
	h := open(t, func(c *Config) { c.Secure = true })
	answer := h.get(t, "/healthz", "X-Request-Id", "forged\nid")
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "same-origin",
		"Strict-Transport-Security": "max-age=63072000", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
	} {
		if got := answer.Header().Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if id := answer.Header().Get("X-Request-Id"); len(id) != 16 || strings.Contains(id, "forged") {
		t.Errorf("request id %q", id)
	}
	if got := open(t, nil).get(t, "/healthz").Header().Get("Strict-Transport-Security"); got != "" {
		t.Errorf("plain http promises https: %q", got)
	}
}

func TestAPageHasAFreshNonceInItsPolicy(t *testing.T) {
	h := open(t, nil)
	h.web.GET("/page", func(c echo.Context) error { return c.String(200, Nonce(c)) }, Page)
	first, second := h.get(t, "/page"), h.get(t, "/page")
	policy := first.Header().Get("Content-Security-Policy")
	if n := first.Body.String(); len(n) < 22 || !strings.Contains(policy, "script-src 'self' 'nonce-"+n+"'") {
		t.Errorf("nonce %q, policy %q", n, policy)
	}
	if strings.Contains(policy, "unsafe") || first.Body.String() == second.Body.String() {
		t.Errorf("policy %q", policy)
	}
}

func TestAPanicIsA500WhoseValueIsNotLogged(t *testing.T) {
	h := open(t, nil)
	h.web.GET("/bug/:id", func(echo.Context) error { panic("member said hello") })
	answer := h.get(t, "/bug/private")
	if answer.Code != 500 || answer.Body.String() != "Internal Server Error\n" {
		t.Errorf("answered %d %q", answer.Code, answer.Body)
	}
	log := h.log.String()
	if !strings.Contains(log, "/bug/:id") || !strings.Contains(log, answer.Header().Get("X-Request-Id")) {
		t.Errorf("the log should name route and request: %s", log)
	}
	if strings.Contains(log, "hello") || strings.Contains(log, "private") {
		t.Errorf("the log tells too much: %s", log)
	}
}

func TestAnErrorIsAnsweredByItsStatusAlone(t *testing.T) {
	h := open(t, nil)
	h.web.GET("/gone", func(echo.Context) error { return echo.NewHTTPError(http.StatusGone, "row 12 of table x") })
	if answer := h.get(t, "/gone"); answer.Code != 410 || answer.Body.String() != "Gone\n" {
		t.Errorf("answered %d %q", answer.Code, answer.Body)
	}
	if answer := h.get(t, "/hook/tg"); answer.Code != 405 {
		t.Errorf("GET of a hook answered %d", answer.Code)
	}
}

func TestTheServerBoundsHeadersAndLetsStreamsStand(t *testing.T) {
	s := NewServer(http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	if s.ReadHeaderTimeout == 0 || s.IdleTimeout == 0 || s.WriteTimeout != 0 || s.ReadTimeout != 0 || s.MaxHeaderBytes == 0 {
		t.Errorf("limits: %+v", s)
	}
}
