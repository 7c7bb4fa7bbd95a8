package main

import (
	"context"
	"database/sql"
	"fmt"
)

// record is a case as the database tells of it at the end, with what its member has really received.
type record struct {
	id, number, kind, category, unit, state, chat, ending string
	opened, closed, wake, promised                        int64
	round                                                 int
	lines                                                 []line
	words                                                 []word
	calls                                                 []call
	seen                                                  []int64       // when the member wrote or pressed anything in the chat
	reached                                               map[int]int64 // by round: when its result first came to the member
}

// line is one of the timeline.
type line struct {
	what, text, before, after string
	at                        int64
}

// word is a message about the case to its member, as the record of the chat has it.
type word struct {
	step, key, author string
	at                int64
}

// call is the task of calling the member.
type call struct {
	id, outcome     string
	made, due, done int64
}

// ledger is everything that the judge looks at.
type ledger struct {
	records  []*record
	almanac  almanac
	letters  []letter
	inTime   map[string]map[string]string // by month and number: K3 as the board counts it
	ends     int64
	gone     stretch
	kills    int
	openJobs int
}

// read fills a ledger from the database, past the program.
func read(ctx context.Context, db *sql.DB) (*ledger, error) {
	l := &ledger{}
	byID := map[string]*record{}
	err := each(ctx, db, "SELECT id, year, seq, kind, category, unit, state, chat, ending, opened_at, closed_at, wake_at, promised, round FROM cases ORDER BY year, seq",
		func(scan func(...any) error) error {
			r := &record{reached: map[int]int64{}}
			var year, seq int
			err := scan(&r.id, &year, &seq, &r.kind, &r.category, &r.unit, &r.state, &r.chat, &r.ending, &r.opened, &r.closed, &r.wake, &r.promised, &r.round)
			r.number = fmt.Sprintf("%d-%d", year, seq)
			l.records, byID[r.id] = append(l.records, r), r
			return err
		})
	if err != nil {
		return nil, err
	}
	err = each(ctx, db, "SELECT case_id, what, text, text_before, text_after, at FROM case_entries ORDER BY id", func(scan func(...any) error) error {
		var of string
		var e line
		err := scan(&of, &e.what, &e.text, &e.before, &e.after, &e.at)
		byID[of].lines = append(byID[of].lines, e)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = each(ctx, db, "SELECT case_id, id, outcome, made_at, due_at, done_at FROM tasks WHERE kind='call' ORDER BY made_at", func(scan func(...any) error) error {
		var of string
		var c call
		err := scan(&of, &c.id, &c.outcome, &c.made, &c.due, &c.done)
		byID[of].calls = append(byID[of].calls, c)
		return err
	})
	if err != nil {
		return nil, err
	}
	return l, l.readChats(ctx, db, byID)
}

// readChats reads what was said about cases, and when their members were there.
func (l *ledger) readChats(ctx context.Context, db *sql.DB, byID map[string]*record) error {
	byChat := map[string][]*record{}
	for _, r := range l.records {
		byChat[r.chat] = append(byChat[r.chat], r)
	}
	err := each(ctx, db, "SELECT chat, direction, author, flow, step, job_key, at FROM messages ORDER BY id", func(scan func(...any) error) error {
		var chat, direction, flow string
		var w word
		if err := scan(&chat, &direction, &w.author, &flow, &w.step, &w.key, &w.at); err != nil {
			return err
		}
		if direction == "in" {
			for _, r := range byChat[chat] {
				r.seen = append(r.seen, w.at)
			}
		}
		if direction == "out" && flow == "case" {
			if r := byID[caseOf(w.key)]; r != nil {
				r.words = append(r.words, w)
			} else {
				return fmt.Errorf("message %s is about no case", w.key)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return each(ctx, db, "SELECT COALESCE(SUM(CASE WHEN state='open' THEN 1 ELSE 0 END),0) FROM jobs WHERE kind='send'",
		func(scan func(...any) error) error { return scan(&l.openJobs) })
}

// caseOf is the id in the key of a job about a case: "case:<id>:<what>".
func caseOf(key string) string {
	const begins = "case:"
	if len(key) < len(begins) || key[:len(begins)] != begins {
		return ""
	}
	for i := len(key) - 1; i > len(begins); i-- {
		if key[i] == ':' {
			return key[len(begins):i]
		}
	}
	return ""
}

func each(ctx context.Context, db *sql.DB, query string, row func(scan func(...any) error) error) error {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("%.60s: %w", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return fmt.Errorf("%.60s: %w", query, err)
		}
	}
	return rows.Err()
}
