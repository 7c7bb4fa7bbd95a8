package storagetest

import (
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
)

// jobs is what deliver.Queue promises, and the born lease.
func jobs() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"a job comes back as it was made": func(t *testing.T, w world) {
			w.append(jobRows(bot.Job{Kind: bot.JobSend, Lane: ann, Key: "u1.0", Payload: []byte("{\x00}"), RunAt: noon}), bot.Lease{})
			got := w.claim(1, 9)
			if len(got) != 1 || got[0].ID == 0 {
				t.Fatalf("claimed %+v", got)
			}
			got[0].ID = 0
			equal(t, "job", got[0], bot.Job{
				Kind: bot.JobSend, Lane: ann, Key: "u1.0", Payload: []byte("{\x00}"), RunAt: noon, Lease: leaseOf(1),
			})
		},
		"the same key makes one job for ever": func(t *testing.T, w world) {
			w.append(jobRows(send("u1.0", ann), send("u1.0", ann)), bot.Lease{})
			w.append(jobRows(send("u1.0", ann), send("u1.1", ann)), bot.Lease{})
			w.end(w.claim(1, 9)[0], deliver.Done)
			w.append(jobRows(send("u1.0", ann)), bot.Lease{})
			equal(t, "open", read(w.Count(w.ctx))(t).OpenJobs, 1)
		},
		"jobs are born leased only into an empty lane, in order": func(t *testing.T, w world) {
			born := w.append(jobRows(send("1", ann), send("2", bob), send("3", ann)), leaseOf(1))
			equal(t, "born", keys(born), []string{"1", "2", "3"})
			equal(t, "lease", born[2].Lease, leaseOf(1))
			if born[0].ID >= born[2].ID {
				t.Error("ids do not follow the order of the lane")
			}
			equal(t, "claimed under the lease", keys(w.claim(2, 9)), []string{})
			equal(t, "born behind others", keys(w.append(jobRows(send("4", ann)), leaseOf(1))), []string{})
			for _, j := range born {
				w.end(j, deliver.Done)
			}
			equal(t, "left to a claim", keys(w.claim(2, 9)), []string{"4"})
		},
		"no lease asked, none born; no lane, none born": func(t *testing.T, w world) {
			equal(t, "no lease", keys(w.append(jobRows(send("1", ann)), bot.Lease{})), []string{})
			equal(t, "no lane", keys(w.append(jobRows(event("2", noon)), leaseOf(1))), []string{})
			equal(t, "claimed", keys(w.claim(1, 9)), []string{"1", "2"})
		},
		"a skipped job is not born again": func(t *testing.T, w world) {
			for _, j := range w.append(jobRows(send("1", ann)), leaseOf(1)) {
				w.end(j, deliver.Done)
			}
			equal(t, "born", keys(w.append(jobRows(send("1", ann), send("2", ann)), leaseOf(1))), []string{"2"})
		},
		"a lane gives one job at a time, in the order of its commits": func(t *testing.T, w world) {
			w.append(jobRows(send("a1", ann), send("a2", ann), send("b1", bob)), bot.Lease{})
			first := w.claim(1, 9)
			equal(t, "first", keys(first), []string{"a1", "b1"})
			equal(t, "behind", keys(w.claim(2, 9)), []string{})
			w.end(first[0], deliver.Done)
			equal(t, "second", keys(w.claim(3, 9)), []string{"a2"})
		},
		"a claim takes what is due, oldest first, of its kinds and channel": func(t *testing.T, w world) {
			w.append(jobRows(
				event("late", noon.Add(time.Hour)), event("b", noon.Add(-time.Minute)), event("a", noon.Add(-time.Hour)),
				event("c", noon), send("tg", ann), send("bale", bob),
			), bot.Lease{})
			got := read(w.Claim(w.ctx, deliver.Claim{Kinds: []bot.JobKind{bot.JobEvent}, N: 2, Now: noon, Lease: leaseOf(1)}))(t)
			equal(t, "two oldest", keys(got), []string{"a", "b"})
			got = read(w.Claim(w.ctx, deliver.Claim{
				Kinds: []bot.JobKind{bot.JobSend, bot.JobEvent}, Channel: "bale", N: 9, Now: noon, Lease: leaseOf(2),
			}))(t)
			equal(t, "of the channel", keys(got), []string{"bale"})
			equal(t, "rest", keys(w.claim(3, 9)), []string{"c", "tg"})
		},
		"many claimers never get the same job": func(t *testing.T, w world) {
			var list []bot.Job
			for range 60 {
				list = append(list, event(fresh("e"), noon))
			}
			w.append(jobRows(list...), bot.Lease{})
			var mu sync.Mutex
			got := map[int64]int{}
			var wg sync.WaitGroup
			for token := range 12 {
				wg.Go(func() {
					for _, j := range w.claim(int64(token+1), 5) {
						mu.Lock()
						got[j.ID]++
						mu.Unlock()
					}
				})
			}
			wg.Wait()
			for _, j := range w.claim(99, 60) { // on Postgres a claimer skips rows that another looks at
				got[j.ID]++
			}
			for id, n := range got {
				if n != 1 {
					t.Errorf("job %d was claimed %d times", id, n)
				}
			}
			equal(t, "claimed", len(got), 60)
		},
		"a dead lease ends, and the finish of its owner is void": func(t *testing.T, w world) {
			w.append(jobRows(send("1", ann)), bot.Lease{})
			slow := w.claim(1, 1)[0]
			later := noon.Add(31 * time.Second)
			again := read(w.Claim(w.ctx, deliver.Claim{
				Kinds: []bot.JobKind{bot.JobSend}, N: 1, Now: later,
				Lease: bot.Lease{Owner: "b", Token: 2, Until: later.Add(30 * time.Second)},
			}))(t)
			equal(t, "claimed again", keys(again), []string{"1"})
			equal(t, "old finish", w.end(slow, deliver.Done), false)
			equal(t, "new finish", w.end(again[0], deliver.Done), true)
			equal(t, "finish twice", w.end(again[0], deliver.Done), false)
		},
		"being told to wait is no attempt and holds the lane": func(t *testing.T, w world) {
			w.append(jobRows(send("1", ann), send("2", ann)), bot.Lease{})
			w.finish(w.claim(1, 1)[0], deliver.Finish{Ending: deliver.Snoozed, Until: noon.Add(time.Minute)})
			equal(t, "before its time", keys(w.claim(2, 9)), []string{})
			got := w.claimAt(noon.Add(time.Minute), 3, 9)
			equal(t, "then", keys(got), []string{"1"})
			equal(t, "attempts", got[0].Attempts, 0)
		},
		"a failed try counts and waits": func(t *testing.T, w world) {
			w.append(jobRows(send("1", ann)), bot.Lease{})
			w.finish(w.claim(1, 1)[0], deliver.Finish{Ending: deliver.Failed, Until: noon.Add(time.Second), Err: "x"})
			equal(t, "before its time", keys(w.claim(2, 9)), []string{})
			equal(t, "attempts", w.claimAt(noon.Add(time.Second), 3, 9)[0].Attempts, 1)
		},
		"a job that is given up shows, frees its lane and can be tried again": func(t *testing.T, w world) {
			w.append(jobRows(send("1", ann), send("2", ann)), bot.Lease{})
			w.finish(w.claim(1, 1)[0], deliver.Finish{Ending: deliver.GaveUp, Err: "rejected"})
			given := read(w.GivenUp(w.ctx, 9))(t)
			if len(given) != 1 {
				t.Fatalf("given up: %+v", given)
			}
			equal(t, "given up", []any{given[0].Key, given[0].Err, given[0].At}, []any{"1", "rejected", noon})
			second := w.claim(2, 9)
			equal(t, "lane goes on", keys(second), []string{"2"})
			if err := w.Retry(w.ctx, given[0].ID, noon); err != nil {
				t.Fatal(err)
			}
			wantKind(t, w.Retry(w.ctx, given[0].ID, noon), bot.NotFound)
			w.end(second[0], deliver.Done)
			retried := w.claim(3, 9)
			equal(t, "retried", keys(retried), []string{"1"})
			equal(t, "payload", string(retried[0].Payload), "{}")
		},
		"a member who blocks us gets nothing more, and his chat a new revision": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 5), 0)
			w.append(jobRows(send("1", ann), send("2", ann), send("3", bob)), bot.Lease{})
			w.finish(w.claim(1, 1)[0], deliver.Finish{Ending: deliver.GaveUp, Blocked: true, Lane: ann, Err: "blocked"})
			equal(t, "left", keys(w.claim(2, 9)), []string{"3"})
			equal(t, "given up", len(read(w.GivenUp(w.ctx, 9))(t)), 2)
			chat := read(w.ReadChat(w.ctx, ann))(t)
			equal(t, "blocked", chat.Blocked, true)
			equal(t, "an old plan", w.turn("2", chatAt(ann, 6), 5), converse.Moved)
		},
		"the messenger's id of a sent message is kept with it": func(t *testing.T, w world) {
			rows := jobRows(send("1", ann))
			rows.Messages = []bot.Message{{Chat: ann, Direction: bot.Out, JobKey: "1", At: noon}}
			w.append(rows, bot.Lease{})
			w.finish(w.claim(1, 1)[0], deliver.Finish{Ending: deliver.Done, Key: "1", Ref: "m77"})
			equal(t, "ref", read(w.ReadMessages(w.ctx, ann, 1))(t)[0].Ref, "m77")
		},
		"results of many jobs are finished at once, each by its own fence": func(t *testing.T, w world) {
			w.append(jobRows(event("1", noon), event("2", noon), event("3", noon)), bot.Lease{})
			got := w.claim(1, 9)
			counted := read(w.Finish(w.ctx, []deliver.Finish{
				{Job: got[0].ID, Token: 1, Ending: deliver.Done, At: noon},
				{Job: got[1].ID, Token: 8, Ending: deliver.Done, At: noon},
				{Job: got[2].ID, Token: 1, Ending: deliver.Failed, Until: noon, At: noon},
			}))(t)
			equal(t, "counted", counted, []bool{true, false, true})
			equal(t, "nothing", len(read(w.Finish(w.ctx, nil))(t)), 0)
		},
		"leases of one owner can be dropped, others stay": func(t *testing.T, w world) {
			w.append(jobRows(send("1", ann)), leaseOf(1))
			w.append(jobRows(send("2", bob)), bot.Lease{Owner: "other", Token: 2, Until: noon.Add(time.Minute)})
			if err := w.Release(w.ctx, "crew"); err != nil {
				t.Fatal(err)
			}
			equal(t, "free", keys(w.claim(3, 9)), []string{"1"})
		},
	}
}

