//go:build unix

package sqlstore_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/storage"
	"javab/storage/sqlstore"
)

// onBoth runs a benchmark on a file, and on a server when TEST_POSTGRES names one.
func onBoth(b *testing.B, f func(b *testing.B, s *sqlstore.Store)) {
	b.Run("sqlite", func(b *testing.B) { f(b, open(b, filepath.Join(b.TempDir(), "javab.db"))) })
	b.Run("postgres", func(b *testing.B) { f(b, open(b, schema(b))) })
}

// onBothFilled does so over a store with much in it. A server counts its tables at once, as it does by itself a minute later.
func onBothFilled(b *testing.B, fill, f func(b *testing.B, s *sqlstore.Store)) {
	b.Run("sqlite", func(b *testing.B) {
		s := open(b, filepath.Join(b.TempDir(), "javab.db"))
		fill(b, s)
		f(b, s)
	})
	b.Run("postgres", func(b *testing.B) {
		dsn := schema(b)
		s := open(b, dsn)
		fill(b, s)
		analyze(b, dsn)
		f(b, s)
	})
}

func analyze(b *testing.B, dsn string) {
	b.Helper()
	db, err := sql.Open("pgx", dsn)
	if err == nil {
		_, err = db.ExecContext(b.Context(), "ANALYZE")
		_ = db.Close()
	}
	if err != nil {
		b.Fatal(err)
	}
}

// inParts writes n things, 500 in one transaction.
func inParts(b *testing.B, s *sqlstore.Store, n int, write func(tx storage.Tx, i int) error) {
	b.Helper()
	for part := range slices.Chunk(numbers(n), 500) {
		err := s.Do(b.Context(), func(tx storage.Tx) error {
			for _, i := range part {
				if err := write(tx, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// BenchmarkTurn commits whole turns: receipt, chat, two messages, one job born leased.
func BenchmarkTurn(b *testing.B) {
	onBoth(b, func(b *testing.B, s *sqlstore.Store) {
		for _, members := range []int{1, 64} {
			b.Run(fmt.Sprintf("members=%d", members), func(b *testing.B) { turns(b, s, members) })
		}
	})
}

var updates atomic.Int64

func turns(b *testing.B, s *sqlstore.Store, members int) {
	var left atomic.Int64
	left.Store(int64(b.N))
	b.ReportAllocs()
	before := cpu(b)
	b.ResetTimer()
	var wg sync.WaitGroup
	for range members {
		wg.Go(func() {
			chat := bot.ChatKey(fmt.Sprintf("tg:b:%d", updates.Add(1)))
			var rev int64
			for left.Add(-1) >= 0 {
				oneTurn(b, s, chat, rev)
				rev++
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
	b.ReportMetric(float64((cpu(b)-before).Microseconds())/float64(b.N), "cpu-µs/turn") // ours, not the server's
}

func oneTurn(b *testing.B, s *sqlstore.Store, chat bot.ChatKey, rev int64) {
	ctx := b.Context()
	id := fmt.Sprint(updates.Add(1))
	err := s.Do(ctx, func(tx storage.Tx) error {
		v, err := tx.Accept(ctx, converse.Acceptance{
			Receipt: bot.ReceiptKey{Source: "tg", ID: id}, At: noon, From: rev,
			Chat: bot.Chat{Key: chat, Rev: rev + 1, State: state, Lang: bot.Fa, Mode: bot.ModeBot, Since: noon},
		})
		if err == nil && v != converse.Fresh {
			err = errors.New(string(v))
		}
		if err != nil {
			return err
		}
		_, err = tx.Append(ctx, converse.Rows{
			Messages: []bot.Message{
				{Chat: chat, Direction: bot.In, Author: bot.ByMember, Kind: bot.KindText, Text: "hello", SearchKey: "hello", At: noon},
				{Chat: chat, Direction: bot.Out, Author: bot.ByBot, Kind: bot.KindText, Text: "welcome", SearchKey: "welcome", JobKey: "u" + id, At: noon},
			},
			Jobs: []bot.Job{{Kind: bot.JobSend, Lane: chat, Key: "u" + id, Payload: payload, RunAt: noon}},
		}, bot.Lease{Owner: "me", Token: 1, Until: noon.Add(time.Minute)})
		return err
	})
	if err != nil {
		b.Error(err)
	}
}

var (
	state   = bytes.Repeat([]byte("s"), 300)
	payload = bytes.Repeat([]byte("p"), 400)
)

// BenchmarkClaimAndFinish works off a backlog in lanes, eight jobs at a time; a result is one job.
func BenchmarkClaimAndFinish(b *testing.B) {
	onBoth(b, func(b *testing.B, s *sqlstore.Store) {
		ctx := b.Context()
		var jobs []bot.Job
		for i := range b.N {
			jobs = append(jobs, bot.Job{
				Kind: bot.JobSend, Lane: bot.ChatKey(fmt.Sprintf("tg:b:%d", i%500)), Key: fmt.Sprint(i), Payload: payload,
				RunAt: noon.Add(time.Duration(i)),
			})
		}
		appendRows(b, s, converse.Rows{Jobs: jobs})
		b.ReportAllocs()
		b.ResetTimer()
		for done := 0; done < b.N; {
			got, err := s.Claim(ctx, deliver.Claim{
				Kinds: []bot.JobKind{bot.JobSend}, N: 8, Now: noon.Add(time.Second),
				Lease: bot.Lease{Owner: "me", Token: int64(done + 1), Until: noon.Add(time.Minute)},
			})
			if err != nil || len(got) == 0 {
				b.Fatalf("%d jobs, %v", len(got), err)
			}
			var results []deliver.Finish
			for _, j := range got {
				results = append(results, deliver.Finish{
					Job: j.ID, Token: j.Lease.Token, Ending: deliver.Done, Key: j.Key, Ref: "1", At: noon,
				})
			}
			if _, err := s.Finish(ctx, results); err != nil {
				b.Fatal(err)
			}
			done += len(got)
		}
	})
}

func appendRows(b *testing.B, s *sqlstore.Store, rows converse.Rows) {
	b.Helper()
	err := s.Do(context.Background(), func(tx storage.Tx) error {
		_, err := tx.Append(context.Background(), rows, bot.Lease{})
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkStart opens a database of 100,000 chats, checks the schema and reads a chat.
func BenchmarkStart(b *testing.B) {
	path := filepath.Join(b.TempDir(), "javab.db")
	s := open(b, path)
	err := s.Do(b.Context(), func(tx storage.Tx) error {
		for i := range 100_000 {
			_, err := tx.Accept(b.Context(), converse.Acceptance{
				Receipt: bot.ReceiptKey{Source: "tg", ID: fmt.Sprint(i)}, At: noon,
				Chat: bot.Chat{Key: bot.ChatKey(fmt.Sprint("tg:b:", i)), Rev: 1, State: state},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if info, err := os.Stat(path); err == nil {
		b.ReportMetric(float64(info.Size())/1e6, "MB")
	}
	for b.Loop() {
		again, err := sqlstore.Open(b.Context(), sqlstore.Config{DSN: path, Vault: master(b), Now: time.Now})
		if err != nil {
			b.Fatal(err)
		}
		if err := again.Ready(b.Context()); err != nil {
			b.Fatal(err)
		}
		if _, err := again.ReadChat(b.Context(), "tg:b:777"); err != nil {
			b.Fatal(err)
		}
		if _, err := again.Count(b.Context()); err != nil {
			b.Fatal(err)
		}
		_ = again.Close()
	}
}

// cpu is what this process has used so far.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
