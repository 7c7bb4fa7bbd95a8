package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"javab/bot"
)

// Round does what time does to chats: back to the queue from an officer who does not answer, who is gone or whose shift
// is over; awake when their time has come or the member has written; to a colleague who reads the language; and the
// silent member is asked, then handed back to the bot. It may be run as often as one likes: each thing happens once. A
// chat that moved since it was looked at is left to the next round.
func (d *Desk) Round(ctx context.Context, now time.Time) error {
	if err := d.Look(ctx, now); err != nil {
		return err
	}
	standing, err := d.Store.Standing(ctx)
	if err != nil {
		return fmt.Errorf("read hand-overs: %w", err)
	}
	w := d.watch.Load()
	var errs []error
	for _, s := range standing {
		if due := d.due(w, s, now); due != nil {
			errs = append(errs, d.late(ctx, s, due))
		}
	}
	return errors.Join(append(errs, d.languages(ctx, w))...)
}

// change is what a round makes of one chat.
type change func(ctx context.Context, a *act) error

// late carries a change out, unless the chat has moved.
func (d *Desk) late(ctx context.Context, s Standing, due change) error {
	err := d.do(ctx, bot.Staff{}, s.Chat, func(ctx context.Context, a *act) error {
		if a.idle = a.chat.Rev != s.Rev || a.hand.ID != s.ID; a.idle {
			return nil
		}
		return due(ctx, a)
	})
	if bot.KindOf(err) == bot.NotFound { // it has ended meanwhile
		return nil
	}
	return err
}

// due says what is to be done now with a hand-over; nil: nothing.
func (d *Desk) due(w *watch, s Standing, now time.Time) change {
	rules := d.Content.Rules()
	since, owed := s.Owed()
	if !owed && !s.AnsweredAt.IsZero() && s.State != bot.HandOverSnoozed {
		if silent := d.silence(s, now, rules); silent != nil {
			return silent
		}
	}
	switch s.State {
	case bot.HandOverSnoozed:
		return d.woken(s, now)
	case bot.HandOverHeld:
		return d.forsaken(w, s, now, since, owed)
	case bot.HandOverWaiting:
		if s.Named != "" && w.gone(s.Named) {
			return unowned(w)
		}
	}
	return nil
}

// woken wakes a chat whose time has come. One that was put off before its member could wake it by himself wakes when he
// has written since. A chat that was muted waits again.
func (d *Desk) woken(s Standing, now time.Time) change {
	if now.Before(s.SnoozedUntil) && (s.Holder == "" || !s.HeardAt.After(s.ClaimedAt)) {
		return nil
	}
	return func(ctx context.Context, a *act) error {
		if a.hand.Holder == "" {
			return a.putBack(ctx, ActUnmuted, "", false)
		}
		a.chat.Mode = bot.ModeHeld
		a.hand.State, a.hand.SnoozedUntil, a.hand.ClaimedAt = bot.HandOverHeld, time.Time{}, a.now
		a.noted(ActWoken, "", a.hand.Holder, a.hand.Holder)
		return nil
	}
}

// forsaken puts a chat back that its officer does not answer, or that he is not there for.
func (d *Desk) forsaken(w *watch, s Standing, now, since time.Time, owed bool) change {
	rules := d.Content.Rules()
	calendar := d.Hours.For(s.Unit)
	back := func(what string) change {
		return func(ctx context.Context, a *act) error { return a.returned(ctx, what, owed) }
	}
	if closing, err := calendar.NextClosing(s.ClaimedAt); err == nil && !closing.After(now) {
		return back(ActShift)
	}
	if w.gone(s.Holder) {
		return back(ActAbsent)
	}
	if !owed || s.Held { // what he wrote waits for somebody else
		return nil
	}
	switch waited, err := calendar.Between(since, now); {
	case err != nil:
		return nil
	case waited >= rules.Release:
		return back(ActUnanswered)
	case waited >= rules.Warn:
		return warn(since)
	}
	return nil
}

// gone reports whether somebody has given no sign of life for too long, or may hold no chats.
func (w *watch) gone(id bot.StaffID) bool {
	for _, s := range w.staff {
		if s.ID == id {
			return !Looks(s) || s.Status == bot.Away || w.now.Sub(s.SeenAt) >= w.lost
		}
	}
	return true
}

// returned puts a chat back to its place. Where the member is owed nothing, no promise runs: the next one begins now,
// so that he stands behind those who wait, and he is not disturbed.
func (a *act) returned(ctx context.Context, what string, owed bool) error {
	if !owed {
		due, err := a.Hours.For(a.hand.Unit).Add(a.now, a.Content.FirstAnswer(a.hand.Topic))
		if err != nil {
			return err
		}
		a.hand.DueAt = due
	}
	return a.putBack(ctx, what, "", owed)
}

// once returns the key of a line that is written once for what happened at a time, and whether it is not there yet.
func (a *act) once(ctx context.Context, what string, since time.Time) (key string, first bool, err error) {
	key = what + ":" + a.hand.ID + ":" + since.UTC().Format(time.RFC3339)
	if _, err = a.tx.Written(ctx, key); bot.KindOf(err) == bot.NotFound {
		return key, true, nil
	}
	a.idle = true
	return key, false, err
}

// warn leaves a line for the officer, once for what he owes.
func warn(since time.Time) change {
	return func(ctx context.Context, a *act) error {
		key, first, err := a.once(ctx, "warned", since)
		if !first {
			return err
		}
		a.keep(bot.Message{Direction: bot.Note, Author: bot.ByBot, Flow: NoteFlow, Step: ActWarned, JobKey: key})
		return nil
	}
}

// silence asks a member who does not answer the officer, once, and hands him back to the bot when he stays silent. Its
// clock is the wall's, but nobody is disturbed while the chamber is closed.
func (d *Desk) silence(s Standing, now time.Time, rules Rules) change {
	if !d.Hours.For(s.Unit).Open(now) {
		return nil
	}
	switch silent := now.Sub(s.OfficerAt); {
	case silent >= rules.Back:
		return func(_ context.Context, a *act) error {
			a.end(NoAnswer)
			a.noted(ActHandedBack, NoAnswer, a.hand.Holder, "")
			a.tell(a.key(), saying(textSilence))
			a.handBack(false)
			return nil
		}
	case silent >= rules.Ask:
		return asked(s.OfficerAt)
	}
	return nil
}

func asked(since time.Time) change {
	return func(ctx context.Context, a *act) error {
		key, first, err := a.once(ctx, "asked", since)
		if !first {
			return err
		}
		a.tell(key, saying(textStillThere))
		if a.chat.Blocked { // told to nobody, and noted once all the same
			a.keep(bot.Message{Direction: bot.Note, Author: bot.ByBot, Flow: NoteFlow, Step: ActAsked, JobKey: key})
		}
		return nil
	}
}
