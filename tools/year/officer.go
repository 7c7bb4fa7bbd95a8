package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// serve plans how a case is worked on. Some officers forget, so that its promise breaks.
func (t *town) serve(ctx context.Context, m *matter) {
	m.works = true
	start := t.some(10*minute, 3*hour)
	switch n := t.IntN(100); {
	case n < 3:
		m.works = false
		return // for ever
	case n < 8:
		start = t.some(30*hour, 400*hour)
	}
	t.later(start, func() error {
		if t.chance(40) {
			if err := t.act(ctx, m, "take", nil); err != nil {
				return err
			}
		}
		if err := t.act(ctx, m, "begin", nil); err != nil {
			return err
		}
		promised := int64(m.topic.Hours) * hour
		share := t.some(30, 90)
		if t.chance(22) {
			share = t.some(100, 220)
		}
		t.treat(ctx, m, max(promised*share/100-start, 10*minute))
		return nil
	})
}

// later plans something so much working time from now; an officer at times works on in the evening.
func (t *town) later(d int64, do func() error) {
	at := t.almanac.of("", t.now).add(t.now, d)
	if t.chance(3) {
		at += t.some(hour, 12*hour)
	}
	t.plan(at, do)
}

// treat plans what is done about a case until its result, so much working time from now.
func (t *town) treat(ctx context.Context, m *matter, left int64) {
	if t.chance(20) {
		t.later(left/3, func() error {
			return t.act(ctx, m, "tell", map[string]string{"id": t.name("t"), "text": "We are working on it, " + t.name("n") + "."})
		})
	}
	end := func() { t.later(left, func() error { return t.propose(ctx, m) }) }
	switch n := t.IntN(100); {
	case n < 25:
		t.later(left/5, func() error { return t.refer(ctx, m, left) })
		end()
	case n < 40:
		t.later(left/4, func() error {
			end()
			return t.await(ctx, m)
		})
	case n < 52:
		t.later(left/4, func() error { return t.outside(ctx, m) })
		end()
	case n < 62:
		t.later(left/4, func() error { return t.task(ctx, m, left) })
		end()
	default:
		end()
	}
}

// act has the case's officer do something to it. What is refused has been overtaken by others.
func (t *town) act(ctx context.Context, m *matter, what string, with map[string]string) error {
	return t.actBy(ctx, "officer."+m.topic.Unit, m, what, with)
}

func (t *town) actBy(ctx context.Context, by string, m *matter, what string, with map[string]string) error {
	return t.order(ctx, order{Do: "act", By: by, Number: m.number, Act: what, With: with})
}

func (t *town) refer(ctx context.Context, m *matter, left int64) error {
	unit, id := "finance", t.name("ref")
	if m.topic.Unit == unit {
		unit = "it_support"
	}
	err := t.act(ctx, m, "refer", map[string]string{"id": id, "unit": unit, "text": "What do you know of it, " + id + "?"})
	wait := t.some(hour, 7*hour)
	switch n := t.IntN(100); {
	case n < 8:
		return err // nobody answers; it is recalled with the result
	case n < 25:
		wait = t.some(8*hour, 20*hour)
	}
	t.later(wait, func() error {
		return t.actBy(ctx, "officer."+unit, m, "reply", map[string]string{"id": id, "text": "It was like this, " + id + "."})
	})
	t.later(left, func() error { return t.act(ctx, m, "recall", map[string]string{"id": id}) })
	return err
}

func (t *town) await(ctx context.Context, m *matter) error {
	err := t.act(ctx, m, "await_member", map[string]string{"id": t.name("wait"), "text": "A copy of the letter, " + t.name("l") + "."})
	t.later(t.some(2*hour, 50*hour), func() error { return t.act(ctx, m, "resume", nil) })
	return err
}

func (t *town) outside(ctx context.Context, m *matter) error {
	err := t.act(ctx, m, "await_outside", map[string]string{"text": "The ministry, " + t.name("l") + "."})
	stopped := t.chance(50)
	if stopped {
		t.later(t.some(10*minute, 4*hour), func() error {
			return t.actBy(ctx, "manager."+m.topic.Unit, m, "stop_clock", map[string]string{"text": "They are closed."})
		})
	}
	if stopped && t.chance(50) {
		t.later(t.some(5*hour, 30*hour), func() error { return t.actBy(ctx, "manager."+m.topic.Unit, m, "start_clock", nil) })
	}
	t.later(t.some(5*hour, 60*hour), func() error { return t.act(ctx, m, "resume", nil) })
	return err
}

func (t *town) task(ctx context.Context, m *matter, left int64) error {
	id := t.name("task")
	due := t.almanac.of("", t.now).add(t.now, max(left/3, minute))
	err := t.act(ctx, m, "task", map[string]string{"id": id, "text": "Look it up.", "due": strconv.FormatInt(due, 10)})
	t.later(left/2, func() error {
		return t.act(ctx, m, "end_task", map[string]string{"id": id, "outcome": "done"})
	})
	return err
}

// propose tries to bring a case to its end, over and over while something is in the way.
func (t *town) propose(ctx context.Context, m *matter) error {
	return t.result(ctx, m, map[string]string{"id": t.name("r"), "text": "We have looked into it and put it right, " + t.name("n") + "."}, 0)
}

