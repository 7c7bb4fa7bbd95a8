package deliver

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"javab/bot"
)

// crew is the workers of one channel (or of jobs without one) and the claimer that feeds them.
type crew struct {
	courier *Courier
	channel bot.ChannelID
	kinds   []bot.JobKind
	try     func(context.Context, bot.Job) Finish
	limit   time.Duration // of one try
	cut     bool          // a shutdown ends the tries in flight, else it waits for them

	work   chan batch   // a reservation guarantees room: handing over never blocks
	free   atomic.Int64 // workers not spoken for
	wake   chan struct{}
	short  atomic.Bool  // a claim found no free worker
	behind lanes        // in which a turn left something to claim
	beside *crew        // that works on the same lanes, with other kinds; may be nil
	pause  atomic.Int64 // unix ms until which nothing is sent on the channel
}

// batch is jobs of one lane, in order, for one worker. Where one was claimed, more may wait.
type batch struct {
	jobs    []bot.Job
	claimed bool
}

// of gives the crew its workers.
func (w *crew) of(workers int) *crew {
	workers = max(workers, 1)
	w.work = make(chan batch, workers)
	w.wake = make(chan struct{}, 1)
	w.free.Store(int64(workers))
	return w
}

// reserve speaks for one worker and reports whether one was free.
func (w *crew) reserve() bool {
	for {
		free := w.free.Load()
		if free <= 0 {
			return false
		}
		if w.free.CompareAndSwap(free, free-1) {
			return true
		}
	}
}

// lease outlives a try that begins at once by as much as a finish may need.
func (w *crew) lease() bot.Lease {
	c := w.courier
	return bot.Lease{Owner: c.Owner, Token: c.Token(), Until: c.Clock().Add(w.limit + LeaseTime - TryTimeout)}
}

func (w *crew) unreserve() {
	w.free.Add(1)
	if w.short.Swap(false) {
		w.poke()
	}
}

// poke wakes the crew and the one beside it: what follows in a lane may be for either.
func (w *crew) poke() {
	for _, crew := range []*crew{w, w.beside} {
		if crew == nil {
			continue
		}
		select {
		case crew.wake <- struct{}{}:
		default:
		}
	}
}

func (w *crew) paused(now time.Time) bool { return now.UnixMilli() < w.pause.Load() }

// pauseUntil stops the channel's sending; a shorter pause never cuts a longer one.
func (w *crew) pauseUntil(t time.Time) {
	for {
		old := w.pause.Load()
		if t.UnixMilli() <= old || w.pause.CompareAndSwap(old, t.UnixMilli()) {
			return
		}
	}
}

func (w *crew) run(ctx context.Context) {
	var workers sync.WaitGroup
	for range cap(w.work) {
		workers.Go(func() {
			for b := range w.work {
				w.carry(ctx, b.jobs)
				w.unreserve()
				if followed := w.behind.leave(b.jobs[0].Lane); followed || b.claimed {
					w.poke()
				}
			}
		})
	}
	w.claimAll(ctx)
	w.settle()
	close(w.work)
	workers.Wait()
}

// settle waits until every reservation has come back: a turn that is committing when the shutdown begins still
// hands its jobs over.
func (w *crew) settle() {
	for !w.allFree() {
		time.Sleep(time.Millisecond)
	}
}

// allFree takes every worker at once, so that no reservation can follow.
func (w *crew) allFree() bool { return w.free.CompareAndSwap(int64(cap(w.work)), 0) }

// claimAll feeds free workers until ctx ends.
func (w *crew) claimAll(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		for ctx.Err() == nil && w.claimOnce(ctx) {
		}
		time.Sleep(claimPause)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-w.wake:
		}
	}
}

// claimPause gathers wake-ups: under load each finished message is one, and one claim serves many of them.
const claimPause = 2 * time.Millisecond

// claimOnce claims for as many workers as are free and reports whether there may be more to claim.
func (w *crew) claimOnce(ctx context.Context) bool {
	if len(w.kinds) == 0 || w.paused(w.courier.Clock()) {
		return false
	}
	n := 0
	for n < cap(w.work) && w.reserve() {
		n++
	}
	if n == 0 {
		w.short.Store(true)
		return w.free.Load() > 0 // one became free before it could be asked to tell
	}
	// A claim that has begun is let end: cut off by a shutdown it may have leased jobs that nobody then knows of.
	claiming, cancel := context.WithTimeout(context.WithoutCancel(ctx), TryTimeout)
	defer cancel()
	jobs, err := w.courier.Queue.Claim(claiming, Claim{
		Kinds: w.kinds, Channel: w.channel, N: n, Now: w.courier.Clock(), Lease: w.lease(),
	})
	if err != nil && ctx.Err() == nil {
		w.courier.Log.Warn("claim jobs", "channel", w.channel, "error", err)
	}
	for _, job := range jobs {
		w.work <- batch{[]bot.Job{job}, true}
	}
	w.free.Add(int64(n - len(jobs)))
	return len(jobs) == n
}

// carry works through one batch in order. What follows a message that must wait is given back, since it must not
// overtake it; so is what is left when the lease is too short for another try, or is work for the crew beside.
func (w *crew) carry(ctx context.Context, batch []bot.Job) {
	for i, job := range batch {
		if !slices.Contains(w.kinds, job.Kind) || w.courier.Clock().After(job.Lease.Until.Add(-w.limit)) {
			w.giveBack(batch[i:])
			w.poke()
			return
		}
		result, counted := w.attempt(ctx, job)
		if !counted {
			return
		}
		if result.Ending == Snoozed || result.Ending == Failed {
			w.giveBack(batch[i+1:])
			return
		}
	}
}

// attempt tries one job and commits the result; it reports whether the result counted.
func (w *crew) attempt(ctx context.Context, job bot.Job) (Finish, bool) {
	start := w.courier.Clock()
	if !w.cut {
		ctx = context.WithoutCancel(ctx)
	}
	try, cancel := context.WithTimeout(ctx, w.limit)
	defer cancel()
	result := w.try(try, job)
	result.At = w.courier.Clock()
	if w.courier.Observe != nil {
		w.courier.Observe(job, result.Ending, result.At.Sub(start))
	}
	return result, w.courier.finish(job, result)
}

// giveBack ends the leases of jobs that were not tried.
func (w *crew) giveBack(jobs []bot.Job) {
	for _, job := range jobs {
		now := w.courier.Clock()
		w.courier.finish(job, Finish{Ending: Snoozed, Until: now, At: now})
	}
}
