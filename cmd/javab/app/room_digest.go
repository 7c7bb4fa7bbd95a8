package app

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/digest"
	"javab/bot/learning"
	"javab/storage"
)

// openDigest has managers told each morning how their units stand.
func (h *house) openDigest() {
	h.digest = &digest.Herald{
		Store: storage.As[digest.Tx](h.store), Approvals: h.approvals, Learning: weeks{h.learning}, Teller: h.room, Content: h.library, Hours: h.hours, Clock: h.env.Clock,
		Alerted: h.alerted,
	}
}

// weeks sum up how members fared who asked in their own words.
type weeks struct{ *learning.Office }

// Week implements digest.Learning.
func (w weeks) Week(ctx context.Context, in digest.Span) (digest.Week, error) {
	of, err := w.Office.Week(ctx, in.From, in.To)
	week := digest.Week{
		Questions: of.Questions, Answered: of.Answered, AskedBack: of.AskedBack, HandedOff: of.HandedOff, Unanswered: of.Unanswered, Thin: of.Thin,
	}
	for _, f := range of.Fresh {
		week.Fresh = append(week.Fresh, digest.Fresh(f))
	}
	return week, err
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
