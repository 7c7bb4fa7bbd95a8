//go:build unix

package sqlstore_test

import (
	"fmt"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/desk"
	"javab/storage"
	"javab/storage/sqlstore"
)

// crowd is how many wait in the queue that the desk's benchmarks look at.
const crowd = 5000

var clerk = bot.Staff{ID: "clerk", Role: bot.RoleOfficer, Units: []bot.UnitID{"trade", "legal"}, Capacity: crowd, Status: bot.Available}

// BenchmarkInbox reads the first page of the waiting, its counts, one thread and the place of the last one.
func BenchmarkInbox(b *testing.B) {
	onBoth(b, func(b *testing.B, s *sqlstore.Store) {
		fillQueue(b, s)
		for name, read := range map[string]func() error{
			"page": func() error {
				rows, err := s.Inbox(b.Context(), desk.Query{By: clerk, Tab: desk.TabWaiting, Now: noon, Limit: 50})
				if err == nil && len(rows) != 50 {
					err = fmt.Errorf("%d rows", len(rows))
				}
				return err
			},
			"tabs":   func() error { _, err := s.Tabs(b.Context(), clerk, noon); return err },
			"thread": func() error { _, err := s.Thread(b.Context(), clerk, queued(4999), 0, 50); return err },
			"live":   func() error { _, err := s.Live(b.Context(), clerk, noon); return err },
			"rounds": func() error { _, err := s.Standing(b.Context()); return err },
			"place": func() error {
				return s.Do(b.Context(), func(tx storage.Tx) error {
					_, err := tx.Place(b.Context(), queued(4999))
					return err
				})
			},
		} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					if err := read(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

func queued(i int) bot.ChatKey { return bot.ChatKey(fmt.Sprint("tg:b:q", i)) }

// fillQueue has each of the waiting say six things; every fortieth is held.
func fillQueue(b *testing.B, s *sqlstore.Store) {
	b.Helper()
	inParts(b, s, crowd, func(tx storage.Tx, i int) error { return fillChat(b, tx, i) })
}

func fillChat(b *testing.B, tx storage.Tx, i int) error {
	ctx, chat := b.Context(), queued(i)
	c, err := tx.Chat(ctx, chat)
	if err != nil {
		return err
	}
	c.Rev, c.Lang, c.Mode = 1, bot.Fa, bot.ModeWaiting
	rows := converse.Rows{Chat: &c}
	for n := range 6 {
		rows.Messages = append(rows.Messages, bot.Message{
			Chat: chat, Direction: []bot.Direction{bot.In, bot.Out}[n%2], Author: bot.ByMember, Text: "a few words", At: noon,
		})
	}
	if _, err := tx.Append(ctx, rows, bot.Lease{}); err != nil {
		return err
	}
	at := noon.Add(time.Duration(i*7919%crowd) * time.Second)
	err = tx.Enqueue(ctx, bot.HandOver{ID: fmt.Sprint("q", i), Chat: chat, Unit: clerk.Units[i%2], Priority: i % 4, DueAt: at.Add(time.Hour), At: at, Lang: bot.Fa})
	if err == nil && i%40 == 0 {
		_, err = tx.Claim(ctx, chat, clerk, noon)
	}
	return err
}
