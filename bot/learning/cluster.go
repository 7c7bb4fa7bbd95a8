package learning

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/faq"
)

// Alike is how like texts of one cluster are to the one that leads it: the cosine of their letters.
const Alike = 0.6

// Cluster is what members asked in nearly the same words, and got no answer to.
type Cluster struct {
	ID    string   // of its newest question
	Class bot.Lang // what it is written in
	Lang  bot.Lang // what is spoken with most of those who asked it
	// N is how often it was asked in the period, Before in the one before it, Chats in how many chats in the period.
	N, Before, Chats int
	Newest           time.Time
	Outcomes         map[Outcome]int // in the period
	Examples         []Example       // in other words each, what was asked most first
	Replies          []Reply         // of officers, the newest first
	Likely           []Vote          // what it may be about, likeliest first
	Aside            bool            // an admin has put it aside, and it has not grown since
}

// Example is one way in which it was put.
type Example struct {
	Text string
	N    int
}

// Reply is what an officer answered.
type Reply struct {
	Text  string
	Lang  bot.Lang
	Ready string // the id of the ready reply that it was sent from
	Is    string // the answer whose words it has
}

// Bounds of what a cluster shows.
const (
	mostExamples = 12
	mostReplies  = 5
)

// asked is a question with what became of it.
type asked struct {
	bot.FreeQuestion
	place   int // among all that were read, of those that are put together
	outcome Outcome
	known   bool // it was not answered, and would be by now
	reply   Reply
}

// span is a period, and the one before it.
type span struct{ before, from, to time.Time }

func lastDays(now time.Time, days int) span {
	from := now.AddDate(0, 0, -days)
	return span{from.AddDate(0, 0, -days), from, now}
}

func (s span) has(at time.Time) bool { return !at.Before(s.from) && at.Before(s.to) }
func (s span) had(at time.Time) bool { return !at.Before(s.before) && at.Before(s.from) }

// group puts questions together that are put alike: the newest first in each. What is asked most often leads.
func group(questions []asked) [][]asked {
	ways := waysOf(questions)
	texts := make([]faq.Spoken, len(ways))
	for i, way := range ways {
		texts[i] = faq.Spoken{Class: way[0].Class, Text: way[0].Text}
	}
	led := map[int][]asked{}
	for i, leader := range faq.Alike(texts, Alike) {
		led[leader] = append(led[leader], ways[i]...)
	}
	groups := make([][]asked, 0, len(led))
	for _, leader := range slices.Sorted(maps.Keys(led)) {
		slices.SortFunc(led[leader], newestFirst)
		groups = append(groups, led[leader])
	}
	return groups
}

func newestFirst(a, b asked) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) }

// waysOf are the questions by their very words, the most frequent first.
func waysOf(questions []asked) [][]asked {
	byWords := map[faq.Spoken][]asked{}
	for _, q := range questions {
		key := faq.Spoken{Class: q.Class, Text: q.Text}
		byWords[key] = append(byWords[key], q)
	}
	return slices.SortedFunc(maps.Values(byWords), func(a, b []asked) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0].Class, b[0].Class), cmp.Compare(a[0].Text, b[0].Text))
	})
}

// clusterOf says of a group, the newest first, what a page shows. What was asked in the period alone makes its size; its
// words and replies may be older.
func clusterOf(group []asked, in span) Cluster {
	c := Cluster{ID: group[0].ID, Class: group[0].Class, Newest: group[0].At, Outcomes: map[Outcome]int{}}
	chats, langs := map[bot.ChatKey]bool{}, map[bot.Lang]int{}
	for _, q := range group {
		langs[q.Lang]++
		switch {
		case in.has(q.At):
			c.N++
			c.Outcomes[q.outcome]++
			chats[q.Chat] = true
		case in.had(q.At):
			c.Before++
		}
		if q.reply.Text != "" && len(c.Replies) < mostReplies && !slices.Contains(c.Replies, q.reply) {
			c.Replies = append(c.Replies, q.reply)
		}
	}
	for _, way := range waysOf(group) {
		if len(c.Examples) < mostExamples {
			c.Examples = append(c.Examples, Example{way[0].Text, len(way)})
		}
	}
	c.Chats, c.Lang, c.Likely = len(chats), mostOf(langs), votes(group)
	return c
}

// mostOf is what there is most of; of equals the first of the alphabet.
func mostOf(langs map[bot.Lang]int) (most bot.Lang) {
	for _, lang := range slices.Sorted(maps.Keys(langs)) {
		if most == "" || langs[lang] > langs[most] {
			most = lang
		}
	}
	return most
}

// bySize puts the largest clusters first, of equal ones the newest.
func bySize(a, b Cluster) int {
	return cmp.Or(cmp.Compare(b.N, a.N), b.Newest.Compare(a.Newest), cmp.Compare(a.ID, b.ID))
}
