package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"javab/tools/subject"
)

// trial is one promise. Its run returns a figure to print; an error is what the promise was broken by.
type trial struct {
	name, what, bar string
	only            string // the one engine that it concerns; empty for each
	run             func(context.Context, *stage) (figure string, err error)
}

func trials() []trial {
	return []trial{
		{"double-tap", "two presses on Submit at once: complaints", "one each", "", doubleTap},
		{"bursts", "two messages back to back, also when sends fail: swapped, unanswered, lost", "0", "", bursts},
		{"press-and-text", "a press together with a text: unanswered, out of commit order", "0", "", pressAndText},
		{"rivals", "two buttons of one question at once: taken", "one of each pair, the other answered as an old one", "", rivals},
		{"again", "the same update again, at once and later: effects, answers", "1 each", "", again},
		{"refusals", "5 % of sends refused with 429: lost, before their time", "0", "", refusals},
		{"secret", "a wrong secret: answers, effects", "401, 0", "", wrongSecret},
		{"old-state", "Submit on a state that was restored: complaints", "the same one", "", oldState},
		{"sigterm", "SIGTERM under load: lost, doubled", "0", "", sigterm},
		{"bug", "80 of 200 chats hit a bug of ours: the others unaffected, the 80 kept and apologised to", "all", "", ownBug},
		{"publishing", "50 versions published at 100 updates/s: broken and lost conversations, p99 to that of a quiet time", "0, 0, 1.2", "", publishing},
		{"redis", "Redis cut: failed updates", "0", subject.PostgresName, redisCut},
		{"database", "database cut, 503 with Retry-After: all accepted after its return", "10 s", subject.PostgresName, databaseCut},
		{"finish-first", "messages sent before it is written down that the last was sent", "0", subject.PostgresName, finishFirst},
		{"frozen", "changes by an instance that froze and lost its lease, when it wakes", "0", subject.PostgresName, frozen},
		{"steady", "p99 at 500 updates/s, to the bare bot's", "3", "", steady},
		{"first-reply", "the reply to a press reaches the API, which takes 50 ms: p50", "10 ms", "", firstReply},
		{"acceptance", "updates/s accepted over 100 connections, API at 50 ms", "1,500", "", acceptance},
		{"tls", "API connections per update over TLS", "0.05", "", connections},
		{"start", "start with 100,000 chats", "2 s", "", startUp},
		{"idle", "`serve` idle, resident", "60 MB", "", idle},
		{"memory", "a conversation in Redis, however long the account", "600 bytes", subject.PostgresName, memory},
	}
}

// held says what a trial has found out about its promise.
type held string

const (
	kept    held = "kept"
	broken  held = "BROKEN"  // mutants looks for this word
	untried held = "UNTRIED" // the program or its engine never stood
)

// result is what one trial found on one engine.
type result struct {
	trial
	engine, figure string
	held           held
}

// table is all results, in the order of the trials.
type table []result

// verdict is an error unless every promise was tried and kept.
func (all table) verdict() error {
	bad := 0
	for _, r := range all {
		if r.held != kept {
			bad++
		}
	}
	switch {
	case bad > 0:
		return fmt.Errorf("%d of %d promises are broken or could not be tried", bad, len(all))
	case len(all) == 0:
		return errors.New("no such trial; -list names them")
	}
	return nil
}

// String is the table in Markdown: the README's columns, and whether each promise held on every engine.
func (all table) String() string {
	var b strings.Builder
	b.WriteString("| what | SQLite and memory | PostgreSQL and Redis | bar | made by | held |\n|---|---|---|---|---|---|\n")
	for i := 0; i < len(all); {
		n := i + 1
		for n < len(all) && all[n].name == all[i].name {
			n++
		}
		b.WriteString(all[i:n].row())
		i = n
	}
	return b.String()
}

// row is one trial on all engines.
func (all table) row() string {
	figures := make(map[string]string)
	var bad []string
	for _, r := range all {
		figures[r.engine] = r.figure
		if r.held != kept && !slices.Contains(bad, string(r.held)) {
			bad = append(bad, string(r.held))
		}
	}
	t, verdict := all[0].trial, "yes"
	if len(bad) > 0 {
		verdict = strings.Join(bad, ", ")
	}
	cells := []string{t.what, figures[subject.SQLiteName], figures[subject.PostgresName], t.bar, "`go run ./trials -only " + t.name + "`", verdict}
	for i, cell := range cells {
		cells[i] = cellOf(cell)
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// cellOf keeps what would end a cell or a row from doing so.
func cellOf(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", "\\|")
}
