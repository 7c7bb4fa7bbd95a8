package digest

import (
	"context"
	"fmt"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/casefile"
	"javab/locales/text"
)

// TextIDs are the texts of a digest, with the placeholders of each.
var TextIDs = map[string][]string{
	textHead: {"date"}, textQuiet: nil, textRisk: {"n"}, textBreached: {"n"}, textApprovals: {"n"}, textMoney: {"n"},
	textUnhappy: {"n"}, textConfidential: {"n"}, textMore: {"n"},
}

const (
	textHead         = "digest.head"
	textQuiet        = "digest.quiet" // nothing of all that
	textRisk         = "digest.risk"
	textBreached     = "digest.breached"
	textApprovals    = "digest.approvals"
	textMoney        = "digest.money"
	textUnhappy      = "digest.unhappy"
	textConfidential = "digest.confidential" // of those, so many that are not named
	textMore         = "digest.more"         // and so many whose numbers have no room
)

// line is one kind of things: how many there are, and the numbers that are named.
type line struct {
	id           string
	n            int
	numbers      []string
	confidential int
}

// count makes a line of all cases of a kind.
func count(id string, all []Entry, named int) line {
	l := line{id: id, n: len(all)}
	for _, e := range all {
		switch {
		case e.Confidential:
			l.confidential++
		case len(l.numbers) < named:
			l.numbers = append(l.numbers, e.Number.String())
		}
	}
	return l
}

// gather counts what somebody is told, and leaves out what there is none of.
func (h *Herald) gather(ctx context.Context, s bot.Staff, span Span) (lines []line, err error) {
	named := h.Content.DigestRules().Named
	for id, view := range map[string]casefile.View{textRisk: casefile.AtRisk, textBreached: casefile.Breached} {
		l, err := h.view(ctx, s, id, view, named)
		if err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	his, _, err := h.Approvals.Waiting(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("read approvals: %w", err)
	}
	lines = append(lines, line{id: textApprovals, n: len(his)})
	for id, read := range map[string]func(context.Context, bot.Staff, Span) ([]Entry, error){
		textMoney: h.Store.MoneyCases, textUnhappy: h.Store.UnhappyKeys,
	} {
		all, err := read(ctx, s, span)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", id, err)
		}
		lines = append(lines, count(id, all, named))
	}
	return lines, nil
}

// view makes a line of a view of the list of cases: the first of them are named, all are counted.
func (h *Herald) view(ctx context.Context, s bot.Staff, id string, view casefile.View, named int) (line, error) {
	q := casefile.Query{By: s, View: view, Limit: casefile.Enough}
	n, err := h.Store.CaseCount(ctx, q)
	if err != nil {
		return line{}, fmt.Errorf("count cases of view %s: %w", view, err)
	}
	q.Limit = 10 * named // confidential ones among them are not named
	rows, err := h.Store.CaseRows(ctx, q)
	if err != nil {
		return line{}, fmt.Errorf("read cases of view %s: %w", view, err)
	}
	all := make([]Entry, len(rows))
	for i, r := range rows {
		all[i] = Entry{r.Number, r.Confidential}
	}
	l := count(id, all, named)
	l.n = n
	return l, nil
}

// order of the lines in the message.
var sequence = []string{textBreached, textRisk, textApprovals, textMoney, textUnhappy}

// written is the message in a language.
func (h *Herald) written(lines []line, day time.Time) func(lang bot.Lang) bot.Outbound {
	return func(lang bot.Lang) bot.Outbound {
		told := []string{h.say(lang, textHead, "date", text.For(lang).LongDate(day))}
		for _, id := range sequence {
			for _, l := range lines {
				if l.id == id && l.n > 0 {
					told = append(told, h.line(lang, l)...)
				}
			}
		}
		if len(told) == 1 {
			told = append(told, h.say(lang, textQuiet))
		}
		return bot.Outbound{Segments: []bot.Segment{{Text: strings.Join(told, "\n")}}}
	}
}

// line is one kind of things in words: how many, and below it their numbers.
func (h *Herald) line(lang bot.Lang, l line) []string {
	number := func(n int) string { return text.For(lang).Number(int64(n)) }
	told := []string{h.say(lang, l.id, "n", number(l.n))}
	if len(l.numbers) > 0 {
		isolated := make([]string, len(l.numbers))
		for i, n := range l.numbers {
			isolated[i] = text.LTR(n)
		}
		told = append(told, strings.Join(isolated, " · "))
	}
	if l.confidential > 0 {
		told = append(told, h.say(lang, textConfidential, "n", number(l.confidential)))
	}
	if rest := l.n - len(l.numbers) - l.confidential; rest > 0 && len(l.numbers) > 0 {
		told = append(told, h.say(lang, textMore, "n", number(rest)))
	}
	return told
}

func (h *Herald) say(lang bot.Lang, id string, pairs ...string) string {
	words := h.Content.Text(id).In(lang)
	for i := 0; i+1 < len(pairs); i += 2 {
		words = strings.ReplaceAll(words, "{"+pairs[i]+"}", text.Isolate(pairs[i+1]))
	}
	return words
}
