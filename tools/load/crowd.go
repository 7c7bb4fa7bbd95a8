package main

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

// figures are what one measurement found.
type figures struct {
	updates  int
	rate     float64 // updates a second, each from the member's tap to the bot's reply
	cpu      time.Duration
	p50, p99 time.Duration
	rss      int64
}

func (f figures) String() string {
	return fmt.Sprintf("%6.0f updates/s, %.3f ms CPU each, p50 %s, p99 %s, %d MB", f.rate, f.cpu.Seconds()*1000,
		f.p50.Round(10*time.Microsecond), f.p99.Round(10*time.Microsecond), f.rss>>20)
}

// crowd is the members at work; they go on where they were when the next measurement begins.
type crowd struct {
	robots []*messenger.Robot
	next   []int // where each is in his dialogue

	mu    sync.Mutex
	times []time.Duration
	errs  []error
}

func newCrowd(members int, m *messenger.Messenger) *crowd {
	c := &crowd{next: make([]int, members)}
	for i := range members {
		c.robots = append(c.robots, &messenger.Robot{
			Member: m.Member(int64(500_000 + i)), Patience: 20 * time.Second, OnReply: c.note,
		})
	}
	return c
}

func (c *crowd) note(took time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.times = append(c.times, took)
}

// err is the first trouble: the others say the same.
func (c *crowd) err() error { return errors.Join(c.errs[:min(1, len(c.errs))]...) }

// talk lets every member repeat the dialogue until the time is over.
func (c *crowd) talk(ctx context.Context, length time.Duration) figures {
	c.times = nil
	var over atomic.Bool
	begun := time.Now()
	var members sync.WaitGroup
	for i, robot := range c.robots {
		members.Go(func() {
			for !over.Load() && ctx.Err() == nil {
				if err := c.dialogue(i, robot); err != nil {
					c.mu.Lock()
					c.errs = append(c.errs, err)
					c.mu.Unlock()
					return
				}
			}
		})
	}
	time.Sleep(length)
	over.Store(true)
	members.Wait()
	return c.figures(time.Since(begun))
}

// dialogue is what both programs can play: greeting, an answer by the buttons, a complaint to its number.
func (c *crowd) dialogue(i int, robot *messenger.Robot) error {
	c.next[i]++
	if c.next[i] == 1 {
		if err := robot.Greet("/start", "English"); err != nil {
			return err
		}
	}
	if err := robot.Greet("/menu", "Questions", "", ""); err != nil {
		return err
	}
	_, err := robot.Complain(fmt.Sprintf("My complaint %d of member %d", c.next[i], robot.ID))
	return err
}

func (c *crowd) figures(took time.Duration) figures {
	c.mu.Lock()
	defer c.mu.Unlock()
	slices.Sort(c.times)
	f := figures{updates: len(c.times), rate: float64(len(c.times)) / took.Seconds()}
	if len(c.times) > 0 {
		f.p50, f.p99 = c.times[len(c.times)/2], c.times[len(c.times)*99/100]
	}
	return f
}
