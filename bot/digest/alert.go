package digest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"javab/bot"
	"javab/locales/text"
)

// batch bounds the alerts of one round: what is more waits for the next.
const batch = 100

// mostAlerts is how many alerts stand before somebody at once.
const mostAlerts = 20

// alerts tells people of what they must hear at once. Each is told once in a chat, however often this runs, and stands on
// the pages of all whom it concerns until they have seen it: nobody needs a messenger to hear of it.
func (h *Herald) alerts(ctx context.Context, everybody []bot.Staff) error {
	untold, err := h.Store.Untold(ctx, batch)
	if err != nil {
		return fmt.Errorf("read alerts: %w", err)
	}
	var errs []error
	for _, a := range untold {
		if err := h.alert(ctx, a, everybody); err != nil {
			errs = append(errs, fmt.Errorf("tell alert %s: %w", a.ID, err))
		}
	}
	return errors.Join(errs...)
}

func (h *Herald) alert(ctx context.Context, a bot.Alert, everybody []bot.Staff) error {
	var about []bot.StaffID
	err := h.Store.Do(ctx, func(tx Tx) (err error) {
		if about, err = tx.About(ctx, a.Chat); err != nil {
			return fmt.Errorf("read whom its chat is about: %w", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	whom := concerned(a, everybody, about)
	for _, id := range whom {
		if err := h.Teller.Tell(ctx, id, "alert:"+a.ID+":"+string(id), "alert", h.alarming(a)); err != nil {
			return err
		}
	}
	if err := h.Store.Do(ctx, func(tx Tx) error { return tx.Told(ctx, a.ID, whom, h.Clock()) }); err != nil {
		return err
	}
	if h.Alerted != nil && len(whom) > 0 {
		h.Alerted(ctx, a)
	}
	return nil
}

// concerned are those who hear of an alert: who looks after the key member and his substitute, and the managers of the unit;
// where it has none that may know of it, the head.
func concerned(a bot.Alert, everybody []bot.Staff, about []bot.StaffID) (whom []bot.StaffID) {
	add := func(fits func(bot.Staff) bool) (found bool) {
		for _, s := range everybody {
			may := s.Looks() && (s.Confidential || !a.Confidential) && !slices.Contains(about, s.ID)
			if may && fits(s) {
				found = true
				if !slices.Contains(whom, s.ID) {
					whom = append(whom, s.ID)
				}
			}
		}
		return found
	}
	if i := slices.IndexFunc(everybody, func(s bot.Staff) bool { return s.ID == a.Owner && a.Owner != "" }); i >= 0 {
		owner := everybody[i]
		add(func(s bot.Staff) bool { return s.ID == owner.ID || owner.Substitute != "" && s.ID == owner.Substitute })
	}
	if !add(func(s bot.Staff) bool { return s.Role == bot.RoleManager && s.Serves(a.Unit) }) {
		add(func(s bot.Staff) bool { return s.Role == bot.RoleHead })
	}
	return whom
}

// alarming is the message of an alert in a language. What is confidential is said without a number: a messenger is outside of
// the house.
func (h *Herald) alarming(a bot.Alert) func(lang bot.Lang) bot.Outbound {
	return func(lang bot.Lang) bot.Outbound {
		id, pairs := textAlert+string(a.What), []string{"number", a.Case.String()}
		switch {
		case a.Confidential:
			id, pairs = textAlertConfidential, nil
		case a.What == bot.AlertSpike:
			pairs = []string{"n", text.For(lang).Number(int64(a.N)), "topic", h.Content.Topic(a.Topic, lang), "unit", h.Content.UnitName(a.Unit).In(lang)}
		}
		return bot.Outbound{Segments: []bot.Segment{{Text: h.say(lang, id, pairs...)}}}
	}
}

// Before returns what somebody was told and has not seen, the newest first.
func (h *Herald) Before(ctx context.Context, by bot.Staff) ([]bot.Alert, error) {
	list, err := h.Store.Alerts(ctx, by, mostAlerts)
	if err != nil {
		return nil, fmt.Errorf("read alerts of %s: %w", by.ID, err)
	}
	return list, nil
}

// Seen notes that somebody has seen what he was told.
func (h *Herald) Seen(ctx context.Context, by bot.Staff, alert string) error {
	now := h.Clock()
	return h.Store.Do(ctx, func(tx Tx) error { return tx.SeeAlert(ctx, by.ID, alert, now) })
}

// Unseen counts what somebody was told and has not seen.
func (h *Herald) Unseen(ctx context.Context, by bot.Staff) (int, error) {
	list, err := h.Before(ctx, by)
	return len(list), err
}
