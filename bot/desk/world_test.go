package desk_test

import (
	"encoding/json"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/bot/desk"
	"javab/bot/staff"
	"javab/bot/worktime/worktimetest"
	"javab/locales/text"
	"javab/storage"
	"javab/storage/memstore"
)

// noon is Wednesday 2026-11-25, 12:00 in Tehran; the chamber closes at 16:00 and opens again on Saturday at 08:00.
var noon = time.Date(2026, time.November, 25, 8, 30, 0, 0, time.UTC)

const ann bot.ChatKey = "tg:b:1"

// captionRoom is how long the words below a file may be, in units.
const captionRoom = 40

// world is a desk over a store in memory, with a clock of its own.
type world struct {
	*desk.Desk
	t     *testing.T
	store *memstore.Store
	now   time.Time
	put   []bot.Chat // what the hot store was told
	born  []bot.Job
	woken []bot.ChatKey
	caps  bot.Caps
}

var (
	sara = officer("sara", "trade", bot.Fa, bot.En)
	omid = officer("omid", "trade", bot.Fa)
	nada = officer("nada", "trade", bot.Ar)
	lily = officer("lily", "legal", bot.Fa)
)

func officer(id bot.StaffID, unit bot.UnitID, langs ...bot.Lang) bot.Staff {
	return bot.Staff{
		ID: id, Login: string(id), Name: strings.ToUpper(string(id)), Role: bot.RoleOfficer, Units: []bot.UnitID{unit},
		Langs: langs, Capacity: 3, Status: bot.Available, SeenAt: noon,
	}
}

func open(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, store: memstore.New(), now: noon, caps: bot.Caps{Edit: true, Delete: 48 * time.Hour, MaxCaption: captionRoom}}
	w.Desk = &desk.Desk{
		Store: storage.As[desk.Tx](w.store), Hot: w, Post: w, Content: words{}, Hours: worktimetest.Book(t, noon), Clock: func() time.Time { return w.now },
		Caps:   func(bot.ChannelID) bot.Caps { return w.caps },
		Random: rand.New(rand.NewPCG(1, 2)).Uint64, Log: slog.New(slog.DiscardHandler),
	}
	for _, s := range []bot.Staff{sara, omid, nada, lily} {
		w.save(s)
	}
	return w
}

// The world is its own hot store and post.
func (w *world) Put(chat bot.Chat) { w.put = append(w.put, chat) }

func (w *world) Reserve(bot.ChannelID) bot.Lease {
	return bot.Lease{Owner: "w", Token: 1, Until: time.Unix(1<<33, 0)}
}

func (w *world) Carry(_ bot.ChannelID, _ bot.Lease, born []bot.Job) { w.born = append(w.born, born...) }

func (w *world) Wake(lane bot.ChatKey) { w.woken = append(w.woken, lane) }

func (w *world) save(s bot.Staff) {
	w.do(func(tx storage.Tx) error { return tx.SaveStaff(w.t.Context(), s) })
}

func (w *world) do(f func(storage.Tx) error) {
	w.t.Helper()
	if err := w.store.Do(w.t.Context(), f); err != nil {
		w.t.Fatal(err)
	}
}

// handOver brings a chat into the queue of trade.
func (w *world) handOver(chat bot.ChatKey, lang bot.Lang) {
	w.t.Helper()
	queue := &desk.Queue{Content: words{}, Hours: w.Hours}
	w.do(func(tx storage.Tx) error {
		c, err := tx.Chat(w.t.Context(), chat)
		if err != nil {
			return err
		}
		c.Rev, c.Lang, c.Mode, c.Since = int64(w.Random()>>1), lang, bot.ModeWaiting, w.now
		if _, err := tx.Append(w.t.Context(), converse.Rows{Chat: &c}, bot.Lease{}); err != nil {
			return err
		}
		return queue.HandOver(w.t.Context(), tx, bot.HandOver{
			ID: "h-" + string(chat), Chat: chat, Unit: "trade", Flow: "officer", Lang: lang, At: w.now,
		})
	})
}

// writes is a message of the member.
func (w *world) writes(chat bot.ChatKey, words string) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error {
		c, err := tx.Chat(w.t.Context(), chat)
		if err != nil {
			return err
		}
		c.Rev = int64(w.Random() >> 1)
		_, err = tx.Append(w.t.Context(), converse.Rows{Chat: &c, Messages: []bot.Message{
			{Chat: chat, Direction: bot.In, Author: bot.ByMember, Kind: bot.KindText, Text: words, At: w.now},
		}}, bot.Lease{})
		return err
	})
}

// waits lets time go by; whoever is named stays at his browser. A round follows.
func (w *world) waits(d time.Duration, there ...bot.Staff) {
	w.t.Helper()
	w.now = w.now.Add(d)
	for _, s := range there {
		w.ok(w.Present(w.t.Context(), s))
	}
	w.round()
}

