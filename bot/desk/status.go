package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"javab/bot"
	"javab/bot/cases"
)

// Status says whether chats may be given to by. A break keeps his chats; whoever is away holds none: they wait for his
// substitute, and without one they go back to their place.
func (d *Desk) Status(ctx context.Context, by bot.Staff, s bot.StaffStatus) error {
	return d.status(ctx, by, by.ID, s, "")
}

// status sets that of who, by the word of by. It is a sign of life only of himself.
func (d *Desk) status(ctx context.Context, by bot.Staff, who bot.StaffID, s bot.StaffStatus, reason string) error {
	if !s.Valid() {
		return &bot.Error{Kind: bot.Invalid, Key: "desk_status"}
	}
	now, substitute := d.Clock(), bot.StaffID("")
	err := d.Store.Do(ctx, func(tx Tx) error {
		him, err := tx.Staff(ctx, who)
		if bot.KindOf(err) == bot.NotFound && who != by.ID {
			return nobody
		}
		if err != nil {
			return fmt.Errorf("read staff %s: %w", who, err)
		}
		if err := mayRest(by, him); err != nil {
			return err
		}
		before := him.Status
		substitute = him.Substitute
		him.Status = s
		if who == by.ID {
			him.SeenAt = now
		}
		if err := tx.SaveStaff(ctx, him); err != nil {
			return fmt.Errorf("save staff %s: %w", who, err)
		}
		if before == s {
			return nil
		}
		if err := moveCases(ctx, tx, him, now); err != nil {
			return err
		}
		return tx.Audit(ctx, bot.AuditEntry{
			At: now, By: by.ID, What: "staff.status", Subject: "staff " + string(who), Before: string(before), After: string(s), Reason: reason,
		})
	})
	if err != nil || s != bot.Away {
		return err
	}
	return d.leaves(ctx, who, substitute)
}

// moveCases gives the open cases of somebody who goes away to his substitute.
func moveCases(ctx context.Context, tx Tx, him bot.Staff, now time.Time) error {
	if him.Status != bot.Away {
		return nil
	}
	substitute, err := tx.Staff(ctx, him.Substitute)
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return fmt.Errorf("read staff %s: %w", him.Substitute, err)
	}
	return cases.Leave(ctx, tx, him.ID, substitute.ID, now, func(c bot.Case) (bool, error) {
		about, err := tx.About(ctx, c.Chat)
		return cases.Sees(substitute, c, about), err
	})
}

// leaves gives away all that somebody holds or put off, or that waits for him.
func (d *Desk) leaves(ctx context.Context, holder, substitute bot.StaffID) error {
	standing, err := d.Store.Standing(ctx)
	if err != nil {
		return fmt.Errorf("read hand-overs: %w", err)
	}
	var errs []error
	for _, s := range standing {
		if s.Holder == holder || s.Named == holder {
			_, owed := s.Owed()
			errs = append(errs, d.late(ctx, s, func(ctx context.Context, a *act) error { return a.left(ctx, substitute, owed) }))
		}
	}
	return errors.Join(errs...)
}

// left lets a chat wait for the substitute, if he may see and take it, else for its unit.
func (a *act) left(ctx context.Context, substitute bot.StaffID, owed bool) error {
	who, err := a.tx.Staff(ctx, substitute)
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return fmt.Errorf("read staff %s: %w", substitute, err)
	}
	before, left := a.hand.Holder, a.hand
	left.Holder, left.Named = "", who.ID
	stuck := a.free(ctx, who)
	if stuck != nil && bot.KindOf(stuck) != bot.Conflict {
		return stuck
	}
	if who.ID == "" || !Sees(who, left) || stuck != nil {
		return a.returned(ctx, ActAbsent, owed)
	}
	a.wait()
	a.hand.Named = who.ID
	a.noted(ActTransferred, "", before, who.ID)
	if !owed {
		return nil
	}
	return a.tellPlace(ctx, saying(textColleague, "name", a.signature(who)))
}

// Present notes that the browser of by gave a sign of life.
func (d *Desk) Present(ctx context.Context, by bot.Staff) error {
	return d.Store.Do(ctx, func(tx Tx) error {
		me, err := tx.Staff(ctx, by.ID)
		if err != nil {
			return fmt.Errorf("read staff %s: %w", by.ID, err)
		}
		me.SeenAt = d.Clock()
		return tx.SaveStaff(ctx, me)
	})
}
