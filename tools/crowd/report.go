package crowd

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

// Report is what the end of a run found.
type Report struct {
	Updates, Complaints  int
	Lost, Doubled, Wrong int // complaints
	Replies
	Unanswered  int // members who waited in vain
	Strays      int // members whom the bot lost the thread with
	Astray      string
	Early       int // messages before a 429's time was over
	Cuts        int // answers of the messenger that were cut on purpose: each may double a message
	Quarantined int
}

// Clean reports whether the guarantee held; doubled is how many messages may have been sent twice.
func (r *Report) Clean(doubled int) bool {
	bad := r.Lost + r.Doubled + r.Wrong + r.Replies.Lost + r.Disorder + r.Repeated + r.Unanswered + r.Strays + r.Early + r.Quarantined
	return bad == 0 && r.Replies.Doubled <= doubled
}

func (r *Report) String() string {
	text := fmt.Sprintf("%d updates, %d complaints: lost %d, doubled %d, with another's text %d; "+
		"too early %d, answers cut %d; members unanswered %d, led astray %d; quarantined %d; replies: %s",
		r.Updates, r.Complaints, r.Lost, r.Doubled, r.Wrong, r.Early, r.Cuts, r.Unanswered, r.Strays, r.Quarantined, r.Replies)
	if r.Astray != "" {
		text += "; astray: " + r.Astray
	}
	return text
}

// Compare waits until everything is sent and holds the database against what the members wrote and saw.
func (c *Crowd) Compare(ctx context.Context, db *sql.DB) (*Report, error) {
	r := &Report{
		Updates: c.Answered(), Strays: c.strays, Unanswered: len(c.unanswered), Astray: c.astray,
		Early: c.Messenger.Early(), Cuts: int(c.Messenger.Cuts.Load()),
	}
	if err := Drained(ctx, db, 90*time.Second); err != nil {
		return nil, err
	}
	if err := c.cases(ctx, db, r); err != nil {
		return nil, err
	}
	if err := Count(ctx, db, &r.Quarantined, "SELECT count(*) FROM quarantine"); err != nil {
		return nil, err
	}
	for i := range c.Chats {
		id := c.FirstID + int64(i)
		record, err := Rows(ctx, db, id)
		if err != nil {
			return nil, err
		}
		r.Replies.Add(Sent(record, c.Messenger.Member(id).Seen()))
	}
	return r, nil
}

// cases finds each complaint by the number that its member was told. A case that nobody was told of is one too many.
func (c *Crowd) cases(ctx context.Context, db *sql.DB, r *Report) error {
	rows, err := db.QueryContext(ctx, "SELECT year, seq, chat, text FROM cases")
	if err != nil {
		return fmt.Errorf("read cases: %w", err)
	}
	defer rows.Close()
	type filed struct{ chat, text string }
	found := make(map[string]filed)
	for rows.Next() {
		var year, seq int
		var f filed
		if err := rows.Scan(&year, &seq, &f.chat, &f.text); err != nil {
			return err
		}
		found[fmt.Sprintf("JV-%04d-%06d", year, seq)] = f
	}
	r.Complaints = len(found)
	for _, t := range c.told {
		number := t.Number[:strings.LastIndexByte(t.Number, '-')] // the last is a check digit
		f, known := found[number]
		switch {
		case !known:
			r.Lost++
		case f.text != t.Text || !strings.HasSuffix(f.chat, fmt.Sprintf(":%d", t.chat)):
			r.Wrong++
		}
		delete(found, number)
	}
	r.Doubled = len(found)
	return rows.Err()
}
