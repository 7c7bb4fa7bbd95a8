//go:build unix

package sqlstore_test

import (
	"context"
	"flag"
	"fmt"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
	"javab/storage/sqlstore"
)

var asleep = flag.Int("asleep", 2000, "how many open cases BenchmarkTick looks among; the promise is made for 100,000")

// BenchmarkTick is what a round costs that looks for cases whose time has come: when there is none, when there are five, each
// of which is locked, read and written, and in the rounds after the working time has changed, when every case is to be
// counted anew. What counts is slowest-ms: each must end within 50 ms.
//
//	go test ./storage/sqlstore -run - -bench Tick -benchtime 1x -asleep 100000 -timeout 30m
func BenchmarkTick(b *testing.B) {
	onBothFilled(b, fillAsleep, ticks)
}

func ticks(b *testing.B, s *sqlstore.Store) {
	ctx, now := b.Context(), noon
	tick := func(name string, version int64, want func(n int) bool, wake time.Duration) {
		b.Run(name, func(b *testing.B) {
			took := slowest(b, func() error {
				now = now.Add(wake)
				due, err := s.DueCases(ctx, now, version, 200)
				if err != nil || !want(len(due)) {
					return fmt.Errorf("%d are due: %w", len(due), err)
				}
				if wake == 0 {
					return nil
				}
				for _, d := range due {
					if err := keepOne(ctx, s, d, now.AddDate(0, 0, 30)); err != nil {
						return err
					}
				}
				return nil
			})
			b.ReportMetric(float64(took.Microseconds())/1000, "slowest-ms")
		})
	}
	tick("none", 1, func(n int) bool { return n == 0 }, 0)
	tick("five", 1, func(n int) bool { return n == 5 }, 5*apart)
	tick("all", 2, func(n int) bool { return n == 200 }, 0)
}

// keepOne is what a round does to a case, but for what it thinks: in one transaction, the chat first.
func keepOne(ctx context.Context, s *sqlstore.Store, d cases.Due, wake time.Time) error {
	return s.Do(ctx, func(tx storage.Tx) error {
		if _, err := tx.Chat(ctx, d.Chat); err != nil {
			return err
		}
		c, err := tx.Case(ctx, d.Number)
		if err != nil {
			return err
		}
		if _, _, err := tx.Answered(ctx, c.Chat, c.ToldAt); err != nil {
			return err
		}
		c.WakeAt = wake
		return tx.SaveCase(ctx, c, bot.CaseEntry{Case: c.ID, What: cases.Noticed, Author: bot.ByBot, At: wake})
	})
}

// apart is the time between two cases that wake.
const apart = time.Second

// fillAsleep opens cases that wake one after another from now on, counted by the first version of the working time.
func fillAsleep(b *testing.B, s *sqlstore.Store) {
	b.Helper()
	inParts(b, s, *asleep, func(tx storage.Tx, i int) error {
		at := noon.Add(apart * time.Duration(i+1))
		_, err := tx.OpenCase(context.Background(), bot.Case{
			ID: bot.CaseID(fmt.Sprintf("c%07d", i)), Number: bot.CaseNumber{Year: 1405}, Kind: bot.Complaint, Category: "late",
			Unit: bot.UnitID(fmt.Sprint("unit", i%16)), State: bot.InWork, Chat: bot.ChatKey(fmt.Sprint("tg:b:", i/3)), Text: "it is late",
			Urgency: "normal", OpenedAt: noon, DueAt: at, NoticeAt: at, ToldAt: noon, WakeAt: at, HoursVersion: 1,
		})
		return err
	})
}
