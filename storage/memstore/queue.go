package memstore

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"

	"javab/bot"
	"javab/bot/deliver"
	"javab/storage"
)

// Claim implements deliver.Queue.
func (s *Store) Claim(_ context.Context, want deliver.Claim) ([]bot.Job, error) {
	return locked(s, func(t *tx) []bot.Job {
		now := storage.Round(want.Now)
		var free []job
		for _, j := range t.heads() {
			if wanted(want, j.Job) && !j.RunAt.After(now) && !j.Lease.Held(now) {
				free = append(free, j)
			}
		}
		slices.SortFunc(free, func(a, b job) int {
			return cmp.Or(a.RunAt.Compare(b.RunAt), cmp.Compare(a.ID, b.ID))
		})
		var claimed []bot.Job
		for _, j := range free[:min(want.N, len(free))] {
			j.Lease = roundLease(want.Lease)
			t.putJob(j)
			claimed = append(claimed, rowOfJob(j.Job))
		}
		return claimed
	}), nil
}

func wanted(want deliver.Claim, j bot.Job) bool {
	return slices.Contains(want.Kinds, j.Kind) && (want.Channel == "" || j.Lane.Channel() == want.Channel)
}

// heads returns the open jobs with no earlier open job in their lane.
func (t *tx) heads() []job {
	var heads []job
	seen := map[bot.ChatKey]bool{}
	for id, lane := range ordered(t.open) {
		if lane != "" && seen[lane] {
			continue
		}
		seen[lane] = true
		heads = append(heads, t.jobs[id])
	}
	return heads
}

// Sent implements deliver.Queue.
func (s *Store) Sent(_ context.Context, key string) (bot.Ref, error) {
	return locked(s, func(t *tx) bot.Ref {
		for _, m := range t.messages {
			if key != "" && m.JobKey == key {
				return bot.Ref(m.Ref)
			}
		}
		return ""
	}), nil
}

// Finish implements deliver.Queue.
func (s *Store) Finish(_ context.Context, results []deliver.Finish) ([]bool, error) {
	return locked(s, func(t *tx) []bool {
		counted := make([]bool, len(results))
		for i, f := range results {
			counted[i] = t.finish(f)
		}
		return counted
	}), nil
}

func (t *tx) finish(f deliver.Finish) bool {
	j, ok := t.jobs[f.Job]
	if !ok || j.state != bot.JobOpen || j.Lease.Token != f.Token {
		return false
	}
	t.end(j, f)
	if f.Ref != "" && f.Key != "" {
		for id, m := range t.messages {
			if m.JobKey == f.Key {
				m.Ref = string(f.Ref)
				put(t, &t.messages, id, m)
			}
		}
	}
	if f.Blocked {
		t.block(f)
	}
	return true
}

// end moves one job by its result.
func (t *tx) end(j job, f deliver.Finish) {
	j.Lease, j.err = bot.Lease{}, f.Err
	switch f.Ending {
	case deliver.Done:
		j.state, j.Payload, j.ended = bot.JobDone, nil, storage.Round(f.At)
	case deliver.Snoozed:
		j.RunAt = storage.Round(f.Until)
	case deliver.Failed:
		j.RunAt = storage.Round(f.Until)
		j.Attempts++
	case deliver.GaveUp:
		j.state, j.ended = bot.JobGivenUp, storage.Round(f.At)
	}
	t.putJob(j)
}

// block gives up what still wants to go to a chat that does not want us, and marks it. The chat gets a new revision,
// else a plan made before would unmark it.
func (t *tx) block(f deliver.Finish) {
	for id, lane := range t.open {
		if j := t.jobs[id]; lane == f.Lane && j.Kind.ToMember() {
			j.state, j.err, j.ended, j.Lease = bot.JobGivenUp, f.Err, storage.Round(f.At), bot.Lease{}
			t.putJob(j)
		}
	}
	if chat, ok := t.chats[f.Lane]; ok {
		chat.Blocked, chat.Rev = true, rand.Int64()
		put(t, &t.chats, f.Lane, chat)
	}
}

// Release implements deliver.Queue.
func (s *Store) Release(_ context.Context, owner string) error {
	return locked(s, func(t *tx) error {
		for id := range t.open {
			if j := t.jobs[id]; j.Lease.Owner == owner {
				j.Lease = bot.Lease{}
				t.putJob(j)
			}
		}
		return nil
	})
}
