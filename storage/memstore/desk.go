package memstore

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/desk"
	"javab/storage"
)

// mark is how far somebody has read a chat.
type mark struct {
	staff bot.StaffID
	chat  bot.ChatKey
}

type keptKey struct {
	mark
	mode string
}

// Enqueue implements desk.Tx.
func (t *tx) Enqueue(_ context.Context, h bot.HandOver) error {
	if _, runs := t.running[h.Chat]; runs {
		return nil
	}
	if h.State != bot.HandOverSnoozed { // until a mute is over
		h.State = bot.HandOverWaiting
	}
	put(t, &t.hands, h.ID, rowOfHandOver(h))
	put(t, &t.running, h.Chat, h.ID)
	if h.Confidential {
		t.mark(h.Draft, bot.Case{Unit: h.Unit, Confidential: true})
	}
	return nil
}

func rowOfHandOver(h bot.HandOver) bot.HandOver {
	round(&h.DueAt, &h.At, &h.ClaimedAt, &h.AnsweredAt, &h.SnoozedUntil, &h.EndedAt)
	h.About = nil
	return h
}

// hand is a hand-over with whom its chat complains about.
func (d *data) hand(id string) bot.HandOver {
	h := d.hands[id]
	h.About = d.about(h.Chat)
	return h
}

func (d *data) about(chat bot.ChatKey) (accused []bot.StaffID) {
	for at := range d.accused {
		if at.chat == chat {
			accused = append(accused, at.staff)
		}
	}
	slices.Sort(accused)
	return accused
}

// unended walks the hand-overs that are not over.
func (d *data) unended() iter.Seq[bot.HandOver] {
	return func(yield func(bot.HandOver) bool) {
		for _, id := range d.running {
			if !yield(d.hand(id)) {
				return
			}
		}
	}
}

func (d *data) waiting() iter.Seq[bot.HandOver] {
	return func(yield func(bot.HandOver) bool) {
		for h := range d.unended() {
			if h.State == bot.HandOverWaiting && !yield(h) {
				return
			}
		}
	}
}

// Leave implements desk.Tx.
func (t *tx) Leave(ctx context.Context, chat bot.ChatKey) (bool, error) {
	h := t.hands[t.running[chat]]
	if h.State != bot.HandOverWaiting {
		return false, nil
	}
	h.State, h.Outcome = bot.HandOverEnded, desk.TakenBack
	return true, t.SaveHandOver(ctx, h)
}

// Place implements desk.Tx.
func (t *tx) Place(_ context.Context, chat bot.ChatKey) (int, error) {
	mine := t.hands[t.running[chat]]
	if mine.State != bot.HandOverWaiting {
		return 0, nil
	}
	place := 1
	for h := range t.waiting() {
		if h.Unit == mine.Unit && inQueue(h, mine) < 0 {
			place++
		}
	}
	return place, nil
}

// inQueue is the order of the queue: promise, then urgency, then age.
func inQueue(a, b bot.HandOver) int {
	return cmp.Or(a.DueAt.Compare(b.DueAt), b.Priority-a.Priority, a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
}

// Running implements desk.Tx.
func (t *tx) Running(_ context.Context, chat bot.ChatKey) (bot.HandOver, error) {
	id, runs := t.running[chat]
	if !runs {
		return bot.HandOver{}, storage.NotFound("chat", string(chat))
	}
	return t.hand(id), nil
}

// Claim implements desk.Tx.
func (t *tx) Claim(ctx context.Context, chat bot.ChatKey, by bot.Staff, at time.Time) (bool, error) {
	id, runs := t.running[chat]
	h := t.hand(id)
	_, paused := t.paused[h.Unit]
	free := h.State == bot.HandOverWaiting && (h.Named == "" || h.Named == by.ID) && (!paused || desk.Supervises(by)) ||
		h.State == bot.HandOverSnoozed && h.Holder == by.ID
	held, _ := t.Holds(ctx, by.ID)
	if !runs || !free || held >= by.Capacity || !desk.Sees(by, h) {
		return false, nil
	}
	h.State, h.Holder, h.Named, h.ClaimedAt, h.SnoozedUntil = bot.HandOverHeld, by.ID, "", at, time.Time{}
	return true, t.SaveHandOver(ctx, h)
}

// Holds implements desk.Tx.
func (t *tx) Holds(_ context.Context, by bot.StaffID) (int, error) {
	n := 0
	for h := range t.unended() {
		if h.State == bot.HandOverHeld && h.Holder == by {
			n++
		}
	}
	return n, nil
}

// SaveHandOver implements desk.Tx.
func (t *tx) SaveHandOver(_ context.Context, h bot.HandOver) error {
	if _, known := t.hands[h.ID]; !known {
		return storage.NotFound("chat", string(h.Chat))
	}
	put(t, &t.hands, h.ID, rowOfHandOver(h))
	if h.State == bot.HandOverEnded {
		del(t, t.running, h.Chat)
	}
	for id, m := range t.messages {
		if h.Confidential && m.Chat == h.Chat && !m.Confidential && !m.At.Before(storage.Round(h.At)) {
			m.Unit, m.Confidential = h.Unit, true
			put(t, &t.messages, id, m)
		}
	}
	return nil
}

// Written implements desk.Tx.
func (t *tx) Written(_ context.Context, key string) (bot.Message, error) {
	for _, m := range t.messages {
		if m.JobKey == key && key != "" {
			return t.whole(m), nil
		}
	}
	return bot.Message{}, storage.NotFound("message", key)
}

// Mark implements desk.Tx.
func (t *tx) Mark(_ context.Context, by bot.StaffID, chat bot.ChatKey, upTo int64) error {
	key := mark{by, chat}
	put(t, &t.marks, key, max(upTo, t.marks[key]))
	return nil
}

// Keep implements desk.Tx.
func (t *tx) Keep(_ context.Context, k desk.Kept) error {
	key := keptKey{mark{k.Staff, k.Chat}, k.Mode}
	if k.Text == "" {
		del(t, t.kept, key)
		return nil
	}
	put(t, &t.kept, key, k)
	return nil
}
