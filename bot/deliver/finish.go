package deliver

import (
	"context"
	"time"

	"javab/bot"
)

// finishing is a result on its way into the queue; the worker waits for it, since a message sent before the last one's
// finish is committed would be one more double at a hard kill.
type finishing struct {
	result Finish
	done   chan bool
}

// finish writes the result of a job's try and reports whether it counted.
func (c *Courier) finish(job bot.Job, result Finish) bool {
	result.Job, result.Token, result.Key, result.Lane = job.ID, job.Lease.Token, job.Key, job.Lane
	f := finishing{result: result, done: make(chan bool, 1)}
	c.finishes <- f
	return <-f.done
}

// finishAll commits results in batches: whatever is waiting goes into one transaction.
func (c *Courier) finishAll(ctx context.Context) {
	for first := range c.finishes {
		batch := c.gather(first)
		counted := c.commit(ctx, batch)
		for i, f := range batch {
			f.done <- i < len(counted) && counted[i]
		}
	}
}

func (c *Courier) gather(first finishing) []finishing {
	batch := []finishing{first}
	for {
		select {
		case f, open := <-c.finishes:
			if !open {
				return batch
			}
			batch = append(batch, f)
		default:
			return batch
		}
	}
}

// commit repeats until the database takes the batch: the messages have gone out, and only a committed finish keeps
// them from going out again. It stops trying when the leases are over, for then others may hold the jobs.
func (c *Courier) commit(ctx context.Context, batch []finishing) []bool {
	results := make([]Finish, len(batch))
	for i, f := range batch {
		results[i] = f.result
	}
	deadline := c.Clock().Add(LeaseTime)
	for {
		counted, err := c.Queue.Finish(ctx, results)
		if err == nil {
			return counted
		}
		c.Log.Warn("finish jobs", "jobs", len(results), "error", err)
		if c.Clock().After(deadline) || ctx.Err() != nil {
			return nil
		}
		time.Sleep(pollEvery)
	}
}
