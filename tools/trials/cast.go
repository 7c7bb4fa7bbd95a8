package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"javab/tools/crowd"
	"javab/tools/messenger"
)

// crowd is members who file complaints with the messenger of a scene.
func (sc *scene) crowd(chats int) *crowd.Crowd {
	return &crowd.Crowd{Messenger: sc.Messenger, Chats: chats, FirstID: 100_000, Patience: time.Minute}
}

// cast is a scene with members who have chosen a language, each ready to do what he is told.
type cast struct {
	*scene
	robots []*messenger.Robot
}

// cast opens a scene and lets n members in.
func (s *stage) cast(ctx context.Context, n int, set setting) (*cast, error) {
	sc, err := s.open(ctx, set)
	if err != nil {
		return nil, err
	}
	robots, err := each(n, func(i int) (*messenger.Robot, error) {
		robot := &messenger.Robot{Member: sc.Member(int64(200_000 + i)), Patience: 20 * time.Second}
		if err := robot.Greet("/start", "English"); err != nil {
			return nil, err
		}
		return robot, robot.Expect("File a complaint")
	})
	return &cast{sc, robots}, err
}

// play lets all members do something at once. Then every message must have been seen once and in order. It returns the
// sum of what they counted.
func (c *cast) play(ctx context.Context, do func(i int, robot *messenger.Robot) (int, error)) (int, error) {
	counts, err := each(len(c.robots), func(i int) (int, error) { return do(i, c.robots[i]) })
	if err != nil {
		return 0, err
	}
	n := 0
	for _, count := range counts {
		n += count
	}
	return n, c.perfect(ctx, c.robots...)
}

// told is how many messages with those words the members have seen.
func (c *cast) told(words string) (n int) {
	for _, robot := range c.robots {
		for _, seen := range robot.Seen() {
			if strings.Contains(seen.Text, words) {
				n++
			}
		}
	}
	return n
}

// together delivers updates at the same instant.
func (sc *scene) together(updates ...messenger.Update) error {
	_, err := each(len(updates), func(i int) (int, error) {
		status, _, err := sc.Post(updates[i].Raw)
		return status, err
	})
	return err
}

// settled waits until all is sent, and returns the record of a chat and what became of its messages.
func (sc *scene) settled(ctx context.Context, chat int64) ([]crowd.Row, crowd.Replies, error) {
	if err := crowd.Drained(ctx, sc.engine.DB, 45*time.Second); err != nil {
		return nil, crowd.Replies{}, err
	}
	record, err := crowd.Rows(ctx, sc.engine.DB, chat)
	return record, crowd.Sent(record, sc.Member(chat).Seen()), err
}

// perfect is an error unless every message of the robots' chats was seen once and in order.
func (sc *scene) perfect(ctx context.Context, robots ...*messenger.Robot) error {
	var sum crowd.Replies
	for _, robot := range robots {
		_, replies, err := sc.settled(ctx, robot.ID)
		if err != nil {
			return err
		}
		sum.Add(replies)
	}
	if sum != (crowd.Replies{}) {
		return fmt.Errorf("replies: %s", sum)
	}
	return nil
}

// count runs a query that answers with one number.
func (sc *scene) count(ctx context.Context, query string) (n int, err error) {
	err = crowd.Count(ctx, sc.engine.DB, &n, query)
	return n, err
}
