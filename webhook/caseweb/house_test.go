package caseweb

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/casefile"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/digest"
	"javab/bot/worktime"
	"javab/storage"
	"javab/storage/memstore"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

// noon is Saturday 2026-11-21, 10:49 in Tehran.
var noon = time.Date(2026, time.November, 21, 7, 19, 0, 0, time.UTC)

var (
	sara = bot.Staff{ID: "sara", Name: "Sara", Role: bot.RoleOfficer, Units: []bot.UnitID{"trade", "card"}, Lang: bot.En}
	mona = bot.Staff{ID: "mona", Name: "Mona", Role: bot.RoleManager, Units: []bot.UnitID{"trade"}, Lang: bot.En}
	rad  = bot.Staff{ID: "rad", Name: "Rad", Role: bot.RoleUnit, Units: []bot.UnitID{"legal"}, Lang: bot.En}
)

const ann bot.ChatKey = "tg:b:1"

// house is the pages over a store in memory, before sara. It notes what it is asked to do.
type house struct {
	*Cases
	*pagetest.Site
	store *memstore.Store
	t     *testing.T
	calls int
	done  []string
	deny  error // the answer to every act
	reads error // the answer to every list
	alike []bot.CaseNumber
	heirs []cases.Heir
	told  []bot.Alert
	seen  []string
	sheet digest.Sheet
	asked cases.LinkView
	lost  map[string]bool // files whose bodies are gone
	taken []string
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, store: memstore.New(), lost: map[string]bool{}}
	h.Site = pagetest.Open(t, sara, func() time.Time { return noon }, page.Place{URL: "/cases", ID: "cases.rail", Icon: "file-text"})
	h.Cases = &Cases{
		Shell: h.Frame, Reads: listing{h.store, h}, Acts: h, Links: h, Content: h, People: h, Hours: h, Shelf: h, Herald: h,
		ID: func() string { h.calls++; return fmt.Sprint("id", h.calls) }, Address: "https://desk.example/",
	}
	if err := h.Mount(h.Web); err != nil {
		t.Fatal(err)
	}
	h.do(func(tx storage.Tx) error {
		if _, err := tx.Chat(t.Context(), ann); err != nil {
			return err
		}
		m := bot.Member{ID: "m1", Name: "Ann Arad", Company: "Arad Ltd", Phone: "+989121234567", MembershipNo: "778", CreatedAt: noon}
		return tx.SaveMember(t.Context(), m, ann)
	})
	return h
}

// listing is the store, which can be away.
type listing struct {
	*memstore.Store
	h *house
}

func (l listing) CaseRows(ctx context.Context, q casefile.Query) ([]casefile.Row, error) {
	if l.h.reads != nil {
		return nil, l.h.reads
	}
	return l.Store.CaseRows(ctx, q)
}

func (h *house) do(f func(storage.Tx) error) {
	h.t.Helper()
	if err := h.store.Do(h.t.Context(), f); err != nil {
		h.t.Fatal(err)
	}
}

// file files a case of Ann's, as it has become.
func (h *house) file(words string, become func(*bot.Case)) bot.Case {
	h.t.Helper()
	c := bot.Case{
		ID: bot.CaseID("c-" + words), Number: bot.CaseNumber{Year: 1405}, Kind: bot.Complaint, Category: "delay", Unit: "trade", State: bot.InWork, Chat: ann,
		Member: "m1", Text: words, Phone: "+989121234567", Urgency: "high", OpenedAt: noon.Add(-3 * time.Hour), DueAt: noon.Add(4 * time.Hour),
		NoticeAt: noon.Add(2 * time.Hour), Answers: map[string]string{"file_no": "77", "national_id": "0012345679", "call_phone": "+989121234567", "second_phone": "+989127654321"},
	}
	h.do(func(tx storage.Tx) (err error) {
		if c, err = tx.OpenCase(h.t.Context(), c); err != nil {
			return err
		}
		c.Holder, c.Next = "sara", bot.Next{What: cases.NextWork, Who: "sara", At: noon.Add(time.Hour)}
		c.Clock = bot.Clock{Promised: 8 * time.Hour, Since: c.OpenedAt}
		c.ToldAt, c.ToldDue = c.OpenedAt, c.DueAt
		become(&c)
		return tx.SaveCase(h.t.Context(), c)
	})
	return c
}

func (h *house) enter(c bot.Case, entries ...bot.CaseEntry) {
	h.t.Helper()
	h.do(func(tx storage.Tx) error { return tx.SaveCase(h.t.Context(), c, entries...) })
}

func (h *house) refer(c bot.Case, become func(*bot.Referral)) {
	r := bot.Referral{ID: "r1", Case: c.ID, Unit: "legal", Question: "Who signed it?", By: "sara", AskedAt: noon.Add(-time.Hour), DueAt: noon.Add(time.Hour)}
	become(&r)
	h.do(func(tx storage.Tx) error { return tx.SaveReferral(h.t.Context(), r) })
}

func (h *house) attach(draft bot.DraftID, files ...bot.File) {
	h.do(func(tx storage.Tx) error {
		var rows converse.Rows
		for _, f := range files {
			rows.Pieces = append(rows.Pieces, bot.Piece{Draft: draft, Field: f.ID, File: &f, At: noon})
		}
		if _, err := tx.Append(h.t.Context(), rows, bot.Lease{}); err != nil {
			return err
		}
		for _, f := range files {
			if err := tx.SaveFile(h.t.Context(), f); err != nil {
				return err
			}
		}
		return nil
	})
}

