//go:build unix

package sqlstore_test

import (
	"context"
	"flag"
	"fmt"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/casefile"
	"javab/storage"
	"javab/storage/sqlstore"
)

var openCases = flag.Int("cases", 2000, "how many open cases BenchmarkCaseLists lists; the promise is made for 100,000")

// BenchmarkCaseLists reads the first and the second page of every view and its count, as the head and as an officer of one
// unit. What counts is slowest-ms: each must end within 100 ms.
//
//	go test ./storage/sqlstore -run - -bench CaseLists -benchtime 20x -cases 100000 -timeout 30m
func BenchmarkCaseLists(b *testing.B) {
	onBothFilled(b, fillCases, listCases)
}

func listCases(b *testing.B, s *sqlstore.Store) {
	ctx := b.Context()
	officer := bot.Staff{ID: "holder3", Role: bot.RoleOfficer, Units: []bot.UnitID{"unit3"}}
	head := bot.Staff{ID: "head", Role: bot.RoleHead, Confidential: true}
	for _, by := range []bot.Staff{head, officer} {
		var counts time.Duration
		for _, view := range append(casefile.ViewsOf(by), casefile.All) {
			q := casefile.Query{By: by, View: view, Limit: 50}
			if view == casefile.All {
				q.Kind = bot.Suggestion
			}
			pages(b, s, string(by.Role)+"/"+string(view), q)
			if !view.Newest() { // what is over is not counted
				counts += slowest(b, func() error { _, err := s.CaseCount(ctx, q); return err })
			}
		}
		b.Run(string(by.Role)+"/counts", func(b *testing.B) { b.ReportMetric(float64(counts.Microseconds())/1000, "slowest-ms") })
		narrow := casefile.Query{By: by, View: casefile.Breached, Category: "category7", Limit: 50}
		pages(b, s, string(by.Role)+"/category", narrow)
		narrow.View, narrow.Category, narrow.Kind = casefile.Open, "", bot.Suggestion
		pages(b, s, string(by.Role)+"/kind", narrow)
		b.Run(string(by.Role)+"/file", func(b *testing.B) {
			took := slowest(b, func() error {
				_, err := s.CaseFile(ctx, by, bot.CaseNumber{Year: 1405, Seq: 4})
				return err
			})
			b.ReportMetric(float64(took.Microseconds())/1000, "slowest-ms")
		})
	}
}

func pages(b *testing.B, s *sqlstore.Store, name string, q casefile.Query) {
	b.Run(name, func(b *testing.B) {
		rows, err := s.CaseRows(b.Context(), q)
		if err != nil {
			b.Fatal(err)
		}
		took := slowest(b, func() error { _, err := s.CaseRows(b.Context(), q); return err })
		if len(rows) == q.Limit {
			q.After = rows[len(rows)-1].Cursor
			took = max(took, slowest(b, func() error { _, err := s.CaseRows(b.Context(), q); return err }))
		}
		b.ReportMetric(float64(took.Microseconds())/1000, "slowest-ms")
		b.ReportMetric(float64(len(rows)), "rows")
	})
}

// slowest is how long a read takes at most, of five, once it has been read.
func slowest(b *testing.B, read func() error) (took time.Duration) {
	for i := range 6 {
		begin := time.Now()
		if err := read(); err != nil {
			b.Fatal(err)
		}
		if i > 0 {
			took = max(took, time.Since(begin))
		}
	}
	return took
}

// fillCases opens cases of 16 units and 25 categories: of the open ones a fifth is in each of the narrower views, and three
// for every ten are over.
func fillCases(b *testing.B, s *sqlstore.Store) {
	b.Helper()
	inParts(b, s, *openCases*13/10, fillCase)
}

func fillCase(tx storage.Tx, i int) error {
	ctx, at := context.Background(), noon.Add(time.Duration(i*7919%100_000)*time.Minute)
	c := bot.Case{
		ID: bot.CaseID(fmt.Sprintf("c%07d", i)), Number: bot.CaseNumber{Year: 1405}, Kind: bot.Complaint, Category: fmt.Sprint("category", i%25),
		Unit: bot.UnitID(fmt.Sprint("unit", i%16)), State: bot.InWork, Chat: bot.ChatKey(fmt.Sprint("tg:b:", i/3)), Text: "it is late and nobody has said a word",
		Urgency: "normal", OpenedAt: at.Add(-72 * time.Hour), DueAt: at, NoticeAt: at.Add(-time.Hour), Confidential: i%50 == 49,
	}
	if i%40 == 7 {
		c.Kind = bot.Suggestion
	}
	c, err := tx.OpenCase(ctx, c)
	if err != nil {
		return err
	}
	c.Next, c.Holder = bot.Next{What: "look", At: at}, bot.StaffID(fmt.Sprint("holder", i%400))
	switch {
	case i >= *openCases:
		c.State = bot.Closed
	case i%5 == 0:
		c.Alarm = bot.AlarmOfficer
	case i%5 == 1:
		c.Alarm, c.BreachedAt = bot.AlarmManager, at
	case i%5 == 2:
		c.State = bot.Referred
		err = tx.SaveReferral(ctx, bot.Referral{ID: fmt.Sprint("r", i), Case: c.ID, Unit: bot.UnitID(fmt.Sprint("unit", (i+1)%16)), Question: "where?", AskedAt: at, DueAt: at})
	case i%5 == 3:
		c.State = bot.Proposed
	default:
		c.Next = bot.Next{}
	}
	if err == nil {
		err = tx.SaveCase(ctx, c)
	}
	return err
}
