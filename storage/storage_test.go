package storage_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/storage"
	"javab/storage/memstore"
)

func TestEveryUseCaseSeesItsOwnTransaction(t *testing.T) {
	ctx, s := t.Context(), memstore.New()
	key := bot.ChatKey("tg:b:1")
	errs := errors.Join(
		storage.As[converse.Tx](s).Do(ctx, func(tx converse.Tx) error {
			_, err := tx.Chat(ctx, key)
			return err
		}),
		storage.As[cases.Tx](s).Do(ctx, func(tx cases.Tx) error {
			_, err := tx.OpenCase(ctx, bot.Case{ID: "c1", Number: bot.CaseNumber{Year: 1405}})
			return err
		}),
		storage.As[desk.Tx](s).Do(ctx, func(tx desk.Tx) error { return tx.Enqueue(ctx, bot.HandOver{ID: "h1", Chat: key}) }),
		storage.As[members.Tx](s).Do(ctx, func(tx members.Tx) error {
			return tx.SaveMember(ctx, bot.Member{ID: "m1"}, key)
		}),
	)
	if errs != nil {
		t.Fatal(errs)
	}
	var turns converse.Store = storage.As[converse.Tx](s)
	if chat, err := turns.ReadChat(ctx, key); err != nil || chat.Member != "m1" {
		t.Errorf("chat %+v, %v", chat, err)
	}
}

func TestAnInstantIsKeptToTheMillisecondInUTC(t *testing.T) {
	tehran := time.FixedZone("", 12600)
	at := time.Date(2026, 3, 21, 0, 0, 0, 1_999_999, tehran)
	if got := storage.Round(at); got.Location() != time.UTC || !got.Equal(at.Truncate(time.Millisecond)) {
		t.Errorf("%v became %v", at, got)
	}
	if storage.Millis(time.Time{}) != 0 || !storage.Instant(0).IsZero() {
		t.Error("the zero time is not kept as 0")
	}
}

func TestErrorsSayWhatTheCallerCanDo(t *testing.T) {
	cause := errors.New("refused")
	for _, c := range []struct {
		err  error
		kind bot.ErrorKind
		key  string
	}{
		{storage.NotFound("case", "JV"), bot.NotFound, "case_not_found"},
		{storage.Taken("phone"), bot.Conflict, "phone_taken"},
		{storage.Unavailable(cause), bot.Unavailable, "store_unavailable"},
		{storage.Unavailable(storage.Unavailable(cause)), bot.Unavailable, "store_unavailable"},
	} {
		if e, ok := errors.AsType[*bot.Error](c.err); !ok || e.Kind != c.kind || e.Key != c.key {
			t.Errorf("%v, want %s %s", c.err, c.kind, c.key)
		}
	}
	if got := storage.Unavailable(storage.Unavailable(cause)).Error(); strings.Count(got, "store_unavailable") != 1 {
		t.Errorf("wrapped twice: %s", got)
	}
}

func TestAPanicTellsItsTypeAndNotItsText(t *testing.T) {
	if got := storage.Panicked("a member's words", nil).Error(); strings.Contains(got, "words") {
		t.Error(got)
	}
	if got := storage.Panicked(context.Canceled, nil).Error(); !strings.Contains(got, "canceled") {
		t.Error(got)
	}
}

func TestABreakerOpensAfterItsLimitAndLetsOneTryAgain(t *testing.T) {
	now := time.Unix(0, 0)
	b := &storage.Breaker{Now: func() time.Time { return now }, Limit: 2, Pause: time.Second}
	var got []bool
	try := func(ok bool) {
		allowed := b.Allow()
		got = append(got, allowed)
		if allowed {
			b.Report(ok)
		}
	}
	try(false)
	try(true) // a success in between: the count begins anew
	try(false)
	try(false)
	try(true) // open
	now = now.Add(time.Second)
	first, second := b.Allow(), b.Allow() // one tries, the other waits for what he finds
	got = append(got, first, second)
	b.Report(false)
	try(true)
	now = now.Add(time.Second)
	try(true)
	try(true)
	want := []bool{true, true, true, true, false, true, false, false, true, true}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("allowed %v, want %v", got, want)
	}
}
