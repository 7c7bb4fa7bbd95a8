package officeweb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/staff"
	"javab/bot/worktime"
	"javab/storage"
	"javab/storage/memstore"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

// noon is Saturday 2026-11-21, 10:49 in Tehran.
var noon = time.Date(2026, time.November, 21, 7, 19, 0, 0, time.UTC)

// room is testdata/room.yaml.
type room struct {
	Staff                []bot.Staff
	Units, Topics        map[string]bot.Text
	Replies              []bot.ReadyReply
	Query, Variant, Evil string
}

// house is a mounted office over the room. It notes what it is asked to do.
type house struct {
	*Office
	*pagetest.Site
	room    room
	stale   bool     // the second factor was proven long ago
	reads   error    // the answer to every question
	deny    error    // the answer to every act
	done    []string // what was done, in words
	changed bot.Staff
	queues  []Queue
	entries []bot.AuditEntry
	stopped Stuck
	broken  bool
	asked   AuditQuery
	since   time.Time
}

func open(t *testing.T) *house {
	t.Helper()
	raw, err := os.ReadFile("testdata/room.yaml")
	if err != nil {
		t.Fatal(err)
	}
	h := &house{}
	if err := yaml.Unmarshal(raw, &h.room); err != nil {
		t.Fatal(err)
	}
	for i := range h.room.Staff {
		h.room.Staff[i].Status, h.room.Staff[i].SeenAt = bot.Available, noon.Add(-time.Duration(i)*3*time.Minute)
	}
	h.Site = pagetest.Open(
		t, h.room.Staff[0], func() time.Time { return noon },
		page.Place{URL: "/replies", ID: "office.rail.replies", Icon: "message-square-text"},
		page.Place{URL: "/settings", ID: "office.rail.settings", Icon: "settings"},
		page.Place{URL: "/ops", ID: "office.rail.ops", Icon: "wrench"},
	)
	h.queues = []Queue{{Unit: "finance", Waiting: 7, Held: 3, Snoozed: 1, Oldest: noon.Add(-3 * time.Hour)}}
	h.entries = []bot.AuditEntry{
		{At: noon, By: "2", What: "signin", Subject: "staff 2", After: "1", From: "192.0.2.7"}, {At: noon, What: "signout"},
	}
	h.stopped = Stuck{Deliveries: []Stopped{{ID: "12", What: "tg:8841", Chat: "tg:b:3", Reason: "panic", At: noon}}, Backlog: 3, Oldest: noon}
	h.Office = &Office{
		Shell: h.Frame,
		Staff: h, Roster: h, Content: h, Counts: h, Audit: h, Ops: h,
		Hours: h.workingTime(t),
		Fresh: func(echo.Context) bool { return !h.stale }, Clock: func() time.Time { return noon },
	}
	if err := h.Mount(h.Web); err != nil {
		t.Fatal(err)
	}
	return h
}