func jobRows(list ...bot.Job) converse.Rows { return converse.Rows{Jobs: list} }

func send(key string, lane bot.ChatKey) bot.Job {
	return bot.Job{Kind: bot.JobSend, Lane: lane, Key: key, Payload: []byte("{}"), RunAt: noon}
}

func event(key string, at time.Time) bot.Job { return bot.Job{Kind: bot.JobEvent, Key: key, RunAt: at} }

func leaseOf(token int64) bot.Lease {
	return bot.Lease{Owner: "crew", Token: token, Until: noon.Add(30 * time.Second)}
}

func keys(list []bot.Job) []string {
	keys := []string{}
	for _, j := range list {
		keys = append(keys, j.Key)
	}
	return keys
}

func (w world) claim(token int64, n int) []bot.Job {
	w.t.Helper()
	return w.claimAt(noon, token, n)
}

func (w world) claimAt(now time.Time, token int64, n int) []bot.Job {
	w.t.Helper()
	lease := leaseOf(token)
	lease.Until = now.Add(30 * time.Second)
	got, err := w.Claim(w.ctx, deliver.Claim{
		Kinds: []bot.JobKind{bot.JobSend, bot.JobEvent}, N: n, Now: now, Lease: lease,
	})
	if err != nil {
		w.t.Error(err) // not Fatal: claims also run in goroutines of their own
	}
	return got
}

// end finishes a job and tells whether it counted.
func (w world) end(j bot.Job, ending deliver.Ending) bool {
	w.t.Helper()
	return w.finish(j, deliver.Finish{Ending: ending})
}

func (w world) finish(j bot.Job, f deliver.Finish) bool {
	w.t.Helper()
	f.Job, f.Token, f.At = j.ID, j.Lease.Token, noon
	counted, err := w.Finish(w.ctx, []deliver.Finish{f})
	if err != nil {
		w.t.Fatal(err)
	}
	return counted[0]
}
