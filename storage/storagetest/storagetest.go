// Package storagetest is the contract of storage.Store and converse.Hot, as tests that run over every driver.
//
// It knows what the guarantee rests on: what happens once, in which order, and what a failure leaves behind. It never
// knows a driver: a test of a driver opens an empty store and calls Run.
package storagetest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
)

// Open returns an empty store that lives as long as the test.
type Open func(t *testing.T) storage.Store

// Run runs the whole contract, each sentence over a store of its own.
func Run(t *testing.T, open Open) {
	for _, group := range []map[string]func(*testing.T, world){turns(), jobs(), desks(), views(), amends(), procedure(), people(), operations(), restored(), accounts(), sessions(), audits(), search(), register(), conduct(), stopped(), approvals(), linkedChats(), digests(), workingTime(), promises(), parts(), office(), trail(), caseFiles(), reports(), funnels(), studios(), practised(), freeQuestions(), learnt()} {
		for _, sentence := range slices.Sorted(maps.Keys(group)) {
			t.Run(sentence, func(t *testing.T) {
				group[sentence](t, world{Store: open(t), t: t, ctx: t.Context()})
			})
		}
	}
}

// world is a store, with words for what tests do to it.
type world struct {
	storage.Store
	t   *testing.T
	ctx context.Context
}

// noon is when the tests happen.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const (
	ann bot.ChatKey = "tg:javab:1"
	bob bot.ChatKey = "bale:javab:2"
)

var sequence atomic.Int64

// fresh returns a name that no other test has.
func fresh(prefix string) string { return fmt.Sprintf("%s%d", prefix, sequence.Add(1)) }

// do commits f or fails the test.
func (w world) do(f func(storage.Tx) error) {
	w.t.Helper()
	if err := w.Do(w.ctx, f); err != nil {
		w.t.Fatal(err)
	}
}

// turn accepts one delivery for the chat, from one revision to the next, and returns the verdict.
func (w world) turn(receipt string, chat bot.Chat, from int64) (verdict converse.Verdict) {
	w.t.Helper()
	w.do(func(tx storage.Tx) (err error) {
		verdict, err = tx.Accept(w.ctx, acceptance(receipt, chat, from))
		return err
	})
	return verdict
}

func acceptance(receipt string, chat bot.Chat, from int64) converse.Acceptance {
	return converse.Acceptance{Receipt: bot.ReceiptKey{Source: "tg", ID: receipt}, At: noon, Chat: chat, From: from}
}

// chatAt is a chat in a state of its own at a revision.
func chatAt(key bot.ChatKey, rev int64) bot.Chat {
	return bot.Chat{
		Key: key, Rev: rev, State: fmt.Appendf(nil, `{"s":%d}`, rev), Lang: bot.Fa, Mode: bot.ModeBot, Since: noon,
	}
}

// append commits rows and returns the jobs that were born leased.
func (w world) append(rows converse.Rows, lease bot.Lease) (born []bot.Job) {
	w.t.Helper()
	w.do(func(tx storage.Tx) (err error) {
		born, err = tx.Append(w.ctx, rows, lease)
		return err
	})
	return born
}

// read takes the result of a read that must succeed; its second half fails the test when it did not.
func read[V any](v V, err error) func(*testing.T) V {
	return func(t *testing.T) V {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// wantKind fails unless err is of the kind.
func wantKind(t *testing.T, err error, kind bot.ErrorKind) {
	t.Helper()
	if bot.KindOf(err) != kind {
		t.Errorf("got error %v, want kind %s", err, kind)
	}
}

// equal compares what fmt shows of two values: enough for rows, and readable when it fails.
func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}
