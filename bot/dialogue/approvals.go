package dialogue

import (
	"context"
	"fmt"
	"strconv"

	"javab/bot"
	"javab/bot/approve"
	"javab/bot/deliver"
	"javab/bot/staff"
	"javab/bot/staffchat"
)

// Approvals is what a conversation needs in which a manager decides in his own chat.
type Approvals struct {
	Office *approve.Office
	Room   *staffchat.Room
}

// secret is what the authenticators of all officers of a conversation know: its codes follow from the clock alone.
const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

// elsewhere is the chat of the member whom the approvals of a conversation are about.
const elsewhere = bot.ChatKey("chat:javab:2")

// open makes the approvals of a conversation: what is approved goes nowhere, what is told goes into its chat.
func (a Approvals) open(c *Conversation) Approvals {
	if a.Office == nil {
		return a
	}
	office, room := *a.Office, *a.Room
	office.Carriers = map[bot.ApprovalKind]approve.Carrier{bot.ApproveReply: carrier{office.Store}}
	office.Clock = c.turn.Clock
	room.Office, room.Post, room.Clock = &office, c.post, c.turn.Clock
	return Approvals{&office, &room}
}

// carrier carries decisions out: nothing follows on them.
type carrier struct{ store approve.Store }

// Decided implements approve.Carrier.
func (c carrier) Decided(ctx context.Context, _ bot.Approval, decide approve.Decide) error {
	return c.store.Do(ctx, func(tx approve.Tx) error {
		_, err := decide(ctx, tx)
		return err
	})
}

// approving carries out what an officer does about approvals and the chats of the staff.
func (c *Conversation) approving(ctx context.Context, by bot.Staff, verb, object, words string) error {
	switch {
	case c.approvals.Office == nil:
		return fmt.Errorf("nobody approves anything in this conversation")
	case verb == "invites":
		return c.invite(ctx, by, object)
	case verb == "asks":
		return c.ask(ctx, by, words, object == "in confidence")
	case verb == "refuses":
		return c.decide(ctx, by, func(o *approve.Office, a bot.Approval) error { return o.Refuse(ctx, by, a.ID, words) })
	}
	return c.decide(ctx, by, func(o *approve.Office, a bot.Approval) error { return o.Approve(ctx, by, a.ID, a.Hash) })
}

// invite gives somebody a link code, as his account page does.
func (c *Conversation) invite(ctx context.Context, by bot.Staff, code string) error {
	return c.approvals.Room.Store.Do(ctx, func(tx staffchat.Tx) error {
		if err := tx.SaveSecrets(ctx, by.ID, staff.Secrets{TOTP: secret}); err != nil {
			return err
		}
		return tx.SaveLinkCode(ctx, staff.LinkCode{Hash: staff.LinkHash(code), Staff: by.ID, Until: c.now.Add(staff.LinkCodeFor)})
	})
}

// ask holds words to another member back until somebody says yes.
func (c *Conversation) ask(ctx context.Context, by bot.Staff, words string, confidential bool) error {
	office := c.approvals.Office
	bench, err := office.Bench(ctx)
	if err != nil {
		return err
	}
	err = office.Store.Do(ctx, func(tx approve.Tx) error {
		_, err := office.Ask(ctx, tx, bench, bot.Approval{
			ID: "h" + strconv.Itoa(c.count), Kind: bot.ApproveReply, Chat: elsewhere, Unit: "member_relations", Author: by.ID,
			Text: words, Why: []bot.Concern{bot.ConcernAmount}, Confidential: confidential,
		})
		return err
	})
	if err != nil {
		return fmt.Errorf("ask for approval: %w", err)
	}
	return c.errands(ctx)
}

// decide gives a verdict on everything that somebody may decide, at the desk.
func (c *Conversation) decide(ctx context.Context, by bot.Staff, verdict func(*approve.Office, bot.Approval) error) error {
	his, _, err := c.approvals.Office.Waiting(ctx, by)
	if err != nil {
		return err
	}
	for _, a := range his {
		if err := verdict(c.approvals.Office, a); err != nil {
			return err
		}
	}
	return nil
}

// errands carries out what was ordered for the chats of the staff; what is said there is shown as of this conversation.
func (c *Conversation) errands(ctx context.Context) error {
	carry := map[bot.JobKind]deliver.Handler{}
	if room := c.approvals.Room; room != nil {
		carry = map[bot.JobKind]deliver.Handler{bot.JobAsked: room.CarryAsked, bot.JobDecide: room.CarryDecision}
	}
	for kind, do := range carry {
		due, err := c.store.Claim(ctx, deliver.Claim{Kinds: []bot.JobKind{kind}, N: 100, Now: c.now, Lease: lease})
		if err != nil {
			return fmt.Errorf("claim errands: %w", err)
		}
		for _, job := range due {
			if err := do(ctx, job); err != nil {
				return err
			}
		}
		if err := c.finish(ctx, due); err != nil {
			return err
		}
	}
	return c.send(ctx)
}
