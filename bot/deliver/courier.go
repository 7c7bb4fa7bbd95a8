package deliver

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"javab/bot"
)

// Sender is one channel's way out. Its errors are bot.SendError.
type Sender interface {
	Send(ctx context.Context, chat string, m bot.Outbound) (bot.Ref, error)
	// AckPress ends the waiting sign on a button; a text is shown on it for a moment.
	AckPress(ctx context.Context, pressID, text string) error
}

// Handler carries out a job that is no message: it fetches a file, or brings a timer back as an Event.
type Handler func(ctx context.Context, job bot.Job) error

// Limits of the trade; each has a reason in reliability terms, none is a matter of taste.
const (
	LeaseTime   = 30 * time.Second       // after a hard kill, what was in flight is tried again this much later
	TryTimeout  = LeaseTime / 2          // a try ends well before its lease, so that two never overlap
	MaxAttempts = 20                     // about two hours of trying, then the operator decides
	pollEvery   = 250 * time.Millisecond // a wake-up may be lost; the poll finds the job all the same
	snoozeExtra = 100 * time.Millisecond // messengers round their waiting times down
	ackTimeout  = 2 * time.Second        // an unanswered press only leaves a spinner
)

// Courier carries out all jobs of this instance: the messages of each channel by that channel's own workers, so that a
// messenger that hangs holds up no other, and the rest by workers of their own.
type Courier struct {
	Queue    Queue
	Senders  map[bot.ChannelID]Sender
	Handlers map[bot.JobKind]Handler
	Owner    string // this instance, in leases
	Workers  int    // per channel, 8 to 64; also the bound of doubled messages at a hard kill
	Clock    func() time.Time
	Token    func() int64 // fresh lease tokens
	Log      *slog.Logger
	Observe  func(job bot.Job, ending Ending, took time.Duration) // for metrics; may be nil

	once     sync.Once
	channels map[bot.ChannelID]*crew
	errands  *crew
	finishes chan finishing
	excused  excused
}

// Run works until ctx ends, then lets the tries in flight end and returns. Nothing is claimed after ctx has ended.
func (c *Courier) Run(ctx context.Context) {
	c.once.Do(c.hire)
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var finisher sync.WaitGroup
	finisher.Go(func() { c.finishAll(working) })
	var crews sync.WaitGroup
	for _, crew := range c.crews() {
		crews.Go(func() { crew.run(ctx) })
	}
	crews.Wait()
	close(c.finishes)
	finisher.Wait()
}

// hire makes the crews; Reserve may be called before Run.
func (c *Courier) hire() {
	c.finishes = make(chan finishing)
	c.channels = make(map[bot.ChannelID]*crew, len(c.Senders))
	for id, sender := range c.Senders {
		c.channels[id] = newCrew(c, id, []bot.JobKind{bot.JobSend}, (&post{courier: c, sender: sender, channel: id}).try)
	}
	kinds := make([]bot.JobKind, 0, len(c.Handlers))
	for kind := range c.Handlers {
		kinds = append(kinds, kind)
	}
	c.errands = newCrew(c, "", kinds, c.errand)
}

func (c *Courier) crews() []*crew {
	all := []*crew{c.errands}
	for _, crew := range c.channels {
		all = append(all, crew)
	}
	return all
}

// Reserve asks for a worker of the channel and returns the lease that a job for it may be born with. It is the zero
// lease when all are busy or the channel is paused: then the job is claimed later. Each reservation ends with Carry.
func (c *Courier) Reserve(channel bot.ChannelID) bot.Lease {
	c.once.Do(c.hire)
	crew, known := c.channels[channel]
	if !known || crew.paused(c.Clock()) || !crew.reserve() {
		return bot.Lease{}
	}
	return c.lease()
}

// Carry hands over the jobs that were born with the reserved lease, in order; none gives the worker free again.
// Jobs that were not born leased are found by a claim, which Wake hurries.
func (c *Courier) Carry(channel bot.ChannelID, lease bot.Lease, born []bot.Job) {
	if lease == (bot.Lease{}) {
		return
	}
	crew := c.channels[channel]
	if len(born) == 0 {
		crew.unreserve()
		return
	}
	crew.work <- born
}

// Wake says that there is work to claim on a channel, or among the jobs without one (the empty channel).
func (c *Courier) Wake(channel bot.ChannelID) {
	c.once.Do(c.hire)
	if crew, known := c.channels[channel]; known {
		crew.poke()
		return
	}
	c.errands.poke()
}

// Ack answers a press, best effort and beside everything else: the reply never waits for it.
func (c *Courier) Ack(chat bot.ChatKey, pressID string) {
	sender, known := c.Senders[chat.Channel()]
	if !known || pressID == "" {
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), ackTimeout)
		defer cancel()
		if err := sender.AckPress(ctx, pressID, ""); err != nil {
			c.Log.Debug("press not acknowledged", "chat", chat, "fault", bot.FaultOf(err))
		}
	}()
}

func (c *Courier) lease() bot.Lease {
	return bot.Lease{Owner: c.Owner, Token: c.Token(), Until: c.Clock().Add(LeaseTime)}
}

// errand carries out a job that is no message.
func (c *Courier) errand(ctx context.Context, job bot.Job) Finish {
	err := c.Handlers[job.Kind](ctx, job)
	if err == nil {
		return Finish{Ending: Done}
	}
	return c.again(job, err)
}

// again is the ending of a try that may succeed later: a backoff of one second, doubled up to ten minutes.
func (c *Courier) again(job bot.Job, err error) Finish {
	if job.Attempts+1 >= MaxAttempts {
		return Finish{Ending: GaveUp, Err: err.Error()}
	}
	wait := min(time.Second<<min(job.Attempts, 10), 10*time.Minute)
	return Finish{Ending: Failed, Until: c.Clock().Add(wait), Err: err.Error()}
}
