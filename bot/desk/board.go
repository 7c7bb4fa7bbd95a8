package desk

import (
	"context"
	"fmt"
	"slices"

	"javab/bot"
)

// Assign gives a waiting chat to a colleague of its unit who is there: it waits for him, and the record says by whose word.
// Only who stands over others may.
func (d *Desk) Assign(ctx context.Context, by bot.Staff, chat bot.ChatKey, to bot.StaffID, reason string) error {
	if err := over(by, reason); err != nil {
		return err
	}
	w, err := d.seen(ctx)
	if err != nil {
		return err
	}
	return d.named(ctx, d.do(ctx, by, chat, func(ctx context.Context, a *act) error {
		switch {
		case a.hand.Holder != "":
			return taken("chat_taken", a.hand.Holder)
		case a.hand.State == bot.HandOverSnoozed:
			return &bot.Error{Kind: bot.Conflict, Key: "chat_muted"}
		}
		if a.idle = a.hand.Named == to; a.idle {
			return nil
		}
		who, err := a.somebody(ctx, to)
		if err != nil {
			return err
		}
		if !who.Serves(a.hand.Unit) || who.Capacity == 0 || !w.there(who) {
			return &bot.Error{Kind: bot.Conflict, Key: "desk_absent", Params: map[string]string{"Name": who.Name}}
		}
		return a.toColleague(ctx, To{Staff: to, Reason: reason})
	}))
}

// somebody reads a colleague whom a form names.
func (a *act) somebody(ctx context.Context, id bot.StaffID) (bot.Staff, error) {
	who, err := a.tx.Staff(ctx, id)
	if bot.KindOf(err) == bot.NotFound {
		return who, nobody
	}
	if err != nil {
		return who, fmt.Errorf("read staff %s: %w", id, err)
	}
	return who, nil
}

// nobody is the answer to a form that names somebody who is not there.
var nobody = &bot.Error{Kind: bot.Invalid, Key: "desk_accused"}

// StatusOf says for a colleague whether chats may be given to him, by the rules of Status. Only who stands over his unit may.
func (d *Desk) StatusOf(ctx context.Context, by bot.Staff, who bot.StaffID, s bot.StaffStatus, reason string) error {
	if err := over(by, reason); err != nil {
		return err
	}
	return d.status(ctx, by, who, s, reason)
}

// mayRest fails unless by may say whether chats are given to who.
func mayRest(by, who bot.Staff) error {
	if by.ID == who.ID || Over(by) || slices.ContainsFunc(who.Units, by.Serves) {
		return nil
	}
	return &bot.Error{Kind: bot.Forbidden, Key: "desk_foreign", Params: map[string]string{"Name": who.Name}}
}
