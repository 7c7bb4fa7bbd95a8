//go:build unix

package sqlstore_test

import (
	"errors"
	"flag"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/report"
	"javab/bot/worktime/worktimetest"
	"javab/storage"
	"javab/storage/sqlstore"
)

var filed = flag.Int("filed", 6_500, "how many cases BenchmarkReport counts, three of thirteen closed; the promise is made for 130,000")

// BenchmarkReport counts K1 to K5 of one month, of the cases of half a year, as the head and as a manager of one unit. The
// promise is 500 ms.
//
//	go test ./storage/sqlstore -run - -bench Report -benchtime 5x -filed 130000 -timeout 30m
func BenchmarkReport(b *testing.B) {
	onBothFilled(b, fillReport, countReport)
}

// plainAims is a chamber to which four of five is good, and whose clocks never pause.
type plainAims struct{}

func (plainAims) Aims() report.Aims { return report.Aims{GoodFrom: 4} }

func (plainAims) Pauses(bot.CaseState) bool { return false }

func countReport(b *testing.B, s *sqlstore.Store) {
	office := &report.Office{Store: s, Hours: worktimetest.Book(b, noon), Content: plainAims{}, Clock: func() time.Time { return noon }}
	last := report.MonthOf(noon).Add(-1) // a whole month
	for name, by := range map[string]bot.Staff{
		"head":    {ID: "head", Role: bot.RoleHead, Confidential: true},
		"manager": {ID: "mona", Role: bot.RoleManager, Units: []bot.UnitID{"unit1"}},
	} {
		ask := report.Ask{By: by, Period: report.Period{First: last, Last: last}}
		month := func() error { // at the same time, as the board counts them
			fails := make([]error, len(report.Indicators))
			var counting sync.WaitGroup
			for i, id := range report.Indicators {
				counting.Go(func() {
					f, err := office.Figure(b.Context(), ask, id)
					if err == nil && f.Lacks == "" && f.Rests == 0 {
						err = fmt.Errorf("%s rests on nothing", id)
					}
					fails[i] = err
				})
			}
			counting.Wait()
			return errors.Join(fails...)
		}
		reads := map[string]func() error{"K1-K5": month}
		for _, id := range report.Indicators[:4] {
			reads[string(id)] = func() error { _, err := office.Figure(b.Context(), ask, id); return err }
		}
		reads["topics"] = func() error { _, err := office.Topics(b.Context(), ask); return err }
		reads["board"] = func() error { office.Board(b.Context(), ask); return nil }
		for what, read := range reads {
			b.Run(name+"/"+what, func(b *testing.B) {
				before := cpu(b)
				for b.Loop() {
					if err := read(); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64((cpu(b)-before).Milliseconds())/float64(b.N), "cpu-ms/op") // ours, not the server's
			})
		}
	}
}

// fillReport files the cases evenly over half a year: each is due after ten days, most are answered after two hours.
func fillReport(b *testing.B, s *sqlstore.Store) {
	b.Helper()
	inParts(b, s, *filed, func(tx storage.Tx, i int) error { return fileForReport(b, tx, i) })
}

// writers is how many members file the cases.
const writers = 20_000

// known makes the member of a chat.
func known(b *testing.B, tx storage.Tx, key bot.ChatKey) error {
	chat, err := tx.Chat(b.Context(), key)
	if err != nil {
		return err
	}
	chat.Rev, chat.Lang, chat.Mode = 1, bot.Fa, bot.ModeBot
	if _, err := tx.Append(b.Context(), converse.Rows{Chat: &chat}, bot.Lease{}); err != nil {
		return err
	}
	return tx.SaveMember(b.Context(), bot.Member{ID: bot.MemberID("m." + key), Name: "Somebody", CreatedAt: noon}, key)
}

func fileForReport(b *testing.B, tx storage.Tx, i int) error {
	ctx := b.Context()
	apart := 183 * 24 * time.Hour / time.Duration(*filed)
	opened := noon.AddDate(0, -6, 0).Add(time.Duration(i) * apart)
	c := bot.Case{
		ID: bot.CaseID(fmt.Sprint("r", i)), Number: bot.CaseNumber{Year: 1405}, Kind: bot.Complaint, Category: fmt.Sprint("category", i%12),
		Unit: bot.UnitID(fmt.Sprint("unit", i%8)), State: bot.InWork, Chat: bot.ChatKey(fmt.Sprint("tg:b:r", i%writers)), Draft: bot.DraftID(fmt.Sprint("r", i)),
		Text: strings.Repeat("What happened was this. ", 10), OpenedAt: opened, DueAt: opened.AddDate(0, 0, 10), Clock: bot.Clock{Promised: 80 * time.Hour, Since: opened},
		Confidential: i%50 == 0,
	}
	if i < writers {
		if err := known(b, tx, c.Chat); err != nil {
			return err
		}
	}
	said := []bot.Message{{Chat: c.Chat, Direction: bot.Out, Author: bot.ByBot, Text: "Your case is open.", Unit: c.Unit, At: opened}}
	if i%5 > 0 {
		c.AnsweredAt = opened.Add(2 * time.Hour)
		said = append(said, bot.Message{Chat: c.Chat, Direction: bot.Out, Author: "sara", Text: "We look into it.", Unit: c.Unit, At: c.AnsweredAt})
	}
	if _, err := tx.Append(ctx, converse.Rows{Messages: said}, bot.Lease{}); err != nil {
		return err
	}
	if c.DueAt.Before(noon) && i%2 == 0 {
		c.BreachedAt = c.DueAt
	}
	c, err := tx.OpenCase(ctx, c)
	if err != nil || i%13 > 2 {
		return err
	}
	c.State, c.Clock.Since, c.Closure.DeliveredAt, c.Closure.ClosedAt = bot.Closed, time.Time{}, opened.AddDate(0, 0, 7), opened.AddDate(0, 0, 9)
	if err := tx.SaveCase(ctx, c); err != nil {
		return err
	}
	asked := c.Closure.ClosedAt
	return tx.SaveSurvey(ctx, bot.Survey{Case: c.ID, Number: c.Number, Chat: c.Chat, Unit: c.Unit, AskedAt: asked, Rating: 1 + i%5, RatedAt: asked.Add(time.Hour)})
}
