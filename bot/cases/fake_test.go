package cases

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/worktime/worktimetest"
)

// book is the smallest Tx that keeps the contract of store.go. When down is set, every call fails with it.
type book struct {
	cases   []bot.Case
	entries []bot.CaseEntry
	drafts  map[bot.DraftID]bot.Draft
	members map[bot.ChatKey]bot.Member
	tries   map[string]int
	alerts  []bot.Alert
	down    error
	leaves
}

func newBook() *book {
	return &book{drafts: map[bot.DraftID]bot.Draft{}, members: map[bot.ChatKey]bot.Member{}, tries: map[string]int{}}
}

func (b *book) OpenCase(_ context.Context, c bot.Case) (bot.Case, error) {
	for _, old := range b.cases {
		if old.Draft == c.Draft {
			return old, b.down
		}
	}
	c.Number.Seq = len(b.cases) + 1
	b.cases = append(b.cases, c)
	return c, b.down
}

func (b *book) Case(_ context.Context, number bot.CaseNumber) (bot.Case, error) {
	i := slices.IndexFunc(b.cases, func(c bot.Case) bool { return c.Number == number })
	if b.down != nil || i < 0 {
		return bot.Case{}, cmp.Or(b.down, error(&bot.Error{Kind: bot.NotFound, Key: "case"}))
	}
	return b.cases[i], nil
}

func (b *book) SaveCase(_ context.Context, c bot.Case, entries ...bot.CaseEntry) error {
	i := slices.IndexFunc(b.cases, func(old bot.Case) bool { return old.ID == c.ID })
	b.cases[i] = c
	b.entries = append(b.entries, entries...)
	return b.down
}

func (b *book) Cases(_ context.Context, o Owner, limit int) ([]bot.Case, error) {
	var found []bot.Case
	for _, c := range b.cases {
		if c.Member == "" && c.Chat == o.Chat || c.Member != "" && c.Member == o.Member {
			found = append(found, c)
		}
	}
	return found[:min(limit, len(found))], b.down
}

func (b *book) Draft(_ context.Context, id bot.DraftID) (bot.Draft, error) {
	return b.drafts[id], b.down
}

func (b *book) CountTry(_ context.Context, name string, _, _ time.Time) (int, error) {
	b.tries[name]++
	return b.tries[name], b.down
}

func (b *book) MemberOf(_ context.Context, chat bot.ChatKey) (bot.Member, error) {
	m, ok := b.members[chat]
	if b.down != nil || !ok {
		return m, cmp.Or(b.down, error(&bot.Error{Kind: bot.NotFound, Key: "member"}))
	}
	return m, nil
}

func (b *book) Alert(_ context.Context, a bot.Alert) error {
	if !slices.ContainsFunc(b.alerts, func(old bot.Alert) bool { return old.ID == a.ID }) {
		b.alerts = append(b.alerts, a)
	}
	return b.down
}

// shelf is a catalog of one complaint and one request.
type shelf struct{}

func (shelf) Category(kind bot.CaseKind, id string) (bot.Category, bool) {
	switch {
	case kind == bot.Complaint && id == "card_misuse":
		return bot.Category{ID: id, Unit: "commercial_card", Urgency: "critical", Confidential: true, SLAHours: 8, FirstResponseHours: 1}, true
	case kind == bot.Complaint && id == "trade_barrier":
		return bot.Category{ID: id, Name: bot.Text{Fa: "F", Ar: "A", En: "Trade barrier"}, Unit: "commissions", SLAHours: 80, FirstResponseHours: 16}, true
	case kind == bot.Request && id == "membership_change":
		return bot.Category{ID: id, Unit: "membership_change", SLAHours: 24, FirstResponseHours: 4}, true
	}
	return bot.Category{}, false
}

func (shelf) PromiseRules() Rules {
	return Rules{
		NoticeEvery: 16 * time.Hour, NoticeAhead: time.Hour, NoticeShare: 0.5, RiskShare: 0.75, HeadAfter: 8 * time.Hour,
		Confirm: []bot.CaseKind{bot.Complaint, bot.Request}, CloseAfter: 40 * time.Hour, ReopenFor: 240 * time.Hour, LowRating: 2,
		Clock: map[bot.CaseState]ClockRule{
			bot.Received: ClockRuns, bot.InWork: ClockRuns, bot.Referred: ClockRuns, bot.Reopened: ClockRuns, bot.WaitingExternal: ClockRuns,
			bot.WaitingMember: ClockPaused, bot.Proposed: ClockStopped, bot.Closed: ClockStopped, bot.Withdrawn: ClockStopped,
		},
	}
}

func (shelf) List(kind bot.CaseKind) string {
	return map[bot.CaseKind]string{bot.Complaint: "categories", bot.Request: "requests"}[kind]
}

// wednesday is 2026-11-25 15:59 in Tehran, a minute before the chamber closes for two days.
var wednesday = time.Date(2026, time.November, 25, 12, 29, 0, 0, time.UTC)

func procedure(t *testing.T) *Procedure {
	t.Helper()
	return &Procedure{Catalog: shelf{}, Hours: worktimetest.Book(t, wednesday)}
}

// play calls actions as scripts do, on a book of its own.
type play struct {
	*book
	t     *testing.T
	p     *Procedure
	chat  bot.Chat
	draft bot.DraftID
	now   time.Time
	event string
}

func begin(t *testing.T) *play {
	t.Helper()
	return &play{book: newBook(), t: t, p: procedure(t), chat: bot.Chat{Key: "tg:javab:77"}, draft: "d1", now: wednesday, event: "tg:8841.1"}
}

// do calls an action with alternating keys and values.
func (p *play) do(action string, with ...string) (bot.Result, error) {
	p.t.Helper()
	call := bot.Call{Action: action, With: map[string]string{}, Chat: p.chat, Draft: p.draft, Event: p.event, Now: p.now}
	for i := 0; i < len(with); i += 2 {
		call.With[with[i]] = with[i+1]
	}
	act, ok := p.p.Actions()[action]
	if !ok {
		p.t.Fatalf("no action %s", action)
	}
	return act(p.t.Context(), p.book, call)
}

// must is do for a call that ends with an outcome.
func (p *play) must(outcome, action string, with ...string) map[string]bot.Value {
	p.t.Helper()
	result, err := p.do(action, with...)
	if err != nil || result.Outcome != outcome {
		p.t.Fatalf("%s %v ended %q (%v), want %q", action, with, result.Outcome, err, outcome)
	}
	return result.Vars
}

// file opens a case in a draft of its own and returns its number.
func (p *play) file(kind bot.CaseKind, category string) string {
	p.t.Helper()
	p.draft += "x"
	p.event += "x"
	return p.must("ok", "case.open", "kind", string(kind), "category", category)["case.number"].Text
}

// write puts pieces into a new draft, which later calls belong to.
func (p *play) write(pieces ...bot.Piece) {
	p.draft += "w"
	p.drafts[p.draft] = bot.Draft{ID: p.draft, Pieces: pieces}
}

func (p *play) when(v bot.Value) string {
	return time.UnixMilli(v.At).In(p.p.Hours.For("").Zone()).Format("Mon 2006-01-02 15:04")
}
