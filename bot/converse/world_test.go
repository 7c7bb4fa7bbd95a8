package converse_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/flows"
	"javab/locales/text"
	"javab/storage"
	"javab/storage/memstore"
)

const ann bot.ChatKey = "tg:javab:1"

// noon is when the conversations begin.
var noon = time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC)

// house is a Turn with all that is around it: a store in memory, a small content, a desk that is no more than a list.
type house struct {
	*converse.Turn
	t     testing.TB
	store *memstore.Store
	hot   *memstore.Hot
	post  *post
	desk  *desk
	mu    sync.Mutex
	now   time.Time
	count int
}

func open(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, store: memstore.New(), post: &post{}, desk: &desk{}, now: noon}
	h.hot = &memstore.Hot{Now: h.clock}
	random := rand.New(rand.NewPCG(1, 2))
	h.Turn = &converse.Turn{
		Store: storage.As[converse.Tx](h.store), Hot: h.hot, Content: library{program(t)}, Matcher: nothing{},
		Actions: h.desk, Post: h.post, Clock: h.clock, Log: slog.New(slog.DiscardHandler),
		Random: func() uint64 {
			h.mu.Lock()
			defer h.mu.Unlock()
			return random.Uint64()
		},
	}
	return h
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) wait(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// meet is a house that a member has greeted: he stands at the main menu.
func meet(t testing.TB) *house {
	t.Helper()
	h := open(t)
	h.says("hello")
	h.at("home", "menu")
	return h
}

// inbound is a delivery with a receipt of its own.
func (h *house) inbound(in bot.Inbound) bot.Inbound {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.count++
	if in.Receipt.ID == "" {
		in.Receipt = bot.ReceiptKey{Source: "tg", ID: fmt.Sprint(h.count)}
	}
	if in.Chat == "" {
		in.Chat = ann
	}
	in.From.ID, in.Ref, in.At, in.Raw = "1", fmt.Sprint("m", h.count), h.now, []byte("raw")
	if in.From.Lang == "" {
		in.From.Lang = "en"
	}
	return in
}

// take handles a delivery that must succeed, and lets the messages leave.
func (h *house) take(in bot.Inbound) {
	h.t.Helper()
	if err := h.Handle(h.t.Context(), h.inbound(in)); err != nil {
		h.t.Fatal(err)
	}
	h.deliver()
}

func (h *house) says(words string) {
	h.t.Helper()
	h.take(bot.Inbound{Kind: bot.KindText, Text: words})
}

// taps presses the button with that label on the last message that has buttons.
func (h *house) taps(label string) {
	h.t.Helper()
	h.take(h.press(label))
}

func (h *house) press(label string) bot.Inbound {
	h.t.Helper()
	sent := h.post.messages()
	for i := len(sent) - 1; i >= 0; i-- {
		for _, c := range sent[i].Choices {
			if c.Label == label {
				return bot.Inbound{Kind: bot.KindPress, Press: &bot.Press{ID: "press", Data: c.Data, Ref: "out"}}
			}
		}
	}
	h.t.Fatalf("no button %q; last said: %q", label, h.last())
	return bot.Inbound{}
}

// deliver lets every message that was born leave, so that the lanes are empty again.
func (h *house) deliver() {
	h.t.Helper()
	for {
		jobs, err := h.store.Claim(h.t.Context(), deliver.Claim{
			Kinds: []bot.JobKind{bot.JobSend}, N: 100, Now: h.clock().Add(time.Hour), Lease: bot.Lease{Owner: "t", Token: 9},
		})
		if err != nil {
			h.t.Fatal(err)
		}
		if len(jobs) == 0 {
			return
		}
		h.post.send(jobs)
		h.finish(jobs, 9)
	}
}

func (h *house) finish(jobs []bot.Job, token int64) {
	h.t.Helper()
	var results []deliver.Finish
	for _, j := range jobs {
		results = append(results, deliver.Finish{Job: j.ID, Token: token, Ending: deliver.Done, At: h.clock()})
	}
	if _, err := h.store.Finish(h.t.Context(), results); err != nil {
		h.t.Fatal(err)
	}
}

// last is what was said last, without marks of direction.
func (h *house) last() string {
	sent := h.post.messages()
	if len(sent) == 0 {
		return ""
	}
	return text.Unmark(sent[len(sent)-1].Plain())
}

func (h *house) hears(words string) {
	h.t.Helper()
	if !strings.Contains(h.last(), words) {
		h.t.Fatalf("%q is not in %q", words, h.last())
	}
}

func (h *house) rows() []bot.Message {
	h.t.Helper()
	rows, err := h.store.ReadMessages(h.t.Context(), ann, 1000)
	if err != nil {
		h.t.Fatal(err)
	}
	return rows
}

// answers are the rows of what the bot said.
func (h *house) answers() []bot.Message {
	h.t.Helper()
	return slices.DeleteFunc(h.rows(), func(m bot.Message) bool { return m.Direction == bot.In })
}

func (h *house) chat() bot.Chat {
	h.t.Helper()
	chat, err := h.store.ReadChat(h.t.Context(), ann)
	if err != nil {
		h.t.Fatal(err)
	}
	return chat
}

func (h *house) state() (st flows.State) {
	h.t.Helper()
	if err := json.Unmarshal(h.chat().State, &st); err != nil {
		h.t.Fatal(err)
	}
	return st
}

func (h *house) at(flow, step string) {
	h.t.Helper()
	if st := h.state(); st.Flow != flow || st.Step != step {
		h.t.Fatalf("the chat stands at %s/%s, not at %s/%s; last said: %q", st.Flow, st.Step, flow, step, h.last())
	}
}

func (h *house) counts() storage.Counts {
	h.t.Helper()
	c, err := h.store.Count(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

func (h *house) kept() []storage.Kept {
	h.t.Helper()
	kept, err := h.store.Quarantined(h.t.Context(), 100)
	if err != nil {
		h.t.Fatal(err)
	}
	return kept
}

// due claims the jobs of a kind that wait for their time.
func (h *house) due(kind bot.JobKind) []bot.Job {
	h.t.Helper()
	jobs, err := h.store.Claim(h.t.Context(), deliver.Claim{
		Kinds: []bot.JobKind{kind}, N: 100, Now: h.clock(), Lease: bot.Lease{Owner: "t", Token: 8, Until: h.clock().Add(time.Minute)},
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return jobs
}

// settled fails the test unless every reservation came back, exactly once.
func (h *house) settled() {
	h.t.Helper()
	h.post.mu.Lock()
	defer h.post.mu.Unlock()
	if h.post.reserved != h.post.carried {
		h.t.Errorf("%d places were reserved and %d came back", h.post.reserved, h.post.carried)
	}
}

// program is the content of testdata.
func program(t testing.TB) *flows.Program { return programWith(t, "", "") }

// programWith is the content of testdata, in which one script reads otherwise.
func programWith(t testing.TB, flow, body string) *flows.Program {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal("no scripts", err)
	}
	var scripts []*flows.Script
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Base(path) == flow+".yaml" {
			source = []byte(body)
		}
		script, problems := flows.Parse(path, source)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		scripts = append(scripts, script)
	}
	system := map[string]bot.Text{}
	for _, id := range flows.SystemTextIDs() {
		system[id] = same(id)
	}
	return flows.Compile(scripts, flows.Env{Lists: shelf{}, Actions: flows.ActionSpecs, System: system})
}

func same(words string) bot.Text { return bot.Text{Fa: words, Ar: words, En: words} }

// shelf is a content of two categories, the second of them confidential.
type shelf struct{}

func (shelf) List(name string) ([]flows.Item, bool) {
	return []flows.Item{
		{ID: "card", Label: same("The card"), Fields: map[string]flows.Field{"unit": {Value: "finance"}}},
		{ID: "corruption", Label: same("Corruption"), Fields: map[string]flows.Field{
			"unit": {Value: "ethics"}, "confidential": {Value: "true"},
		}},
	}, name == "categories"
}

func (s shelf) Item(list, id string) (flows.Item, bool) {
	items, known := s.List(list)
	for _, item := range items {
		if known && item.ID == id {
			return item, true
		}
	}
	return flows.Item{}, false
}

type library struct{ program *flows.Program }

func (l library) Live() converse.Script {
	return converse.Script{Version: 7, Program: l.program, Notices: map[string]bot.Text{
		"too_fast": same("Not so fast."), "away": same("One moment, please."), "apology": same("Sorry, an officer will look at it."),
		"desk.muted": same("No officer reads you until {date}, {time}."),
	}}
}

func (l library) Version(int) (converse.Script, bool) { return converse.Script{}, false }

func (l library) Fetch(context.Context, int) error { return nil }

type nothing struct{}

func (nothing) Match(converse.Ask) flows.Match { return flows.Match{} }

// desk carries out actions as its functions say, and keeps what was asked for.
type desk struct {
	mu     sync.Mutex
	do     map[string]func(ctx context.Context, tx storage.Tx, call bot.Call) (bot.Result, error)
	calls  []bot.Call
	broken error // of HandOver
}

func (d *desk) on(action string, f func(ctx context.Context, tx storage.Tx, call bot.Call) (bot.Result, error)) {
	if d.do == nil {
		d.do = map[string]func(context.Context, storage.Tx, bot.Call) (bot.Result, error){}
	}
	d.do[action] = f
}

func (d *desk) Do(ctx context.Context, tx converse.Tx, call bot.Call) (bot.Result, error) {
	d.mu.Lock()
	d.calls = append(d.calls, call)
	d.mu.Unlock()
	f, known := d.do[call.Action]
	if !known {
		return bot.Result{}, errors.New("no such action")
	}
	return f(ctx, tx.(storage.Tx), call)
}

func (d *desk) HandOver(ctx context.Context, tx converse.Tx, h bot.HandOver) error {
	if d.broken != nil {
		return d.broken
	}
	return tx.(storage.Tx).Enqueue(ctx, h)
}

func (d *desk) Wake(ctx context.Context, tx converse.Tx, chat bot.Chat, at time.Time) ([]bot.Message, error) {
	woken, err := tx.(storage.Tx).Wake(ctx, chat.Key, at)
	if err != nil || !woken {
		return nil, err
	}
	return []bot.Message{{Chat: chat.Key, Direction: bot.Note, Author: bot.ByBot, Step: "woken", At: at}}, nil
}

// ends makes an action that does nothing but end.
func ends(r bot.Result) func(context.Context, storage.Tx, bot.Call) (bot.Result, error) {
	return func(context.Context, storage.Tx, bot.Call) (bot.Result, error) { return r, nil }
}

// post notes in which order things leave.
type post struct {
	mu       sync.Mutex
	reserved int
	carried  int
	sent     []bot.Outbound
	born     []bot.Job
	log      []string
}

func (p *post) Reserve(bot.ChannelID) bot.Lease {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reserved++
	return bot.Lease{Owner: "here", Token: int64(p.reserved), Until: noon.Add(30 * time.Second)}
}

func (p *post) Carry(channel bot.ChannelID, lease bot.Lease, born []bot.Job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.carried++
	p.born = append(p.born, born...)
	for _, j := range born {
		p.log = append(p.log, fmt.Sprintf("carry %s %s", channel, j.Key))
		if j.Lease.Token != lease.Token {
			p.log = append(p.log, "under another lease")
		}
	}
}

func (p *post) Wake(lane bot.ChatKey) { p.note("wake " + string(lane)) }

func (p *post) Ack(chat bot.ChatKey, pressID string) { p.note("ack " + string(chat) + " " + pressID) }

func (p *post) Excuse(chat bot.ChatKey, pressID string, m bot.Outbound) {
	p.note(strings.TrimSpace("excuse "+string(chat)+" "+pressID) + ": " + m.Plain())
}

func (p *post) note(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.log = append(p.log, what)
}

func (p *post) notes() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.log)
}

func (p *post) send(jobs []bot.Job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, j := range jobs {
		var m bot.Outbound
		if err := json.Unmarshal(j.Payload, &m); err != nil {
			panic(err)
		}
		p.sent = append(p.sent, m)
	}
}

func (p *post) messages() []bot.Outbound {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.sent)
}
