package crowd

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"javab/tools/messenger"
)

// Row is one line of the program's record of a chat, in the order in which it was committed.
type Row struct {
	In       bool
	Note     bool // of the desk alone: it reaches no member
	Text     string
	Ref, Key string // of an outgoing message: its name at the messenger, and its job's
}

// Rows reads the record of a chat.
func Rows(ctx context.Context, db *sql.DB, chat int64) ([]Row, error) {
	rows, err := db.QueryContext(ctx, fmt.Sprintf(
		"SELECT direction, text, ref, job_key FROM messages WHERE chat LIKE 'tg:%%:%d' ORDER BY id", chat))
	if err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	defer rows.Close()
	var record []Row
	for rows.Next() {
		var r Row
		var direction string
		if err := rows.Scan(&direction, &r.Text, &r.Ref, &r.Key); err != nil {
			return nil, err
		}
		r.In, r.Note = direction == "in", direction == "note"
		record = append(record, r)
	}
	return record, rows.Err()
}

// Replies is what became of the messages that the program committed to send.
type Replies struct {
	Lost, Doubled, Disorder int
	Repeated                int    // committed twice: a kill doubles a message, never its row
	Strange                 string // the first one out of order, for who looks for the reason
}

func (r Replies) String() string {
	text := fmt.Sprintf("lost %d, out of order %d, doubled %d, committed twice %d", r.Lost, r.Disorder, r.Doubled, r.Repeated)
	if r.Strange != "" {
		text += "; strange: " + r.Strange
	}
	return text
}

// Add adds up what became of the messages of several chats.
func (r *Replies) Add(o Replies) {
	r.Lost += o.Lost
	r.Doubled += o.Doubled
	r.Disorder += o.Disorder
	r.Repeated += o.Repeated
	r.Strange = cmp.Or(r.Strange, o.Strange)
}

// Sent walks along what was committed and what a member saw. Each message he saw is the next one by its name at the
// messenger and its words, or a copy of the next or the last one; everything else is out of order. Members see through
// copies: so one that has a row of its own is told of here, or nobody would notice it.
func Sent(record []Row, seen []messenger.Seen) (r Replies) {
	var out []Row
	for _, row := range record {
		if !row.In && !row.Note {
			out = append(out, row)
		}
	}
	next := 0
	var last messenger.Seen // the message that is the row before next
	for _, s := range seen {
		switch {
		case next < len(out) && out[next].Ref == strconv.Itoa(s.ID) && same(out[next], s):
			if s.Copies(last) {
				r.Repeated++
			}
			last = s
			next++
		case next < len(out) && same(out[next], s), next > 0 && same(out[next-1], s):
			r.Doubled++
		default:
			r.Disorder++
			r.Strange = cmp.Or(r.Strange, fmt.Sprintf("seen %s, next of %d is %d: %+v", s, len(out), next, out[max(0, next-1):min(next+1, len(out))]))
		}
	}
	r.Lost = len(out) - next
	return r
}

func same(row Row, s messenger.Seen) bool {
	return strings.TrimSpace(row.Text) == strings.TrimSpace(s.Text)
}

// Drained waits until no message is waiting to be sent.
func Drained(ctx context.Context, db *sql.DB, limit time.Duration) error {
	open := -1
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if err := Count(ctx, db, &open, "SELECT count(*) FROM jobs WHERE state = 'open' AND kind = 'send'"); err != nil {
			return err
		}
		if open == 0 {
			return nil
		}
	}
	return fmt.Errorf("%d messages are still unsent after %s", open, limit)
}

// Count runs a query that answers with one number.
func Count(ctx context.Context, db *sql.DB, n *int, query string) error {
	if err := db.QueryRowContext(ctx, query).Scan(n); err != nil {
		return fmt.Errorf("%s: %w", query, err)
	}
	return nil
}
