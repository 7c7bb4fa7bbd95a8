package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"javab/tools/messenger"
	"javab/tools/subject"
)

// report is what a run found.
type report struct {
	engine                    string
	updates, complaints       int
	lost, doubled, wrong      int // complaints
	repliesLost, repliesTwice int
	disorder                  int
	early                     int // messages before a 429's time was over
	cuts                      int64
	quarantined               int
	took, cpu                 time.Duration
}

// clean reports whether the guarantee held. A reply may be doubled once per sender in flight and kill, and per answer
// that was cut; never after a gentle stop.
func (r *report) clean(s settings) bool {
	twice := int(r.cuts)
	if !s.gentle {
		twice += s.kills * s.senders
	}
	return r.lost+r.doubled+r.wrong+r.repliesLost+r.disorder+r.early+r.quarantined == 0 && r.repliesTwice <= twice
}

func (r *report) String() string {
	return fmt.Sprintf(`%s: %d updates, %d complaints in %s (%.0f updates/s, %.2f ms CPU each)
  complaints lost %d, doubled %d, with another's text %d
  replies lost %d, out of order %d, doubled %d (of these %d answers cut), sent too early %d; quarantined %d`,
		r.engine, r.updates, r.complaints, r.took.Round(time.Millisecond), float64(r.updates)/r.took.Seconds(),
		r.cpu.Seconds()*1000/float64(max(r.updates, 1)),
		r.lost, r.doubled, r.wrong, r.repliesLost, r.disorder, r.repliesTwice, r.cuts, r.early, r.quarantined)
}

// drained waits until no job is open.
func drained(ctx context.Context, engine *subject.Engine, limit time.Duration) error {
	open := -1
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		row := engine.DB.QueryRowContext(ctx, "SELECT count(*) FROM jobs WHERE state = 'open' AND kind = 'send'")
		if err := row.Scan(&open); err != nil {
			return fmt.Errorf("count open jobs: %w", err)
		}
		if open == 0 {
			return nil
		}
	}
	return fmt.Errorf("%d messages are still unsent", open)
}

// compare holds the database against what the members did and saw.
func compare(ctx context.Context, engine *subject.Engine, c *crowd, m *messenger.Messenger) (*report, error) {
	r := &report{engine: engine.Name, updates: int(c.updates.Load()), early: m.Early(), cuts: m.Cuts.Load()}
	if err := r.complaintsIn(ctx, engine, c); err != nil {
		return nil, err
	}
	row := engine.DB.QueryRowContext(ctx, "SELECT count(*) FROM quarantine")
	if err := row.Scan(&r.quarantined); err != nil {
		return nil, fmt.Errorf("count quarantine: %w", err)
	}
	for i := range c.settings.chats {
		id := int64(100_000 + i)
		said, err := saidTo(ctx, engine, id)
		if err != nil {
			return nil, err
		}
		r.repliesOf(said, m.Member(id).Seen())
	}
	return r, nil
}

func (r *report) complaintsIn(ctx context.Context, engine *subject.Engine, c *crowd) error {
	rows, err := engine.DB.QueryContext(ctx, "SELECT year, seq, chat, text FROM cases")
	if err != nil {
		return fmt.Errorf("read cases: %w", err)
	}
	defer rows.Close()
	found := make(map[string]int)
	for rows.Next() {
		var year, seq int
		var chat, text string
		if err := rows.Scan(&year, &seq, &chat, &text); err != nil {
			return err
		}
		number := fmt.Sprintf("JV-%04d-%06d-", year, seq) // and a check digit
		r.complaints++
		text = once(text)
		wanted, known := c.filed[text]
		if !known || !strings.HasSuffix(chat, fmt.Sprintf(":%d", wanted.chat)) || !strings.HasPrefix(wanted.number, number) {
			r.wrong++
			continue
		}
		found[text]++
	}
	for text := range c.filed {
		switch n := found[text]; {
		case n == 0:
			r.lost++
		case n > 1:
			r.doubled += n - 1
		}
	}
	return rows.Err()
}

// once folds an account that a member led astray has told twice in the same complaint.
func once(text string) string {
	return strings.Join(slices.Compact(strings.Split(strings.TrimSpace(text), "\n")), "\n")
}

// saidTo returns what the program committed to say to a chat, in order.
func saidTo(ctx context.Context, engine *subject.Engine, id int64) ([]string, error) {
	rows, err := engine.DB.QueryContext(ctx,
		fmt.Sprintf("SELECT text FROM messages WHERE chat LIKE 'tg:%%:%d' AND direction = 'out' ORDER BY id", id))
	if err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	defer rows.Close()
	var said []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		said = append(said, text)
	}
	return said, rows.Err()
}

// repliesOf walks along what was said and what was seen: each seen message is the next one, or the last one again.
func (r *report) repliesOf(said []string, seen []messenger.Seen) {
	next := 0
	for _, s := range seen {
		text := strings.TrimSpace(s.Text)
		switch {
		case next < len(said) && text == strings.TrimSpace(said[next]):
			next++
		case next > 0 && text == strings.TrimSpace(said[next-1]):
			r.repliesTwice++
		default:
			r.disorder++
		}
	}
	r.repliesLost += len(said) - next
}
