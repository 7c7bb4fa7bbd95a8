package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"javab/bot"
	"javab/bot/approve"
)

// heldReply and heldEdit are the payloads of approvals: what a yes sends or changes, beside the words themselves.
type heldReply struct {
	ID    string `json:"id"`
	Ready string `json:"ready,omitempty"`
}

type heldEdit struct {
	Line int64 `json:"line"`
}

// bench is who decides what is asked; it is read before the act.
func (d *Desk) bench(ctx context.Context) (approve.Bench, error) {
	if d.Approvals == nil {
		return approve.Bench{}, nil
	}
	return d.Approvals.Bench(ctx)
}

// binds returns what by may not say alone. Who is alone at the top says everything himself, and the audit says so.
func (a *act) binds(ctx context.Context, bench approve.Bench, words string, files []bot.File) ([]bot.Concern, error) {
	if a.Approvals == nil {
		return nil, nil
	}
	for _, f := range files {
		words += "\n" + f.Name
	}
	found, err := a.Approvals.Guard(ctx, a.tx, a.by.ID, a.chat.Key, words)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	if bench.Alone(a.by) {
		a.audit = append(a.audit, bot.AuditEntry{At: a.now, By: a.by.ID, What: "approval.alone", Subject: "chat " + string(a.chat.Key)})
		return nil, nil
	}
	return approve.Why(found), nil
}

// askFor holds words back until somebody else says yes. Colleagues read them in the record; the member sees nothing.
func (a *act) askFor(ctx context.Context, bench approve.Bench, ask bot.Approval) error {
	ask.Chat, ask.Author, ask.Unit, ask.Confidential = a.chat.Key, a.by.ID, a.hand.Unit, a.hand.Confidential
	if _, err := a.Approvals.Ask(ctx, a.tx, bench, ask); err != nil {
		return err
	}
	a.keep(a.heldLine(ask))
	return nil
}

func (a *act) heldLine(ask bot.Approval) bot.Message {
	return bot.Message{
		Direction: bot.Note, Author: a.by.Author(), Text: ask.Text, Files: ask.Files, Flow: NoteFlow, Step: ActHeldBack, JobKey: ask.ID,
	}
}

// heldOf is a reply as an approval asks for it.
func heldOf(r Reply) bot.Approval {
	ask := bot.Approval{
		ID: "h" + r.ID, Kind: bot.ApproveReply, Text: r.Text, Files: r.Files, Payload: encode(heldReply{r.ID, r.Ready}),
	}
	if len(r.Files) > 0 {
		ask.Kind = bot.ApproveFile
	}
	return ask
}

// askToEdit asks for other words of a line, once while it is undecided.
func (a *act) askToEdit(ctx context.Context, bench approve.Bench, l Line, words string, why []bot.Concern) error {
	sum := sha256.Sum256([]byte(words))
	ask := bot.Approval{
		ID: fmt.Sprintf("e%d.%s", l.ID, hex.EncodeToString(sum[:6])), Kind: bot.ApproveEdit, Text: words, Earlier: l.Text, Why: why,
		Payload: encode(heldEdit{l.ID}),
	}
	before, err := a.tx.Approval(ctx, ask.ID)
	switch {
	case bot.KindOf(err) == bot.NotFound:
	case err != nil:
		return fmt.Errorf("read approval %s: %w", ask.ID, err)
	case before.Open():
		a.idle = true
		return nil
	default:
		ask.ID += "." + strconv.FormatInt(a.rev, 36)
	}
	return a.askFor(ctx, bench, ask)
}

// decidedActs are how the record says what became of an approval.
var decidedActs = map[bot.ApprovalState]string{
	bot.ApprovalApproved: ActApproved, bot.ApprovalRefused: ActRefused, bot.ApprovalChanged: ActChanged, bot.ApprovalWithdrawn: ActWithdrawn,
}

// Decided implements approve.Carrier: on a yes the words go out as their author's, in the transaction of the decision; a
// wish for change, and what its author took back, return to his reply box.
func (d *Desk) Decided(ctx context.Context, asked bot.Approval, decide approve.Decide) error {
	return d.begin(ctx, bot.Staff{ID: asked.Author}, asked.Chat, (*act).whatever, func(ctx context.Context, a *act) error {
		done, err := decide(ctx, a.tx)
		if err != nil {
			return err
		}
		switch done.State {
		case bot.ApprovalApproved:
			err = a.carryOut(ctx, done)
		case bot.ApprovalChanged, bot.ApprovalWithdrawn:
			err = a.giveBack(ctx, done)
		}
		if err != nil {
			return err
		}
		a.keep(bot.Message{
			Direction: bot.Note, Author: bot.Author(done.DecidedBy), Text: done.Reason, Flow: NoteFlow, Step: decidedActs[done.State],
		})
		return nil
	})
}

// whatever finds the last hand-over for the program itself, which shows it to nobody.
func (a *act) whatever(ctx context.Context) (err error) {
	if a.hand, err = a.tx.Latest(ctx, a.chat.Key); bot.KindOf(err) == bot.NotFound {
		return hidden(a.chat.Key)
	}
	return err
}

// carryOut sends or changes what was approved.
func (a *act) carryOut(ctx context.Context, done bot.Approval) error {
	if a.chat.Blocked {
		return &bot.Error{Kind: bot.Conflict, Key: "chat_blocked"}
	}
	if done.Kind == bot.ApproveEdit {
		var edit heldEdit
		if err := json.Unmarshal(done.Payload, &edit); err != nil {
			return fmt.Errorf("read payload of approval %s: %w", done.ID, err)
		}
		return a.amendLine(ctx, edit.Line, "edited", reworded(done.Text))
	}
	var reply heldReply
	if err := json.Unmarshal(done.Payload, &reply); err != nil {
		return fmt.Errorf("read payload of approval %s: %w", done.ID, err)
	}
	return a.answer(ctx, a.lines(Reply{ID: reply.ID, Text: done.Text, Files: done.Files, Ready: reply.Ready}))
}

// giveBack puts words into their author's reply box, before what he has begun to write since.
func (a *act) giveBack(ctx context.Context, done bot.Approval) error {
	if done.Kind == bot.ApproveEdit {
		return nil
	}
	begun, err := a.tx.Typed(ctx, done.Author, a.chat.Key)
	if err != nil {
		return fmt.Errorf("read the reply box of chat %s: %w", a.chat.Key, err)
	}
	parts := slices.DeleteFunc([]string{done.Text, begun}, func(s string) bool { return s == "" })
	return a.tx.Keep(ctx, Kept{Staff: done.Author, Chat: a.chat.Key, Mode: ModeReply, Text: strings.Join(parts, "\n\n"), At: a.now})
}
