package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"javab/tools/crowd"
	"javab/tools/messenger"
)

// together delivers updates at the same instant and returns the answers' codes.
func (sc *scene) together(updates ...messenger.Update) ([]int, error) {
	return each(len(updates), func(i int) (int, error) {
		status, _, err := sc.Post(updates[i].Raw)
		return status, err
	})
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
func (sc *scene) perfect(ctx context.Context, robots []*messenger.Robot) error {
	var sum crowd.Replies
	for _, robot := range robots {
		_, replies, err := sc.settled(ctx, robot.ID)
		if err != nil {
			return err
		}
		sum.Add(replies)
	}
	if sum != (crowd.Replies{}) {
		return fmt.Errorf("replies lost %d, doubled %d, out of order %d", sum.Lost, sum.Doubled, sum.Disorder)
	}
	return nil
}

// answered reports that the record has a reply which this update caused.
func answered(record []crowd.Row, u messenger.Update) bool {
	for _, row := range record {
		if strings.HasPrefix(row.Key, fmt.Sprintf("utg:%d.", u.ID)) {
			return true
		}
	}
	return false
}

const taps = 80

func doubleTap(ctx context.Context, s *stage) (string, error) {
	sc, err := s.open(ctx, setting{})
	if err != nil {
		return "", err
	}
	robots, err := sc.robots(taps)
	if err != nil {
		return "", err
	}
	_, err = each(taps, func(i int) (struct{}, error) {
		seen, submit, err := robots[i].Draw(fmt.Sprintf("Complaint %d", i))
		if err != nil {
			return struct{}{}, err
		}
		_, err = sc.together(robots[i].Pressing(seen, submit), robots[i].Pressing(seen, submit))
		return struct{}{}, err
	})
	if err == nil {
		err = sc.perfect(ctx, robots)
	}
	if err != nil {
		return "", err
	}
	cases, confirmed := 0, 0
	if err := crowd.Count(ctx, sc.engine.DB, &cases, "SELECT count(*) FROM cases"); err != nil {
		return "", err
	}
	for _, robot := range robots {
		for _, seen := range robot.Seen() {
			if strings.Contains(seen.Text, "Tracking number") {
				confirmed++
			}
		}
	}
	return verdict(cases == taps && confirmed == taps, "%d double taps, %d complaints, %d confirmations", taps, cases, confirmed)
}

// verdict makes a figure, and an error of it when the promise is broken.
func verdict(kept bool, format string, args ...any) (string, error) {
	figure := fmt.Sprintf(format, args...)
	if !kept {
		return "", errors.New(figure)
	}
	return figure, nil
}

// bursts go out over a messenger that refuses some: what follows a refused message must not overtake it.
func bursts(ctx context.Context, s *stage) (string, error) {
	sc, err := s.open(ctx, setting{faults: messenger.Faults{MaxDelay: 5 * time.Millisecond, Broken: 0.02}})
	if err != nil {
		return "", err
	}
	const members, rounds = 60, 5
	robots, err := sc.robots(members)
	if err != nil {
		return "", err
	}
	_, err = each(members, func(i int) (struct{}, error) {
		for n := range rounds {
			first := robots[i].Say(fmt.Sprintf("/menu %d", n))
			second := robots[i].Say(fmt.Sprintf("/settings %d", n))
			<-first
			<-second
		}
		return struct{}{}, nil
	})
	if err == nil {
		err = sc.perfect(ctx, robots)
	}
	if err != nil {
		return "", err
	}
	swapped, silent := 0, 0
	for _, robot := range robots {
		record, _, err := sc.settled(ctx, robot.ID)
		if err != nil {
			return "", err
		}
		said := heard(record)
		for n := range rounds {
			a, b := said[fmt.Sprintf("/menu %d", n)], said[fmt.Sprintf("/settings %d", n)]
			if a.place >= b.place {
				swapped++
			}
			if a.replies == 0 || b.replies == 0 {
				silent++
			}
		}
	}
	return verdict(swapped+silent == 0, "%d bursts: %d swapped, %d unanswered, 0 replies lost or out of order", members*rounds, swapped, silent)
}

// line is where a member's words stand in the record, and how many replies follow them.
type line struct{ place, replies int }

func heard(record []crowd.Row) map[string]line {
	said, last := make(map[string]line), ""
	for i, row := range record {
		if row.In {
			last = row.Text
			said[last] = line{place: i}
		} else {
			said[last] = line{said[last].place, said[last].replies + 1}
		}
	}
	return said
}

func pressAndText(ctx context.Context, s *stage) (string, error) {
	sc, err := s.open(ctx, setting{})
	if err != nil {
		return "", err
	}
	const members = 60
	robots, err := sc.robots(members)
	if err != nil {
		return "", err
	}
	silent, err := each(members, func(i int) (int, error) {
		seen, done, err := robots[i].Begin()
		if err != nil {
			return 0, err
		}
		press, text := robots[i].Pressing(seen, done), robots[i].Saying("What happened")
		if _, err := sc.together(press, text); err != nil {
			return 0, err
		}
		record, _, err := sc.settled(ctx, robots[i].ID)
		silent := 0
		for _, u := range []messenger.Update{press, text} {
			if !answered(record, u) {
				silent++
			}
		}
		return silent, err
	})
	if err == nil {
		err = sc.perfect(ctx, robots)
	}
	if err != nil {
		return "", err
	}
	return verdict(sum(silent) == 0, "%d pairs, %d unanswered, all replies in commit order", members, sum(silent))
}

func sum(all []int) (n int) {
	for _, one := range all {
		n += one
	}
	return n
}

// rivals presses two different buttons of one question at once. Each is answered; but only one of them was taken.
func rivals(ctx context.Context, s *stage) (string, error) {
	sc, err := s.open(ctx, setting{})
	if err != nil {
		return "", err
	}
	const members, rounds = 60, 5
	robots, err := sc.robots(members)
	if err != nil {
		return "", err
	}
	for range rounds {
		if _, err = each(members, func(i int) (struct{}, error) { return struct{}{}, sc.rival(robots[i]) }); err != nil {
			return "", err
		}
	}
	if err := sc.perfect(ctx, robots); err != nil {
		return "", err
	}
	old := 0
	for _, robot := range robots {
		for _, seen := range robot.Seen() {
			if strings.Contains(seen.Text, "belongs to another step") {
				old++
			}
		}
	}
	return verdict(old == members*rounds, "%d pairs of presses, %d taken", members*rounds, 2*members*rounds-old)
}

// rival lets a member press the first two buttons of his menu at once.
func (sc *scene) rival(robot *messenger.Robot) error {
	if err := robot.Greet("/menu"); err != nil {
		return err
	}
	fresh := robot.Fresh()
	menu := fresh[len(fresh)-1]
	before := robot.Count()
	if _, err := sc.together(robot.Pressing(menu, menu.Buttons[0]), robot.Pressing(menu, menu.Buttons[1])); err != nil {
		return err
	}
	_, err := robot.Await(before+1, robot.Patience)
	return err
}

func again(ctx context.Context, s *stage) (string, error) {
	sc, err := s.open(ctx, setting{})
	if err != nil {
		return "", err
	}
	const members = 40
	robots, err := sc.robots(members)
	if err != nil {
		return "", err
	}
	replies, err := each(members, func(i int) (int, error) {
		if _, _, err := robots[i].Begin(); err != nil {
			return 0, err
		}
		text := robots[i].Saying(fmt.Sprintf("What happened to %d", i))
		before := robots[i].Count()
		if _, err := sc.together(text, text, text); err != nil {
			return 0, err
		}
		time.Sleep(300 * time.Millisecond)
		if _, err := sc.together(text); err != nil {
			return 0, err
		}
		_, _, err := sc.settled(ctx, robots[i].ID)
		return robots[i].Count() - before, err
	})
	if err == nil {
		err = sc.perfect(ctx, robots)
	}
	if err != nil {
		return "", err
	}
	rows, pieces := 0, 0
	err = errors.Join(
		crowd.Count(ctx, sc.engine.DB, &rows, "SELECT count(*) FROM messages WHERE direction = 'in' AND text LIKE 'What happened to %'"),
		crowd.Count(ctx, sc.engine.DB, &pieces, "SELECT count(*) FROM pieces"),
	)
	if err != nil {
		return "", err
	}
	return verdict(rows == members && pieces == members && sum(replies) == members,
		"%d updates delivered 4 times: %d lines, %d pieces, %d replies", members, rows, pieces, sum(replies))
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
	return verdict(r.Clean(0), "%d refused; %s", sc.TooMany.Load(), r)
}

func wrongSecret(ctx context.Context, s *stage) (string, error) {
	sc, err := s.open(ctx, setting{})
	if err != nil {
		return "", err
	}
	statuses := make(map[int]int)
	var mu sync.Mutex
	_, err = each(30, func(i int) (struct{}, error) {
		wrong := []string{"", "wrong", sc.Secret + "x"}[i%3]
		status, _, err := sc.PostAs(wrong, sc.Member(int64(i+1)).Saying("/start").Raw)
		mu.Lock()
		defer mu.Unlock()
		statuses[status]++
		return struct{}{}, err
	})
	if err != nil {
		return "", err
	}
	effects := 0
	for _, table := range []string{"receipts", "chats", "messages", "jobs", "quarantine"} {
		n := 0
		if err := crowd.Count(ctx, sc.engine.DB, &n, "SELECT count(*) FROM "+table); err != nil {
			return "", err
		}
		effects += n
	}
	return verdict(statuses[http.StatusUnauthorized] == 30 && effects == 0, "answers %v, %d rows", statuses, effects)
}