// round makes the rounds twice: the second one must change nothing.
func (w *world) round() {
	w.t.Helper()
	w.ok(w.Round(w.t.Context(), w.now))
	jobs, moved := len(w.born), len(w.put)
	w.ok(w.Round(w.t.Context(), w.now))
	if len(w.born) != jobs || len(w.put) != moved {
		w.t.Errorf("a second round at the same time did more: %d messages, %d chats", len(w.born)-jobs, len(w.put)-moved)
	}
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// refused fails unless err has the key.
func (w *world) refused(err error, key string) *bot.Error {
	w.t.Helper()
	refusal, _ := err.(*bot.Error)
	if refusal == nil || refusal.Key != key {
		w.t.Fatalf("got %v, want %s", err, key)
	}
	return refusal
}

// hand is the chat's hand-over, also when it is over.
func (w *world) hand(chat bot.ChatKey) bot.HandOver {
	w.t.Helper()
	th, err := w.store.Thread(w.t.Context(), bot.Staff{ID: "boss", Role: bot.RoleHead, Confidential: true}, chat, 0, 99)
	w.ok(err)
	return th.HandOver
}

// stands is where a chat stands, in a word or two.
func (w *world) stands(chat bot.ChatKey, want string) {
	w.t.Helper()
	h := w.hand(chat)
	c, err := w.store.ReadChat(w.t.Context(), chat)
	w.ok(err)
	got := strings.TrimSpace(string(h.State) + " " + string(h.Holder) + " " + string(h.Named) + " " + h.Outcome)
	got = strings.Join(strings.Fields(got+" "+string(c.Mode)), " ")
	if got != want {
		w.t.Errorf("the chat stands %q, want %q", got, want)
	}
}

// told are the messages that were sent to the member since the last look, in order.
func (w *world) told(chat bot.ChatKey) (texts []string) {
	w.t.Helper()
	for before := -1; before != len(w.born); w.finish(chat) {
		before = len(w.born)
	}
	var rest []bot.Job
	for _, job := range w.born {
		if job.Lane != chat {
			rest = append(rest, job)
			continue
		}
		var out bot.Outbound
		w.ok(json.Unmarshal(job.Payload, &out))
		texts = append(texts, spelled(out))
	}
	w.born = rest
	return texts
}

// spelled is a message in words.
func spelled(out bot.Outbound) string {
	said := text.Unmark(out.Plain())
	if out.File != nil {
		said = strings.TrimSuffix("file "+out.File.ID+": "+said, ": ")
	}
	switch {
	case out.Withdraw:
		return out.Amends + " withdrawn"
	case out.Amends != "":
		return out.Amends + " now: " + said
	default:
		return said
	}
}

func (w *world) tells(chat bot.ChatKey, want ...string) {
	w.t.Helper()
	if got := w.told(chat); !slices.Equal(got, want) {
		w.t.Errorf("the member is told %q, want %q", got, want)
	}
}

// acts are what stands in the chat's record.
func (w *world) acts(chat bot.ChatKey) (acts []string) {
	w.t.Helper()
	list, err := w.store.ReadMessages(w.t.Context(), chat, 99)
	w.ok(err)
	for _, m := range list {
		if m.Direction == bot.Note && m.Flow == desk.NoteFlow {
			acts = append(acts, m.Step)
		}
	}
	return acts
}

// words is a content whose sentences are their ids and values.
type words struct{}

func (words) Priority(string) int              { return 2 }
func (words) FirstAnswer(string) time.Duration { return 30 * time.Minute }

func (words) Text(id string) bot.Text {
	said := strings.TrimPrefix(id, "desk.")
	for _, name := range desk.TextIDs[id] {
		said += " {" + name + "}"
	}
	return bot.Text{Fa: said, Ar: said, En: said}
}

func (words) UnitName(unit bot.UnitID) bot.Text {
	if unit != "trade" && unit != "legal" {
		return bot.Text{}
	}
	return bot.Text{Fa: string(unit), Ar: string(unit), En: string(unit)}
}

func (words) Rules() desk.Rules {
	return desk.Rules{Warn: 15 * time.Minute, Release: 30 * time.Minute, Lost: 5 * time.Minute, Ask: 24 * time.Hour, Back: 48 * time.Hour}
}

// audit are the entries of the audit, oldest first.
func (w *world) audit() (lines []string) {
	w.t.Helper()
	entries, err := w.store.AuditLines(w.t.Context(), staff.AuditQuery{Limit: 99})
	w.ok(err)
	slices.Reverse(entries)
	for _, e := range entries {
		words := []string{string(e.By), e.What, string(e.Subject), e.Before + ">" + e.After, e.Reason}
		lines = append(lines, strings.TrimSpace(strings.Join(words, " ")))
	}
	return lines
}

// finish sends what can be sent of a chat that was not born leased.
func (w *world) finish(chat bot.ChatKey) {
	w.t.Helper()
	for _, job := range w.born {
		_, err := w.store.Finish(w.t.Context(), []deliver.Finish{{Job: job.ID, Token: job.Lease.Token, Ending: deliver.Done, At: w.now}})
		w.ok(err)
	}
	jobs, err := w.store.Claim(w.t.Context(), deliver.Claim{
		Kinds: []bot.JobKind{bot.JobSend, bot.JobUpload}, Channel: chat.Channel(), N: 9, Now: w.now, Lease: w.Reserve(""),
	})
	w.ok(err)
	w.born = append(w.born, jobs...)
}

func block(t *testing.T, tx storage.Tx) error {
	c, err := tx.Chat(t.Context(), ann)
	if err != nil {
		return err
	}
	c.Blocked = true
	_, err = tx.Append(t.Context(), converse.Rows{Chat: &c}, bot.Lease{})
	return err
}
