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
		Alerted: h.alerted,
	}
}

// sumUp carries out a JobDigest.
func (h *house) sumUp(ctx context.Context, job bot.Job) error { return h.digest.Carry(ctx, job) }

// DigestRules are when digests are sent, and how much they name.
func (l *library) DigestRules() digest.Rules {
	p := l.live.Load().bundle.Promises
	return digest.Rules{
		Off: p.Digest.Off, After: time.Duration(p.Digest.AfterOpeningMinutes) * time.Minute, Named: p.Digest.NumbersPerLine,
		Spike: digest.Spike{
			Least: p.Spike.AtLeast, Within: time.Duration(p.Spike.WithinHours) * time.Hour, Times: p.Spike.TimesUsual,
			Usual: time.Duration(p.Spike.UsualDays) * 24 * time.Hour,
		},
	}
}
