package office

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"javab/tools/crowd"
	"javab/tools/messenger"
)

// Report is what became of what the officers posted.
type Report struct {
	Answers, Notes int // that the desk took
	Repeats        int // posts that were posted twice on purpose
	Cut            int // posts that were posted again because their answer was cut
	Talks          int
	Figures
	Trouble int // talks that went wrong
}

// Figures compare posts with the record and with what members saw.
type Figures struct {
	Lost     int // taken, and not in the record or never seen
	Repeated int // in the record more than once
	Doubled  int // seen more than once
	Disorder int // seen in another order than they were posted in
	Leaked   int // notes that a member saw
	Strange  string
}

// Clean reports whether the guarantee held; doubled is how many messages may have been sent twice.
func (r *Report) Clean(doubled int) bool {
	return r.Lost+r.Repeated+r.Disorder+r.Leaked+r.Trouble == 0 && r.Doubled <= doubled
}

func (r *Report) String() string {
	text := fmt.Sprintf("%d officers' answers and %d notes in %d talks, %d posted twice on purpose, %d again after a cut: "+
		"lost %d, doubled %d, committed twice %d, out of order %d; notes seen by members %d, talks gone wrong %d",
		r.Answers, r.Notes, r.Talks, r.Repeats, r.Cut, r.Lost, r.Doubled, r.Repeated, r.Disorder, r.Leaked, r.Trouble)
	if r.Strange != "" {
		text += "; strange: " + r.Strange
	}
	return text
}

// Compare holds what was posted against the record and what the members saw. Everything has been sent.
func (o *Office) Compare(ctx context.Context, db *sql.DB, m *messenger.Messenger) (*Report, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	r := &Report{Talks: o.talks, Repeats: o.repeats, Cut: o.cut, Trouble: len(o.troubles)}
	chats := make(map[string][]Posted)
	for _, p := range o.posted {
		chats[p.Chat] = append(chats[p.Chat], p)
		switch {
		case p.Taken && p.Note:
			r.Notes++
		case p.Taken:
			r.Answers++
		}
	}
	for chat, posted := range chats {
		member, err := strconv.ParseInt(chat[strings.LastIndexByte(chat, ':')+1:], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("whose chat is %q: %w", chat, err)
		}
		record, err := crowd.Rows(ctx, db, member)
		if err != nil {
			return nil, err
		}
		r.add(Judge(posted, record, m.Member(member).Seen()))
	}
	return r, nil
}

func (f *Figures) add(o Figures) {
	f.Lost += o.Lost
	f.Repeated += o.Repeated
	f.Doubled += o.Doubled
	f.Disorder += o.Disorder
	f.Leaked += o.Leaked
	f.Strange = cmp.Or(f.Strange, o.Strange)
}

// Judge looks at one chat. Posts come in the order in which they were posted; their words are all different. A post that
// the desk did not take may be there or not.
func Judge(posted []Posted, record []crowd.Row, seen []messenger.Seen) (f Figures) {
	last := -1 // place of the newest reply that was seen
	for _, s := range seen {
		i := slices.IndexFunc(posted, func(p Posted) bool {
			return said(s.Text, p.Words) || p.Note && strings.Contains(s.Text, p.Words)
		})
		switch {
		case i < 0:
			continue // the bot's
		case posted[i].Note:
			f.Leaked++
			f.Strange = cmp.Or(f.Strange, "a member saw "+s.Text)
		case i < last && !copied(seen, s):
			f.Disorder++
			f.Strange = cmp.Or(f.Strange, fmt.Sprintf("%q came after %q", s.Text, posted[last].Words))
		}
		last = max(last, i)
	}
	for _, p := range posted {
		rows, times := rowsOf(p, record), timesOf(p, seen)
		if !p.Note {
			f.Doubled += max(0, times-1)
		}
		f.Repeated += max(0, rows-1)
		if p.Taken && (rows == 0 || !p.Note && times == 0) {
			f.Lost++
			f.Strange = cmp.Or(f.Strange, fmt.Sprintf("%q is %d times in the record and was seen %d times", p.Words, rows, times))
		}
	}
	return f
}

// copied reports whether the member had seen the same words already: copies are counted as such.
func copied(seen []messenger.Seen, s messenger.Seen) bool {
	first := slices.IndexFunc(seen, func(o messenger.Seen) bool { return o.Text == s.Text })
	return seen[first].ID != s.ID
}

// rowsOf is how often a post was committed as what it is.
func rowsOf(p Posted, record []crowd.Row) (n int) {
	for _, row := range record {
		if !row.In && said(row.Text, p.Words) && row.Note == p.Note {
			n++
		}
	}
	return n
}

func timesOf(p Posted, seen []messenger.Seen) (n int) {
	for _, s := range seen {
		if said(s.Text, p.Words) {
			n++
		}
	}
	return n
}

func said(text, words string) bool { return strings.TrimSpace(text) == strings.TrimSpace(words) }
