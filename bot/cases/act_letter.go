package cases

import (
	"context"
	"fmt"

	"javab/bot"
	"javab/bot/approve"
)

// Letter is for an outside body. It leaves the house only after somebody else has said yes to exactly its words.
type Letter struct {
	ID   string // the form's own
	To   string
	Text string
}

func (a Letter) do(ctx context.Context, d *deed) (err error) {
	if err := readID(a.ID); err != nil {
		return err
	}
	if a.To, err = read(a.To, maxName); err != nil {
		return err
	}
	if a.Text, err = read(a.Text, maxLetter); err != nil {
		return err
	}
	if err := d.working(); err != nil {
		return err
	}
	if d.office.Approvals == nil || d.bench.Alone(d.by) {
		return d.alone(ctx, a)
	}
	_, err = d.ask(ctx, d.approval(a.ID, bot.ApproveLetter, a.whole(), a, bot.ConcernKind))
	return err
}

// maxLetter is how long a letter may be.
const maxLetter = 20_000

// whole is what is approved: a letter to somebody else is another letter.
func (a Letter) whole() string { return a.To + "\n\n" + a.Text }

// alone keeps a letter of who has nobody above him: it is approved by himself, and the audit says so.
func (d *deed) alone(ctx context.Context, a Letter) error {
	approval := d.approval(a.ID, bot.ApproveLetter, a.whole(), a, bot.ConcernKind)
	if known, err := d.repeated(ctx, approval); known || err != nil {
		return err
	}
	approval.Chat, approval.Case, approval.Unit, approval.Confidential, approval.Author = d.c.Chat, d.c.Number, d.c.Unit, d.c.Confidential, d.by.ID
	approval.State, approval.AskedAt, approval.DecidedAt, approval.DecidedBy = bot.ApprovalApproved, d.now, d.now, d.by.ID
	approval.Hash = approve.Hash(approval)
	if err := d.tx.SaveApproval(ctx, approval); err != nil {
		return fmt.Errorf("save approval %s: %w", approval.ID, err)
	}
	d.audits("approval.alone", "", "", approval.ID)
	return a.carry(ctx, d)
}

// carry notes that it may go out.
func (a Letter) carry(_ context.Context, d *deed) error {
	d.log(DidLetter, a.whole(), "", "", a.ID)
	return nil
}
