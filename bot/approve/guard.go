package approve

import (
	"math/big"
	"slices"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// Finding is a place in a text that an officer may not decide alone.
type Finding struct {
	Concern  bot.Concern
	From, To int // in bytes of the text
}

// Around is what a text is read with: what its author wrote just before, for an amount may be split over two messages, and
// what the member wrote, whose own figures may be said back to him.
type Around struct {
	Before []string
	Member []string
}

// Guard finds in words what binds the chamber. It is pure, and safe for concurrent use. The zero Guard knows the signs and
// names of currencies, and no phrase.
type Guard struct {
	phrases   map[bot.Concern]text.Phrases
	discounts text.Phrases
	money     text.Phrases
	sums      text.Phrases
	published map[string][]sentence // by their first word
}

// NewGuard makes a guard of the content's words, and of the texts that the chamber has published: a sentence of them that
// is used word for word says nothing new.
func NewGuard(words bot.Manners, published []string) *Guard {
	g := &Guard{
		phrases: map[bot.Concern]text.Phrases{
			bot.ConcernPromise:      text.NewPhrases(words.Promises),
			bot.ConcernWaiver:       text.NewPhrases(words.Waivers),
			bot.ConcernCompensation: text.NewPhrases(words.Compensation),
		},
		discounts: text.NewPhrases(words.Discounts),
		money:     text.NewPhrases(words.Money),
		sums:      text.NewPhrases(words.Sums),
	}
	known := map[string][]sentence{}
	for _, s := range published {
		for _, one := range g.binding(s) {
			known[one[0]] = append(known[one[0]], one)
		}
	}
	g.published = known
	return g
}

// Look returns what it found, from the beginning of the text. What was found only in the words before is not the text's.
func (g *Guard) Look(words string, beside Around) []Finding {
	before := strings.Join(beside.Before, "\n") + " " // no end of a sentence: it may go on
	shift := len(before)
	list := text.Words(before + words)
	exempt := g.wordForWord(list, shift)
	var found []Finding
	add := func(c bot.Concern, first, last int) {
		from, to := list[first].From-shift, list[last].To-shift
		if to > 0 && !exempt.covers(first, last) {
			found = append(found, Finding{c, max(from, 0), to})
		}
	}
	for _, concern := range concerns {
		for _, span := range g.phrases[concern].Find(list) {
			add(concern, span.First, span.Last)
		}
	}
	own := figures(beside.Member)
	for _, a := range text.Amounts(list) {
		if concern, first, last := g.weigh(list, a, own); concern != "" {
			add(concern, first, last)
		}
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return a.From - b.From })
	return found
}

// concerns are those that phrases tell, in one order.
var concerns = [...]bot.Concern{bot.ConcernPromise, bot.ConcernWaiver, bot.ConcernCompensation}

// weigh says what a number is in its surroundings; nothing, for most.
func (g *Guard) weigh(list []text.Word, a text.Amount, own []text.Amount) (c bot.Concern, first, last int) {
	first, last = a.First, a.Last
	if a.Currency == text.Percent {
		if g.discounts.In(near(list, a, farFromDiscount)) {
			return bot.ConcernDiscount, first, last
		}
		return "", 0, 0
	}
	if a.Currency == "" {
		sum := false
		if first, last, sum = g.besideMoney(list, a); !sum {
			return "", 0, 0
		}
	}
	if slices.ContainsFunc(own, func(his text.Amount) bool { return his.Same(a) }) {
		return "", 0, 0
	}
	return bot.ConcernAmount, first, last
}

// How far from a number a word may stand to make it an amount.
const (
	farFromDiscount = 40
	farFromMoney    = 2
	farFromSum      = 5
)

// besideMoney reports whether a number has a word beside it that makes it an amount, and returns both.
func (g *Guard) besideMoney(list []text.Word, a text.Amount) (first, last int, sum bool) {
	from, to := around(list, a, farFromMoney)
	for i := from; i <= to; i++ {
		currency := text.Currency(list[i].Key)
		if currency != "" && currency != text.Percent || g.money.In(list[i:i+1]) {
			return min(i, a.First), max(i, a.Last), true
		}
	}
	return a.First, a.Last, large(list, a) && g.sums.In(near(list, a, farFromSum))
}

// near are the words around a number in its sentence.
func near(list []text.Word, a text.Amount, far int) []text.Word {
	first, last := around(list, a, far)
	return list[first : last+1]
}

func around(list []text.Word, a text.Amount, far int) (first, last int) {
	first, last = a.First, a.Last
	for first > 0 && a.First-first < far && !list[first-1].End {
		first--
	}
	for last+1 < len(list) && last-a.Last < far && !list[last].End {
		last++
	}
	return first, last
}

var thousand = big.NewRat(1000, 1)

// large reports whether a bare number is more likely a sum than a date, a count or the number of something: a thousand or
// more, no year, not so long as the numbers of papers and phones, and not beginning with a zero.
func large(list []text.Word, a text.Amount) bool {
	if a.Value == nil || a.Value.Cmp(thousand) < 0 {
		return false
	}
	if a.First != a.Last || !list[a.First].Figure {
		return true
	}
	key := list[a.First].Key
	year := len(key) == 4 && slices.Contains([]string{"13", "14", "19", "20"}, key[:2])
	return !year && key[0] != '0' && (len(key) < 10 || strings.ContainsAny(key, ",."))
}

// figures are the amounts in what the member wrote.
func figures(member []string) (all []text.Amount) {
	for _, words := range member {
		for _, a := range text.Amounts(text.Words(words)) {
			if a.Currency != "" && a.Currency != text.Percent {
				all = append(all, a)
			}
		}
	}
	return all
}
