package memstore

import (
	"context"
	"time"

	"javab/bot"
	"javab/storage"
)

// Hold implements storage.Restored.
func (s *Store) Hold(context.Context) (int, error) {
	return s.changeJobs(func(j *job) bool {
		if j.state != bot.JobOpen || !j.Kind.ToMember() {
			return false
		}
		j.state, j.Lease = bot.JobHeld, bot.Lease{}
		return true
	}), nil
}

// SendHeld implements storage.Restored.
func (s *Store) SendHeld(_ context.Context, at time.Time) (int, error) {
	return s.changeJobs(func(j *job) bool {
		if j.state != bot.JobHeld {
			return false
		}
		j.state, j.RunAt, j.Attempts = bot.JobOpen, storage.Round(at), 0
		return true
	}), nil
}

// DropHeld implements storage.Restored.
func (s *Store) DropHeld(_ context.Context, at time.Time) (int, error) {
	return s.changeJobs(func(j *job) bool {
		if j.state != bot.JobHeld {
			return false
		}
		j.state, j.Payload, j.err, j.ended = bot.JobDone, nil, storage.Dropped, storage.Round(at)
		return true
	}), nil
}

// changeJobs changes all jobs that change says yes to, and tells how many they are.
func (s *Store) changeJobs(change func(*job) bool) int {
	return locked(s, func(t *tx) (n int) {
		for _, j := range t.jobs {
			if change(&j) {
				t.putJob(j)
				n++
			}
		}
		return n
	})
}
