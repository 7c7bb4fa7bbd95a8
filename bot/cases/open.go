package cases

import (
	"context"
	"fmt"

	"javab/bot"
	"javab/bot/worktime"
)

// Open files a case (case.open) and tells its number and promises in the same turn. One draft makes one case: a second
// submit is answered with the first one's number. A category that the content does not know is "unavailable".
func (p *Procedure) Open(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	kind := bot.CaseKind(call.With["kind"])
	category, known := p.Catalog.Category(kind, call.With["category"])
	if !known {
		return bot.Result{Outcome: "unavailable"}, nil
	}
	c, err := p.draw(ctx, tx, call, kind, category)
	if err != nil {
		return bot.Result{}, err
	}
	if c, err = tx.OpenCase(ctx, c); err != nil {
		return bot.Result{}, fmt.Errorf("open case of draft %s: %w", c.Draft, err)
	}
	return bot.Result{Outcome: "ok", Vars: map[string]bot.Value{
		"case.number":       line(c.Number.String()),
		"case.due":          instant(c.DueAt),
		"case.notice":       instant(c.NoticeAt),
		"case.first_answer": instant(c.FirstAnswerAt),
	}}, nil
}

// draw makes the case as it shall be filed, still without its running number.
func (p *Procedure) draw(ctx context.Context, tx Tx, call bot.Call, kind bot.CaseKind, category bot.Category) (bot.Case, error) {
	form, err := filled(ctx, tx, call)
	if err != nil {
		return bot.Case{}, err
	}
	member, err := verified(ctx, tx, call.Chat)
	if err != nil {
		return bot.Case{}, err
	}
	book := p.Hours.Book()
	calendar := book.For(category.Unit)
	c := bot.Case{
		ID: bot.CaseID(call.Event), Draft: call.Draft, Kind: kind, Category: category.ID, State: bot.Received,
		Number: bot.CaseNumber{Year: worktime.JalaliYear(worktime.DayOf(call.Now, calendar.Zone()))},
		Chat:   call.Chat.Key, Member: member, Phone: call.With["phone"], Text: form.text, Answers: form.answers,
		Unit: category.Unit, Urgency: category.Urgency, Confidential: category.Confidential, OpenedAt: call.Now,
		Holder: call.By, Name: call.From.Name,
	}
	if c.Draft == "" { // filed without a form: the call itself is what is filed once
		c.Draft = bot.DraftID(call.Event)
	}
	if err := (promise{calendar, p.Catalog.PromiseRules(), book.Version}).give(&c, category); err != nil {
		return c, fmt.Errorf("promise for category %s: %w", category.ID, err)
	}
	return c, nil
}

// verified returns the chat's member when his phone is proven. The case of anyone else belongs to the chat: it stays
// his when he proves his phone later, whoever that makes him.
func verified(ctx context.Context, tx Tx, chat bot.Chat) (bot.MemberID, error) {
	if chat.Member == "" {
		return "", nil
	}
	m, err := tx.MemberOf(ctx, chat.Key)
	switch {
	case bot.KindOf(err) == bot.NotFound || err == nil && !m.Verified:
		return "", nil
	case err != nil:
		return "", fmt.Errorf("read member of chat %s: %w", chat.Key, err)
	}
	return m.ID, nil
}
