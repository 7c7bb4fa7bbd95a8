package app

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/telegram"
	"javab/storage"
)

// replayed is what came of one delivery. Outcome is handled, again (it failed once more, and is kept under a new number)
// or stays.
type replayed struct {
	ID      int64  `json:"id"`
	Outcome string `json:"outcome"`
	Reason  string `json:"reason,omitempty"`
}

func (h *house) replayAll(ctx context.Context, c *console, chosen []storage.Kept, asJSON bool) error {
	results, failed := []replayed{}, 0
	for i, k := range chosen {
		c.progress("replay.progress", params{"Done": i, "All": len(chosen)})
		r := h.replayOne(ctx, k)
		c.settled()
		if r.Outcome != "handled" {
			failed++
		}
		results = append(results, r)
		if !asJSON {
			c.say("replay."+r.Outcome, params{"ID": strconv.FormatInt(r.ID, 10), "Reason": r.Reason})
		}
	}
	if asJSON {
		if err := c.json(map[string]any{"replayed": results, "failed": failed}); err != nil {
			return err
		}
	}
	if failed > 0 {
		return errProblems
	}
	return nil
}

// replayOne hands a delivery to the turn under a receipt of its own, so that a replay that is cut short and run again
// acts once. Then it leaves the quarantine: what failed again is there under a new number.
func (h *house) replayOne(ctx context.Context, k storage.Kept) replayed {
	r := replayed{ID: k.ID, Outcome: "stays"}
	in, err := h.reread(k)
	if err != nil {
		r.Reason = cause(err)
		return r
	}
	err = h.turn.Handle(ctx, in)
	again, failed := errors.AsType[*converse.QuarantineError](err)
	if err != nil && !failed {
		r.Reason = cause(err)
		return r
	}
	if err := h.store.Resolve(ctx, k.ID, h.env.Clock()); err != nil {
		r.Reason = cause(err)
		return r
	}
	r.Outcome = "handled"
	if failed {
		r.Outcome, r.Reason = "again", cause(again.Cause)
	}
	return r
}

// reread reads the delivery's bytes once more, with the adapter that they came through.
func (h *house) reread(k storage.Kept) (bot.Inbound, error) {
	receiver := h.receiver(k.Receipt.Source)
	if receiver == nil {
		return bot.Inbound{}, fmt.Errorf("the channel %q is not set up here", k.Receipt.Source)
	}
	in, err := receiver.Parse(k.Raw)
	in.Receipt = bot.ReceiptKey{Source: k.Receipt.Source, ID: fmt.Sprintf("replay-%d", k.ID)}
	return in, err
}

func (h *house) receiver(id bot.ChannelID) *telegram.Receiver {
	for _, c := range h.channels {
		if c.ID == id {
			return c.Receiver
		}
	}
	return nil
}
