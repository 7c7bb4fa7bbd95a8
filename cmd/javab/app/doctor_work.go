package app

import (
	"context"
	"errors"
	"time"

	"javab/storage/redisstore"
	"javab/storage/sqlstore"
)

// lateJob is when a job that is due has waited too long.
const lateJob = 5 * time.Minute

// backlog looks at what waits for a person or for the senders.
func (d *doctor) backlog(ctx context.Context, store *sqlstore.Store) {
	counts, err := store.Count(ctx)
	if err != nil {
		d.refused("work", databaseError(d.config, err))
		return
	}
	waits, err := store.Backlog(ctx)
	if err != nil {
		d.refused("work", databaseError(d.config, err))
		return
	}
	late := since(counts.OldestJob, d.env.Clock())
	if counts.Quarantined > 0 {
		d.find(warning, "work", "quarantined", params{"N": counts.Quarantined})
	}
	if counts.GivenUp > 0 {
		d.find(warning, "work", "given_up", params{"N": counts.GivenUp})
	}
	if waits.Held > 0 {
		d.find(warning, "work", "held", params{"N": waits.Held})
	}
	if late > lateJob {
		d.find(warning, "work", "late", params{"N": counts.OpenJobs, "Minutes": int(late.Minutes())})
	}
	if counts.Quarantined+counts.GivenUp+waits.Held == 0 && late <= lateJob {
		d.find(fine, "work", "good", params{"Chats": counts.Chats, "Cases": counts.OpenCases})
	}
}

// redisLimit is how long the doctor waits for Redis: longer than a turn does.
const redisLimit = 3 * time.Second

func (d *doctor) redis(ctx context.Context) {
	if d.config.Redis == "" {
		d.find(fine, "redis", "memory", nil)
		return
	}
	data := params{"Where": place(d.config.Redis)}
	ctx, cancel := context.WithTimeout(ctx, redisLimit)
	defer cancel()
	hot, err := redisstore.Open(redisstore.Config{URL: d.config.Redis, Vault: d.vault, Now: d.env.Clock})
	if err == nil {
		err = errors.Join(hot.Ping(ctx), hot.Close())
	}
	if err != nil {
		data["Cause"] = cause(err)
		d.find(problem, "redis", "away", data)
		return
	}
	d.find(fine, "redis", "good", data)
}

// The bounds of the disk: below the first the operator should act soon, below the second nothing works for long.
const (
	lowDisk  = 1 << 30
	fullDisk = 100 << 20
)

func (d *doctor) disk() {
	folder := d.config.Data
	if !exists(folder) {
		folder = "."
	}
	free, err := freeSpace(folder)
	data := params{"Folder": folder, "Megabytes": int(free >> 20)}
	switch {
	case err != nil:
		data["Cause"] = cause(err)
		d.find(warning, "disk", "unknown", data)
	case free < fullDisk:
		d.find(problem, "disk", "full", data)
	case free < lowDisk:
		d.find(warning, "disk", "low", data)
	default:
		d.find(fine, "disk", "good", data)
	}
}
