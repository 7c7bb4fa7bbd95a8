package deliver

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"javab/bot"
)

// Sender is one channel's way out. Its errors are bot.SendError.
type Sender interface {
	Send(ctx context.Context, chat string, m bot.Outbound) (bot.Ref, error)
	// Edit puts m in the place of a message that was sent, Delete takes one away. Doing so again is no error.
	Edit(ctx context.Context, chat string, ref bot.Ref, m bot.Outbound) error
	Delete(ctx context.Context, chat string, ref bot.Ref) error
	// AckPress ends the waiting sign on a button; a text is shown on it for a moment.
	AckPress(ctx context.Context, pressID, text string) error
}

// Handler carries out a job that is no message: it fetches a file, or brings a timer back as an Event.
type Handler func(ctx context.Context, job bot.Job) error

// Limits of the trade; each has a reason in reliability terms, none is a matter of taste.
const (
	LeaseTime   = 30 * time.Second       // after a hard kill, what was in flight is tried again this much later
	TryTimeout  = LeaseTime / 2          // a try ends well before its lease, so that two never overlap
	FetchLimit  = 5 * time.Minute        // of a try to fetch a file: 20 MB at 70 kB/s
	Fetchers    = 4                      // files fetched at once; a slow line holds up other files alone
	Uploaders   = 4                      // files sent at once on a channel; they hold up no other chat's messages
	MaxAttempts = 20                     // about two hours of trying, then the operator decides
	pollEvery   = 250 * time.Millisecond // a wake-up may be lost; the poll finds the job all the same
	snoozeExtra = 100 * time.Millisecond // messengers round their waiting times down
	ackTimeout  = 2 * time.Second        // an unanswered press only leaves a spinner
)

// Courier carries out all jobs of this instance: the messages of each channel by that channel's own workers, so that a
// messenger that hangs holds up no other, the files both ways by a few with more time, and the rest by workers of their
// own.
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
	uploads  map[bot.ChannelID]*crew
	errands  *crew
	fetches  *crew
	finishes chan finishing
	excused  excused
}

// Run works until ctx ends, then lets the tries in flight end and returns. Nothing is claimed after ctx has ended, and
// what is being fetched then is cut off, to come again.
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
	c.channels, c.uploads = make(map[bot.ChannelID]*crew, len(c.Senders)), make(map[bot.ChannelID]*crew, len(c.Senders))
	for id, sender := range c.Senders {
		p := &post{courier: c, sender: sender, channel: id}
		send := (&crew{courier: c, channel: id, kinds: []bot.JobKind{bot.JobSend}, try: p.try, limit: TryTimeout}).of(c.Workers)
		upload := (&crew{
			courier: c, channel: id, kinds: []bot.JobKind{bot.JobUpload}, try: c.cutOff(p.try), limit: FetchLimit, cut: true,
		}).of(Uploaders)
		send.beside, upload.beside = upload, send
		c.channels[id], c.uploads[id] = send, upload
	}
	c.errands = (&crew{courier: c, try: c.errand, limit: TryTimeout}).of(c.Workers)
	c.fetches = (&crew{courier: c, try: c.cutOff(c.errand), limit: FetchLimit, cut: true}).of(Fetchers)
	for kind := range c.Handlers {
		hand := c.errands
		if kind == bot.JobFile {
			hand = c.fetches
		}
		hand.kinds = append(hand.kinds, kind)
	}
}

func (c *Courier) crews() []*crew {
	all := []*crew{c.errands, c.fetches}
	for id, crew := range c.channels {
		all = append(all, crew, c.uploads[id])
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
	return crew.lease()
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
	crew.work <- batch{jobs: born}
}

// Wake says that there is work to claim in a lane, or among the jobs without one (the empty lane).
func (c *Courier) Wake(lane bot.ChatKey) {
	c.once.Do(c.hire)
	if crew, known := c.channels[lane.Channel()]; known {
		crew.behind.add(lane)
		crew.poke()
		return
	}
	c.errands.poke()
	c.fetches.poke()
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

// errand carries out a job that is no message.
func (c *Courier) errand(ctx context.Context, job bot.Job) Finish {
	err := c.Handlers[job.Kind](ctx, job)
	if err == nil {
		return Finish{Ending: Done}
	}
	return c.again(job, err)
}

// cutOff is a try that a shutdown cuts off: that it was, is no failure of its own.
func (c *Courier) cutOff(try func(context.Context, bot.Job) Finish) func(context.Context, bot.Job) Finish {
	return func(ctx context.Context, job bot.Job) Finish {
		result := try(ctx, job)
		if result.Ending != Done && errors.Is(ctx.Err(), context.Canceled) {
			return Finish{Ending: Snoozed, Until: c.Clock(), Err: "cut off by a shutdown"}
		}
		return result
	}
}

// again is the ending of a try that may succeed later: a backoff of one second, doubled up to ten minutes.
func (c *Courier) again(job bot.Job, err error) Finish {
	if job.Attempts+1 >= MaxAttempts {
		return Finish{Ending: GaveUp, Err: err.Error()}
	}
	wait := min(time.Second<<min(job.Attempts, 10), 10*time.Minute)
	return Finish{Ending: Failed, Until: c.Clock().Add(wait), Err: err.Error()}
}
