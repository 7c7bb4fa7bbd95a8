package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"javab/tools/crowd"
	"javab/tools/messenger"
	"javab/tools/office"
)

// What publishing is tried with: this many versions in so many rounds, one right after the other, beside this many updates
// a second, with this many complaints that are begun in one version and filed in another. A quiet time comes before each
// round: a machine is not as fast in one minute as in the next.
const (
	editions      = 50
	editionRounds = 5
	editionRate   = 100
	conversation  = 40
	quietTime     = 20 * time.Second
)

// publishing publishes again and again while members talk, and holds their replies against those of a quiet time.
func publishing(ctx context.Context, s *stage) (string, error) {
	c, err := s.cast(ctx, conversation, setting{connections: 100, senders: 64})
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(s.folder, 0o700); err != nil {
		return "", err
	}
	content := filepath.Join(s.folder, "content")
	if err := c.pull(ctx, content); err != nil {
		return "", err
	}
	admin, err := office.Appoint(ctx, c.program, "ann")
	if err != nil {
		return "", err
	}
	if _, err := c.pace(editionRate, time.Second); err != nil {
		return "", err
	}
	author, err := openAuthor(admin, filepath.Join(content, "complaint.yaml"))
	if err != nil {
		return "", err
	}
	forms, err := c.drawn(0, conversation/2)
	if err != nil {
		return "", err
	}
	var quiet, busy []time.Duration
	for range editionRounds {
		still, err := c.pace(editionRate, quietTime)
		if err != nil {
			return "", err
		}
		hurried, begun, err := c.whilePublishing(ctx, author, len(forms))
		if err != nil {
			return "", err
		}
		quiet, busy, forms = append(quiet, still...), append(busy, hurried...), append(forms, begun...)
	}
	if _, err := c.play(ctx, func(i int, robot *messenger.Robot) (int, error) { return 1, forms[i].submit(robot) }); err != nil {
		return "", err
	}
	return c.published(ctx, quiet, busy)
}

// form is a complaint that waits for its member's Submit.
type form struct {
	seen   messenger.Seen
	button messenger.Button
}

// drawn lets some of the members fill a complaint in.
func (c *cast) drawn(from, to int) ([]form, error) {
	return each(to-from, func(i int) (f form, err error) {
		f.seen, f.button, err = c.robots[from+i].Draw(fmt.Sprint("What happened to member ", from+i))
		return f, err
	})
}

func (f form) submit(robot *messenger.Robot) error {
	before := robot.Count()
	robot.Press(f.seen, f.button)
	_, err := robot.Await(before, 20*time.Second)
	return err
}

// pull writes the live content into a folder.
func (c *cast) pull(ctx context.Context, folder string) error {
	if out, err := c.program.Beside(ctx, "content", "pull", folder).CombinedOutput(); err != nil {
		return fmt.Errorf("content pull: %w: %s", err, bytes.TrimSpace(out))
	}
	return nil
}

// whilePublishing publishes a round of editions beside members who ask, of whom some begin their complaints meanwhile. It
// returns how long replies took.
func (c *cast) whilePublishing(ctx context.Context, a *author, begun int) (times []time.Duration, forms []form, err error) {
	published := make(chan error, 1)
	go func() { published <- a.publish(ctx, editions/editionRounds) }()
	forms, err = c.drawn(begun, begun+conversation/2/editionRounds)
	for err == nil {
		var some []time.Duration
		if some, err = c.pace(editionRate, 5*time.Second); err != nil {
			break
		}
		times = append(times, some...)
		select {
		case err := <-published:
			return times, forms, err
		default:
		}
	}
	return nil, nil, errors.Join(err, <-published)
}

// author publishes a script again and again, each edition a line longer.
type author struct {
	*office.Author
	body    []byte
	edition int
}

func openAuthor(admin *office.Author, script string) (*author, error) {
	body, err := os.ReadFile(script)
	return &author{Author: admin, body: body}, err
}

func (a *author) publish(ctx context.Context, times int) error {
	for range times {
		a.edition++
		a.body = fmt.Appendf(a.body, "# edition %d\n", a.edition)
		if err := a.Publish(ctx, "complaint", a.edition, string(a.body)); err != nil {
			return fmt.Errorf("edition %d: %w", a.edition, err)
		}
	}
	return nil
}

// published compares what became of the members.
func (c *cast) published(ctx context.Context, quiet, busy []time.Duration) (string, error) {
	var counts [4]int
	for i, query := range []string{
		"SELECT live FROM content_head", "SELECT count(*) FROM quarantine", "SELECT count(*) FROM cases",
		"SELECT count(DISTINCT bundle) FROM messages WHERE flow = 'complaint'",
	} {
		n, err := c.count(ctx, query)
		if err != nil {
			return "", err
		}
		counts[i] = n
	}
	lost := c.Failed.Load() + c.Refused.Load()
	before, after := crowd.Percentile(quiet, 0.99), crowd.Percentile(busy, 0.99)
	ratio := float64(after) / float64(before)
	fine := counts[0] == editions+1 && counts[1] == 0 && counts[2] == conversation && lost == 0 && ratio <= 1.2
	return verdict(fine, strings.Join([]string{
		"version %d live, %d broken, %d of %d complaints filed, complaints played by %d versions, %d updates refused",
		"p99 of %d replies %s, before %s, ratio %.2f",
	}, "; "), counts[0], counts[1], counts[2], conversation, counts[3], lost, len(busy), after.Round(10*time.Microsecond),
		before.Round(10*time.Microsecond), ratio)
}
