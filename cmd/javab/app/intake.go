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
	return map[bot.JobKind]deliver.Handler{bot.JobEvent: h.bringBack, bot.JobFile: h.fetch, bot.JobAsked: h.tellAsked, bot.JobDecide: h.decide, bot.JobDigest: h.sumUp}
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

// jobKinds are told also when none is open: a gauge that vanishes looks like a fault.
var jobKinds = []bot.JobKind{bot.JobSend, bot.JobUpload, bot.JobFile, bot.JobEvent, bot.JobAsked, bot.JobDecide, bot.JobDigest}

// Waiting implements webhook.Backlog.
func (b backlog) Waiting(ctx context.Context) (webhook.Waiting, error) {
	kept, err := b.store.Backlog(ctx)
	if err != nil {
		return webhook.Waiting{}, err
	}
	w := webhook.Waiting{
		GivenUp: kept.GivenUp, Held: kept.Held, Quarantined: kept.Quarantined,
		Jobs: aged(kept.Jobs, b.clock()), HandOvers: aged(kept.HandOvers, b.clock()),
	}
	for _, kind := range jobKinds {
		if _, waits := w.Jobs[kind]; !waits {
			w.Jobs[kind] = webhook.Line{} // a gauge that vanishes looks like one that cannot be read
		}
	}
	return w, nil
}

// aged tells lines by how long their first has been due.
func aged[K comparable](lines map[K]storage.Line, now time.Time) map[K]webhook.Line {
	told := make(map[K]webhook.Line, len(lines))
	for where, line := range lines {
		told[where] = webhook.Line{N: line.N, Oldest: since(line.Oldest, now)}
	}
	return told
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
