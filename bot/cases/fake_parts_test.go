package cases

import (
	"context"
	"slices"
	"time"

	"javab/bot"
)

// leaves are the parts of a book.
type leaves struct {
	referrals []bot.Referral
	tasks     []bot.Task
	surveys   []bot.Survey
	carried   map[string]Carriage
}

func (b *book) Referrals(_ context.Context, of bot.CaseID) ([]bot.Referral, error) {
	return chosen(b.referrals, func(r bot.Referral) bool { return r.Case == of }), b.down
}

func (b *book) SaveReferral(_ context.Context, r bot.Referral) error {
	b.referrals = append(slices.DeleteFunc(b.referrals, func(old bot.Referral) bool { return old.ID == r.ID }), r)
	return b.down
}

func (b *book) Tasks(_ context.Context, of bot.CaseID) ([]bot.Task, error) {
	return chosen(b.tasks, func(t bot.Task) bool { return t.Case == of }), b.down
}

func (b *book) SaveTask(_ context.Context, t bot.Task) error {
	b.tasks = append(slices.DeleteFunc(b.tasks, func(old bot.Task) bool { return old.ID == t.ID }), t)
	return b.down
}

func (b *book) Survey(_ context.Context, of bot.CaseID, round int) (bot.Survey, error) {
	found := chosen(b.surveys, func(s bot.Survey) bool { return s.Case == of && s.Round == round })
	if len(found) == 0 {
		return bot.Survey{}, &bot.Error{Kind: bot.NotFound, Key: "survey"}
	}
	return found[0], b.down
}

func (b *book) SaveSurvey(_ context.Context, s bot.Survey) error {
	same := func(old bot.Survey) bool { return old.Case == s.Case && old.Round == s.Round }
	b.surveys = append(slices.DeleteFunc(b.surveys, same), s)
	return b.down
}

func (b *book) LastSurvey(_ context.Context, o Owner) (last time.Time, err error) {
	for _, s := range b.surveys {
		if s.Chat == o.Chat && s.AskedAt.After(last) {
			last = s.AskedAt
		}
	}
	return last, b.down
}

func (b *book) Carried(_ context.Context, key string) (Carriage, error) {
	c, known := b.carried[key]
	if !known {
		return c, &bot.Error{Kind: bot.NotFound, Key: "job"}
	}
	return c, b.down
}

func (b *book) Heard(context.Context, Owner) (time.Time, error) { return time.Time{}, b.down }

func (b *book) Outages(context.Context, bot.ChannelID, time.Time, time.Time) ([]Outage, error) {
	return nil, b.down
}

func chosen[T any](all []T, fits func(T) bool) (found []T) {
	for _, one := range all {
		if fits(one) {
			found = append(found, one)
		}
	}
	return found
}
