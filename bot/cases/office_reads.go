package cases

import (
	"context"
	"fmt"

	"javab/bot"
	"javab/bot/approve"
)

// look runs f over a case that by sees all of, and locks nothing.
func (o *Office) look(ctx context.Context, by bot.Staff, number bot.CaseNumber, f func(*deed) error) error {
	c, err := o.Store.ReadCase(ctx, number)
	if bot.KindOf(err) == bot.NotFound {
		return hidden(number)
	}
	if err != nil {
		return fmt.Errorf("read case %s: %w", number, err)
	}
	now := o.Clock()
	return o.Store.Do(ctx, func(tx OfficeTx) (err error) {
		d := &deed{office: o, tx: tx, by: by, pass: pass{Keeper: o.Keeper, c: c, letter: letter{now: now}}}
		if d.about, err = tx.About(ctx, c.Chat); err != nil {
			return fmt.Errorf("read whom case %s is about: %w", number, err)
		}
		if !Sees(by, c, d.about) {
			return hidden(number)
		}
		return f(d)
	})
}

// ApprovalsOf returns what was ever asked for a case, oldest first, to who sees all of it.
func (o *Office) ApprovalsOf(ctx context.Context, by bot.Staff, number bot.CaseNumber) (all []bot.Approval, err error) {
	err = o.look(ctx, by, number, func(d *deed) error {
		all, err = d.approvals(ctx)
		return err
	})
	return all, err
}

// Export returns the text of an approved letter, and the audit says who took it out. One that was not approved is
// bot.NotFound.
func (o *Office) Export(ctx context.Context, by bot.Staff, number bot.CaseNumber, approval string) (string, error) {
	var letter string
	err := o.look(ctx, by, number, func(d *deed) error {
		a, err := d.tx.Approval(ctx, approval)
		known := err == nil && a.Kind == bot.ApproveLetter && a.Case == number && a.State == bot.ApprovalApproved && approve.Hash(a) == a.Hash
		if err != nil && bot.KindOf(err) != bot.NotFound {
			return fmt.Errorf("read approval %s: %w", approval, err)
		}
		if !known {
			return &bot.Error{Kind: bot.NotFound, Key: "case_letter"}
		}
		letter = a.Text
		d.audits("case.letter_exported", "", "", approval)
		return d.auditAll(ctx)
	})
	return letter, err
}

// alikeFor is how far back other cases are looked for that may be the same one, and how many are shown.
const (
	alikeDays = 30
	alikeMost = 5
)

// Alike returns other open cases of the same owner or company in the same category, of the last days, that by sees.
func (o *Office) Alike(ctx context.Context, by bot.Staff, number bot.CaseNumber) (numbers []bot.CaseNumber, err error) {
	err = o.look(ctx, by, number, func(d *deed) error {
		found, err := d.tx.Alike(ctx, d.c, d.now.AddDate(0, 0, -alikeDays), alikeMost)
		if err != nil {
			return fmt.Errorf("find cases like %s: %w", number, err)
		}
		numbers = nil
		for _, c := range found {
			about, err := d.tx.About(ctx, c.Chat)
			if err != nil {
				return fmt.Errorf("read whom case %s is about: %w", c.Number, err)
			}
			if Sees(by, c, about) {
				numbers = append(numbers, c.Number)
			}
		}
		return nil
	})
	return numbers, err
}