func (t *town) result(ctx context.Context, m *matter, with map[string]string, tries int) error {
	if m.over {
		return nil
	}
	by := "officer." + m.topic.Unit
	if t.chance(10) {
		by = "manager." + m.topic.Unit
	}
	if err := t.actBy(ctx, by, m, "propose", with); err != nil {
		return err
	}
	again := func() error { return t.result(ctx, m, with, tries+1) }
	switch t.replies.Refused {
	case "":
	case "case.transition": // it waits for somebody
		if tries < 30 {
			t.later(2*hour, again)
		}
	case "case_open_referral", "case_open_task":
		t.later(t.some(hour, 4*hour), func() error { return t.clear(ctx, m, again) })
	case "case_result_held", "case_repeated":
	default:
		if tries < 30 {
			t.later(2*hour, again)
		}
	}
	return nil
}

// clear takes back what is still asked, to come to an end.
func (t *town) clear(ctx context.Context, m *matter, again func() error) error {
	referrals, err := t.list("SELECT r.id FROM referrals r JOIN cases k ON k.id=r.case_id WHERE k.year=1405 AND k.seq="+m.seq()+
		" AND r.replied_at=0 AND r.withdrawn_at=0", 1)
	if err != nil {
		return err
	}
	for _, r := range referrals {
		if err := t.act(ctx, m, "recall", map[string]string{"id": r[0]}); err != nil {
			return err
		}
	}
	tasks, err := t.list("SELECT t.id FROM tasks t JOIN cases k ON k.id=t.case_id WHERE k.year=1405 AND k.seq="+m.seq()+
		" AND t.outcome='' AND t.kind='work'", 1)
	if err != nil {
		return err
	}
	for _, task := range tasks {
		if err := t.act(ctx, m, "end_task", map[string]string{"id": task[0], "outcome": "dropped"}); err != nil {
			return err
		}
	}
	t.later(10*minute, again)
	return nil
}

func (m *matter) seq() string { return strings.TrimPrefix(m.key(), "1405-") }

// rework plans what is done about a case that its member has sent back.
func (t *town) rework(ctx context.Context, m *matter) {
	if !m.works && t.chance(50) {
		return
	}
	t.later(t.some(20*minute, 8*hour), func() error {
		if err := t.act(ctx, m, "begin", nil); err != nil {
			return err
		}
		t.treat(ctx, m, t.some(hour, 30*hour))
		return nil
	})
}

// list reads what officers and managers find in their lists.
func (t *town) list(query string, columns int) (rows [][]string, err error) {
	found, err := t.db.Query(query)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", query, err)
	}
	defer found.Close()
	for found.Next() {
		row, into := make([]string, columns), make([]any, columns)
		for i := range row {
			into[i] = &row[i]
		}
		if err := found.Scan(into...); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, found.Err()
}

// supervise looks into the lists of calls and approvals, every three hours of work.
func (t *town) supervise(ctx context.Context) {
	seen := map[string]bool{}
	var look func() error
	look = func() error {
		t.plan(t.almanac.of("", t.now).add(t.now, 3*hour), look)
		if err := t.calls(ctx, seen); err != nil {
			return err
		}
		return t.approvals(ctx, seen)
	}
	t.plan(newYear+day, look)
}

func (t *town) calls(ctx context.Context, seen map[string]bool) error {
	calls, err := t.list("SELECT t.id, k.seq FROM tasks t JOIN cases k ON k.id=t.case_id WHERE t.kind='call' AND t.outcome='' ORDER BY t.id", 2)
	for _, call := range calls {
		id, m := call[0], t.cases["1405-"+call[1]]
		if seen[id] || m == nil {
			continue
		}
		if seen[id] = true; t.chance(4) {
			continue // nobody calls
		}
		outcome := []string{"solved", "solved", "solved", "not_solved", "not_reached", "not_reached"}[t.IntN(6)]
		t.later(t.some(30*minute, 12*hour), func() error {
			err := t.act(ctx, m, "end_task", map[string]string{"id": id, "outcome": outcome, "text": "Called."})
			if outcome == "not_solved" && t.replies.Refused == "" {
				t.rework(ctx, m)
			}
			return err
		})
	}
	return err
}

func (t *town) approvals(ctx context.Context, seen map[string]bool) error {
	asked, err := t.list("SELECT id, unit, number FROM approvals WHERE state='asked' ORDER BY id", 3)
	for _, a := range asked {
		id, unit, m := a[0], a[1], t.cases[key(a[2])]
		if seen[id] || m == nil {
			continue
		}
		seen[id] = true
		by, verdict := "manager."+unit, "yes"
		if t.chance(15) {
			verdict = "no"
		}
		if t.chance(20) {
			by = "head"
		}
		t.later(t.some(10*minute, 9*hour), func() error {
			err := t.order(ctx, order{Do: "decide", By: by, With: map[string]string{"id": id, "verdict": verdict}})
			if verdict == "no" && t.replies.Refused == "" {
				t.later(2*hour, func() error { return t.propose(ctx, m) })
			}
			return err
		})
	}
	return err
}
