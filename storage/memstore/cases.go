package memstore

import (
	"cmp"
	"context"
	"maps"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

// OpenCase implements cases.Tx.
func (t *tx) OpenCase(_ context.Context, c bot.Case) (bot.Case, error) {
	if id, ok := t.drafts[c.Draft]; ok && c.Draft != "" {
		return rowOfCase(t.cases[id]), nil
	}
	c = rowOfCase(c)
	c.Number.Seq = t.seqs[c.Number.Year] + 1
	put(t, &t.seqs, c.Number.Year, c.Number.Seq)
	put(t, &t.cases, c.ID, c)
	put(t, &t.numbers, c.Number, c.ID)
	put(t, &t.entries, t.next(), storage.Opened(c))
	if c.Draft != "" {
		put(t, &t.drafts, c.Draft, c.ID)
		t.mark(c.Draft, c)
	}
	return rowOfCase(c), nil
}

// mark gives the messages of a draft the unit and confidentiality of the case they belong to.
func (t *tx) mark(draft bot.DraftID, c bot.Case) {
	for id, m := range t.messages {
		if m.Draft == draft && draft != "" {
			m.Unit, m.Confidential = c.Unit, c.Confidential
			put(t, &t.messages, id, m)
		}
	}
}

// Case implements cases.Tx.
func (t *tx) Case(_ context.Context, number bot.CaseNumber) (bot.Case, error) {
	id, ok := t.numbers[number]
	if !ok {
		return bot.Case{}, storage.NotFound("case", number.String())
	}
	return rowOfCase(t.cases[id]), nil
}

// SaveCase implements cases.Tx.
func (t *tx) SaveCase(_ context.Context, c bot.Case, entries ...bot.CaseEntry) error {
	before, ok := t.cases[c.ID]
	if !ok {
		return storage.NotFound("case", c.Number.String())
	}
	c.Number, c.Draft = before.Number, before.Draft
	put(t, &t.cases, c.ID, rowOfCase(c))
	for _, entry := range entries {
		entry.Case = c.ID
		entry.At = storage.Round(entry.At)
		put(t, &t.entries, t.next(), entry)
		t.mark(entry.Draft, c)
	}
	return nil
}

// Draft implements cases.Tx.
func (t *tx) Draft(_ context.Context, id bot.DraftID) (bot.Draft, error) { return t.draft(id), nil }

// Cases implements cases.Tx.
func (t *tx) Cases(_ context.Context, owner cases.Owner, limit int) ([]bot.Case, error) {
	return t.casesOf(limit, func(c bot.Case) bool {
		if c.Member == "" {
			return c.Chat == owner.Chat
		}
		return c.Member == owner.Member
	}), nil
}

// casesOf returns the chosen cases, open ones first, newest first.
func (t *tx) casesOf(limit int, mine func(bot.Case) bool) []bot.Case {
	list := t.casesWhere(mine, func(a, b bot.Case) int {
		return cmp.Or(
			cmp.Compare(closed(a), closed(b)),
			b.OpenedAt.Compare(a.OpenedAt),
			cmp.Compare(b.Number.Seq, a.Number.Seq),
		)
	})
	return list[:min(limit, len(list))]
}

func closed(c bot.Case) int {
	if c.State.Open() {
		return 0
	}
	return 1
}

// rowOfCase copies a case as a store keeps it.
func rowOfCase(c bot.Case) bot.Case {
	c.Answers = maps.Clone(c.Answers)
	if len(c.Answers) == 0 {
		c.Answers = nil
	}
	round(
		&c.OpenedAt, &c.DueAt, &c.FirstAnswerAt, &c.NoticeAt, &c.Clock.Since, &c.ToldAt, &c.ToldDue, &c.AnsweredAt,
		&c.BreachedAt, &c.FirstLateAt, &c.WakeAt, &c.Next.At, &c.Closure.ProposedAt, &c.Closure.DeliveredAt, &c.Closure.RemindedAt,
		&c.Closure.ClosedAt, &c.Closure.ReopenUntil, &c.Closure.SurveyAt, &c.Closure.CheckAt, &c.Closure.HeldAt,
	)
	c.Clock.Promised, c.Clock.Spent = c.Clock.Promised.Truncate(time.Millisecond), c.Clock.Spent.Truncate(time.Millisecond)
	return c
}

// CountTry implements cases.Tx.
func (t *tx) CountTry(_ context.Context, name string, now, since time.Time) (int, error) {
	put(t, &t.tries, t.next(), try{name: name, at: storage.Round(now)})
	n := 0
	for _, row := range t.tries {
		if row.name == name && !row.at.Before(storage.Round(since)) {
			n++
		}
	}
	return n, nil
}
