package desk

import (
	"context"
	"fmt"

	"javab/bot"
)

// Link makes a chat a member's, by an officer's word: his chats on all channels are then one person's, each with its own
// lane. He reads his cases in it, so only who leads others may say so. Unlink takes it back.
func (d *Desk) Link(ctx context.Context, by bot.Staff, chat bot.ChatKey, to bot.MemberID, reason string) error {
	return d.linking(ctx, by, chat, reason, func(ctx context.Context, a *act) error {
		if _, err := a.tx.Member(ctx, to); err != nil {
			return fmt.Errorf("read member %s: %w", to, err)
		}
		if a.idle = a.chat.Member == to; a.idle {
			return nil
		}
		if err := a.tx.KeepLink(ctx, chat, a.chat.Member, a.now); err != nil {
			return fmt.Errorf("link chat %s: %w", chat, err)
		}
		a.linked(ActLinked, reason, to)
		return nil
	})
}

// Unlink gives a chat back to whom it was before it was linked.
func (d *Desk) Unlink(ctx context.Context, by bot.Staff, chat bot.ChatKey, reason string) error {
	return d.linking(ctx, by, chat, reason, func(ctx context.Context, a *act) error {
		before, err := a.tx.TakeLink(ctx, chat)
		if err != nil {
			return fmt.Errorf("unlink chat %s: %w", chat, err)
		}
		a.linked(ActUnlinked, reason, before)
		return nil
	})
}

func (d *Desk) linking(ctx context.Context, by bot.Staff, chat bot.ChatKey, reason string, f func(context.Context, *act) error) error {
	switch {
	case !Leads(by) || by.Disabled:
		return &bot.Error{Kind: bot.Forbidden, Key: "desk_senior"}
	case reason == "":
		return &bot.Error{Kind: bot.Invalid, Key: "desk_reason"}
	}
	return d.begin(ctx, by, chat, (*act).ever, f)
}

// linked moves a chat from member to member; the audit has both.
func (a *act) linked(what, reason string, to bot.MemberID) {
	before := a.chat.Member
	a.chat.Member, a.hand.Member = to, to
	a.noted(what, reason, "", "")
	entry := &a.audit[len(a.audit)-1]
	entry.Before, entry.After = string(before), string(to)
}
