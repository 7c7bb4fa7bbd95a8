package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"javab/bot"
	"javab/bot/desk"
	"javab/storage"
)

type approvalRow struct {
	ID           string
	Kind         string
	Chat         string
	Number       string
	Unit         string
	Confidential bool
	Author       string
	Text         string
	Earlier      string
	Files        string
	Hash         string
	Why          string
	State        string
	Level        string
	DueAt        int64
	AskedAt      int64
	DecidedAt    int64
	DecidedBy    string
	Reason       string
	Payload      []byte
}

func (approvalRow) TableName() string { return "approvals" }

// sealedPayload is what the payload of an approval is sealed for.
const sealedPayload = "approvals.payload"

func (s *Store) approvalRow(a bot.Approval) (approvalRow, error) {
	files, err := json.Marshal(a.Files)
	if err != nil {
		return approvalRow{}, fmt.Errorf("write files of approval %s: %w", a.ID, err)
	}
	return approvalRow{
		ID: a.ID, Kind: string(a.Kind), Chat: string(a.Chat), Number: a.Case.String(), Unit: string(a.Unit), Confidential: a.Confidential,
		Author: string(a.Author), Text: clean(a.Text), Earlier: clean(a.Earlier), Files: clean(string(files)), Hash: a.Hash, Why: list(a.Why), State: string(a.State),
		Level: string(a.Level), DueAt: storage.Millis(a.DueAt), AskedAt: storage.Millis(a.AskedAt), DecidedAt: storage.Millis(a.DecidedAt),
		DecidedBy: string(a.DecidedBy), Reason: clean(a.Reason), Payload: s.vault.Seal(sealedPayload, a.ID, a.Payload),
	}, nil
}

func (s *Store) approvalOf(r approvalRow) (bot.Approval, error) {
	number, _ := bot.ParseCaseNumber(r.Number)
	a := bot.Approval{
		ID: r.ID, Kind: bot.ApprovalKind(r.Kind), Chat: bot.ChatKey(r.Chat), Case: number, Unit: bot.UnitID(r.Unit), Confidential: r.Confidential,
		Author: bot.StaffID(r.Author), Text: r.Text, Earlier: r.Earlier, Hash: r.Hash, State: bot.ApprovalState(r.State), Level: bot.ApprovalLevel(r.Level),
		DueAt: storage.Instant(r.DueAt), AskedAt: storage.Instant(r.AskedAt), DecidedAt: storage.Instant(r.DecidedAt),
		DecidedBy: bot.StaffID(r.DecidedBy), Reason: r.Reason,
	}
	if err := json.Unmarshal([]byte(r.Files), &a.Files); err != nil {
		return a, fmt.Errorf("read files of approval %s: %w", r.ID, err)
	}
	if err := json.Unmarshal([]byte(r.Why), &a.Why); err != nil {
		return a, fmt.Errorf("read reasons of approval %s: %w", r.ID, err)
	}
	var err error
	a.Payload, err = s.vault.Open(sealedPayload, r.ID, r.Payload)
	return a, err
}

// isConfidential: what has become confidential since it was asked is so too.
const isConfidential = "(confidential OR EXISTS (SELECT 1 FROM handovers h WHERE h.chat=approvals.chat AND h.confidential))"

const approvalColumns = "id, kind, chat, number, unit, " + isConfidential + " AS confidential, author, text, earlier, files, hash, why," +
	" state, level, due_at, asked_at, decided_at, decided_by, reason, payload"

