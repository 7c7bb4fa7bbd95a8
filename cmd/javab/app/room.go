package app

import (
	"context"

	"javab/bot"
	"javab/bot/approve"
	"javab/bot/staff"
	"javab/bot/staffchat"
	"javab/storage"
	"javab/webhook/deskweb"
)

// openRoom puts the staff's side of the messenger together: there people are told what waits for them, and decide it.
func (h *house) openRoom() {
	h.room = &staffchat.Room{
		Store: storage.As[staffchat.Tx](h.store), Office: h.approvals, Gate: &staff.Gate{Clock: h.env.world()}, Words: h.library,
		Hot: h.hot, Post: h.courier, Clock: h.env.Clock, Random: h.env.Random,
	}
	h.approvals.Herald = herald{}
	h.approvals.Decided = h.approvalsMoved
}

// herald orders that those who are asked for an approval are told, in its transaction.
type herald struct{}

// Asked implements approve.Herald.
func (herald) Asked(ctx context.Context, tx approve.Tx, a bot.Approval, whom []bot.StaffID) error {
	return staffchat.Asked(ctx, tx.(storage.Tx), a, whom)
}

// tellAsked carries out a JobAsked: the desks hear of it, and the chats of those who are asked.
func (h *house) tellAsked(ctx context.Context, job bot.Job) error {
	h.approvalsMoved(ctx)
	return h.room.CarryAsked(ctx, job)
}

// decide carries out a JobDecide.
func (h *house) decide(ctx context.Context, job bot.Job) error { return h.room.CarryDecision(ctx, job) }

// approvalsMoved tells the desks that something waits for a yes, or no longer. Losing it is harmless: the list is read anew.
func (h *house) approvalsMoved(ctx context.Context) {
	if err := (deskSignals{wire: h.hot}).Publish(ctx, deskweb.Signal{Kind: deskweb.ApprovalsMoved}); err != nil {
		h.log.Warn("that approvals have moved was not told", "err", err)
	}
}
