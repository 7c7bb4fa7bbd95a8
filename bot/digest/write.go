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
	textUnhappy: {"n"}, textSpikes: {"n"}, textConfidential: {"n"}, textMore: {"n"},

	textWeek: {"date"}, textWeekQuiet: nil, textWeekQuestions: {"n", "answered", "asked", "officer"}, textWeekUnanswered: {"n"},
	textWeekFresh: {"words", "n"}, textWeekThin: {"n"},

	textAlert + string(bot.AlertLowRating): {"number"}, textAlert + string(bot.AlertNotSolved): {"number"},
	textAlert + string(bot.AlertEscalated): {"number"}, textAlert + string(bot.AlertCallLate): {"number"},
	textAlert + string(bot.AlertSpike): {"n", "topic", "unit"}, textAlertConfidential: nil,
}

const (
	textHead         = "digest.head"
	textQuiet        = "digest.quiet" // nothing of all that
	textRisk         = "digest.risk"
	textBreached     = "digest.breached"
	textApprovals    = "digest.approvals"
	textMoney        = "digest.money"
	textUnhappy      = "digest.unhappy"
	textSpikes       = "digest.spikes"
	textConfidential = "digest.confidential" // of those, so many that are not named
	textMore         = "digest.more"         // and so many whose numbers have no room

	textAlert             = "alert."
	textAlertConfidential = "alert.confidential" // something of which no number is told outside of the house
)

// Line is one kind of things: how many there are, and the cases that are named.
type Line struct {
	id           string
	N            int
	Numbers      []bot.CaseNumber
	Confidential int // of those, so many that are not named
}

// More is how many there are whose numbers have no room.
func (l Line) More() int {
	if len(l.Numbers) == 0 {
		return 0
	}
	return max(0, l.N-len(l.Numbers)-l.Confidential)
}

// count makes a line of all cases of a kind.
func count(id string, all []Entry, named int) Line {
	l := Line{id: id, N: len(all)}
	for _, e := range all {
		switch {
		case e.Confidential:
			l.Confidential++
		case len(l.Numbers) < named:
			l.Numbers = append(l.Numbers, e.Number)
		}
	}
	return l
}

// gather counts what somebody is told, in the order in which it is told, and leaves out what there is none of.
func (h *Herald) gather(ctx context.Context, s bot.Staff, span Span) (lines []Line, err error) {
	for _, of := range sequence {
		l, err := of.read(h, ctx, s, span)
		if err != nil {
			return nil, fmt.Errorf("gather the digest of %s: %w", s.ID, err)
		}
		if l.id = of.id; l.N > 0 {
			lines = append(lines, l)
		}
	}
	return lines, nil
}

// sequence is what a digest counts, in its order.
var sequence = []struct {
	id   string
	read func(h *Herald, ctx context.Context, s bot.Staff, span Span) (Line, error)
}{
	{textBreached, func(h *Herald, ctx context.Context, s bot.Staff, _ Span) (Line, error) {
		return h.view(ctx, s, casefile.Breached)
	}},
	{textRisk, func(h *Herald, ctx context.Context, s bot.Staff, _ Span) (Line, error) {
		return h.view(ctx, s, casefile.AtRisk)
	}},
	{textApprovals, (*Herald).asked},
	{textMoney, (*Herald).money},
	{textUnhappy, (*Herald).unhappy},
	{textSpikes, (*Herald).spiked},
}

func (h *Herald) spiked(ctx context.Context, s bot.Staff, span Span) (Line, error) {
	n, err := h.Store.SpikesIn(ctx, s, span)
	if err != nil {
		return Line{}, fmt.Errorf("read spikes: %w", err)
	}
	return Line{N: n}, nil
}

func (h *Herald) asked(ctx context.Context, s bot.Staff, _ Span) (Line, error) {
	his, _, err := h.Approvals.Waiting(ctx, s)
	if err != nil {
		return Line{}, fmt.Errorf("read approvals: %w", err)
	}
	return Line{N: len(his)}, nil
}

func (h *Herald) money(ctx context.Context, s bot.Staff, span Span) (Line, error) {
	return h.cases(ctx, s, span, h.Store.MoneyCases)
}

func (h *Herald) unhappy(ctx context.Context, s bot.Staff, span Span) (Line, error) {
	return h.cases(ctx, s, span, h.Store.UnhappyKeys)
}

func (h *Herald) cases(ctx context.Context, s bot.Staff, span Span, read func(context.Context, bot.Staff, Span) ([]Entry, error)) (Line, error) {
	all, err := read(ctx, s, span)
	if err != nil {
		return Line{}, fmt.Errorf("read cases: %w", err)
	}
	return count("", all, h.Content.DigestRules().Named), nil
}

// view makes a line of a view of the list of cases: the first of them are named, all are counted.
func (h *Herald) view(ctx context.Context, s bot.Staff, view casefile.View) (Line, error) {
	named := h.Content.DigestRules().Named
	q := casefile.Query{By: s, View: view, Limit: casefile.Enough}
	n, err := h.Store.CaseCount(ctx, q)
	if err != nil {
		return Line{}, fmt.Errorf("count cases of view %s: %w", view, err)
	}
	q.Limit = 10 * named // confidential ones among them are not named
	rows, err := h.Store.CaseRows(ctx, q)
	if err != nil {
		return Line{}, fmt.Errorf("read cases of view %s: %w", view, err)
	}
	all := make([]Entry, len(rows))
	for i, r := range rows {
		all[i] = Entry{r.Number, r.Confidential}
	}
	l := count("", all, named)
	l.N = n
	return l, nil
}

// written is the message in a language.
func (h *Herald) written(lines []Line, day time.Time) func(lang bot.Lang) bot.Outbound {
	return func(lang bot.Lang) bot.Outbound {
		told := []string{h.head(lang, day)}
		for _, l := range lines {
			told = append(told, h.line(lang, l)...)
		}
		if len(lines) == 0 {
			told = append(told, h.say(lang, textQuiet))
		}
		return bot.Outbound{Segments: []bot.Segment{{Text: strings.Join(told, "\n")}}}
	}
}

func (h *Herald) head(lang bot.Lang, day time.Time) string {
	return h.say(lang, textHead, "date", text.For(lang).LongDate(day))
}

// line is one kind of things in words: how many, and below it their numbers.
func (h *Herald) line(lang bot.Lang, l Line) []string {
	told := []string{h.counted(lang, l.id, l.N)}
	if len(l.Numbers) > 0 {
		isolated := make([]string, len(l.Numbers))
		for i, n := range l.Numbers {
			isolated[i] = text.LTR(n.String())
		}
		told = append(told, strings.Join(isolated, " · "))
	}
	return append(told, h.rest(lang, l)...)
}

// rest says how many of a line have no number.
func (h *Herald) rest(lang bot.Lang, l Line) (told []string) {
	if l.Confidential > 0 {
		told = append(told, h.counted(lang, textConfidential, l.Confidential))
	}
	if l.More() > 0 {
		told = append(told, h.counted(lang, textMore, l.More()))
	}
	return told
}

func (h *Herald) counted(lang bot.Lang, id string, n int) string {
	return h.say(lang, id, "n", text.For(lang).Number(int64(n)))
}

func (h *Herald) say(lang bot.Lang, id string, pairs ...string) string {
	words := h.Content.Text(id).In(lang)
	for i := 0; i+1 < len(pairs); i += 2 {
		words = strings.ReplaceAll(words, "{"+pairs[i]+"}", text.Isolate(pairs[i+1]))
	}
	return words
}
