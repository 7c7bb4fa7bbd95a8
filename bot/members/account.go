package members

import (
	"context"
	"fmt"

	"javab/bot"
)

// KeyAccount says whether a member is a key account, and who looks after him; nobody, when owner is empty. Only who leads a
// unit may say so. His matters are lifted by a step, and his chats go to the owner first (desk.Queue).
func (o *Office) KeyAccount(ctx context.Context, by bot.Staff, id bot.MemberID, on bool, owner bot.StaffID, reason, from string) error {
	switch {
	case !Looks(by):
		return unknown(id)
	case by.Role != bot.RoleManager && by.Role != bot.RoleHead:
		return &bot.Error{Kind: bot.Forbidden, Key: "member_key_account"}
	case !on:
		owner = ""
	}
	err := o.Store.Do(ctx, func(tx OfficeTx) error {
		m, err := tx.Member(ctx, id)
		if err != nil {
			return err
		}
		if m.KeyAccount == on && m.Owner == owner {
			return nil
		}
		if err := looksAfter(ctx, tx, owner); err != nil {
			return err
		}
		entry := o.entry(by, "member.key_account", id, string(owner), reason, from)
		entry.Before = string(m.Owner)
		if !on {
			entry.What = "member.key_account_ended"
		}
		m.KeyAccount, m.Owner = on, owner
		if err := tx.SaveMember(ctx, m, ""); err != nil {
			return err
		}
		return tx.Audit(ctx, entry)
	})
	if err != nil {
		return fmt.Errorf("key account of member %s: %w", id, err)
	}
	return nil
}

// looksAfter fails unless somebody can look after a member, or nobody shall.
func looksAfter(ctx context.Context, tx OfficeTx, owner bot.StaffID) error {
	if owner == "" {
		return nil
	}
	who, err := tx.Staff(ctx, owner)
	if bot.KindOf(err) == bot.NotFound || err == nil && !Looks(who) {
		return invalid("member_owner", string(owner))
	}
	return err
}
