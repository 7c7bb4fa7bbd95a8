package staffchat_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"javab/bot"
	"javab/bot/approve"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/bot/staff"
	"javab/bot/staffchat"
	"javab/bot/worktime/worktimetest"
	"javab/storage"
	"javab/storage/memstore"
)

// noon is Wednesday 2026-11-25, 12:00 in Tehran.
var noon = time.Date(2026, time.November, 25, 8, 30, 0, 0, time.UTC)

const (
	ann    = bot.ChatKey("tg:b:1") // a member's
	own    = bot.ChatKey("tg:b:7") // mona's
	secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
)

var (
	sara = person("sara", bot.RoleOfficer, "trade")
	mona = person("mona", bot.RoleManager, "trade")
	omid = person("omid", bot.RoleManager, "cards")
	head = person("head", bot.RoleHead)
)

func person(id bot.StaffID, role bot.Role, units ...bot.UnitID) bot.Staff {
	return bot.Staff{ID: id, Login: string(id), Name: "Ms " + string(id), Role: role, Units: units, CreatedAt: noon.AddDate(-1, 0, 0)}
}

// house is a chamber whose staff has chats, over a store in memory.
type house struct {
	*staffchat.Room
	t      *testing.T
	store  *memstore.Store
	office *approve.Office
	now    time.Time
	rev    uint64
	event  int
	sent   map[bot.ChatKey][]bot.Outbound
	fails  error // of what follows on a decision
}

func open(t *testing.T, people ...bot.Staff) *house {
	t.Helper()
	h := &house{t: t, store: memstore.New(), now: noon, sent: map[bot.ChatKey][]bot.Outbound{}}
	clock := func() time.Time { return h.now }
	h.office = &approve.Office{
		Store: storage.As[approve.Tx](h.store), Content: h, Hours: worktimetest.Book(t, noon), Clock: clock, Herald: h,
		Carriers: map[bot.ApprovalKind]approve.Carrier{bot.ApproveReply: h},
	}
	h.Room = &staffchat.Room{
		Store: storage.As[staffchat.Tx](h.store), Office: h.office, Gate: &staff.Gate{Clock: clock}, Words: h, Hot: h, Post: h,
		Clock: clock, Random: func() uint64 { h.rev += 2; return h.rev },
	}
	h.do(func(tx storage.Tx) error {
		for _, s := range people {
			if err := tx.SaveStaff(t.Context(), s); err != nil {
				return err
			}
			if err := tx.SaveSecrets(t.Context(), s.ID, staff.Secrets{TOTP: secret}); err != nil {
				return err
			}
		}
		return nil
	})
	return h
}

func (h *house) Guard() *approve.Guard       { return nil }
func (h *house) MovesUpAfter() time.Duration { return 4 * time.Hour }

func (h *house) Text(id string) bot.Text {
	words := id + placeholders(id)
	return bot.Text{Fa: words, Ar: words, En: words}
}

func placeholders(id string) (all string) {
	for _, name := range staffchat.TextIDs[id] {
		all += " {" + name + "}"
	}
	return all
}

func (h *house) UnitName(u bot.UnitID) bot.Text {
	return bot.Text{Fa: "unit " + string(u), Ar: "u", En: "u"}
}
func (h *house) Put(bot.Chat)     {}
func (h *house) Wake(bot.ChatKey) {}

// Asked implements approve.Herald.
func (h *house) Asked(ctx context.Context, tx approve.Tx, a bot.Approval, whom []bot.StaffID) error {
	return staffchat.Asked(ctx, tx.(storage.Tx), a, whom)
}

// Decided implements approve.Carrier.
func (h *house) Decided(ctx context.Context, _ bot.Approval, decide approve.Decide) error {
	return h.store.Do(ctx, func(tx storage.Tx) error {
		if _, err := decide(ctx, tx); err != nil {
			return err
		}
		return h.fails
	})
}

func (h *house) do(f func(storage.Tx) error) {
	h.t.Helper()
	if err := h.store.Do(h.t.Context(), f); err != nil {
		h.t.Fatal(err)
	}
}

// link makes a chat somebody's.
func (h *house) link(chat bot.ChatKey, of bot.StaffID) {
	h.t.Helper()
	h.do(func(tx storage.Tx) error {
		if _, err := tx.Chat(h.t.Context(), chat); err != nil {
			return err
		}
		return tx.LinkChat(h.t.Context(), staff.LinkedChat{Chat: chat, Staff: of, At: h.now})
	})
}

