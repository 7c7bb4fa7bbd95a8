package deskweb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/locales"
	"javab/webhook/assets"
	"javab/webhook/page"
)

// wire carries signals within the test.
type wire struct {
	mu  sync.Mutex
	out []chan Signal
}

func (w *wire) Publish(_ context.Context, s Signal) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, ch := range w.out {
		ch <- s
	}
	return nil
}

func (w *wire) Subscribe(context.Context) (<-chan Signal, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	ch := make(chan Signal, 100)
	w.out = append(w.out, ch)
	return ch, nil
}

// house is a mounted desk.
type house struct {
	*Desk
	*fake
	web    *echo.Echo
	wire   *wire
	me     bot.Staff
	missed *missing
	no     map[string]bool // what roles do not allow
	ended  error           // the session's
}

// missing is a log that counts the strings that were asked for and are not there.
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

// files are packed once for all tests.
var files = sync.OnceValues(assets.Load)

func open(t *testing.T) *house {
	t.Helper()
	set, err := files()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("testdata/room.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f := &fake{now: func() time.Time { return noon }, hidden: map[bot.ChatKey]bool{}, held: map[bot.ChatKey]bot.StaffID{}}
	if err := yaml.Unmarshal(raw, &f.room); err != nil {
		t.Fatal(err)
	}
	h := &house{fake: f, web: echo.New(), wire: &wire{}, missed: &missing{Handler: slog.DiscardHandler}, no: map[string]bool{}}
	words, err := locales.New(slog.New(h.missed))
	if err != nil {
		t.Fatal(err)
	}
	h.me = bot.Staff{ID: "1", Name: f.room.Staff[0], Role: bot.RoleSenior, Units: []bot.UnitID{"member_relations"}, Lang: bot.Fa, Status: bot.Available, Confidential: true}
	h.Desk = h.desk(set, words)
	if err := h.Mount(h.web); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) desk(set *assets.Set, words *locales.Localizer) *Desk {
	made := 0
	return &Desk{
		Shell: &page.Shell{
			Assets: set, Words: words, Person: func(echo.Context) bot.Staff { return h.me }, Nonce: func(echo.Context) string { return "n0nce" },
			Rail: []page.Place{
				{URL: "/desk", ID: "desk.rail.inbox", Icon: "inbox"},
				{URL: "/board/live", ID: "desk.rail.live", Icon: "chart-column"},
			},
			Allows: func(_ bot.Staff, method, path string) bool { return !h.no[method+" "+path] },
			Now:    h.now,
		},
		Caps: func(bot.ChannelID) bot.Caps { return bot.Caps{Edit: true, Delete: 48 * time.Hour} }, Shelf: shelf{h.fake},
		Acts: h.fake, Reads: h.fake, Floor: h.fake, People: h.fake, Content: h.fake,
		Signals: h.wire,
		Alive:   func(echo.Context, bot.Staff) error { return h.session() },
		Reveal: func(_ context.Context, by bot.Staff, chat bot.ChatKey, what string) (string, error) {
			return "+989121234567", h.did("%s is shown the %s of %s", by.ID, what, chat)
		},
		Opening: func(bot.UnitID, time.Time) (bool, time.Time) { return true, time.Time{} },
		ID:      func() string { made++; return fmt.Sprint("id", made) }, Done: make(chan struct{}),
	}
}

// end ends the session of the person who looks.
func (h *house) end(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ended = err
}

func (h *house) session() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.ended
}

var errAway = &bot.Error{Kind: bot.Unavailable, Key: "error.internal", Err: errors.New("database is away")}

// get asks for a page; with "swap" as the only extra for a piece of it.
func (h *house) get(t *testing.T, path string, swap bool, cookies ...string) *httptest.ResponseRecorder {
	t.Helper()
	return h.ask(t, "GET", path, nil, swap, cookies...)
}

func (h *house) post(t *testing.T, path string, fields url.Values, swap bool) *httptest.ResponseRecorder {
	t.Helper()
	return h.ask(t, "POST", path, fields, swap)
}

func (h *house) ask(t *testing.T, method, path string, fields url.Values, swap bool, cookies ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(fields.Encode()))
	if fields != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if swap {
		r.Header.Set("HX-Request", "true")
	}
	for _, c := range cookies {
		r.Header.Add("Cookie", c)
	}
	answer := httptest.NewRecorder()
	h.web.ServeHTTP(answer, r)
	return answer
}
