package desk

import (
	"context"
	"fmt"
	"maps"
	"strconv"
	"time"

	"javab/bot"
)

// Claim gives a waiting chat to by, and to nobody else: of many who reach for it at once one gets it. His own he keeps.
func (d *Desk) Claim(ctx context.Context, by bot.Staff, chat bot.ChatKey) error {
	return d.named(ctx, d.do(ctx, by, chat, func(ctx context.Context, a *act) error {
		if a.holds() {
			a.idle = true
			return nil
		}
		return a.claim(ctx)
	}))
}

func (a *act) holds() bool { return a.hand.State == bot.HandOverHeld && a.hand.Holder == a.by.ID }

// claim takes the chat for by and tells the member. Locking the person keeps two of his claims from both fitting.
func (a *act) claim(ctx context.Context) error {
	before := a.hand.Holder
	me, err := a.tx.Staff(ctx, a.by.ID)
	if err != nil {
		return fmt.Errorf("lock staff %s: %w", a.by.ID, err)
	}
	if me.Status != bot.Available {
		return &bot.Error{Kind: bot.Conflict, Key: "desk_away"}
	}
	got, err := a.tx.Claim(ctx, a.chat.Key, me, a.now)
	if err != nil {
		return fmt.Errorf("claim chat %s: %w", a.chat.Key, err)
	}
	if !got {
		return a.refusal(ctx, me)
	}
	a.held(me)
	a.noted(ActClaimed, "", before, me.ID)
	a.tell(a.key(), saying(textClaimed, "name", a.signature(me)))
	return nil
}

// held is what a claim makes of the chat; the running claim begins anew.
func (a *act) held(by bot.Staff) {
	a.hand.State, a.hand.Holder, a.hand.Named, a.hand.ClaimedAt = bot.HandOverHeld, by.ID, "", a.now
	a.hand.SnoozedUntil = time.Time{}
	a.chat.Mode, a.chat.MutedUntil = bot.ModeHeld, time.Time{}
}

// refusal says why a claim got nothing.
func (a *act) refusal(ctx context.Context, me bot.Staff) error {
	switch h := a.hand; {
	case h.State == bot.HandOverSnoozed && h.Holder == "":
		return &bot.Error{Kind: bot.Conflict, Key: "chat_muted"}
	case h.State != bot.HandOverWaiting && h.Holder != me.ID:
		return taken("chat_taken", h.Holder)
	case h.Named != "" && h.Named != me.ID:
		return taken("chat_named", h.Named)
	case h.State == bot.HandOverWaiting:
		if err := a.free(ctx, me); err != nil {
			return err
		}
	}
	return full(me)
}

func full(by bot.Staff) error {
	return &bot.Error{Kind: bot.Conflict, Key: "desk_full", Params: map[string]string{"Capacity": strconv.Itoa(by.Capacity)}}
}

func taken(key string, holder bot.StaffID) error {
	return &bot.Error{Kind: bot.Conflict, Key: key, Params: map[string]string{"Holder": string(holder)}}
}

// named puts the name of the holder into a refusal, where his id was. It is read after the transaction.
func (d *Desk) named(ctx context.Context, err error) error {
	refused, is := err.(*bot.Error)
	if !is || refused.Params["Holder"] == "" {
		return err
	}
	all, failed := d.Store.AllStaff(ctx)
	if failed != nil {
		return err
	}
	for _, s := range all {
		if string(s.ID) == refused.Params["Holder"] {
			params := maps.Clone(refused.Params)
			params["Holder"] = s.Name
			return &bot.Error{Kind: refused.Kind, Key: refused.Key, Params: params}
		}
	}
	return err
}

// mine fails unless by holds the chat or nobody does.
func (a *act) mine() error {
	if a.hand.Holder != "" && a.hand.Holder != a.by.ID {
		return taken("chat_held", a.hand.Holder)
	}
	return nil
}

// TakeOver takes a chat that another holds or that waits for another, with a reason that stays in the record.
func (d *Desk) TakeOver(ctx context.Context, by bot.Staff, chat bot.ChatKey, reason string) error {
	if reason == "" {
		return &bot.Error{Kind: bot.Invalid, Key: "desk_reason"}
	}
	return d.named(ctx, d.do(ctx, by, chat, func(ctx context.Context, a *act) error {
		if a.idle = a.holds(); a.idle {
			return nil
		}
		if a.hand.State == bot.HandOverWaiting {
			if err := a.free(ctx, a.by); err != nil {
				return err
			}
		}
		if err := a.fits(ctx); err != nil {
			return err
		}
		before := a.hand.Holder
		a.held(a.by)
		a.noted(ActTakenOver, reason, before, a.by.ID)
		a.tell(a.key(), saying(textTakenOver, "name", a.signature(a.by)))
		return nil
	}))
}

// fits fails when by holds as many chats as he may.
func (a *act) fits(ctx context.Context) error {
	me, err := a.tx.Staff(ctx, a.by.ID)
	if err != nil {
		return fmt.Errorf("lock staff %s: %w", a.by.ID, err)
	}
	n, err := a.tx.Holds(ctx, me.ID)
	if err != nil {
		return fmt.Errorf("count chats of %s: %w", me.ID, err)
	}
	if n >= me.Capacity {
		return full(me)
	}
	return nil
}

// Release gives a chat that by holds back to its place in the queue.
func (d *Desk) Release(ctx context.Context, by bot.Staff, chat bot.ChatKey, reason string) error {
	return d.named(ctx, d.do(ctx, by, chat, func(ctx context.Context, a *act) error {
		if err := a.mine(); err != nil {
			return err
		}
		if a.idle = a.hand.State == bot.HandOverWaiting; a.idle {
			return nil
		}
		return a.putBack(ctx, ActReleased, reason, true)
	}))
}

// putBack returns the chat to its place. The member is told when he waits for an answer.
func (a *act) putBack(ctx context.Context, what, reason string, tell bool) error {
	before := a.hand.Holder
	a.wait()
	a.noted(what, reason, before, "")
	if !tell {
		return nil
	}
	return a.tellPlace(ctx, saying(textReleased))
}

// wait makes the chat wait for whoever serves its unit.
func (a *act) wait() {
	a.hand.State, a.hand.Holder, a.hand.Named, a.hand.SnoozedUntil = bot.HandOverWaiting, "", "", time.Time{}
	a.chat.Mode = bot.ModeWaiting
}

// tellPlace tells the member what happened, his place, the wait as far as it is known, and the next opening. Of a paused
// queue nobody knows when it goes on.
func (a *act) tellPlace(ctx context.Context, what sentence) error {
	if err := a.tx.SaveHandOver(ctx, a.hand); err != nil { // the place is counted from it
		return fmt.Errorf("save hand-over %s: %w", a.hand.ID, err)
	}
	place, err := a.tx.Place(ctx, a.chat.Key)
	if err != nil {
		return fmt.Errorf("find chat %s in the queue: %w", a.chat.Key, err)
	}
	_, paused, err := pause(ctx, a.tx, a.hand.Unit)
	if err != nil {
		return err
	}
	a.tell(a.key(), what, a.outlook(place, paused)...)
	return nil
}

// key is a new job key of this act, the same each time its closure runs.
func (a *act) key() string {
	return "d" + strconv.FormatInt(a.rev, 36) + "." + strconv.Itoa(len(a.rows.Jobs))
}
