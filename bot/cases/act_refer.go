package cases

import (
	"context"
	"fmt"
	"slices"
	"time"

	"javab/bot"
)

// Refer asks another unit, which answers by a date.
type Refer struct {
	ID       string // the form's own: the same is asked once
	Unit     bot.UnitID
	Question string
	DueAt    time.Time // zero: within the usual working time
}

func (a Refer) do(ctx context.Context, d *deed) (err error) {
	if a.Question, err = read(a.Question, maxWords); err != nil {
		return err
	}
	if known, err := d.asked(ctx, a); known || err != nil {
		return err
	}
	if err := d.referable(&a); err != nil {
		return err
	}
	before := d.c.State
	if before != bot.Referred {
		if err := d.move(bot.Referred); err != nil {
			return err
		}
	}
	r := bot.Referral{ID: a.ID, Case: d.c.ID, Unit: a.Unit, Question: a.Question, By: d.by.ID, AskedAt: d.now, DueAt: a.DueAt}
	if err := d.saveReferral(ctx, r); err != nil {
		return err
	}
	d.log(DidRefer, a.Question, "", string(before), string(a.Unit))
	return d.awaitReplies(ctx)
}

// asked reports whether the same form has come before. Its id with another question is a conflict.
func (d *deed) asked(ctx context.Context, a Refer) (bool, error) {
	if err := readID(a.ID); err != nil {
		return false, err
	}
	before, err := d.referral(ctx, a.ID)
	switch {
	case bot.KindOf(err) == bot.NotFound:
		return false, nil
	case err != nil:
		return false, err
	case before.Unit != a.Unit || before.Question != a.Question:
		return false, conflict("case_repeated")
	}
	d.idle = true
	return true, nil
}

// referable checks whom is asked, and finds by when he answers: in the working time of his unit.
func (d *deed) referable(a *Refer) (err error) {
	switch {
	case d.office.Units.UnitName(a.Unit).Empty():
		return invalid("desk_unit")
	case a.Unit == d.c.Unit:
		return invalid("case_refer_own")
	case a.DueAt.IsZero():
		if a.DueAt, err = d.Hours.For(a.Unit).Add(d.now, d.rules.ReplyWithin); err != nil {
			return fmt.Errorf("due date of a referral to %s: %w", a.Unit, err)
		}
	case !a.DueAt.After(d.now):
		return invalid("desk_past")
	}
	return nil
}

// AnswerReferral is the unit's reply. With the last one the case goes back to work.
type AnswerReferral struct {
	ID    string // of the referral
	Reply string
}

func (a AnswerReferral) do(ctx context.Context, d *deed) (err error) {
	if a.Reply, err = read(a.Reply, maxWords); err != nil {
		return err
	}
	r, err := d.referral(ctx, a.ID)
	if err != nil {
		return err
	}
	if !asks(r, d.by, d.c, d.about) && !Sees(d.by, d.c, d.about) {
		return referralUnknown()
	}
	if !r.Open() {
		if d.idle = r.Reply == a.Reply && r.RepliedBy == string(d.by.ID); d.idle {
			return nil
		}
		return conflict("case_replied")
	}
	return d.replied(ctx, r, a.Reply, string(d.by.ID))
}

// replied takes a reply in, of a colleague or of somebody who was sent a link.
func (d *deed) replied(ctx context.Context, r bot.Referral, reply, by string) error {
	r.Reply, r.RepliedBy, r.RepliedAt, r.Link = reply, by, d.now, ""
	if err := d.saveReferral(ctx, r); err != nil {
		return err
	}
	d.line(DidReply, reply, string(r.Unit), by)
	d.audits("case."+DidReply, "", string(r.Unit), r.ID)
	return d.awaitReplies(ctx)
}

// RecallReferral takes a question back.
type RecallReferral struct {
	ID string // of the referral
}

func (a RecallReferral) do(ctx context.Context, d *deed) error {
	r, err := d.referral(ctx, a.ID)
	if err != nil {
		return err
	}
	if !r.Open() {
		if d.idle = !r.WithdrawnAt.IsZero(); d.idle {
			return nil
		}
		return conflict("case_replied")
	}
	r.WithdrawnAt, r.Link = d.now, ""
	if err := d.saveReferral(ctx, r); err != nil {
		return err
	}
	d.log(DidRecall, "", "", string(r.Unit), r.ID)
	return d.awaitReplies(ctx)
}

// awaitReplies makes the next reply what comes next; when none is owed any more, the case goes back to work.
func (d *deed) awaitReplies(ctx context.Context) error {
	open, err := d.openReferrals(ctx)
	if err != nil || d.c.State != bot.Referred {
		return err
	}
	if len(open) == 0 {
		return d.resume(DidResume, NextAnswer)
	}
	d.plan(NextReply, slices.MinFunc(open, func(a, b bot.Referral) int { return a.DueAt.Compare(b.DueAt) }).DueAt)
	return nil
}

func (d *deed) openReferrals(ctx context.Context) ([]bot.Referral, error) {
	all, err := d.tx.Referrals(ctx, d.c.ID)
	if err != nil {
		return nil, fmt.Errorf("read referrals of case %s: %w", d.c.Number, err)
	}
	return slices.DeleteFunc(all, func(r bot.Referral) bool { return !r.Open() }), nil
}

// referral returns one of the case.
func (d *deed) referral(ctx context.Context, id string) (bot.Referral, error) {
	all, err := d.tx.Referrals(ctx, d.c.ID)
	if err != nil {
		return bot.Referral{}, fmt.Errorf("read referrals of case %s: %w", d.c.Number, err)
	}
	i := slices.IndexFunc(all, func(r bot.Referral) bool { return r.ID == id })
	if i < 0 {
		return bot.Referral{}, referralUnknown()
	}
	return all[i], nil
}

func referralUnknown() error { return &bot.Error{Kind: bot.NotFound, Key: "case_referral_unknown"} }

func (d *deed) saveReferral(ctx context.Context, r bot.Referral) error {
	if err := d.tx.SaveReferral(ctx, r); err != nil {
		return fmt.Errorf("save referral %s: %w", r.ID, err)
	}
	return nil
}
