package sqlstore_test

import (
	"flag"
	"fmt"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/funnel"
	"javab/storage"
	"javab/storage/sqlstore"
)

var spokenTo = flag.Int("spoken", 1_000, "to how many chats the bot of BenchmarkFunnel speaks, 20 messages each; the promise is made for 5,000")

// BenchmarkFunnel counts one flow of ten for a month, of what the bot said in two. The promise is 200 ms for 100,000
// messages.
//
//	go test ./storage/sqlstore -run - -bench Funnel -benchtime 5x -spoken 5000
func BenchmarkFunnel(b *testing.B) {
	onBothFilled(b, speak, func(b *testing.B, s *sqlstore.Store) {
		office := &funnel.Office{Store: s, Clock: func() time.Time { return noon }, Officer: "flow9"}
		b.Run("of a flow", func(b *testing.B) {
			for b.Loop() {
				if f, err := office.Of(b.Context(), "flow3", 30); err != nil || len(f.Stops) == 0 {
					b.Fatal(f.Stops, err)
				}
			}
		})
		b.Run("of all", func(b *testing.B) {
			for b.Loop() {
				if uses, err := office.Uses(b.Context(), 30); err != nil || len(uses) != 10 {
					b.Fatal(uses, err)
				}
			}
		})
	})
}

// speak lets the bot speak to all chats over two months, in ten flows.
func speak(b *testing.B, s *sqlstore.Store) {
	b.Helper()
	inParts(b, s, *spokenTo, func(tx storage.Tx, i int) error {
		chat, err := tx.Chat(b.Context(), bot.ChatKey(fmt.Sprint("tg:b:", i)))
		if err != nil {
			return err
		}
		chat.Rev, chat.Lang, chat.Mode = 1, bot.Langs[i%3], bot.ModeBot
		rows := converse.Rows{Chat: &chat}
		begun := noon.Add(-60 * 24 * time.Hour * time.Duration(i) / time.Duration(*spokenTo))
		for n := range 20 {
			rows.Messages = append(rows.Messages, bot.Message{
				Chat: chat.Key, Direction: bot.Out, Author: bot.ByBot, Flow: fmt.Sprint("flow", (i+n/4)%10), Step: fmt.Sprint("step", n%4),
				Bundle: 1 + i%2, Text: "What can we do for you?", At: begun.Add(time.Duration(n) * time.Second),
			})
		}
		_, err = tx.Append(b.Context(), rows, bot.Lease{})
		return err
	})
}
