package app

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
	"javab/storage/storagetest"
	"javab/webhook/emulator"
)

func TestWithoutAPublicAddressAMemberIsServedByAsking(t *testing.T) {
	for name, bale := range map[string]bool{"Telegram": false, "Bale": true} {
		t.Run(name, func(t *testing.T) {
			tw := plan{messenger: open(t, bale), poll: true}.settle(t)
			w := tw.begun(7001, bot.Fa)
			if number := w.complain("what happened"); tw.cases()[0].Number.String() != number {
				t.Errorf("told %s, filed %+v", number, tw.cases()[0])
			}
			if tw.messenger.Stats().Delivered != 0 {
				t.Error("the messenger delivered by a webhook")
			}
			tw.settled()
			if got := tw.house.updates(t); !strings.Contains(got, `result="accepted"`) {
				t.Errorf("the metrics do not count what was asked for:\n%s", got)
			}
		})
	}
}

func TestARestartAsksOnFromWhereItWas(t *testing.T) {
	p := plan{messenger: open(t, false), data: t.TempDir(), poll: true}
	tw := p.settle(t)
	w := tw.member(7001, bot.En)
	w.says("/help 1")
	w.says("/help 2")
	if err := tw.stop(); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"/help 3", "/help 4"} { // while nobody asks
		if _, err := p.messenger.Say(w.id, words); err != nil {
			t.Fatal(err)
		}
	}
	w.town = p.settle(t)
	w.says("/help 5")
	w.settled()
	w.ledger(5)
}

func TestMembersReadOfTheBotInTheirLanguageAndElseInPersian(t *testing.T) {
	tw := settle(t, false)
	for code, want := range map[string]bot.Lang{"fa": bot.Fa, "ar": bot.Ar, "en": bot.En, "": bot.Fa} {
		said := tw.house.about(want).Description
		tw.member(7001, want).sees("a description for "+code, func(emulator.View) bool {
			return said != "" && tw.description(code) == said
		})
	}
}

// description is what a phone in that language shows of the bot.
func (tw *town) description(code string) string {
	answer := httptest.NewRecorder()
	ask := httptest.NewRequest(http.MethodGet, "/bot"+demoToken+"/getMyDescription?language_code="+code, nil)
	tw.messenger.ServeHTTP(answer, ask)
	var told struct {
		Result struct {
			Description string `json:"description"`
		} `json:"result"`
	}
	_ = json.Unmarshal(answer.Body.Bytes(), &told)
	return told.Result.Description
}

// brittle is a store that can be broken.
type brittle struct {
	converse.Store
	broken atomic.Bool
	tries  atomic.Int64
}

func (b *brittle) fails() error {
	b.tries.Add(1)
	if b.broken.Load() {
		return storage.Unavailable(context.DeadlineExceeded)
	}
	return nil
}

func (b *brittle) Do(ctx context.Context, f func(converse.Tx) error) error {
	if err := b.fails(); err != nil {
		return err
	}
	return b.Store.Do(ctx, f)
}

func (b *brittle) CommitTurn(ctx context.Context, a converse.Acceptance, rows converse.Rows, l bot.Lease) (converse.Verdict, []bot.Job, error) {
	if err := b.fails(); err != nil {
		return "", nil, err
	}
	return b.Store.CommitTurn(ctx, a, rows, l)
}

func TestWhatCouldNotBeStoredComesAgain(t *testing.T) {
	t.Parallel()
	for name, poll := range map[string]bool{"asked for": true, "delivered": false} {
		t.Run(name, func(t *testing.T) {
			store := &brittle{}
			tw := plan{messenger: open(t, false), poll: poll, change: func(h *house) {
				store.Store, h.turn.Store = h.turn.Store, store
			}}.settle(t)
			w := tw.member(7001, bot.En)
			w.says("/help 1")
			w.settled()
			before := store.tries.Load()
			store.broken.Store(true)
			for _, words := range []string{"/help 2", "/help 3", "/help 4"} {
				if _, err := tw.messenger.Say(w.id, words); err != nil {
					t.Fatal(err)
				}
			}
			for store.tries.Load() < before+2 {
				time.Sleep(time.Millisecond)
			}
			if n := tw.messenger.Pending(); n != 3 {
				t.Errorf("%d wait at the messenger, want all three", n)
			}
			store.broken.Store(false)
			w.says("/help 5")
			w.settled()
			if in := w.heard(); strings.Join(in, " ") != "/help 1 /help 2 /help 3 /help 4 /help 5" {
				t.Errorf("stored %q", in)
			}
		})
	}
}

// heard is what is stored of the member's own words.
func (w *walker) heard() (words []string) {
	for _, m := range w.record() {
		if m.Direction == bot.In {
			words = append(words, m.Text)
		}
	}
	return words
}

func TestOfSeveralInstancesOneAsksAndAnotherTakesOver(t *testing.T) {
	p := plan{messenger: open(t, false), poll: true, settings: []string{
		"JAVAB_DATABASE=" + storagetest.Schema(t), "JAVAB_KEY=k3y-of-the-journeys-0123456789abcdef", "JAVAB_LOG=warn",
	}}
	first, second := new(notes), new(notes)
	p.log = first
	tw := p.settle(t)
	w := tw.member(7001, bot.En)
	w.says("/help 1")
	p.log = second
	next := p.settle(t)
	w.says("/help 2")
	if said := first.String() + second.String(); strings.Contains(said, "Conflict") {
		t.Errorf("they ask against one another:\n%s", said)
	}
	if err := tw.stop(); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	w.town = next
	w.says("/help 3")
	if took := time.Since(began); took > ingressLease/2 {
		t.Errorf("the other took over after %s", took)
	}
	w.settled()
	w.ledger(3)
}
