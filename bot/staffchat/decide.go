package staffchat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"javab/bot"
)

// decision is the payload of a JobDecide: what somebody has decided, with a code that was right. The code is not in it.
type decision struct {
	Approval string      `json:"approval"`
	Hash     string      `json:"hash"`
	By       bot.StaffID `json:"by"`
	Wish     wish        `json:"wish"`
	Reason   string      `json:"reason,omitempty"`
	Chat     bot.ChatKey `json:"chat"`
}

// decide takes a decision with its code (approval.decide). It is carried out by a job that is committed with it, since what
// follows is written into the member's chat, which this turn has not locked.
func (r *Room) decide(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	d, err := r.desk(ctx, tx, call)
	if errors.Is(err, errNobody) {
		return unlinked, nil
	}
	if err != nil {
		return bot.Result{}, err
	}
	a, ended, err := r.look(ctx, tx, call, d, call.With["id"])
	if err != nil || ended.Outcome != "" {
		return ended, err
	}
	done := decision{a.ID, call.With["hash"], d.who.ID, wish(call.With["verdict"]), call.With["reason"], call.Chat.Key}
	if !here(a) || done.Hash != a.Hash || letters[done.Wish] == "" {
		return bot.Result{Outcome: "changed"}, nil
	}
	right, err := r.Gate.Proven(ctx, tx, d.who.ID, call.Chat.Key, call.With["code"])
	var early *bot.Error
	switch {
	case errors.As(err, &early) && early.Key == "auth.wait":
		return bot.Result{Outcome: "wait", Vars: map[string]bot.Value{"seconds": {Text: early.Params["N"]}}}, nil
	case err != nil:
		return bot.Result{}, err
	case !right:
		return bot.Result{Outcome: "wrong"}, nil
	}
	return bot.Result{Outcome: "ok", Jobs: []bot.Job{{
		Kind: bot.JobDecide, Key: "decide:" + call.Event, Payload: encode(done), RunAt: call.Now,
	}}}, nil
}

// CarryDecision carries out a JobDecide and says in the chat what became of it. It may be called again.
func (r *Room) CarryDecision(ctx context.Context, job bot.Job) error {
	var d decision
	if err := json.Unmarshal(job.Payload, &d); err != nil {
		return fmt.Errorf("read a decision: %w", err)
	}
	everybody, err := r.Store.AllStaff(ctx)
	if err != nil {
		return fmt.Errorf("read staff: %w", err)
	}
	i := slices.IndexFunc(everybody, func(s bot.Staff) bool { return s.ID == d.By })
	if i < 0 {
		return fmt.Errorf("nobody is %s, who decided approval %s", d.By, d.Approval)
	}
	answer, err := r.answer(ctx, d, everybody, r.carryOut(ctx, everybody[i], d))
	if err != nil {
		return err
	}
	return r.tell(ctx, d.Chat, job.Key, "decided", answer)
}

func (r *Room) carryOut(ctx context.Context, by bot.Staff, d decision) error {
	switch d.Wish {
	case wishChange:
		return r.Office.Change(ctx, by, d.Approval, d.Reason)
	case wishRefuse:
		return r.Office.Refuse(ctx, by, d.Approval, d.Reason)
	default:
		return r.Office.Approve(ctx, by, d.Approval, d.Hash)
	}
}

// answer is what is said of a decision that was carried out, or refused for a reason that its maker may read. Any other
// error comes back, for the job to be tried again.
func (r *Room) answer(ctx context.Context, d decision, everybody []bot.Staff, refused error) (Message, error) {
	reason, told := errors.AsType[*bot.Error](refused)
	if refused != nil && (!told || reason.Kind == bot.Unavailable) {
		return nil, fmt.Errorf("decide approval %s: %w", d.Approval, refused)
	}
	a, err := r.Store.ReadApproval(ctx, d.Approval)
	if err != nil {
		return nil, fmt.Errorf("read approval %s: %w", d.Approval, err)
	}
	by, author := nameOf(everybody, a.DecidedBy), nameOf(everybody, a.Author)
	switch {
	case refused == nil, a.DecidedBy == d.By && a.State == outcomes[d.Wish]: // the second: it was carried out, and not yet told
		return func(lang bot.Lang) bot.Outbound {
			return r.plainly(textDone, "verdict", r.verdictOf(lang, a.State), "by", by, "author", author)(lang)
		}, nil
	case !a.Open():
		return func(lang bot.Lang) bot.Outbound {
			return r.plainly(textAlready, "verdict", r.verdictOf(lang, a.State), "by", by)(lang)
		}, nil
	case reason.Key == "approval_hash":
		return r.plainly(textOther), nil
	case reason.Kind == bot.NotFound, reason.Kind == bot.Forbidden:
		return r.plainly(textGone), nil
	}
	return r.plainly(textUndone), nil
}

// outcomes are the states that wishes lead to.
var outcomes = map[wish]bot.ApprovalState{
	wishApprove: bot.ApprovalApproved, wishChange: bot.ApprovalChanged, wishRefuse: bot.ApprovalRefused,
}
