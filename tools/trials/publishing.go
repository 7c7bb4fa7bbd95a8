package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"javab/tools/crowd"
	"javab/tools/messenger"
	"javab/tools/office"
)

// What publishing is tried with: this many versions, oftener than anybody publishes, beside this many
// updates a second, with this many complaints that are begun in one version and filed in another.
const (
	editions     = 50
	editionEvery = 10 * time.Second
	editionRate  = 100
	conversation = 40
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
	quiet, err := c.pace(editionRate, 10*editionEvery)
	if err != nil {
		return "", err
	}
	first, err := c.drawn(0, conversation/2)
	if err != nil {
		return "", err
	}
	busy, late, err := c.whilePublishing(ctx, admin, filepath.Join(content, "complaint.yaml"))
	if err != nil {
		return "", err
	}
	if _, err := c.play(ctx, func(i int, robot *messenger.Robot) (int, error) { return 1, append(first, late...)[i].submit(robot) }); err != nil {
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

// whilePublishing publishes all editions beside members who ask, of whom half begin their complaints meanwhile. It returns
// how long replies took.
func (c *cast) whilePublishing(ctx context.Context, admin *office.Author, script string) (times []time.Duration, late []form, err error) {
	published := make(chan error, 1)
	go func() { published <- publishAll(ctx, admin, script) }()
	for {
		some, err := c.pace(editionRate, 5*time.Second)
		if err != nil {
			return nil, nil, err
		}
		times = append(times, some...)
		if next := conversation/2 + len(late); next < conversation {
			forms, err := c.drawn(next, min(next+4, conversation))
			if err != nil {
				return nil, nil, err
			}
			late = append(late, forms...)
		}
		select {
		case err := <-published:
			if err != nil || conversation/2+len(late) == conversation {
				return times, late, err
			}
			published <- nil // the last members have not begun yet
		default:
		}
	}
}

// publishAll publishes a script again and again, each edition a line longer.
func publishAll(ctx context.Context, admin *office.Author, script string) error {
	body, err := os.ReadFile(script)
	if err != nil {
		return err
	}
	next := time.NewTicker(editionEvery)
	defer next.Stop()
	for n := range editions {
		body = fmt.Appendf(body, "# edition %d\n", n)
		if err := admin.Publish(ctx, "complaint", n+1, string(body)); err != nil {
			return fmt.Errorf("edition %d: %w", n, err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-next.C:
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
	before, after := crowd.Percentile(slices.Clone(quiet), 0.99), crowd.Percentile(slices.Clone(busy), 0.99)
	ratio := float64(after) / float64(before)
	fine := counts[0] == editions+1 && counts[1] == 0 && counts[2] == conversation && lost == 0 && ratio <= 1.2
	return verdict(fine, strings.Join([]string{
		"version %d live, %d broken, %d of %d complaints filed, complaints played by %d versions, %d updates refused",
		"p99 of %d replies %s, before %s, ratio %.2f",
	}, "; "), counts[0], counts[1], counts[2], conversation, counts[3], lost, len(busy), after.Round(10*time.Microsecond),
		before.Round(10*time.Microsecond), ratio)
}
