package desk

import (
	"context"
	"fmt"
	"slices"

	"javab/bot"
	"javab/bot/cases"
)

// Accuse keeps a chat from a colleague whom it complains about: from now on it is not there for him, nor anything said or
// filed in it. What he holds of it is taken from him. A chat about somebody who stands over all units goes to his deputy,
// who is his substitute; without one that may see it, to a manager of the unit.
func (d *Desk) Accuse(ctx context.Context, by bot.Staff, chat bot.ChatKey, who bot.StaffID, reason string) error {
	return d.accusing(ctx, by, chat, who, reason, (*act).lately)
}

// AccuseInCase is Accuse for the chat that a case was filed in, for whoever may see the case.
func (d *Desk) AccuseInCase(ctx context.Context, by bot.Staff, number bot.CaseNumber, who bot.StaffID, reason string) error {
	var c bot.Case
	err := d.Store.Do(ctx, func(tx Tx) (err error) {
		c, err = tx.Case(ctx, number)
		return err
	})
	if err != nil {
		return fmt.Errorf("read case %s: %w", number, err)
	}
	return d.accusing(ctx, by, c.Chat, who, reason, func(a *act, ctx context.Context) error { return a.filed(ctx, c) })
}

// filed finds the hand-over of a case's chat for who may see the case; there may be none.
func (a *act) filed(ctx context.Context, c bot.Case) (err error) {
	if a.hand, err = a.tx.Latest(ctx, c.Chat); bot.KindOf(err) == bot.NotFound {
		a.hand = bot.HandOver{Unit: c.Unit, Confidential: c.Confidential}
		a.hand.About, err = a.tx.About(ctx, c.Chat)
	}
	if err != nil {
		return fmt.Errorf("read hand-over of case %s: %w", c.Number, err)
	}
	if !cases.Sees(a.by, c, a.hand.About) {
		return hidden(c.Chat)
	}
	return nil
}

func (d *Desk) accusing(ctx context.Context, by bot.Staff, chat bot.ChatKey, who bot.StaffID, reason string, open opening) error {
	if reason == "" {
		return &bot.Error{Kind: bot.Invalid, Key: "desk_reason"}
	}
	w, err := d.seen(ctx)
	if err != nil {
		return err
	}
	return d.named(ctx, d.begin(ctx, by, chat, open, func(ctx context.Context, a *act) error {
		if a.running() && !Leads(by) {
			if err := a.mine(); err != nil {
				return err
			}
		}
		return a.accuse(ctx, w, who, reason)
	}))
}

func (a *act) accuse(ctx context.Context, w *watch, who bot.StaffID, reason string) error {
	accused, err := a.somebody(ctx, who)
	if err != nil {
		return err
	}
	if a.idle = slices.Contains(a.hand.About, who); a.idle {
		return nil
	}
	if err := a.tx.Accuse(ctx, a.chat.Key, who, a.now); err != nil {
		return fmt.Errorf("keep chat %s from %s: %w", a.chat.Key, who, err)
	}
	a.hand.About = append(slices.Clone(a.hand.About), who)
	a.noted(ActAccused, reason, "", who)
	if !a.running() {
		return nil
	}
	return a.taken(ctx, w, accused)
}

// taken gives a chat to those who may handle it now that it is about somebody.
func (a *act) taken(ctx context.Context, w *watch, accused bot.Staff) error {
	deputy, found := bot.Staff{}, false
	if Over(accused) {
		deputy, found = w.deputy(accused, a.hand)
	}
	switch {
	case found && a.hand.Holder == deputy.ID:
	case found:
		a.wait()
		a.hand.Named = deputy.ID
		return a.tellPlace(ctx, saying(textColleague, "name", a.signature(deputy)))
	case a.hand.Holder == accused.ID || a.hand.Named == accused.ID:
		a.wait()
		return a.tellPlace(ctx, saying(textReleased))
	}
	return nil
}

// deputy is who handles what complains about the head.
func (w *watch) deputy(head bot.Staff, h bot.HandOver) (bot.Staff, bool) {
	for _, s := range w.staff {
		h.Named = s.ID // who is named sees what waits for him
		if s.ID == head.Substitute && Sees(s, h) {
			return s, true
		}
	}
	return w.manager(h)
}

// Absolve takes back that a chat complains about a colleague. Only who stands over others may.
func (d *Desk) Absolve(ctx context.Context, by bot.Staff, chat bot.ChatKey, who bot.StaffID, reason string) error {
	if err := over(by, reason); err != nil {
		return err
	}
	return d.begin(ctx, by, chat, (*act).lately, func(ctx context.Context, a *act) error {
		i := slices.Index(a.hand.About, who)
		if a.idle = i < 0; a.idle {
			return nil
		}
		if err := a.tx.Absolve(ctx, chat, who); err != nil {
			return fmt.Errorf("show chat %s to %s: %w", chat, who, err)
		}
		a.hand.About = slices.Delete(slices.Clone(a.hand.About), i, i+1)
		a.noted(ActAbsolved, reason, who, "")
		return nil
	})
}

// over fails unless by is a manager or stands over all units, and says why.
func over(by bot.Staff, reason string) error {
	switch {
	case !Supervises(by) || by.Disabled:
		return &bot.Error{Kind: bot.Forbidden, Key: "desk_manager"}
	case reason == "":
		return &bot.Error{Kind: bot.Invalid, Key: "desk_reason"}
	}
	return nil
}
