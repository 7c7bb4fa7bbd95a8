package memstore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/desk"
	"javab/storage"
)

// Approval implements approve.Tx.
func (t *tx) Approval(_ context.Context, id string) (bot.Approval, error) {
	a, known := t.approvals[id]
	if !known {
		return bot.Approval{}, storage.NotFound("approval", id)
	}
	return t.approval(a), nil
}

// approval is a row as it is read: what has become confidential since it was asked is so too.
func (t *tx) approval(a bot.Approval) bot.Approval {
	for _, h := range t.hands {
		a.Confidential = a.Confidential || h.Chat == a.Chat && h.Confidential
	}
	return rowOfApproval(a)
}

// SaveApproval implements approve.Tx.
func (t *tx) SaveApproval(_ context.Context, a bot.Approval) error {
	put(t, &t.approvals, a.ID, rowOfApproval(a))
	return nil
}

func rowOfApproval(a bot.Approval) bot.Approval {
	a.Files, a.Why, a.Payload = slices.Clone(a.Files), slices.Clone(a.Why), slices.Clone(a.Payload)
	a.DueAt, a.AskedAt, a.DecidedAt = storage.Round(a.DueAt), storage.Round(a.AskedAt), storage.Round(a.DecidedAt)
	return a
}

// Spoken implements approve.Tx.
func (t *tx) Spoken(_ context.Context, chat bot.ChatKey, by bot.Author, since time.Time, limit int) (said []string, err error) {
	for _, m := range ordered(t.messages) {
		if m.Chat == chat && m.Author == by && m.Direction != bot.Note && m.Text != "" && m.DeletedAt.IsZero() && !m.At.Before(since) {
			said = append(said, m.Text)
		}
	}
	return said[max(0, len(said)-limit):], nil
}

// Typed implements desk.Boxes.
func (t *tx) Typed(_ context.Context, by bot.StaffID, chat bot.ChatKey) (string, error) {
	return t.kept[keptKey{mark{by, chat}, desk.ModeReply}].Text, nil
}

// Asked implements approve.Reads.
func (s *Store) Asked(ctx context.Context, by bot.Staff, limit int) ([]bot.Approval, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return (&tx{data: &s.data}).AskedOf(ctx, by, limit)
}

// AskedOf implements staffchat.Tx.
func (t *tx) AskedOf(_ context.Context, by bot.Staff, limit int) ([]bot.Approval, error) {
	found := t.openApprovals(func(a bot.Approval) bool {
		known := a.Author == by.ID || (by.Confidential || !a.Confidential) && (desk.Over(by) || by.Role == bot.RoleManager && (a.Level != bot.LevelManager || by.Serves(a.Unit)))
		return desk.Looks(by) && known && !slices.Contains(t.about(a.Chat), by.ID)
	})
	slices.SortStableFunc(found, func(a, b bot.Approval) int { return a.DueAt.Compare(b.DueAt) }) // no due date: the highest level
	return found[:min(limit, len(found))], nil
}

// AskedIn implements approve.Reads.
func (s *Store) AskedIn(_ context.Context, chat bot.ChatKey) ([]bot.Approval, error) {
	return locked(s, func(t *tx) []bot.Approval {
		return t.openApprovals(func(a bot.Approval) bool { return a.Chat == chat })
	}), nil
}

// Overdue implements approve.Reads.
func (s *Store) Overdue(_ context.Context, now time.Time, limit int) ([]bot.Approval, error) {
	return locked(s, func(t *tx) []bot.Approval {
		found := t.openApprovals(func(a bot.Approval) bool { return !a.DueAt.IsZero() && !a.DueAt.After(now) })
		slices.SortStableFunc(found, func(a, b bot.Approval) int { return a.DueAt.Compare(b.DueAt) })
		return found[:min(limit, len(found))]
	}), nil
}

func (t *tx) openApprovals(wanted func(bot.Approval) bool) []bot.Approval {
	return t.approvalsWhere(func(a bot.Approval) bool { return a.Open() && wanted(a) })
}

// approvalsWhere are the approvals that are wanted, oldest first.
func (t *tx) approvalsWhere(wanted func(bot.Approval) bool) (found []bot.Approval) {
	for _, row := range t.approvals {
		if a := t.approval(row); wanted(a) {
			found = append(found, a)
		}
	}
	slices.SortFunc(found, func(a, b bot.Approval) int { return cmp.Or(a.AskedAt.Compare(b.AskedAt), cmp.Compare(a.ID, b.ID)) })
	return found
}

// ReadApproval implements approve.Reads.
func (s *Store) ReadApproval(ctx context.Context, id string) (bot.Approval, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &tx{data: &s.data}
	return t.Approval(ctx, id)
}
