package main

import (
	"container/heap"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"time"

	"javab/tools/subject"
)

// newYear is when 1405 begins in Tehran.
var newYear = time.Date(2026, time.March, 21, 0, 0, 0, 0, tehran).UnixMilli()

// town is everybody around the house, and their clock. They know what they were told and what they have seen, nothing else.
type town struct {
	*rand.Rand
	settings *settings
	db       *sql.DB // read only: what officers find in their lists
	house    *house
	almanac  almanac
	topics   []topic

	now     int64
	ends    int64
	deeds   deeds
	events  int // given names so far
	cases   map[string]*matter
	chats   []*chat
	replies answer

	mu    sync.Mutex
	heard []letter          // every message that has reached a member, in order
	fresh []letter          // those that he has not thought about yet
	doing string            // the order that is being carried out
	rows  map[string]string // of the working time, by what they are called here

	kills   []int64 // when the house is killed next, soonest first
	killed  []int64
	gone    stretch // while it was away
	refused map[string]int
}

// letter is a message with its time, and what was going on.
type letter struct {
	sent
	at    int64
	doing string
}

func newTown(s *settings, engine *subject.Engine) *town {
	return &town{
		ends: newYear + int64(s.days)*day, Rand: rand.New(rand.NewPCG(s.seed, 1405)), settings: s, db: engine.DB, cases: map[string]*matter{},
		rows: map[string]string{}, refused: map[string]int{},
	}
}

// reads takes in a message. Whoever gets it thinks about it later: the house must not wait for him.
func (t *town) reads(s sent) {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := letter{s, t.now, t.doing}
	t.heard, t.fresh = append(t.heard, l), append(t.fresh, l)
}

// deed is what somebody does at an instant.
type deed struct {
	at int64
	n  int // those of the same instant in the order in which they were planned
	do func() error
}

type deeds []deed

func (d deeds) Len() int { return len(d) }
func (d deeds) Less(i, j int) bool {
	return d[i].at < d[j].at || d[i].at == d[j].at && d[i].n < d[j].n
}
func (d deeds) Swap(i, j int) { d[i], d[j] = d[j], d[i] }
func (d *deeds) Push(x any)   { *d = append(*d, x.(deed)) }
func (d *deeds) Pop() any {
	last := (*d)[len(*d)-1]
	*d = (*d)[:len(*d)-1]
	return last
}

// plan lets something happen at an instant. Whole seconds are told in timelines.
func (t *town) plan(at int64, do func() error) {
	t.events++
	heap.Push(&t.deeds, deed{max(at, t.now) / second * second, t.events, do})
}

// begin opens the house and hires its staff.
func (t *town) begin(ctx context.Context) error {
	t.now = newYear
	if err := t.open(ctx); err != nil {
		return err
	}
	t.topics = t.replies.Topics
	if err := t.order(ctx, order{Do: "content"}); err != nil {
		return err
	}
	t.topics = t.replies.Topics
	if err := t.newDays(ctx); err != nil {
		return err
	}
	names := "head"
	for unit := range t.almanac[0].units {
		if unit != "" {
			names += " officer." + unit + " manager." + unit
		}
	}
	if err := t.order(ctx, order{Do: "hire", Text: names}); err != nil {
		return err
	}
	t.populate(ctx)
	t.decree(ctx)
	t.supervise(ctx)
	for range t.settings.kills { // at the opening of a day, when the house has most to say
		at := t.almanac.of("", t.now).opening(newYear + t.Int64N(t.ends-newYear-day*int64(t.settings.days)/12))
		t.kills = append(t.kills, at)
	}
	if t.settings.away > 0 { // on a Sunday morning
		at := newYear + int64(t.settings.days*11/20/7*7+1)*day + 10*hour
		t.gone = stretch{at, at + int64(t.settings.away)*day - 5*hour}
	}
	return nil
}

func (t *town) open(ctx context.Context) error {
	if err := t.house.start(); err != nil {
		return err
	}
	return t.order(ctx, order{Do: "open"})
}

// newDays learns how the working time stands.
func (t *town) newDays(ctx context.Context) error {
	if err := t.order(ctx, order{Do: "days"}); err != nil {
		return err
	}
	t.almanac.turn(t.now, t.replies.Days)
	return nil
}

// order has the house do something now. A fault ends the year; a refusal is counted.
func (t *town) order(ctx context.Context, o order) error {
	if err := t.stricken(ctx, o); err != nil {
		return err
	}
	o.At = t.now
	t.mu.Lock()
	t.doing = o.Do
	t.mu.Unlock()
	a, err := t.house.do(ctx, o)
	if err == nil && (a.Err != "" || a.Refused != "" && o.Do == "round") {
		err = fmt.Errorf("%s, %s %s %s: %s%s", shown(t.now), o.Do, o.Act, o.Number, a.Err, a.Refused)
	}
	if a.Refused != "" {
		t.refused[a.Refused]++
	}
	t.replies = a
	return err
}

// stricken kills the house while it carries an order out, when that is to happen now, and puts it up again: the order is
// then given once more, as a messenger and people do.
func (t *town) stricken(ctx context.Context, o order) error {
	struck := o.Do != "open" && o.Do != "days" && o.Do != "content"
	for i, at := range t.kills {
		if !struck || at > t.now {
			continue
		}
		t.kills = append(t.kills[:i], t.kills[i+1:]...)
		return t.strike(ctx, o, t.now+40*second) // no lease outlives that
	}
	if struck && t.gone.from > 0 && t.gone.from <= t.now && t.now < t.gone.to {
		return t.strike(ctx, o, t.gone.to)
	}
	return nil
}

func (t *town) strike(ctx context.Context, o order, back int64) error {
	o.At = t.now
	if err := t.house.give(o); err != nil {
		return err
	}
	time.Sleep(time.Duration(t.IntN(25)) * time.Millisecond)
	t.house.kill()
	t.killed = append(t.killed, t.now)
	t.now = back
	return t.open(ctx)
}

// often is how often the house looks while it is open, and at the least.
const (
	often  = 10 * minute
	seldom = hour
)

// pass lets the year go by.
func (t *town) pass(ctx context.Context) error {
	for t.now < t.ends {
		next := t.tick()
		for len(t.deeds) > 0 && t.deeds[0].at <= next {
			d := heap.Pop(&t.deeds).(deed)
			t.now = max(t.now, d.at)
			if err := d.do(); err != nil {
				return err
			}
			t.think(ctx)
		}
		t.now = max(t.now, next)
		if err := t.order(ctx, order{Do: "round"}); err != nil {
			return err
		}
		t.think(ctx)
		if t.now%(7*day) < often {
			t.progress()
		}
	}
	return nil
}

// tick is when the house looks next.
func (t *town) tick() int64 {
	work := t.almanac.of("", t.now)
	if work.open(t.now) {
		return t.now/often*often + often
	}
	return min(t.now/seldom*seldom+seldom, max(work.opening(t.now), t.now+1))
}

// progress tells a person at a terminal how far the year is.
func (t *town) progress() {
	if at, err := os.Stderr.Stat(); err != nil || at.Mode()&os.ModeCharDevice == 0 {
		return
	}
	fmt.Fprintf(os.Stderr, "\r%s  %d cases, %d messages ", strings.Fields(shown(t.now))[0], len(t.cases), len(t.heard))
}
