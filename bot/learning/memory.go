package learning

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/faq"
)

// remembered is what members asked, and those questions together that nobody answered.
type remembered struct {
	all    []asked
	groups [][]asked
}

// memory keeps which questions were put together last: as long as none came, and none became another, they are the same. It
// keeps their places alone: what was said may be taken back.
type memory struct {
	mu     sync.Mutex
	of     string
	groups [][]int
	index  *faq.Index
	sure   map[faq.Spoken]string // what the index is sure of, by the member's language and his words
}

// read reads what members asked until now.
func (o *Office) read(ctx context.Context, now time.Time) (remembered, error) {
	questions, err := o.Store.Questions(ctx, now.AddDate(0, 0, -RememberedDays), now.Add(time.Millisecond), mostQuestions)
	if err != nil {
		return remembered{}, fmt.Errorf("read what members asked: %w", err)
	}
	replies, err := o.replies(ctx, questions)
	if err != nil {
		return remembered{}, err
	}
	all := make([]asked, len(questions))
	for i, q := range questions {
		all[i] = asked{FreeQuestion: q, place: i, outcome: OutcomeOf(q, now), reply: replies[q.Reply]}
		all[i].reply.Ready = q.Ready
	}
	return o.memory.recall(all, o.Content.Edition().Index), nil
}

// replies are what officers answered, by the keys of their messages.
func (o *Office) replies(ctx context.Context, questions []bot.FreeQuestion) (map[string]Reply, error) {
	var keys []string
	for _, q := range questions {
		if q.Reply != "" {
			keys = append(keys, q.Reply)
		}
	}
	words, err := o.Store.OfficerWords(ctx, keys)
	if err != nil {
		return nil, fmt.Errorf("read what officers answered: %w", err)
	}
	replies := make(map[string]Reply, len(words))
	for _, q := range questions {
		if said := words[q.Reply]; said != "" {
			r := Reply{Text: o.Redact(said), Lang: q.Lang}
			r.Is, _ = o.Content.Answered(said)
			replies[q.Reply] = r
		}
	}
	return replies, nil
}

// recall puts together those that nobody answered, and that the index would not answer either.
func (m *memory) recall(all []asked, index *faq.Index) remembered {
	m.mu.Lock()
	defer m.mu.Unlock()
	if index != m.index {
		m.index, m.of, m.sure = index, "", map[faq.Spoken]string{}
	}
	var open []asked
	var of strings.Builder
	for i := range all {
		q := &all[i]
		fmt.Fprintln(&of, q.ID, q.outcome)
		if !q.outcome.Unanswered() || q.Class == "" {
			continue
		}
		if q.known = m.knows(q); !q.known {
			open = append(open, *q)
		}
	}
	if m.of != of.String() || m.of == "" {
		m.of, m.groups = of.String(), places(group(open))
	}
	return remembered{all: all, groups: at(m.groups, all)}
}

// places are where the questions of each group stand among all.
func places(groups [][]asked) [][]int {
	list := make([][]int, len(groups))
	for i, group := range groups {
		for _, q := range group {
			list[i] = append(list[i], q.place)
		}
	}
	return list
}

// at are the questions that stand there.
func at(places [][]int, all []asked) [][]asked {
	groups := make([][]asked, len(places))
	for i, list := range places {
		groups[i] = make([]asked, len(list))
		for j, place := range list {
			groups[i][j] = all[place]
		}
	}
	return groups
}

// knows reports whether the index is sure of what a question means by now, and not of what it took it for then.
func (m *memory) knows(q *asked) bool {
	key := faq.Spoken{Class: q.Lang, Text: q.Text}
	sure, asked := m.sure[key]
	if !asked {
		sure = m.index.Match(q.Lang, q.Text).Sure
		m.sure[key] = sure
	}
	return sure != "" && (q.outcome != Corrected || len(q.Top) == 0 || sure != q.Top[0].ID)
}
