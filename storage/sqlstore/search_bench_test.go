//go:build unix

package sqlstore_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/members"
	"javab/storage"
	"javab/storage/sqlstore"
)

var messages = flag.Int("messages", 20_000, "how many messages BenchmarkSearch searches; the promise is made for 1,000,000")

// BenchmarkSearch looks for words that nearly all messages have and for words that few have, as the head, who sees all, and
// as an officer of one small unit. What counts is slowest-ms: every search must end within 200 ms.
//
//	go test ./storage/sqlstore -run - -bench Search -benchtime 5x -messages 1000000 -timeout 30m
func BenchmarkSearch(b *testing.B) {
	var words []string
	fill := func(b *testing.B, s *sqlstore.Store) { words = fillForSearch(b, s) }
	onBothFilled(b, fill, func(b *testing.B, s *sqlstore.Store) { searchFor(b, s, words) })
}

func searchFor(b *testing.B, s *sqlstore.Store, words []string) {
	officer := bot.Staff{ID: "sara", Role: bot.RoleOfficer, Units: []bot.UnitID{"unit15"}}
	head := bot.Staff{ID: "head", Role: bot.RoleHead, Confidential: true}
	for _, q := range []struct{ name, words string }{
		{"commonest", words[0]},
		{"common", words[10]},
		{"seldom", words[2000]},
		{"rare", words[len(words)-1]},
		{"two-common", words[1] + " " + words[3]},
		{"common-and-rare", words[0] + " " + words[9000]},
		{"none", "nobodysaidthis"},
		{"two-letters", words[5][:2]},
		{"three-letters", words[40][:3]},
		{"name", "member4 fam"},
	} {
		for _, by := range []bot.Staff{head, officer} {
			b.Run(q.name+"/"+string(by.Role), func(b *testing.B) {
				searches(b, s, members.Query{By: by, Words: strings.Fields(q.words), Limit: 20})
			})
		}
	}
}

func searches(b *testing.B, s *sqlstore.Store, q members.Query) {
	var slowest time.Duration
	found := 0
	for b.Loop() {
		begin := time.Now()
		hits, err := s.Search(b.Context(), q)
		if err != nil {
			b.Fatal(err)
		}
		slowest, found = max(slowest, time.Since(begin)), len(hits)
	}
	b.ReportMetric(float64(slowest.Microseconds())/1000, "slowest-ms")
	b.ReportMetric(float64(found), "hits")
}

// fillForSearch writes messages of words that are as unevenly spread as those of people, and returns the words, the
// commonest first. One chat in ten has been handed over; one member has 20 messages.
func fillForSearch(b *testing.B, s *sqlstore.Store) []string {
	b.Helper()
	dice := rand.New(rand.NewPCG(1, 2))
	vocabulary := vocabularyOf(dice, 20_000)
	spread := rand.NewZipf(dice, 1.1, 4, uint64(len(vocabulary)-1))
	chats := *messages / 20
	for part := range slices.Chunk(numbers(*messages), 5000) {
		var rows converse.Rows
		for _, n := range part {
			rows.Messages = append(rows.Messages, spoken(n, chats, vocabulary, spread, dice))
		}
		appendRows(b, s, rows)
	}
	inParts(b, s, chats, fillPerson)
	return vocabulary
}

func spoken(n, chats int, vocabulary []string, spread *rand.Zipf, dice *rand.Rand) bot.Message {
	var line []string
	for range 4 + dice.IntN(16) {
		line = append(line, vocabulary[spread.Uint64()])
	}
	m := bot.Message{Chat: searchChat(dice.IntN(chats)), Direction: bot.In, Author: bot.ByMember, Kind: bot.KindText, At: noon}
	m.Text = strings.Join(line, " ")
	m.SearchKey = m.Text
	if n%5 == 0 {
		m.Unit = bot.UnitID(fmt.Sprintf("unit%d", dice.IntN(15)))
	}
	return m
}

func fillPerson(tx storage.Tx, n int) error {
	ctx, chat := context.Background(), searchChat(n)
	if _, err := tx.Chat(ctx, chat); err != nil {
		return err
	}
	m := bot.Member{ID: bot.MemberID(fmt.Sprint("m", n)), Name: fmt.Sprintf("member%d family%d", n%1000, n/1000), CreatedAt: noon}
	if err := tx.SaveMember(ctx, m, chat); err != nil || n%10 > 0 {
		return err
	}
	return tx.Enqueue(ctx, bot.HandOver{
		ID: fmt.Sprint("h", n), Chat: chat, Unit: bot.UnitID(fmt.Sprintf("unit%d", n/10%16)), At: noon, DueAt: noon, State: bot.HandOverWaiting,
	})
}

func searchChat(n int) bot.ChatKey { return bot.ChatKey(fmt.Sprintf("tg:b:%d", n)) }

func vocabularyOf(dice *rand.Rand, size int) []string {
	seen := map[string]bool{}
	var words []string
	for len(words) < size {
		letters := make([]byte, 3+dice.IntN(6))
		for i := range letters {
			letters[i] = 'a' + byte(dice.IntN(26))
		}
		if word := string(letters); !seen[word] {
			words = append(words, word)
			seen[word] = true
		}
	}
	return words
}