// workingTime is the chamber's, with rows of every kind, kept as they are in earnest.
func (h *house) workingTime(t *testing.T) *hours.Rota {
	t.Helper()
	ids := 0
	rota := &hours.Rota{
		Store: storage.As[hours.Tx](memstore.New()), Promises: h, Clock: func() time.Time { return noon }, Log: slog.New(slog.DiscardHandler),
		ID: func() string { ids++; return fmt.Sprint("r", ids) },
	}
	if err := rota.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	today := worktime.MakeDay(2026, time.November, 21)
	for _, row := range []hours.Row{
		{Kind: hours.Full, From: today - 1, Name: bot.Text{En: "past"}, Confirmed: true},
		{Kind: hours.Half, From: today + 1, Window: worktime.Window{From: worktime.Clock(13, 30), To: worktime.Clock(16, 0)}, Name: bot.Text{En: "half"}},
		{Kind: hours.Open, From: today + 5, Unit: "finance", Window: worktime.Window{From: worktime.Clock(8, 0), To: worktime.Clock(12, 0)}, Confirmed: true},
		{Kind: hours.Week, From: today + 60, Unit: "finance", Open: [7][]worktime.Window{time.Thursday: {{From: worktime.Clock(9, 0), To: worktime.Clock(11, 0)}}}},
		{Kind: hours.Overlay, From: today + 80, Until: today + 109, Name: bot.Text{En: "Short days"}, Open: [7][]worktime.Window{time.Sunday: {{From: worktime.Clock(10, 0), To: worktime.Clock(13, 0)}}}},
	} {
		if _, err := rota.Add(t.Context(), "2", row); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := rota.Close(t.Context(), "3", hours.Emergency{Days: 1, Name: bot.Text{En: "Snow"}, Reason: "roads"}); err != nil {
		t.Fatal(err)
	}
	return rota
}

func (h *house) Recount(context.Context, bot.UnitID, string) error { return nil }

var errAway = &bot.Error{Kind: bot.Unavailable, Key: "error.internal", Err: errors.New("secret@db is away")}

func (h *house) get(t *testing.T, path string, cookies ...string) *httptest.ResponseRecorder {
	t.Helper()
	return h.Serve(pagetest.Request(t, "GET", path, nil, cookies...))
}

func (h *house) post(t *testing.T, path string, fields url.Values) *httptest.ResponseRecorder {
	t.Helper()
	return h.Serve(pagetest.Request(t, "POST", path, fields, "javab_lang=en"))
}

// did notes an act.
func (h *house) did(format string, args ...any) error {
	if h.deny == nil {
		h.done = append(h.done, fmt.Sprintf(format, args...))
	}
	return h.deny
}

func (h *house) AllStaff(context.Context) ([]bot.Staff, error) { return h.room.Staff, h.reads }

func (h *house) Proofs(context.Context) (map[bot.StaffID]staff.Proof, error) {
	return map[bot.StaffID]staff.Proof{"1": {TOTP: true}, "2": {TOTP: true}, "3": {Temporary: true}}, h.reads
}

func (h *house) SessionsOf(_ context.Context, id bot.StaffID) ([]staff.Session, error) {
	return []staff.Session{
		{ID: "a", Staff: id, Stage: staff.StageOpen, CreatedAt: noon.Add(-time.Hour), SeenAt: noon, From: "192.0.2.9", Agent: "Browser/1"},
		{ID: "b", Staff: id, Stage: staff.StageOpen, CreatedAt: noon.Add(-13 * time.Hour), SeenAt: noon, From: "192.0.2.10", Agent: "Browser/2"},
	}, h.reads
}

func (h *house) Add(_ context.Context, by bot.StaffID, s bot.Staff) (bot.Staff, string, error) {
	h.changed = s
	return s, "rose-boat-lamp-tree", h.did("%s adds %s", by, s.Login)
}

func (h *house) Change(_ context.Context, by bot.StaffID, s bot.Staff, reason string) error {
	h.changed = s
	return h.did("%s changes %s: %s", by, s.ID, reason)
}

func (h *house) Disable(_ context.Context, by bot.StaffID, login string, disabled bool) error {
	return h.did("%s shuts %s: %v", by, login, disabled)
}

func (h *house) ResetPassword(_ context.Context, by bot.StaffID, login string) (string, error) {
	return "rose-boat-lamp-tree", h.did("%s gives %s a password", by, login)
}

func (h *house) ResetTOTP(_ context.Context, by bot.StaffID, login string) error {
	return h.did("%s takes the second factor of %s", by, login)
}

func (h *house) EndSessions(_ context.Context, by bot.StaffID, login string) error {
	return h.did("%s ends the sessions of %s", by, login)
}

func (h *house) Units() []bot.UnitID { return []bot.UnitID{"member_relations", "finance", "training"} }

func (h *house) Unit(id bot.UnitID, lang bot.Lang) string {
	if name, known := h.room.Units[string(id)]; known {
		return name.In(lang)
	}
	return string(id)
}

func (h *house) Heading(topic string, lang bot.Lang) string { return h.room.Topics[topic].In(lang) }
func (h *house) Ready() []bot.ReadyReply                    { return h.room.Replies }

func (h *house) Limits() Limits {
	return Limits{
		FirstAnswer: 30 * time.Minute, Warn: 15 * time.Minute, Release: 30 * time.Minute, Lost: 5 * time.Minute,
		Ask: 24 * time.Hour, Back: 48 * time.Hour,
	}
}

func (h *house) Queues(context.Context) ([]Queue, error) { return h.queues, h.reads }

func (h *house) RepliesSent(_ context.Context, since time.Time) (map[string]int, error) {
	h.since = since
	return map[string]int{"greet": 1204}, h.reads
}

func (h *house) Entries(_ context.Context, q AuditQuery) ([]bot.AuditEntry, error) {
	h.asked = q
	return h.entries[:min(len(h.entries), q.Limit)], h.reads
}

func (h *house) Chain(context.Context) (Chain, error) {
	return Chain{Entries: 1204, Whole: !h.broken, BrokeAt: noon, ReadAt: noon}, h.reads
}

func (h *house) Stuck(context.Context, int) (Stuck, error) { return h.stopped, h.reads }

func (h *house) Replay(_ context.Context, by bot.Staff, kind, id string) error {
	return h.did("%s replays %s %s", by.ID, kind, id)
}
