package learning

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"javab/bot"
)

// Office is where admins learn from what was not understood. Its fields are set once; it is safe for concurrent use.
type Office struct {
	Store   Store
	Content Content
	Clock   func() time.Time
	// Redact takes what is personal out of an officer's words, as it is taken out of a member's.
	Redact func(words string) string

	memory memory
	survey surveyor
	bench  turnstile
}

// Bounds of what is read: half a year, and of that the newest. What is older is kept nowhere.
const (
	RememberedDays = 180
	mostQuestions  = 10_000
)

// Periods are the days that a page may look back over; what is before them must be remembered too.
var Periods = []int{7, 30, 90}

// mostClusters is how many clusters a page has: whoever is through with them sees the next.
const mostClusters = 50

// Query asks for what was not understood.
type Query struct {
	Days  int      // one of Periods, else the first
	Class bot.Lang // what it is written in; empty: anything
	Aside bool     // what was put aside, instead of the rest
}

// Board is what was not understood in a period.
type Board struct {
	Query
	Tally    Tally
	Clusters []Cluster // the largest first
	More     int       // clusters that have no room
	Aside    int       // clusters that are put aside
	// Known were asked in the period and not answered, and would be by now: the content has learnt them since.
	Known int
	// Full says that more was asked than is remembered: the oldest is not counted.
	Full bool
}

// Board puts together what was not understood.
func (o *Office) Board(ctx context.Context, q Query) (Board, error) {
	if !slices.Contains(Periods, q.Days) {
		q.Days = Periods[0]
	}
	now := o.Clock()
	read, err := o.read(ctx, now)
	if err != nil {
		return Board{}, err
	}
	asides, err := o.asides(ctx, now)
	if err != nil {
		return Board{}, err
	}
	in := lastDays(now, q.Days)
	b := Board{Query: q, Full: len(read.all) == mostQuestions}
	var within []asked
	for _, one := range read.all {
		if in.has(one.At) && (q.Class == "" || one.Class == q.Class) {
			within = append(within, one)
			b.Known += toInt(one.known)
		}
	}
	b.Tally = tally(within)
	for _, group := range read.groups {
		c := clusterOf(group, in)
		if c.N == 0 || q.Class != "" && c.Class != q.Class {
			continue
		}
		c.Aside = asides.hide(group)
		b.Aside += toInt(c.Aside)
		if c.Aside == q.Aside {
			b.Clusters = append(b.Clusters, c)
		}
	}
	slices.SortFunc(b.Clusters, bySize)
	b.More = max(0, len(b.Clusters)-mostClusters)
	b.Clusters = b.Clusters[:len(b.Clusters)-b.More]
	return b, nil
}

// Cluster returns the cluster that has a question, as it is over all that is remembered; bot.NotFound when there is none
// any more.
func (o *Office) Cluster(ctx context.Context, question string) (Cluster, error) {
	group, err := o.group(ctx, question)
	if err != nil {
		return Cluster{}, err
	}
	return clusterOf(group, lastDays(o.Clock(), RememberedDays)), nil
}

func (o *Office) group(ctx context.Context, question string) ([]asked, error) {
	read, err := o.read(ctx, o.Clock())
	if err != nil {
		return nil, err
	}
	for _, group := range read.groups {
		if slices.ContainsFunc(group, func(q asked) bool { return q.ID == question }) {
			return group, nil
		}
	}
	return nil, &bot.Error{Kind: bot.NotFound, Key: "learning_gone"}
}

// PutAside hides the cluster that has a question until it has grown.
func (o *Office) PutAside(ctx context.Context, who bot.StaffID, question string) error {
	group, err := o.group(ctx, question)
	if err != nil {
		return err
	}
	a := Aside{Question: question, N: len(group), At: o.Clock(), By: who}
	return o.Store.Do(ctx, func(tx Tx) error {
		if err := tx.PutAside(ctx, a); err != nil {
			return fmt.Errorf("put question %s aside: %w", question, err)
		}
		return tx.Audit(ctx, bot.AuditEntry{At: a.At, By: who, What: "learning.aside", Subject: "question " + question})
	})
}

// leastGrown is how many questions more make a small cluster worth another look; a large one must have doubled.
const leastGrown = 3

