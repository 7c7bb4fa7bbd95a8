package desk

import (
	"context"
	"fmt"

	"javab/bot"
)

// owner is who is asked first about a key account: its owner, and while he is on leave his substitute. Nobody, when he is
// not there: then whoever serves the unit answers.
func (q *Queue) owner(ctx context.Context, tx QueueTx, m bot.Member, h bot.HandOver) (bot.StaffID, error) {
	who, err := ownerNow(ctx, tx, m)
	if err != nil || who.ID == "" {
		return "", err
	}
	if h.About, err = tx.About(ctx, h.Chat); err != nil {
		return "", fmt.Errorf("whom chat %s complains about: %w", h.Chat, err)
	}
	h.Named = who.ID // who is named sees what waits for him
	w := &watch{now: h.At, lost: q.Content.Rules().Lost}
	if !w.there(who) || !Sees(who, h) {
		return "", nil
	}
	return who.ID, nil
}

// ownerNow is the owner of a key account, or who stands in for him; without an id when it has none.
func ownerNow(ctx context.Context, tx Known, m bot.Member) (bot.Staff, error) {
	if !m.KeyAccount || m.Owner == "" {
		return bot.Staff{}, nil
	}
	who, err := tx.Staff(ctx, m.Owner)
	if err == nil && who.Status == bot.Away && who.Substitute != "" {
		who, err = tx.Staff(ctx, who.Substitute)
	}
	if bot.KindOf(err) == bot.NotFound {
		return bot.Staff{}, nil
	}
	if err != nil {
		return bot.Staff{}, fmt.Errorf("read owner of member %s: %w", m.ID, err)
	}
	return who, nil
}

// unowned lets a key account's chat wait for everybody when it waits for its owner, who is gone, and a colleague who reads
// the language is there.
func unowned(w *watch) change {
	return func(ctx context.Context, a *act) error {
		m, err := a.tx.MemberOf(ctx, a.chat.Key)
		if err != nil && bot.KindOf(err) != bot.NotFound {
			return fmt.Errorf("read member of chat %s: %w", a.chat.Key, err)
		}
		owner, err := ownerNow(ctx, a.tx, m)
		if err != nil {
			return err
		}
		_, there, _ := w.reader(a.hand)
		before := a.hand.Named
		if a.idle = !there || before == "" || before != owner.ID && before != m.Owner; a.idle {
			return nil
		}
		a.wait()
		a.noted(ActAbsent, "", before, "")
		return nil
	}
}