func (h *house) get(path string, lang ...string) *httptest.ResponseRecorder {
	h.t.Helper()
	return h.Serve(pagetest.Request(h.t, "GET", path, nil, "javab_lang="+append(lang, "en")[0]))
}

func (h *house) post(path string, fields url.Values) *httptest.ResponseRecorder {
	h.t.Helper()
	return h.Serve(pagetest.Request(h.t, "POST", path, fields, "javab_lang=en"))
}

// tells fails for each of the words that a page does not tell.
func (h *house) tells(html string, words ...string) {
	h.t.Helper()
	for _, want := range words {
		if !strings.Contains(html, want) {
			h.t.Errorf("it does not tell %q", want)
		}
	}
}

// keeps fails for each of the words that a page tells.
func (h *house) keeps(html string, words ...string) {
	h.t.Helper()
	for _, hidden := range words {
		if strings.Contains(html, hidden) {
			h.t.Errorf("it tells %q", hidden)
		}
	}
}

func (h *house) did(format string, args ...any) error {
	if h.deny == nil {
		h.done = append(h.done, fmt.Sprintf(format, args...))
	}
	return h.deny
}

func (h *house) Do(_ context.Context, by bot.Staff, number bot.CaseNumber, act cases.Act) error {
	return h.did("%s %d %T%+v", by.ID, number.Seq, act, act)
}

func (h *house) Link(_ context.Context, by bot.Staff, number bot.CaseNumber, referral string) (string, error) {
	return "tok-en", h.did("%s links %s of %d", by.ID, referral, number.Seq)
}

func (h *house) Export(_ context.Context, by bot.Staff, _ bot.CaseNumber, approval string) (string, error) {
	return "To the ministry", h.did("%s takes %s", by.ID, approval)
}

func (h *house) Alike(context.Context, bot.Staff, bot.CaseNumber) ([]bot.CaseNumber, error) {
	return h.alike, nil
}

func (h *house) Before(context.Context, bot.Staff) ([]bot.Alert, error) { return h.told, h.reads }

func (h *house) Seen(_ context.Context, by bot.Staff, alert string) error {
	h.seen = append(h.seen, string(by.ID)+" "+alert)
	return nil
}

func (h *house) Sheet(_ context.Context, by bot.Staff, lang bot.Lang) (digest.Sheet, error) {
	return h.sheet, h.reads
}

func (h *house) Heirs(context.Context, bot.Staff, bot.CaseNumber) ([]cases.Heir, error) {
	return h.heirs, nil
}

func (h *house) Draft(bot.Case, bot.Lang) string { return "You will have an answer." }

func (h *house) ByLink(_ context.Context, token string) (cases.LinkView, error) {
	if h.asked.Question == "" || token != "tok-en" {
		return cases.LinkView{}, &bot.Error{Kind: bot.NotFound, Key: "case_link"}
	}
	return h.asked, nil
}

func (h *house) ReplyByLink(_ context.Context, token, name, reply string) error {
	return h.did("%s (%s): %s", name, token, reply)
}

func (h *house) Units() []bot.UnitID { return []bot.UnitID{"trade", "card", "legal"} }

func (h *house) Unit(id bot.UnitID, _ bot.Lang) string {
	if name := map[bot.UnitID]string{"trade": "Trade", "card": "Cards", "legal": "Legal"}[id]; name != "" {
		return name
	}
	return string(id)
}

func (h *house) Category(_ bot.CaseKind, id string) (bot.Category, bool) {
	return bot.Category{Name: bot.Text{Fa: "Late card", Ar: "Late card", En: "Late card"}}, id == "delay"
}

func (h *house) Subjects(kind bot.CaseKind) []string {
	if kind == bot.Complaint {
		return []string{"delay"}
	}
	return nil
}

func (h *house) Causes(bot.CaseKind) []bot.Item {
	return []bot.Item{{ID: "workload", Ref: "causes/workload"}}
}

func (h *house) Label(ref string, _ bot.Lang) string {
	if name := map[string]string{"causes/workload": "Too much work", "urgencies/high": "High", "questions/file_no": "File number"}[ref]; name != "" {
		return name
	}
	_, id, _ := strings.Cut(ref, "/")
	return id
}

func (h *house) PromiseRules() cases.Rules {
	return cases.Rules{Clock: map[bot.CaseState]cases.ClockRule{
		bot.InWork: cases.ClockRuns, bot.Referred: cases.ClockRuns, bot.WaitingMember: cases.ClockPaused, bot.Proposed: cases.ClockStopped,
	}}
}

func (h *house) AllStaff(context.Context) ([]bot.Staff, error) {
	return []bot.Staff{sara, mona, rad}, nil
}

// calendar is that of all units, laid out once.
var calendar = sync.OnceValues(func() (*worktime.Calendar, error) {
	table, err := worktime.Default(noon, noon.AddDate(1, 0, 0))
	if err != nil {
		return nil, err
	}
	return table.Calendar("trade", noon.AddDate(0, -1, 0), noon.AddDate(1, 0, 0))
})

func (h *house) For(bot.UnitID) *worktime.Calendar {
	c, err := calendar()
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

func (h *house) Open(id string) (io.ReadSeekCloser, error) {
	if h.lost[id] {
		return nil, &bot.Error{Kind: bot.NotFound, Key: "desk_file_lost"}
	}
	return body{strings.NewReader("body of " + id)}, nil
}

type body struct{ *strings.Reader }

func (body) Close() error { return nil }

func (h *house) Taken(_ context.Context, by bot.Staff, c bot.Case, what string) error {
	h.taken = append(h.taken, fmt.Sprintf("%s %s %s", by.ID, c.Text, what))
	return nil
}
