package deliver_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/storage"
	"javab/storage/memstore"
)

// hire is an office of one worker that carries out errands over a store.
func hire(t *testing.T, store *memstore.Store, owner string, hands map[bot.JobKind]deliver.Handler) *office {
	t.Helper()
	o := &office{t: t, store: store, done: make(chan struct{})}
	var token atomic.Int64
	o.Courier = &deliver.Courier{
		Queue: store, Owner: owner, Workers: 1, Clock: time.Now, Log: slog.New(slog.DiscardHandler), Handlers: hands,
		Token: func() int64 { return int64(len(owner))<<32 + token.Add(1) },
	}
	ctx, stop := context.WithCancel(t.Context())
	o.stop = stop
	go func() { defer close(o.done); o.Run(ctx) }()
	t.Cleanup(o.close)
	return o
}

// order commits jobs of a kind, due now.
func (o *office) order(kind bot.JobKind, keys ...string) {
	o.t.Helper()
	var rows converse.Rows
	for _, key := range keys {
		rows.Jobs = append(rows.Jobs, bot.Job{Kind: kind, Key: key, RunAt: time.Now()})
	}
	err := o.store.Do(o.t.Context(), func(tx storage.Tx) error {
		_, err := tx.Append(o.t.Context(), rows, bot.Lease{})
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	o.Wake("")
}

func (o *office) open() int {
	o.t.Helper()
	counts, err := o.store.Count(context.Background())
	if err != nil {
		o.t.Fatal(err)
	}
	return counts.OpenJobs
}

// slow fetches for so long, or until it is cut off.
func slow(begun *atomic.Int64, takes time.Duration) deliver.Handler {
	return func(ctx context.Context, _ bot.Job) error {
		begun.Add(1)
		select {
		case <-time.After(takes):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func TestAFileThatComesSlowlyIsFetchedOnceAlsoBesideAnotherInstance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, begun := memstore.New(), atomic.Int64{}
		hands := map[bot.JobKind]deliver.Handler{bot.JobFile: slow(&begun, deliver.FetchLimit-time.Second)}
		o := hire(t, store, "here", hands)
		hire(t, store, "there.", hands)
		o.order(bot.JobFile, "file:1")
		time.Sleep(deliver.FetchLimit / 2)
		if o.open() != 1 {
			t.Error("finished before its time")
		}
		time.Sleep(deliver.FetchLimit)
		if begun.Load() != 1 || o.open() != 0 {
			t.Errorf("begun %d times, open %d; want it fetched once", begun.Load(), o.open())
		}
	})
}

func TestAFileThatTakesTooLongIsTriedAgainAndCountsAsATry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var tries []int
		o := hire(t, memstore.New(), "here", map[bot.JobKind]deliver.Handler{
			bot.JobFile: func(ctx context.Context, job bot.Job) error {
				if tries = append(tries, job.Attempts); len(tries) > 1 {
					return nil
				}
				<-ctx.Done()
				return ctx.Err()
			},
		})
		o.order(bot.JobFile, "file:1")
		time.Sleep(2 * deliver.FetchLimit)
		o.close()
		if fmt.Sprint(tries) != "[0 1]" || o.open() != 0 {
			t.Errorf("tries after so many failures: %v, open %d", tries, o.open())
		}
	})
}

func TestSlowFilesHoldUpNoOtherErrand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun, late, start := atomic.Int64{}, atomic.Int64{}, time.Now()
		o := hire(t, memstore.New(), "here", map[bot.JobKind]deliver.Handler{
			bot.JobFile: slow(&begun, time.Minute),
			bot.JobEvent: func(context.Context, bot.Job) error {
				late.Store(int64(time.Since(start))) // one worker: the last is the latest
				return nil
			},
		})
		var files []string
		for i := range 3 * deliver.Fetchers {
			files = append(files, fmt.Sprint("file:", i))
		}
		o.order(bot.JobFile, files...)
		o.order(bot.JobEvent, "a", "b", "c")
		time.Sleep(30 * time.Second)
		if last := time.Duration(late.Load()); begun.Load() != deliver.Fetchers || last > time.Second || o.open() != len(files) {
			t.Errorf("%d files begun, the last timer %s late, open %d", begun.Load(), last, o.open())
		}
		time.Sleep(3 * time.Minute)
		if int(begun.Load()) != len(files) || o.open() != 0 {
			t.Errorf("%d files begun in the end, open %d", begun.Load(), o.open())
		}
	})
}

func TestAShutdownCutsAFetchOffAndItComesAgainAtOnceWithoutATryLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, begun := memstore.New(), atomic.Int64{}
		o := hire(t, store, "here", map[bot.JobKind]deliver.Handler{bot.JobFile: slow(&begun, time.Minute)})
		o.order(bot.JobFile, "file:1")
		time.Sleep(20 * time.Second)
		asked := time.Now()
		o.close()
		if took := time.Since(asked); begun.Load() != 1 || took > time.Second {
			t.Errorf("begun %d times; the shutdown took %s", begun.Load(), took)
		}
		var again []bot.Job
		next := hire(t, store, "next.", map[bot.JobKind]deliver.Handler{bot.JobFile: func(_ context.Context, job bot.Job) error {
			again = append(again, job)
			return nil
		}})
		time.Sleep(time.Second)
		next.close()
		if len(again) != 1 || again[0].Attempts != 0 || next.open() != 0 {
			t.Errorf("the next run fetched %+v, open %d", again, next.open())
		}
	})
}

func TestAFetchThatEndsInAShutdownByItselfCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, end := range map[string]error{"well": nil, "badly": errors.New("the disk is full")} {
			store := memstore.New()
			o := hire(t, store, "here", map[bot.JobKind]deliver.Handler{bot.JobFile: func(ctx context.Context, _ bot.Job) error {
				<-ctx.Done()
				return end
			}})
			o.order(bot.JobFile, "file:1")
			time.Sleep(time.Second)
			o.close()
			if left := o.open(); (end == nil) != (left == 0) {
				t.Errorf("it ended %s: open %d", name, left)
			}
		}
	})
}
