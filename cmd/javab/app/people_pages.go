package app

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
	"javab/webhook/officeweb"
)

// auditPages is the audit as its page reads it.
type auditPages struct {
	reads staff.Reads
	now   func() time.Time
}

// Entries implements officeweb.Audit.
func (a auditPages) Entries(ctx context.Context, q officeweb.AuditQuery) ([]bot.AuditEntry, error) {
	lines, err := a.reads.AuditLines(ctx, staff.AuditQuery{
		Reader: q.Reader,
		By:     q.By, What: q.What, Subject: q.Subject, From: q.From, To: q.To, Skip: q.Before, Limit: q.Limit,
	})
	entries := make([]bot.AuditEntry, len(lines))
	for i, line := range lines {
		entries[i] = line.AuditEntry
	}
	return entries, err
}

// Chain implements officeweb.Audit.
func (a auditPages) Chain(ctx context.Context) (officeweb.Chain, error) {
	chain, err := a.reads.VerifyAudit(ctx, staff.Mark{})
	if err != nil {
		return officeweb.Chain{}, err
	}
	c := officeweb.Chain{Entries: int(chain.Rows), Whole: chain.Broken == nil, ReadAt: a.now()}
	if chain.Broken != nil {
		c.BrokeAt = chain.Broken.At
	}
	return c, nil
}

// opsPages is the state of the machine as its page reads it.
type opsPages struct{ *house }

// Stuck implements officeweb.Ops.
func (o opsPages) Stuck(ctx context.Context, limit int) (officeweb.Stuck, error) {
	kept, err := o.store.Quarantined(ctx, limit)
	if err != nil {
		return officeweb.Stuck{}, err
	}
	given, err := o.store.GivenUp(ctx, limit)
	if err != nil {
		return officeweb.Stuck{}, err
	}
	counts, err := o.store.Count(ctx)
	stuck := officeweb.Stuck{Backlog: counts.OpenJobs, Oldest: counts.OldestJob}
	for _, k := range kept {
		stuck.Deliveries = append(stuck.Deliveries, officeweb.Stopped{
			ID: strconv.FormatInt(k.ID, 10), What: k.Receipt.String(), Chat: k.Chat, Reason: k.Reason, At: k.At,
		})
	}
	for _, g := range given {
		stuck.Jobs = append(stuck.Jobs, officeweb.Stopped{
			ID: strconv.FormatInt(g.ID, 10), What: string(g.Kind), Chat: g.Lane, Reason: g.Err, At: g.At,
		})
	}
	return stuck, err
}

// Replay implements officeweb.Ops. Who asked for it is in the audit before it is done.
func (o opsPages) Replay(ctx context.Context, by bot.Staff, kind, id string) error {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return storage.NotFound(kind, id)
	}
	err = o.store.Do(ctx, func(tx storage.Tx) error {
		return tx.Audit(ctx, bot.AuditEntry{At: o.env.world()(), By: by.ID, What: kind + ".replayed", Subject: kind + " " + id})
	})
	if err != nil {
		return err
	}
	if kind == "job" {
		return o.store.Retry(ctx, n, o.env.Clock())
	}
	kept, err := o.store.Quarantined(ctx, maxQuarantine)
	if err != nil {
		return err
	}
	for _, k := range kept {
		if k.ID != n {
			continue
		}
		if r := o.replayOne(ctx, k); r.Outcome != "handled" {
			return fmt.Errorf("replay delivery %d: %s: %s", n, r.Outcome, r.Reason)
		}
		return nil
	}
	return storage.NotFound(kind, id)
}

// maxQuarantine is how many deliveries are looked through for one.
const maxQuarantine = 1000
