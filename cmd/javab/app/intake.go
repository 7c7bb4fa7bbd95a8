package app

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/storage"
	"javab/webhook"
)

// unreadable puts deliveries that no adapter could read where `javab replay` finds them.
type unreadable struct{ turn *converse.Turn }

// Keep implements webhook.Quarantine.
func (u unreadable) Keep(ctx context.Context, d webhook.Unreadable) error {
	return u.turn.Refuse(ctx, d.Receipt, d.Raw, d.Reason, d.At)
}

// errands are the jobs that are no messages.
func (h *house) errands() map[bot.JobKind]deliver.Handler {
	return map[bot.JobKind]deliver.Handler{bot.JobEvent: h.bringBack, bot.JobFile: h.fetch}
}

// bringBack hands a timer to the turn as an Event. What is quarantined is done: an operator has it now.
func (h *house) bringBack(ctx context.Context, job bot.Job) error {
	var in bot.Inbound
	if err := json.Unmarshal(job.Payload, &in); err != nil {
		return fmt.Errorf("read event: %w", err)
	}
	if err := h.turn.Handle(ctx, in); bot.KindOf(err) == bot.Unavailable {
		return err
	}
	return nil
}

// backlog tells the metrics what waits.
type backlog struct {
	store storage.Store
	clock func() time.Time
}

// Waiting implements webhook.Backlog.
func (b backlog) Waiting(ctx context.Context) (webhook.Waiting, error) {
	counts, err := b.store.Count(ctx)
	if err != nil {
		return webhook.Waiting{}, err
	}
	now := b.clock()
	return webhook.Waiting{
		GivenUp: counts.GivenUp, Quarantined: counts.Quarantined,
		Jobs:      map[bot.JobKind]webhook.Line{"all": {N: counts.OpenJobs, Oldest: since(counts.OldestJob, now)}},
		HandOvers: map[bot.UnitID]webhook.Line{"all": {N: counts.Waiting, Oldest: since(counts.OldestWait, now)}},
	}, nil
}

func since(t, now time.Time) time.Duration {
	if t.IsZero() || t.After(now) {
		return 0
	}
	return now.Sub(t)
}

// observer counts tries of jobs.
func observer(registry *prometheus.Registry) func(bot.Job, deliver.Ending, time.Duration) {
	tries := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "javab_job_seconds", Help: "Tries of jobs, by kind and ending.", Buckets: prometheus.ExponentialBuckets(.001, 4, 8),
	}, []string{"kind", "ending"})
	registry.MustRegister(tries)
	return func(job bot.Job, ending deliver.Ending, took time.Duration) {
		tries.WithLabelValues(string(job.Kind), string(ending)).Observe(took.Seconds())
	}
}
