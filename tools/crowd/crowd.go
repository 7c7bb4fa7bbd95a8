// Package crowd is members at work: each files complaint after complaint. At the end it holds the database against what
// they wrote and saw.
//
// It knows what members want and how the product's tables are read. It never knows what happens to the program
// meanwhile: whoever kills it, cuts its lines or measures it stands outside.
package crowd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"javab/tools/messenger"
)

// Crowd is the members. Set the fields, then Start.
type Crowd struct {
	Messenger  *messenger.Messenger
	Chats      int
	FirstID    int64
	Updates    int           // answered updates after which they go home; 0: no matter
	Complaints int           // filed complaints after which they go home; 0: no matter
	Patience   time.Duration // how long each waits for a reply
	// Office takes members who want to talk to a person; nil when nobody does.
	Office Office

	answered, filed atomic.Int64
	done            sync.WaitGroup
	mu              sync.Mutex
	over            bool
	told            []told
	times           []time.Duration
	strays          int
	astray          string // what the last of them saw
	unanswered      []error
}

// Office is people whom members talk to.
type Office interface {
	// Wants reports whether a member should go there now, when that share of all work is done. He comes back with Left.
	Wants(share float64) bool
	Left()
	// Reply is what a member writes back to a message; empty: nothing.
	Reply(seen messenger.Seen) string
}

// told is a complaint whose number a member was told.
type told struct {
	messenger.Filed
	chat int64
}

// Start lets all members begin.
func (c *Crowd) Start(ctx context.Context) {
	for i := range c.Chats {
		c.done.Go(func() { c.member(ctx, c.FirstID+int64(i)) })
	}
}

// robot is one member.
func (c *Crowd) robot(id int64) *messenger.Robot {
	return &messenger.Robot{Member: c.Messenger.Member(id), Patience: c.Patience, OnReply: c.note}
}

func (c *Crowd) note(took time.Duration) {
	c.answered.Add(1)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.times = append(c.times, took)
}

func (c *Crowd) member(ctx context.Context, id int64) {
	robot := c.robot(id)
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.strays += robot.Strays
		if robot.Strays > 0 {
			c.astray = fmt.Sprintf("member %d saw %v", id, robot.Astray)
		}
	}()
	err := robot.Greet("/start", "English")
	if err == nil {
		err = robot.Expect("File a complaint")
	}
	for n := 0; err == nil && ctx.Err() == nil; n++ {
		if c.wanted() {
			err = robot.Consult(fmt.Sprintf("My question %d of member %d", n, id), c.Office.Reply)
			c.Office.Left()
			continue
		}
		if c.enough() {
			break
		}
		var filed messenger.Filed
		if filed, err = robot.Complain(fmt.Sprintf("My complaint %d of member %d", n, id)); err == nil {
			c.keep(told{filed, id})
		}
	}
	if err != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.unanswered = append(c.unanswered, err)
	}
}

func (c *Crowd) keep(t told) {
	c.filed.Add(1)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told = append(c.told, t)
}

func (c *Crowd) enough() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.over || c.share() >= 1
}

// wanted reports whether the next member should talk to a person.
func (c *Crowd) wanted() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.Office != nil && !c.over && c.Office.Wants(c.share())
}

// share is how much of the work is done, from 0 to 1.
func (c *Crowd) share() float64 {
	share := 0.0
	if c.Updates > 0 {
		share = float64(c.answered.Load()) / float64(c.Updates)
	}
	if c.Complaints > 0 {
		share = max(share, float64(c.filed.Load())/float64(c.Complaints))
	}
	return share
}

// Reached waits until that share of the work is done. It is false when the context ends, or nobody works any more.
func (c *Crowd) Reached(ctx context.Context, share float64) bool {
	for c.share() < share {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(5 * time.Millisecond):
		}
		if c.gone() {
			return false
		}
	}
	return true
}

func (c *Crowd) gone() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.unanswered) == c.Chats
}

// Home sends the members home after the complaint that each has begun, and waits for them.
func (c *Crowd) Home() {
	c.mu.Lock()
	c.over = true
	c.mu.Unlock()
	c.done.Wait()
}

// Wait waits until the work is done.
func (c *Crowd) Wait() { c.done.Wait() }

// Answered is how many updates were answered so far.
func (c *Crowd) Answered() int { return int(c.answered.Load()) }

// Trouble is why members gave up; nil when nobody did.
func (c *Crowd) Trouble() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return errors.Join(c.unanswered[:min(3, len(c.unanswered))]...)
}

// Percentile is how long that share of the replies took at most.
func (c *Crowd) Percentile(share float64) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return Percentile(c.times, share)
}

// Percentile returns the time that the share of all times stays below.
func Percentile(times []time.Duration, share float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

// Times is how long the replies took, from the n-th on.
func (c *Crowd) Times(n int) []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.times[min(n, len(c.times)):])
}