// approvals reads those that a query finds.
func (s *Store) approvals(db *gorm.DB) ([]bot.Approval, error) {
	var rows []approvalRow
	if err := db.Select(approvalColumns).Find(&rows).Error; err != nil {
		return nil, err
	}
	found := make([]bot.Approval, len(rows))
	for i, r := range rows {
		var err error
		if found[i], err = s.approvalOf(r); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (s *Store) approval(db *gorm.DB, id string) (bot.Approval, error) {
	found, err := s.approvals(db.Where("id = ?", id))
	if err == nil && len(found) == 0 {
		err = storage.NotFound("approval", id)
	}
	if err != nil {
		return bot.Approval{}, err
	}
	return found[0], nil
}

// Approval implements approve.Tx.
func (t *tx) Approval(ctx context.Context, id string) (bot.Approval, error) {
	db := t.orm(ctx)
	if t.s.dialect() == postSQL {
		db = db.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return t.s.approval(db, id)
}

// SaveApproval implements approve.Tx.
func (t *tx) SaveApproval(ctx context.Context, a bot.Approval) error {
	row, err := t.s.approvalRow(a)
	if err != nil {
		return err
	}
	upsert := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}
	return t.orm(ctx).Clauses(upsert).Create(&row).Error
}

// Spoken implements approve.Tx.
func (t *tx) Spoken(ctx context.Context, chat bot.ChatKey, by bot.Author, since time.Time, limit int) (said []string, err error) {
	err = each(ctx, t.pool, func(scan func(...any) error) error {
		var words string
		err := scan(&words)
		said = append(said, words)
		return err
	}, "SELECT text FROM messages WHERE chat=? AND author=? AND direction<>'note' AND text<>'' AND deleted_at=0 AND at>=?"+
		" ORDER BY id DESC LIMIT ?", string(chat), string(by), storage.Millis(since), limit)
	slices.Reverse(said)
	return said, err
}

// Typed implements desk.Boxes.
func (t *tx) Typed(ctx context.Context, by bot.StaffID, chat bot.ChatKey) (words string, err error) {
	_, err = one(ctx, t.pool, []any{&words}, "SELECT text FROM kept_replies WHERE staff=? AND chat=? AND mode=?",
		string(by), string(chat), desk.ModeReply)
	return words, err
}

// Asked implements approve.Reads.
func (s *Store) Asked(ctx context.Context, by bot.Staff, limit int) ([]bot.Approval, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]bot.Approval, error) { return s.asked(db, by, limit) })
}

// AskedOf implements staffchat.Tx.
func (t *tx) AskedOf(ctx context.Context, by bot.Staff, limit int) ([]bot.Approval, error) {
	return t.s.asked(t.orm(ctx), by, limit)
}

func (s *Store) asked(db *gorm.DB, by bot.Staff, limit int) ([]bot.Approval, error) {
	if !desk.Looks(by) {
		return nil, nil
	}
	known, args := "author=?", []any{string(by.ID)}
	switch {
	case desk.Over(by):
		known += " OR 1=1"
	case by.Role == bot.RoleManager:
		known += " OR level<>'manager'"
		if len(by.Units) > 0 {
			known += " OR unit IN " + tuple(len(by.Units))
			args = append(args, units(by)...)
		}
	}
	known = "(" + known + ")"
	if !by.Confidential {
		known += " AND (author=? OR NOT " + isConfidential + ")"
		args = append(args, string(by.ID))
	}
	seen, who := unaccused("approvals", by)
	return s.approvals(db.Where("state='asked'").Where(known, args...).Where(seen, who).
		Order("CASE WHEN due_at=0 THEN 0 ELSE 1 END, due_at, asked_at, id").Limit(limit))
}

// AskedIn implements approve.Reads.
func (s *Store) AskedIn(ctx context.Context, chat bot.ChatKey) ([]bot.Approval, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]bot.Approval, error) {
		return s.approvals(db.Where("state='asked' AND chat=?", string(chat)).Order("asked_at, id"))
	})
}

// Overdue implements approve.Reads.
func (s *Store) Overdue(ctx context.Context, now time.Time, limit int) ([]bot.Approval, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]bot.Approval, error) {
		return s.approvals(db.Where("state='asked' AND due_at>0 AND due_at<=?", storage.Millis(now)).Order("due_at, id").Limit(limit))
	})
}

// ReadApproval implements approve.Reads.
func (s *Store) ReadApproval(ctx context.Context, id string) (bot.Approval, error) {
	return outside(ctx, s, func(db *gorm.DB) (bot.Approval, error) { return s.approval(db, id) })
}
