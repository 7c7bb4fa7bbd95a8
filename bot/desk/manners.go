package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"javab/bot"
	"javab/locales/text"
)

// Warn asks the member, in the content's words, to keep a civil tone.
func (d *Desk) Warn(ctx context.Context, by bot.Staff, chat bot.ChatKey, reason string) error {
	return d.named(ctx, d.do(ctx, by, chat, func(_ context.Context, a *act) error {
		if err := a.mayAct(reason); err != nil {
			return err
		}
		if a.chat.Blocked {
			return &bot.Error{Kind: bot.Conflict, Key: "chat_blocked"}
		}
		a.noted(ActCautioned, reason, "", "")
		a.tell(a.key(), saying(textManners))
		return nil
	}))
}

// mayAct fails unless by holds the chat, nobody does, or he leads others; and without a reason.
func (a *act) mayAct(reason string) error {
	switch {
	case reason == "":
		return &bot.Error{Kind: bot.Invalid, Key: "desk_reason"}
	case Leads(a.by):
		return nil
	}
	return a.mine()
}

// maxMute is the longest that a member is kept from officers by one act: who is to be kept away for longer is asked anew.
const maxMute = 30 * 24 * time.Hour

// Mute keeps a chat from all queues until a time, at which it waits again in its place. What the member writes meanwhile
// is kept; the bot's commands and flows go on. He is told until when.
func (d *Desk) Mute(ctx context.Context, by bot.Staff, chat bot.ChatKey, until time.Time, reason string) error {
	if !Leads(by) {
		return &bot.Error{Kind: bot.Forbidden, Key: "desk_senior"}
	}
	return d.do(ctx, by, chat, func(_ context.Context, a *act) error {
		if err := a.mayAct(reason); err != nil {
			return err
		}
		if !until.After(a.now) || until.Sub(a.now) > maxMute {
			return &bot.Error{Kind: bot.Invalid, Key: "desk_mute"}
		}
		before := a.hand.Holder
		a.wait()
		a.hand.State, a.hand.SnoozedUntil, a.chat.MutedUntil = bot.HandOverSnoozed, until, until
		a.noted(ActMuted, reason, before, "")
		a.tell(a.key(), muted(a.chat))
		return nil
	})
}

// muted tells a member until when no officer reads him.
func muted(chat bot.Chat) sentence {
	format := text.For(chat.Lang)
	return saying(textMuted, "date", format.LongDate(chat.MutedUntil), "time", format.Time(chat.MutedUntil))
}

// Unmute ends a mute before its time: the chat waits in its place again.
func (d *Desk) Unmute(ctx context.Context, by bot.Staff, chat bot.ChatKey, reason string) error {
	if !Leads(by) {
		return &bot.Error{Kind: bot.Forbidden, Key: "desk_senior"}
	}
	return d.begin(ctx, by, chat, (*act).lately, func(ctx context.Context, a *act) error {
		if err := a.mayAct(reason); err != nil {
			return err
		}
		if a.idle = !a.chat.MutedUntil.After(a.now); a.idle {
			return nil
		}
		a.chat.MutedUntil = time.Time{}
		if !a.running() || a.hand.Holder != "" {
			a.noted(ActUnmuted, reason, "", "")
			return nil
		}
		return a.putBack(ctx, ActUnmuted, reason, true)
	})
}

// LegalHold keeps all that is in a chat from being erased, or lets it be erased again. Only who stands over all units may.
func (d *Desk) LegalHold(ctx context.Context, by bot.Staff, chat bot.ChatKey, on bool, reason string) error {
	if !Over(by) {
		return &bot.Error{Kind: bot.Forbidden, Key: "desk_head"}
	}
	return d.begin(ctx, by, chat, (*act).lately, func(ctx context.Context, a *act) error {
		if err := a.mayAct(reason); err != nil {
			return err
		}
		what, isNew, err := ActLegalHold, false, error(nil)
		if on {
			isNew, err = a.tx.HoldLegally(ctx, chat, by.ID, a.now)
		} else {
			what = ActLegalLifted
			isNew, err = a.tx.LiftLegally(ctx, chat)
		}
		if err != nil {
			return fmt.Errorf("legal hold of chat %s: %w", chat, err)
		}
		if a.idle = !isNew; isNew {
			a.noted(what, reason, "", "")
		}
		return nil
	})
}

// CallManager asks a manager of the unit to take a chat: it waits for him, with the reason. Where there is none, for the
// head.
func (d *Desk) CallManager(ctx context.Context, by bot.Staff, chat bot.ChatKey, reason string) error {
	w, err := d.seen(ctx)
	if err != nil {
		return err
	}
	return d.named(ctx, d.do(ctx, by, chat, func(ctx context.Context, a *act) error {
		if err := a.mayAct(reason); err != nil {
			return err
		}
		who, found := w.manager(a.hand)
		if !found || who.ID == by.ID {
			return &bot.Error{Kind: bot.Conflict, Key: "desk_no_manager"}
		}
		before := a.hand.Holder
		if a.idle = a.hand.Named == who.ID || before == who.ID; a.idle {
			return nil
		}
		a.wait()
		a.hand.Named = who.ID
		a.noted(ActManager, reason, before, who.ID)
		return a.tellPlace(ctx, saying(textColleague, "name", a.signature(who)))
	}))
}

// seen is the staff as they are now. It is read before the transaction.
func (d *Desk) seen(ctx context.Context) (*watch, error) {
	staff, err := d.Store.AllStaff(ctx)
	if err != nil {
		return nil, fmt.Errorf("read staff: %w", err)
	}
	return &watch{staff: staff, now: d.Clock(), lost: d.Content.Rules().Lost}, nil
}

// manager is who is asked of those who lead the unit of a hand-over: a manager before the head, then who is there, then
// whose browser was seen last, then by id.
func (w *watch) manager(h bot.HandOver) (bot.Staff, bool) {
	var able []bot.Staff
	for _, s := range w.staff {
		leads := s.Role == bot.RoleManager || Over(s)
		if leads && s.Serves(h.Unit) && Sees(s, h) {
			able = append(able, s)
		}
	}
	slices.SortFunc(able, func(a, b bot.Staff) int {
		if Over(a) != Over(b) {
			return rank(Over(a)) - rank(Over(b))
		}
		return w.nearer(a, b)
	})
	if len(able) == 0 {
		return bot.Staff{}, false
	}
	return able[0], true
}
