package memstore

import (
	"context"
	"strings"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

// audited is an entry with its hash.
type audited struct {
	bot.AuditEntry
	hash []byte
}

// auditKey seals the chain of a store that nobody else can reach.
var auditKey = []byte("memory")

// Audit implements staff.Tx and desk.Tx. Closures run one after the other: the chain needs no lock of its own.
func (t *tx) Audit(_ context.Context, e bot.AuditEntry) error {
	e.At = storage.Round(e.At)
	seq := int64(len(t.audit)) + 1
	put(t, &t.audit, seq, audited{e, storage.SealAudit(auditKey, t.audit[seq-1].hash, seq, e)})
	return nil
}

// AuditLines implements staff.Reads.
func (s *Store) AuditLines(_ context.Context, q staff.AuditQuery) ([]staff.AuditLine, error) {
	return locked(s, func(t *tx) []staff.AuditLine {
		lines := []staff.AuditLine{}
		for seq := int64(len(t.audit)); seq > 0; seq-- {
			if e := t.audit[seq].AuditEntry; asked(q, e) && !t.accuses(q.Reader, e) {
				lines = append(lines, staff.AuditLine{Seq: seq, AuditEntry: e})
			}
		}
		lines = lines[min(q.Skip, len(lines)):]
		return lines[:min(q.Limit, len(lines))]
	}), nil
}

// asked reports whether a question is for the entry.
func asked(q staff.AuditQuery, e bot.AuditEntry) bool {
	return (q.By == "" || e.By == q.By) && (q.Subject == "" || e.Subject == q.Subject) && strings.HasPrefix(e.What, q.What) &&
		!e.At.Before(q.From) && (q.To.IsZero() || e.At.Before(q.To))
}

// accuses reports whether an entry is of a chat that complains about somebody.
func (t *tx) accuses(who bot.StaffID, e bot.AuditEntry) bool {
	chat, is := strings.CutPrefix(e.Subject, "chat ")
	return is && t.accused[mark{who, bot.ChatKey(chat)}]
}

// VerifyAudit implements staff.Reads.
func (s *Store) VerifyAudit(_ context.Context, since staff.Mark) (staff.Chain, error) {
	return locked(s, func(t *tx) staff.Chain {
		walk := storage.AuditWalk{Key: auditKey, Since: since}
		for seq, row := range ordered(t.audit) {
			if !walk.Next(seq, row.AuditEntry, row.hash) {
				break
			}
		}
		return walk.End(walk.Head)
	}), nil
}
