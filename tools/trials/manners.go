package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"javab/tools/messenger"
)

func doubleTap(ctx context.Context, s *stage) (string, error) {
	const taps = 80
	c, err := s.cast(ctx, taps, setting{})
	if err != nil {
		return "", err
	}
	_, err = c.play(ctx, func(i int, robot *messenger.Robot) (int, error) {
		seen, submit, err := robot.Draw(fmt.Sprintf("Complaint %d", i))
		if err != nil {
			return 0, err
		}
		return 0, c.together(robot.Pressing(seen, submit), robot.Pressing(seen, submit))
	})
	if err != nil {
		return "", err
	}
	cases, err := c.count(ctx, "SELECT count(*) FROM cases")
	if err != nil {
		return "", err
	}
	confirmed := c.told("Tracking number")
	return verdict(cases == taps && confirmed == taps, "%d double taps, %d complaints, %d confirmations", taps, cases, confirmed)
}

// bursts go out over a messenger that refuses some: what follows a refused message must not overtake it.
func bursts(ctx context.Context, s *stage) (string, error) {
	const members, rounds = 60, 5
	c, err := s.cast(ctx, members, setting{faults: messenger.Faults{MaxDelay: 5 * time.Millisecond, Broken: 0.02}})
	if err != nil {
		return "", err
	}
	_, err = c.play(ctx, func(_ int, robot *messenger.Robot) (int, error) {
		for n := range rounds {
			first, second := robot.Say(burst(n).first), robot.Say(burst(n).second)
			<-first
			<-second
		}
		return 0, nil
	})
	if err != nil {
		return "", err
	}
	swapped, silent := 0, 0
	for _, robot := range c.robots {
		record, _, err := c.settled(ctx, robot.ID)
		if err != nil {
			return "", err
		}
		a, b := wrong(record, rounds)
		swapped, silent = swapped+a, silent+b
	}
	return verdict(swapped+silent == 0, "%d bursts: %d swapped, %d unanswered, 0 replies lost or out of order", members*rounds, swapped, silent)
}

func pressAndText(ctx context.Context, s *stage) (string, error) {
	const members = 60
	c, err := s.cast(ctx, members, setting{})
	if err != nil {
		return "", err
	}
	silent, err := c.play(ctx, func(_ int, robot *messenger.Robot) (int, error) {
		seen, done, err := robot.Begin()
		if err != nil {
			return 0, err
		}
		pair := []messenger.Update{robot.Pressing(seen, done), robot.Saying("What happened")}
		if err := c.together(pair...); err != nil {
			return 0, err
		}
		record, _, err := c.settled(ctx, robot.ID)
		return unanswered(record, pair...), err
	})
	if err != nil {
		return "", err
	}
	return verdict(silent == 0, "%d pairs, %d unanswered, all replies in commit order", members, silent)
}

// rivals presses two different buttons of one question at once. Each is answered; but only one of them was taken.
func rivals(ctx context.Context, s *stage) (string, error) {
	const members, rounds = 60, 5
	c, err := s.cast(ctx, members, setting{})
	if err != nil {
		return "", err
	}
	_, err = c.play(ctx, func(_ int, robot *messenger.Robot) (int, error) {
		for range rounds {
			if err := c.rival(robot); err != nil {
				return 0, err
			}
		}
		return 0, nil
	})
	if err != nil {
		return "", err
	}
	old := c.told("belongs to another step")
	return verdict(old == members*rounds, "%d pairs of presses, %d taken", members*rounds, 2*members*rounds-old)
}

// rival lets a member press the first two buttons of his menu at once.
func (c *cast) rival(robot *messenger.Robot) error {
	if err := robot.Greet("/menu"); err != nil {
		return err
	}
	fresh := robot.Fresh()
	menu := fresh[len(fresh)-1]
	if err := c.together(robot.Pressing(menu, menu.Buttons[0]), robot.Pressing(menu, menu.Buttons[1])); err != nil {
		return err
	}
	_, err := robot.Await(len(fresh)+1, robot.Patience)
	return err
}

func again(ctx context.Context, s *stage) (string, error) {
	const members = 40
	c, err := s.cast(ctx, members, setting{})
	if err != nil {
		return "", err
	}
	replies, err := c.play(ctx, func(i int, robot *messenger.Robot) (int, error) {
		if _, _, err := robot.Begin(); err != nil {
			return 0, err
		}
		text := robot.Saying(fmt.Sprintf("What happened to %d", i))
		before := len(robot.Seen())
		if err := c.together(text, text, text); err != nil {
			return 0, err
		}
		time.Sleep(300 * time.Millisecond)
		if err := c.together(text); err != nil {
			return 0, err
		}
		_, _, err := c.settled(ctx, robot.ID)
		return len(robot.Seen()) - before, err
	})
	if err != nil {
		return "", err
	}
	rows, rowsErr := c.count(ctx, "SELECT count(*) FROM messages WHERE direction = 'in' AND text LIKE 'What happened to %'")
	pieces, piecesErr := c.count(ctx, "SELECT count(*) FROM pieces")
	if err := errors.Join(rowsErr, piecesErr); err != nil {
		return "", err
	}
	return verdict(rows == members && pieces == members && replies == members,
		"%d updates delivered 4 times: %d lines, %d pieces, %d replies", members, rows, pieces, replies)
}

func refusals(ctx context.Context, s *stage) (string, error) {
	sc, err := s.open(ctx, setting{faults: messenger.Faults{TooMany: 0.05}})
	if err != nil {
		return "", err
	}
	members := sc.crowd(24)
	members.Updates = 240
	members.Start(ctx)
	members.Wait()
	r, err := members.Compare(ctx, sc.engine.DB)
	if err != nil {
		return "", err
	}
	return verdict(sc.TooMany.Load() > 0 && r.Clean(0), "%d refused; %s", sc.TooMany.Load(), r)
}

func wrongSecret(ctx context.Context, s *stage) (string, error) {
	sc, err := s.open(ctx, setting{})
	if err != nil {
		return "", err
	}
	const tries = 30
	answers, err := each(tries, func(i int) (int, error) {
		wrong := []string{"", "wrong", sc.Secret + "x"}[i%3]
		status, _, err := sc.PostAs(wrong, sc.Member(int64(i+1)).Saying("/start").Raw)
		return status, err
	})
	if err != nil {
		return "", err
	}
	statuses := make(map[int]int)
	for _, status := range answers {
		statuses[status]++
	}
	effects := 0
	for _, table := range []string{"receipts", "chats", "messages", "jobs", "quarantine"} {
		n, err := sc.count(ctx, "SELECT count(*) FROM "+table)
		if err != nil {
			return "", err
		}
		effects += n
	}
	return verdict(statuses[http.StatusUnauthorized] == tries && effects == 0, "answers %v, %d rows", statuses, effects)
}