// putAside are clusters that were put aside, by one of their questions.
type putAside map[string]Aside

func (o *Office) asides(ctx context.Context, now time.Time) (putAside, error) {
	list, err := o.Store.Asides(ctx, now.AddDate(0, 0, -RememberedDays))
	if err != nil {
		return nil, fmt.Errorf("read what was put aside: %w", err)
	}
	by := putAside{}
	for _, a := range list {
		by[a.Question] = a
	}
	return by, nil
}

// hide reports whether a group was put aside and has not grown since.
func (p putAside) hide(group []asked) bool {
	for _, q := range group {
		a, was := p[q.ID]
		if !was {
			continue
		}
		grown := 0
		for _, one := range group {
			grown += toInt(one.At.After(a.At))
		}
		if grown < max(leastGrown, a.N) {
			return true
		}
	}
	return false
}

// Uses says of each answer how often it was given in the last days, and what its readers said.
func (o *Office) Uses(ctx context.Context, days int) (map[string]Use, error) {
	now := o.Clock()
	questions, err := o.Store.Questions(ctx, now.AddDate(0, 0, -days), now, mostQuestions)
	if err != nil {
		return nil, fmt.Errorf("read what members asked: %w", err)
	}
	all := make([]asked, len(questions))
	for i, q := range questions {
		all[i] = asked{FreeQuestion: q, outcome: OutcomeOf(q, now)}
	}
	return uses(all), nil
}

// Week is how members fared in a span, and the largest clusters that are new in it.
type Week struct {
	Tally
	Fresh []Fresh
	Thin  int // answers with few phrasings
}

// Fresh is a cluster that is new, in the words that at least so many members used as make them nobody's own.
type Fresh struct {
	Words string
	N     int
}

// common is how many members must have used a word before it is told outside of the house.
const common = 3

// mostFresh is how many new clusters a week names.
const mostFresh = 3

// Week sums a span up.
func (o *Office) Week(ctx context.Context, from, to time.Time) (Week, error) {
	read, err := o.read(ctx, to)
	if err != nil {
		return Week{}, err
	}
	in := span{from.Add(from.Sub(to)), from, to}
	w := Week{Tally: tally(slices.DeleteFunc(slices.Clone(read.all), func(q asked) bool { return !in.has(q.At) }))}
	for _, group := range read.groups {
		if oldest := group[len(group)-1]; !in.has(oldest.At) {
			continue
		}
		if words := shared(group); words != "" {
			w.Fresh = append(w.Fresh, Fresh{words, len(group)})
		}
	}
	slices.SortStableFunc(w.Fresh, func(a, b Fresh) int { return cmp.Compare(b.N, a.N) })
	w.Fresh = w.Fresh[:min(len(w.Fresh), mostFresh)]
	w.Thin = len(thin(o.Content.Edition().Documents))
	return w, nil
}

// shared are the words of the leading way to ask that enough members used.
func shared(group []asked) string {
	by := map[string]map[bot.ChatKey]bool{}
	for _, q := range group {
		for word := range strings.FieldsSeq(q.Text) {
			if by[word] == nil {
				by[word] = map[bot.ChatKey]bool{}
			}
			by[word][q.Chat] = true
		}
	}
	lead := strings.Fields(Phrasing(waysOf(group)[0][0].Text))
	return strings.Join(slices.DeleteFunc(lead, func(word string) bool { return len(by[word]) < common }), " ")
}

// Phrasing is what was asked as a way to ask: without the marks that stand for what is personal.
func Phrasing(asked string) string {
	words := strings.Fields(asked)
	words = slices.DeleteFunc(words, func(w string) bool { return strings.HasPrefix(w, "[") && strings.HasSuffix(w, "]") })
	return strings.Join(words, " ")
}

// turnstile lets one in at a time: what trains keeps a processor busy.
type turnstile struct {
	once sync.Once
	room chan struct{}
}

// enter waits until nobody is inside, or ctx ends.
func (t *turnstile) enter(ctx context.Context) error {
	t.once.Do(func() { t.room = make(chan struct{}, 1) })
	select {
	case t.room <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t *turnstile) leave() { <-t.room }
