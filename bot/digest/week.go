package digest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/locales/text"
)

// Learning sums up how members fared who asked in their own words.
type Learning interface {
	Week(ctx context.Context, in Span) (Week, error)
}

// Week is how members fared who asked in their own words.
type Week struct {
	Questions, Answered, AskedBack, HandedOff, Unanswered int
	Fresh                                                 []Fresh // the largest of what nobody had asked before
	Thin                                                  int     // answers that have few phrasings
}

// Fresh is something that nobody had asked before, in words that several members used.
type Fresh struct {
	Words string
	N     int
}

const (
	textWeek           = "digest.week.head"
	textWeekQuiet      = "digest.week.quiet" // nobody asked anything
	textWeekQuestions  = "digest.week.questions"
	textWeekUnanswered = "digest.week.unanswered"
	textWeekFresh      = "digest.week.fresh"
	textWeekThin       = "digest.week.thin"
)

// weeks orders the digests of admins whose hour has come: once a week, at its first opening.
func (h *Herald) weeks(ctx context.Context, everybody []bot.Staff, now time.Time) error {
	rules := h.Content.DigestRules()
	span, due := h.week(now, rules.After)
	if h.Learning == nil || rules.Off || !due {
		return nil
	}
	var errs []error
	for _, s := range everybody {
		note := "week:" + s.ID
		if s.Disabled || s.Role != bot.RoleAdmin || h.done(note, span.To, false) {
			continue
		}
		ordered, err := h.orderOf(ctx, order{Staff: s.ID, Span: span, Week: true}, "digest:week:"+string(s.ID)+":"+span.To.Format(time.DateOnly))
		if err != nil {
			errs = append(errs, fmt.Errorf("order the week's digest of %s: %w", s.ID, err))
		}
		if ordered {
			h.done(note, span.To, true)
		}
	}
	return errors.Join(errs...)
}

// orderOf commits a digest for whoever can be told; who has linked no chat is asked again at the next round.
func (h *Herald) orderOf(ctx context.Context, o order, key string) (bool, error) {
	linked, err := h.Store.StaffChats(ctx, o.Staff)
	if err != nil || len(linked) == 0 {
		return false, err
	}
	payload, err := json.Marshal(o)
	if err != nil {
		return false, fmt.Errorf("write the digest's order: %w", err)
	}
	err = h.Store.Do(ctx, func(tx Tx) error {
		_, err := tx.Append(ctx, converse.Rows{Jobs: []bot.Job{{Kind: bot.JobDigest, Key: key, Payload: payload, RunAt: o.To}}}, bot.Lease{})
		return err
	})
	return err == nil, err
}

// days of a week.
const days = 7

// week is the seven days until the first opening of this week, which begins on Saturday, and whether the chamber is open and
// that opening behind.
func (h *Herald) week(now time.Time, after time.Duration) (Span, bool) {
	calendar := h.Hours.For("")
	today := now.In(calendar.Zone())
	back := (int(today.Weekday()) - int(time.Saturday) + days) % days
	saturday := time.Date(today.Year(), today.Month(), today.Day()-back, 0, 0, 0, 0, today.Location())
	opening, err := calendar.NextOpening(saturday)
	if err != nil || !opening.Before(saturday.AddDate(0, 0, days)) || now.Before(opening.Add(after)) || !calendar.Open(now) {
		return Span{}, false
	}
	return Span{From: opening.AddDate(0, 0, -days), To: opening}, true
}

// tellWeek carries out the order of a week's digest.
func (h *Herald) tellWeek(ctx context.Context, o order, key string) error {
	if h.Learning == nil {
		return nil
	}
	w, err := h.Learning.Week(ctx, o.Span)
	if err != nil {
		return fmt.Errorf("sum the week up: %w", err)
	}
	return h.Teller.Tell(ctx, o.Staff, key, "digest", h.writtenWeek(w, o.To))
}

// writtenWeek is the message in a language.
func (h *Herald) writtenWeek(w Week, day time.Time) func(lang bot.Lang) bot.Outbound {
	return func(lang bot.Lang) bot.Outbound {
		format := text.For(lang)
		told := []string{h.say(lang, textWeek, "date", format.LongDate(day))}
		share := func(n int) string { return format.Percent((100*n + w.Questions/2) / w.Questions) }
		if w.Questions == 0 {
			told = append(told, h.say(lang, textWeekQuiet))
		} else {
			told = append(told,
				h.say(lang, textWeekQuestions, "n", format.Number(int64(w.Questions)), "answered", share(w.Answered), "asked", share(w.AskedBack), "officer", share(w.HandedOff)),
				h.counted(lang, textWeekUnanswered, w.Unanswered))
		}
		for _, f := range w.Fresh {
			told = append(told, h.say(lang, textWeekFresh, "words", f.Words, "n", format.Number(int64(f.N))))
		}
		if w.Thin > 0 {
			told = append(told, h.counted(lang, textWeekThin, w.Thin))
		}
		return bot.Outbound{Segments: []bot.Segment{{Text: strings.Join(told, "\n")}}}
	}
}
