package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"javab/tools/messenger"
)

// crowd is the members at work. Each files complaint after complaint until enough updates have been delivered.
type crowd struct {
	settings settings
	m        *messenger.Messenger
	updates  atomic.Int64
	over     chan struct{}
	done     sync.WaitGroup

	mu    sync.Mutex
	filed map[string]filed // by text
	errs  []error
}

// filed is a complaint whose number a member was told.
type filed struct {
	chat   int64
	number string
}

// preferred is how a member in a hurry gets to the number.
var preferred = []string{"Submit", "Done", "I don't have it", "I agree", "Myself", "new complaint"}

func newCrowd(s settings, m *messenger.Messenger) *crowd {
	return &crowd{settings: s, m: m, filed: make(map[string]filed), over: make(chan struct{})}
}

func (c *crowd) start(ctx context.Context) {
	for i := range c.settings.chats {
		c.done.Go(func() { c.member(ctx, int64(100_000+i)) })
	}
}

func (c *crowd) member(ctx context.Context, id int64) {
	robot := &messenger.Robot{
		Member: c.m.Member(id), Patience: 2 * time.Minute, Prefer: preferred,
		OnReply: func(time.Duration) { c.updates.Add(1) },
	}
	if err := robot.Greet("/start", "English"); err != nil {
		c.fail(err)
		return
	}
	for n := 0; ctx.Err() == nil && c.updates.Load() < int64(c.settings.updates); n++ {
		text := fmt.Sprintf("My complaint %d of member %d", n, id)
		number, err := robot.Complain(text)
		if err != nil {
			c.fail(err)
			return
		}
		c.mu.Lock()
		c.filed[text] = filed{id, number}
		c.mu.Unlock()
	}
}

func (c *crowd) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.errs = append(c.errs, err)
}

// reached waits until so many updates were answered; false when the crowd went home before.
func (c *crowd) reached(ctx context.Context, updates int) bool {
	for c.updates.Load() < int64(updates) {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(5 * time.Millisecond):
		}
		c.mu.Lock()
		given := len(c.errs) > 0
		c.mu.Unlock()
		if given {
			return true
		}
	}
	return true
}

func (c *crowd) wait() error {
	c.done.Wait()
	return errors.Join(c.errs[:min(3, len(c.errs))]...)
}
