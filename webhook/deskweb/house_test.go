package deskweb

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http/httptest"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
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
	*pagetest.Site
	wire  *wire
	ended error // the session's
}

func open(t *testing.T) *house {
	t.Helper()
	raw, err := os.ReadFile("testdata/room.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f := &fake{now: func() time.Time { return noon }, hidden: map[bot.ChatKey]bool{}, held: map[bot.ChatKey]bot.StaffID{}}
	if err := yaml.Unmarshal(raw, &f.room); err != nil {
		t.Fatal(err)
	}
	me := bot.Staff{ID: "1", Name: f.room.Staff[0], Role: bot.RoleSenior, Units: []bot.UnitID{"member_relations"}, Lang: bot.Fa, Status: bot.Available, Confidential: true}
	h := &house{fake: f, wire: &wire{}}
	h.Site = pagetest.Open(
		t, me, f.now,
		page.Place{URL: "/desk", ID: "desk.rail.inbox", Icon: "inbox"},
		page.Place{URL: "/board/live", ID: "desk.rail.live", Icon: "chart-column"},
	)
	h.Desk = h.desk()
	if err := h.Mount(h.Web); err != nil {
		t.Fatal(err)
	}
	return h
}

// answered is what the bot said when it gave an answer.
const answered = "We open at 8."

func (h *house) desk() *Desk {
	made := 0
	return &Desk{
		Shell: h.Frame,
		Caps:  func(bot.ChannelID) bot.Caps { return bot.Caps{Edit: true, Delete: 48 * time.Hour} }, Shelf: shelf{h.fake},
		Acts: h.fake, Reads: h.fake, Floor: h.fake, Queues: h.fake, People: h.fake, Content: h.fake,
		Signals: h.wire, Asked: h.fake.asking,
		Alive: func(echo.Context, bot.Staff) error { return h.session() },
		Reveal: func(_ context.Context, by bot.Staff, chat bot.ChatKey, what string) (string, error) {
			return "+989121234567", h.did("%s is shown the %s of %s", by.ID, what, chat)
		},
		Panel: func(_ page.Screen, list []bot.Case) (template.HTML, error) {
			return template.HTML("<p>" + list[0].Number.String() + "</p>"), nil
		},
		Answered: func(words string) (string, bot.Lang) {
			if words == answered {
				return "answers/hours", bot.Ar
			}
			return "", ""
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
	r := pagetest.Request(t, method, path, fields, cookies...)
	if swap {
		r.Header.Set("HX-Request", "true")
	}
	return h.Serve(r)
}
