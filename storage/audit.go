package storage

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"javab/bot"
	"javab/bot/staff"
)

// AuditPurpose is what the audit's key is derived for.
const AuditPurpose = "audit"

// SealAudit returns the hash of an entry: over its place, its fields each with its length, and the hash of the entry
// before it. Who has the database and not the key can change no entry, take none out and put none in another's place
// without being seen.
func SealAudit(key, before []byte, seq int64, e bot.AuditEntry) []byte {
	mac := hmac.New(sha256.New, key)
	field := func(b []byte) {
		mac.Write(binary.BigEndian.AppendUint64(nil, uint64(len(b))))
		mac.Write(b)
	}
	field(before)
	field(binary.BigEndian.AppendUint64(nil, uint64(seq)))
	field(binary.BigEndian.AppendUint64(nil, uint64(Millis(e.At))))
	for _, s := range []string{string(e.By), e.What, e.Subject, e.Before, e.After, e.Reason, e.From} {
		field([]byte(s))
	}
	return mac.Sum(nil)
}

// AuditWalk follows a chain from its first entry.
type AuditWalk struct {
	Key   []byte
	Since staff.Mark // of an earlier walk, or nothing
	staff.Chain
}

// Next takes the entry that comes next by its number, with the hash that it carries, and reports whether the chain
// still holds.
func (w *AuditWalk) Next(seq int64, e bot.AuditEntry, hash []byte) bool {
	switch {
	case seq != w.Head.Seq+1:
		return w.broken(w.Head.Seq+1, staff.Missing, e.At)
	case !hmac.Equal(hash, SealAudit(w.Key, w.Head.Hash, seq, e)):
		return w.broken(seq, staff.Edited, e.At)
	case seq == w.Since.Seq && !bytes.Equal(hash, w.Since.Hash):
		return w.broken(seq, staff.Unmarked, e.At)
	}
	w.Rows, w.Head = w.Rows+1, staff.Mark{Seq: seq, Hash: hash}
	return true
}

// End takes what is kept as the chain's end, when there are no more entries.
func (w *AuditWalk) End(head staff.Mark) staff.Chain {
	switch {
	case w.Broken != nil:
	case head.Seq > w.Head.Seq:
		w.broken(w.Head.Seq+1, staff.Missing, time.Time{})
	case head.Seq < w.Head.Seq || !bytes.Equal(head.Hash, w.Head.Hash):
		w.broken(w.Head.Seq, staff.Edited, time.Time{})
	case w.Since.Seq > w.Head.Seq:
		w.broken(w.Since.Seq, staff.Missing, time.Time{})
	}
	return w.Chain
}

func (w *AuditWalk) broken(seq int64, why staff.Fault, at time.Time) bool {
	w.Broken = &staff.Break{Seq: seq, Why: why, At: at}
	return false
}
