package desk

import (
	"context"
	"fmt"
	"slices"

	"javab/bot"
)

// perRound bounds how many chats of one crowd a round gives to a colleague.
const perRound = 50

// languages gives chats that nobody present can read to a colleague who can, by name, and tells the members.
func (d *Desk) languages(ctx context.Context, w *watch) error {
	crowds, err := d.Store.Crowds(ctx)
	if err != nil {
		return fmt.Errorf("count the queues: %w", err)
	}
	pauses, err := d.Store.Pauses(ctx)
	if err != nil {
		return fmt.Errorf("read which queues are paused: %w", err)
	}
	for _, c := range crowds {
		if !w.anybody(c.Unit) || slices.ContainsFunc(pauses, func(p Pause) bool { return p.Unit == c.Unit }) {
			continue // nobody takes it now: whoever comes first may read it
		}
		if _, present, found := w.reader(bot.HandOver{Unit: c.Unit, Lang: c.Lang}); present || !found {
			continue
		}
		chats, err := d.Store.Waiting(ctx, c.Unit, c.Lang, perRound)
		if err != nil {
			return fmt.Errorf("read queue of unit %s: %w", c.Unit, err)
		}
		for _, chat := range chats {
			if err := d.name(ctx, w, chat); err != nil {
				return err
			}
		}
	}
	return nil
}

// anybody reports whether somebody of the unit is there at all.
func (w *watch) anybody(unit bot.UnitID) bool {
	for _, s := range w.staff {
		if w.there(s) && s.Serves(unit) {
			return true
		}
	}
	return false
}

// name lets one chat wait for the colleague who reads its language.
func (d *Desk) name(ctx context.Context, w *watch, chat bot.ChatKey) error {
	err := d.do(ctx, bot.Staff{}, chat, func(ctx context.Context, a *act) error {
		who, _, found := w.reader(a.hand)
		if a.idle = !found || a.hand.State != bot.HandOverWaiting || a.hand.Named != ""; a.idle {
			return nil
		}
		a.hand.Named = who.ID
		a.noted(ActNamed, string(a.hand.Lang), "", who.ID)
		return a.tellPlace(ctx, saying(textLanguage, "name", a.signature(who)))
	})
	if bot.KindOf(err) == bot.NotFound {
		return nil
	}
	return err
}
