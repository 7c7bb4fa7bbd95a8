package app

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/digest"
	"javab/storage"
)

// openDigest has managers told each morning how their units stand.
func (h *house) openDigest() {
	h.digest = &digest.Herald{
		Store: storage.As[digest.Tx](h.store), Approvals: h.approvals, Teller: h.room, Content: h.library, Hours: h.hours, Clock: h.env.Clock,
	}
}

// sumUp carries out a JobDigest.
func (h *house) sumUp(ctx context.Context, job bot.Job) error { return h.digest.Carry(ctx, job) }

// DigestRules are when digests are sent, and how much they name.
func (l *library) DigestRules() digest.Rules {
	d := l.live.Load().bundle.Promises.Digest
	return digest.Rules{Off: d.Off, After: time.Duration(d.AfterOpeningMinutes) * time.Minute, Named: d.NumbersPerLine}
}
