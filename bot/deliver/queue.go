package deliver

import (
	"context"
	"time"

	"javab/bot"
)

// Ending says what became of one try of a job.
type Ending string

const (
	// Done: finished; the payload is blanked.
	Done Ending = "done"
	// Snoozed: told to wait until Finish.Until; no attempt is counted and the lease ends.
	Snoozed Ending = "snoozed"
	// Failed: one attempt more; open again at Finish.Until.
	Failed Ending = "failed"
	// GaveUp: will not be tried again; shown to the operator, and its lane goes on.
	GaveUp Ending = "gave_up"
)

// Finish is the result of one try.
type Finish struct {
	Job    int64
	Token  int64 // the lease's; a job leased anew since is left alone
	Ending Ending
	Until  time.Time
	Err    string // scrubbed
	// Ref is the sent message's id at its messenger; it is written to the message row of the same job key.
	Ref bot.Ref
	Key string
	// Blocked also gives up all other open sends of the lane and marks the chat as blocked.
	Blocked bool
	Lane    bot.ChatKey
	At      time.Time
}

// Queue is the jobs table. Each method is one transaction of its own.
type Queue interface {
	// Claim leases up to n open, due jobs of the given kinds, oldest run time first, none of which has an earlier open
	// job in its lane. Jobs under a live lease are left alone.
	Claim(ctx context.Context, want Claim) ([]bot.Job, error)
	// Finish writes the results in one transaction and reports, for each, whether it counted (the fence held).
	Finish(ctx context.Context, results []Finish) ([]bool, error)
	// Sent returns the name, at its messenger, of the message that the job of that key has sent; empty when there is none.
	Sent(ctx context.Context, key string) (bot.Ref, error)
	// Release drops every lease of owner; only the one holder of an embedded database may do so, at its start.
	Release(ctx context.Context, owner string) error
}

// Claim says which jobs a worker takes.
type Claim struct {
	Kinds []bot.JobKind
	// Channel, when set, takes only jobs whose lane is a chat of that channel: a messenger that hangs holds up no other.
	Channel bot.ChannelID
	N       int
	Now     time.Time
	Lease   bot.Lease
}
