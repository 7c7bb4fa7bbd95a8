package cases

import (
	"context"
	"encoding/json"
	"fmt"

	"javab/bot"
	"javab/bot/approve"
)

// carried is an act that follows on a yes.
type carried interface {
	carry(ctx context.Context, d *deed) error
}

// hold reports whether somebody else must say yes to words before the member reads them, and then asks him. Who is alone at
// the top says everything himself, and the audit says so.
func (d *deed) hold(ctx context.Context, id string, kind bot.ApprovalKind, words string, a carried, why ...bot.Concern) (bool, error) {
	if d.office.Approvals == nil {
		return false, nil
	}
	found, err := d.office.Approvals.Guard(ctx, d.tx, d.by.ID, d.chat.Key, words)
	if err != nil {
		return false, err
	}
	why = append(approve.Why(found), why...)
	if len(why) == 0 {
		return false, nil
	}
	if d.bench.Alone(d.by) {
		d.audits("approval.alone", "", "", id)
		return false, nil
	}
	return d.ask(ctx, d.approval(id, kind, words, a, why...))
}

// approval is what an act asks for. The id of its form makes that of the approval.
func (d *deed) approval(id string, kind bot.ApprovalKind, words string, a carried, why ...bot.Concern) bot.Approval {
	return bot.Approval{ID: fmt.Sprintf("c%s.%s", d.c.Number, id), Kind: kind, Text: words, Why: why, Payload: payload(a)}
}

// ask holds an act until it is decided. The member sees nothing of it.
func (d *deed) ask(ctx context.Context, a bot.Approval) (bool, error) {
	if known, err := d.repeated(ctx, a); known || err != nil {
		return true, err
	}
	a.Chat, a.Case, a.Unit, a.Confidential, a.Author = d.c.Chat, d.c.Number, d.c.Unit, d.c.Confidential, d.by.ID
	a, err := d.office.Approvals.Ask(ctx, d.tx, d.bench, a)
	if err != nil {
		return true, err
	}
	d.log(DidHold, a.Text, "", string(a.Kind), a.ID)
	at := a.DueAt
	if at.IsZero() {
		if at, err = d.soon(d.rules.NoticeEvery); err != nil {
			return true, err
		}
	}
	if d.c.State.Open() && a.Kind != bot.ApproveLetter {
		d.c.Next = bot.Next{What: NextYes, At: at}
	}
	return true, nil
}

// repeated reports whether the same was asked for before.
func (d *deed) repeated(ctx context.Context, a bot.Approval) (bool, error) {
	before, err := d.tx.Approval(ctx, a.ID)
	switch {
	case bot.KindOf(err) == bot.NotFound:
		return false, nil
	case err != nil:
		return false, fmt.Errorf("read approval %s: %w", a.ID, err)
	case before.Text != a.Text || before.Kind != a.Kind:
		return false, conflict("case_repeated")
	}
	d.idle = true
	return true, nil
}

// decidedActs are how the timeline says what became of an approval.
var decidedActs = map[bot.ApprovalState]string{
	bot.ApprovalApproved: DidApprove, bot.ApprovalRefused: DidRefuse, bot.ApprovalChanged: DidChange, bot.ApprovalWithdrawn: DidTakeBack,
}

// Carried are the kinds of approval that an Office carries out.
var Carried = [...]bot.ApprovalKind{bot.ApproveClosure, bot.ApproveDecision, bot.ApproveLetter, bot.ApproveNotice}

// Decided implements approve.Carrier: on a yes the act is done as its author's, in the transaction of the decision; else it
// goes back to him.
func (o *Office) Decided(ctx context.Context, asked bot.Approval, decide approve.Decide) error {
	return o.begin(ctx, asked.Case, nil, func(ctx context.Context, d *deed) error {
		done, err := decide(ctx, d.tx)
		if err != nil {
			return err
		}
		if done.State == bot.ApprovalApproved && d.c.Chat != done.Chat { // handed on: nobody has approved that somebody else reads it
			return conflict("case_changed")
		}
		if d.by, err = d.tx.Staff(ctx, done.DecidedBy); err != nil {
			return fmt.Errorf("read staff %s: %w", done.DecidedBy, err)
		}
		d.log(decidedActs[done.State], done.Reason, "", string(done.Kind), done.ID)
		if done.State == bot.ApprovalApproved {
			return d.carryOut(ctx, done)
		}
		if d.c.State.Open() && d.c.Next.What == NextYes {
			d.c.Next = bot.Next{What: NextChange, Who: done.Author, At: d.now}
		}
		return nil
	})
}

// carryOut does what was approved as whoever asked for it.
func (d *deed) carryOut(ctx context.Context, done bot.Approval) (err error) {
	if d.by, err = d.tx.Staff(ctx, done.Author); err != nil {
		return fmt.Errorf("read staff %s: %w", done.Author, err)
	}
	act, err := decode(done)
	if err != nil {
		return fmt.Errorf("read payload of approval %s: %w", done.ID, err)
	}
	if d.c.Next.What == NextYes {
		d.plan(NextWork, d.now)
	}
	return act.carry(ctx, d)
}

// decode reads the act that an approval was asked for. Its words are those that were approved.
func decode(a bot.Approval) (carried, error) {
	switch a.Kind {
	case bot.ApproveNotice:
		act, err := decoded[Tell](a)
		act.Text = a.Text
		return act, err
	case bot.ApproveLetter:
		return decoded[Letter](a)
	case bot.ApproveClosure, bot.ApproveDecision:
		act, err := decoded[Propose](a)
		act.Result = a.Text
		return act, err
	}
	return nil, fmt.Errorf("the office carries out no %s", a.Kind)
}

func decoded[A carried](a bot.Approval) (act A, err error) {
	err = json.Unmarshal(a.Payload, &act)
	return act, err
}

// approvals are all that were ever asked for the case.
func (d *deed) approvals(ctx context.Context) ([]bot.Approval, error) {
	all, err := d.tx.CaseApprovals(ctx, d.c.Number)
	if err != nil {
		return nil, fmt.Errorf("read approvals of case %s: %w", d.c.Number, err)
	}
	return all, nil
}
