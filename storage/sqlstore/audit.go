package sqlstore

import (
	"context"
	"strings"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

// Audit implements staff.Tx and desk.Tx: it keeps the entry until the closure has ended.
func (t *tx) Audit(_ context.Context, e bot.AuditEntry) error {
	e.At = storage.Round(e.At)
	for _, s := range []*string{(*string)(&e.By), &e.What, &e.Subject, &e.Before, &e.After, &e.Reason, &e.From} {
		*s = clean(*s) // what is hashed is what is kept
	}
	t.audit = append(t.audit, e)
	return nil
}

const auditColumns = "seq, at, author, what, subject, state_before, state_after, reason, origin, hash"

var auditTable = tableOf("audit", auditColumns)

// sealAudit adds what the closure told to the chain. The chain's end is the last row that a transaction locks: those
// who write meanwhile wait for one commit and not for what came before.
func (t *tx) sealAudit(ctx context.Context) error {
	if len(t.audit) == 0 {
		return nil
	}
	head, err := auditHead(ctx, t.pool, t.s.dialect().forUpdate())
	if err != nil {
		return err
	}
	key := t.s.vault.Derive(storage.AuditPurpose)
	var args []any
	for _, e := range t.audit {
		head = staff.Mark{Seq: head.Seq + 1, Hash: storage.SealAudit(key, head.Hash, head.Seq+1, e)}
		args = append(args, head.Seq, storage.Millis(e.At), string(e.By), e.What, e.Subject, e.Before, e.After, e.Reason, e.From, head.Hash)
	}
	insert, move := auditTable.insert+auditTable.values(len(t.audit)), "UPDATE audit_head SET seq=?, hash=? WHERE id=1"
	if t.s.dialect() == postSQL { // in one journey: everybody waits for this lock
		_, err = t.ExecContext(ctx, "WITH entries AS ("+insert+") "+move, append(args, head.Seq, head.Hash)...)
		return err
	}
	if _, err := t.ExecContext(ctx, insert, args...); err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, move, head.Seq, head.Hash)
	return err
}

func auditHead(ctx context.Context, p pool, lock string) (m staff.Mark, err error) {
	_, err = one(ctx, p, []any{&m.Seq, &m.Hash}, "SELECT seq, hash FROM audit_head WHERE id=1"+lock)
	return m, err
}

// auditRow is one row with its hash.
type auditRow struct {
	staff.AuditLine
	hash []byte
}

// auditRows reads rows; where follows the name of the table.
func (s *Store) auditRows(ctx context.Context, where string, args ...any) (rows []auditRow, err error) {
	err = s.guard(ctx, func() error {
		rows = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var (
				r  auditRow
				at int64
			)
			err := scan(&r.Seq, &at, &r.By, &r.What, &r.Subject, &r.Before, &r.After, &r.Reason, &r.From, &r.hash)
			r.At = storage.Instant(at)
			rows = append(rows, r)
			return err
		}, "SELECT "+auditColumns+" FROM audit "+where, args...)
	})
	return rows, err
}

// AuditLines implements staff.Reads.
func (s *Store) AuditLines(ctx context.Context, q staff.AuditQuery) ([]staff.AuditLine, error) {
	where, args := []string{"seq>0"}, []any{}
	and := func(condition string, value any, wanted bool) {
		if wanted {
			where, args = append(where, condition), append(args, value)
		}
	}
	and("at>=?", storage.Millis(q.From), !q.From.IsZero())
	and("at<?", storage.Millis(q.To), !q.To.IsZero())
	and("author=?", string(q.By), q.By != "")
	and("subject=?", q.Subject, q.Subject != "")
	if q.What != "" { // the beginning of an id, without LIKE, in which "_" means any letter
		where, args = append(where, "substr(what, 1, length(?))=?"), append(args, q.What, q.What)
	}
	and("subject NOT IN (SELECT 'chat ' || a.chat FROM accused a WHERE a.staff=?)", string(q.Reader), q.Reader != "")
	rows, err := s.auditRows(ctx, "WHERE "+strings.Join(where, " AND ")+" ORDER BY seq DESC LIMIT ? OFFSET ?", append(args, q.Limit, q.Skip)...)
	lines := make([]staff.AuditLine, len(rows))
	for i, r := range rows {
		lines[i] = r.AuditLine
	}
	return lines, err
}

// auditSlice is how many rows one question of a walk reads.
const auditSlice = 1000

// VerifyAudit implements staff.Reads. Entries may be added meanwhile: the head is read before the rows, so that a walk
// that finds no more has come at least as far.
func (s *Store) VerifyAudit(ctx context.Context, since staff.Mark) (staff.Chain, error) {
	walk := storage.AuditWalk{Key: s.vault.Derive(storage.AuditPurpose), Since: since}
	for {
		var head staff.Mark
		err := s.guard(ctx, func() (err error) {
			head, err = auditHead(ctx, s.read(), "")
			return err
		})
		if err != nil {
			return staff.Chain{}, err
		}
		rows, err := s.auditRows(ctx, "WHERE seq>? ORDER BY seq LIMIT ?", walk.Head.Seq, auditSlice)
		if err != nil {
			return staff.Chain{}, err
		}
		for _, r := range rows {
			if !walk.Next(r.Seq, r.AuditEntry, r.hash) {
				return walk.Chain, nil
			}
		}
		if len(rows) == 0 {
			return walk.End(head), nil
		}
	}
}