// reply is a reply of sara's to ann that waits.
func reply(id string) bot.Approval {
	return bot.Approval{
		ID: id, Kind: bot.ApproveReply, Chat: ann, Unit: "trade", Author: sara.ID, Text: "We refund " + id + ".", Why: []bot.Concern{bot.ConcernAmount},
	}
}

// asks holds something back.
func (h *house) asks(a bot.Approval) bot.Approval {
	h.t.Helper()
	bench, err := h.office.Bench(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	h.do(func(tx storage.Tx) (err error) {
		a, err = h.office.Ask(h.t.Context(), tx, bench, a)
		return err
	})
	return a
}

// jobs are those of a kind that wait. They go on waiting.
func (h *house) jobs(kind bot.JobKind) []bot.Job {
	h.t.Helper()
	due, err := h.store.Claim(h.t.Context(), deliver.Claim{Kinds: []bot.JobKind{kind}, N: 100, Now: h.now.AddDate(0, 1, 0)})
	if err != nil {
		h.t.Fatal(err)
	}
	return due
}

// carries carries out all open jobs of a kind.
func (h *house) carries(kind bot.JobKind, hand func(context.Context, bot.Job) error) {
	h.t.Helper()
	for _, job := range h.jobs(kind) {
		if err := hand(h.t.Context(), job); err != nil {
			h.t.Fatal(err)
		}
	}
}

// told are the messages that were sent into a chat.
func (h *house) told(chat bot.ChatKey) (all []bot.Outbound) {
	h.t.Helper()
	for due := h.jobs(bot.JobSend); len(due) > 0; due = h.jobs(bot.JobSend) {
		for _, job := range due {
			var m bot.Outbound
			if err := json.Unmarshal(job.Payload, &m); err != nil {
				h.t.Fatal(err)
			}
			h.sent[job.Lane] = append(h.sent[job.Lane], m)
			if _, err := h.store.Finish(h.t.Context(), []deliver.Finish{{Job: job.ID, Ending: deliver.Done, At: h.now}}); err != nil {
				h.t.Fatal(err)
			}
		}
	}
	return h.sent[chat]
}

// blocks notes that whoever writes in a chat has blocked the bot.
func (h *house) blocks(chat bot.ChatKey) {
	h.do(func(tx storage.Tx) error {
		c, err := tx.Chat(h.t.Context(), chat)
		if err != nil {
			return err
		}
		c.Blocked, c.Rev = true, c.Rev+1
		_, err = tx.Append(h.t.Context(), converse.Rows{Chat: &c}, bot.Lease{})
		return err
	})
}

// acts carries out one action in a chat.
func (h *house) acts(chat bot.ChatKey, name string, with map[string]string) (result bot.Result) {
	h.t.Helper()
	h.event++
	call := bot.Call{Action: name, With: with, Chat: bot.Chat{Key: chat, Lang: bot.En}, Event: "e" + string(rune('0'+h.event)), Now: h.now}
	h.do(func(tx storage.Tx) (err error) {
		result, err = h.Actions()[name](h.t.Context(), tx, call)
		return err
	})
	return result
}

// code is what mona's authenticator shows now.
func (h *house) code() string {
	h.t.Helper()
	code, err := totp.GenerateCode(secret, h.now)
	if err != nil {
		h.t.Fatal(err)
	}
	return code
}

// decides sends a decision with its code, and returns how that ended.
func (h *house) decides(a bot.Approval, verdict, code string) bot.Result {
	h.t.Helper()
	return h.acts(own, "approval.decide", map[string]string{"id": a.ID, "hash": a.Hash, "verdict": verdict, "reason": "too much", "code": code})
}

func (h *house) is(id string) bot.Approval {
	h.t.Helper()
	a, err := h.store.ReadApproval(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

func wantOutcome(t *testing.T, what string, got bot.Result, want string) {
	t.Helper()
	if got.Outcome != want {
		t.Errorf("%s: %q, want %q", what, got.Outcome, want)
	}
}

func contains(m bot.Outbound, words ...string) bool {
	for _, w := range words {
		if !strings.Contains(m.Plain(), w) {
			return false
		}
	}
	return true
}

// invites gives somebody a link code.
func (h *house) invites(id bot.StaffID, code string) {
	h.do(func(tx storage.Tx) error {
		return tx.SaveLinkCode(h.t.Context(), staff.LinkCode{Hash: staff.LinkHash(code), Staff: id, Until: h.now.Add(staff.LinkCodeFor)})
	})
}
