package members

import (
	"context"
	"fmt"
	"slices"

	"javab/bot"
)

// Sealed reports whether profiles mask a detail.
func Sealed(field string) bool {
	return slices.Contains([]string{"phone", "national_id", "email"}, field)
}

// Reveal tells a masked detail of a member, and notes who asked and why in the same transaction: no entry, no answer.
func (o *Office) Reveal(ctx context.Context, by bot.Staff, id bot.MemberID, field, reason, from string) (value string, err error) {
	if !Sealed(field) {
		return "", invalid("member_field", field)
	}
	if !Looks(by) {
		return "", unknown(id)
	}
	err = o.Store.Do(ctx, func(tx OfficeTx) error {
		m, err := tx.Member(ctx, id)
		if err != nil {
			return err
		}
		kept, _ := detail(&m, field)
		value = *kept
		return tx.Audit(ctx, o.entry(by, "member.revealed", id, field, reason, from))
	})
	if err != nil {
		return "", fmt.Errorf("reveal %s of member %s: %w", field, id, err)
	}
	return value, nil
}

// Enter records a detail that somebody of the staff knows: seen on paper, told on the phone. It replaces what was there,
// and the profile says who entered it. A phone entered by hand is not verified.
func (o *Office) Enter(ctx context.Context, by bot.Staff, id bot.MemberID, field, value, reason, from string) error {
	if _, known := detail(&bot.Member{}, field); !known {
		return invalid("member_field", field)
	}
	if !Looks(by) {
		return unknown(id)
	}
	value, err := read(field, value)
	if err != nil {
		return err
	}
	err = o.Store.Do(ctx, func(tx OfficeTx) error {
		m, err := tx.Member(ctx, id)
		if err != nil {
			return err
		}
		kept, _ := detail(&m, field)
		if *kept == value {
			return nil
		}
		*kept = value
		m.Verified = m.Verified && field != "phone"
		if err := tx.SaveMember(ctx, m, ""); err != nil {
			return err
		}
		if err := tx.KeepFact(ctx, id, Fact{Field: field, Source: Entered, By: by.ID, At: o.Clock()}); err != nil {
			return err
		}
		return tx.Audit(ctx, o.entry(by, "member.changed", id, field, reason, from))
	})
	if err != nil {
		return fmt.Errorf("enter %s of member %s: %w", field, id, err)
	}
	return nil
}

// entry names the detail, never its value.
func (o *Office) entry(by bot.Staff, what string, id bot.MemberID, field, reason, from string) bot.AuditEntry {
	return bot.AuditEntry{
		At: o.Clock(), By: by.ID, What: what, Subject: "member " + string(id), After: field, Reason: reason, From: from,
	}
}
