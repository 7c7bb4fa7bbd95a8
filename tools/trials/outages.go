package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"javab/tools/crowd"
	"javab/tools/messenger"
	"javab/tools/overlay"
	"javab/tools/subject"
)

// lively is a messenger that takes its time, as real ones do.
var lively = messenger.Faults{MinDelay: 5 * time.Millisecond, MaxDelay: 25 * time.Millisecond}

func sigterm(ctx context.Context, s *stage) (string, error) {
	sc, err := s.open(ctx, setting{faults: lively, again: 0.01})
	if err != nil {
		return "", err
	}
	members := sc.crowd(64)
	members.Start(ctx)
	const stops = 4
	slowest := time.Duration(0)
	for range stops {
		time.Sleep(time.Second)
		begun := time.Now()
		if err := sc.program.Stop(25 * time.Second); err != nil {
			return "", fmt.Errorf("stop: %w", err)
		}
		slowest = max(slowest, time.Since(begun))
		if err := sc.program.Start(); err != nil {
			return "", err
		}
	}
	members.Home()
	r, err := members.Compare(ctx, sc.engine.DB)
	if err != nil {
		return "", err
	}
	return verdict(r.Clean(0), "%d stops, the slowest %s; %s", stops, slowest.Round(time.Millisecond), r)
}

// bugOfOurs panics in the turn of the chats from 300000 to 300079.
func bugOfOurs() overlay.Edit {
	return overlay.Edit{
		File: "bot/converse/turn.go", Old: "	d := t.receive(in)\n	if in.Kind",
		New: "	if n := in.Chat.Native(); len(n) == 6 && n < \"300080\" {\n		panic(\"a bug of ours\")\n	}\n	d := t.receive(in)\n	if in.Kind",
	}
}

// shortLease is as long as a trial can wait.
const shortLease = 8 * time.Second

// shortLeases builds with it.
func shortLeases() overlay.Edit {
	return overlay.Edit{
		File: "bot/deliver/courier.go", Old: "LeaseTime   = 30 * time.Second", New: fmt.Sprintf("LeaseTime   = time.Duration(%d)", shortLease),
	}
}

// ownBug panics in the turn of some chats, as a bug of ours would, and looks at the others.
func ownBug(ctx context.Context, s *stage) (string, error) {
	binary, err := s.build(ctx, bugOfOurs())
	if err != nil {
		return "", err
	}
	sc, err := s.open(ctx, setting{binary: binary})
	if err != nil {
		return "", err
	}
	const chats, hit, said = 200, 80, 5
	var served, sorry atomic.Int64
	_, err = each(chats, func(i int) (struct{}, error) {
		robot := &messenger.Robot{Member: sc.Member(int64(300_000 + i)), Patience: 20 * time.Second}
		for range said {
			if err := robot.Greet("/menu"); err != nil {
				return struct{}{}, err
			}
		}
		if i >= hit {
			served.Add(1)
		} else if strings.Contains(robot.Fresh()[0].Text, "Sorry") {
			sorry.Add(1)
		}
		return struct{}{}, nil
	})
	if err != nil {
		return "", err
	}
	quarantined, err := sc.count(ctx, "SELECT count(*) FROM quarantine")
	if err != nil {
		return "", err
	}
	refused := sc.Failed.Load() + sc.Refused.Load()
	return verdict(served.Load() == chats-hit && sorry.Load() == hit && quarantined == hit*said && refused == 0,
		"%d others served, %d apologised to, %d of %d updates kept, %d refused", served.Load(), sorry.Load(), quarantined, hit*said, refused)
}

// cutting plays a crowd during which a line is cut for a while, and hands over at each turn of events.
func (s *stage) cutting(ctx context.Context, proxy *subject.Proxy, members *crowd.Crowd, back func()) (during []time.Duration, err error) {
	members.Start(ctx)
	time.Sleep(2 * time.Second)
	before := members.Answered()
	proxy.Cut(true)
	time.Sleep(s.outage)
	during = members.Times(before)
	proxy.Cut(false)
	back()
	time.Sleep(2 * time.Second)
	members.Home()
	return during, ctx.Err()
}

func redisCut(ctx context.Context, s *stage) (string, error) {
	var proxy *subject.Proxy
	sc, err := s.open(ctx, setting{faults: lively, prepare: func(e *subject.Engine) (err error) {
		proxy, err = e.ProxyRedis()
		return err
	}})
	if err != nil {
		return "", err
	}
	members := sc.crowd(32)
	during, err := s.cutting(ctx, proxy, members, func() {})
	if err != nil {
		return "", err
	}
	r, err := members.Compare(ctx, sc.engine.DB)
	if err != nil {
		return "", err
	}
	failed := sc.Failed.Load() + sc.Refused.Load()
	return verdict(failed == 0 && r.Clean(0) && len(during) > 0, "cut %s: %d updates failed, %d answered meanwhile, p99 %s; %s",
		s.outage, failed, len(during), crowd.Percentile(during, 0.99).Round(time.Millisecond), r)
}

func databaseCut(ctx context.Context, s *stage) (string, error) {
	var proxy *subject.Proxy
	sc, err := s.open(ctx, setting{faults: lively, prepare: func(e *subject.Engine) (err error) {
		proxy, err = e.ProxyDatabase()
		return err
	}})
	if err != nil {
		return "", err
	}
	const chats = 32
	sc.Overlook = "cannot store your message right now"
	members := sc.crowd(chats)
	members.Patience = s.outage + time.Minute
	var waiting int64
	var accepted time.Duration
	_, err = s.cutting(ctx, proxy, members, func() {
		waiting = sc.Waiting.Load()
		for back := time.Now(); sc.Waiting.Load() > 0 && accepted < time.Minute; accepted = time.Since(back) {
			time.Sleep(10 * time.Millisecond)
		}
	})
	if err != nil {
		return "", err
	}
	r, err := members.Compare(ctx, sc.engine.DB)
	if err != nil {
		return "", err
	}
	inTime := accepted <= 10*time.Second && waiting > 0 && sc.Failed.Load() == 0 && sc.Overlooked.Load() <= chats
	return verdict(inTime && r.Clean(8), // a sender in flight whose finish was cut repeats its message
		"cut %s: %d updates waited, all accepted %s after its return; %d answers 503 with Retry-After, %d others, %d members told; %s",
		s.outage, waiting, accepted.Round(10*time.Millisecond), sc.Refused.Load(), sc.Failed.Load(), sc.Overlooked.Load(), r)
}

// frozen is two instances on one database. The first one stops while it sends, and wakes when the second one has taken
// the message over: its result is void, or the message would be sent a third time. The leases are shortened.
func frozen(ctx context.Context, s *stage) (string, error) {
	binary, err := s.build(ctx, shortLeases())
	if err != nil {
		return "", err
	}
	var calls atomic.Int64
	arrivals := make(chan struct{}, 16)
	sc, err := s.open(ctx, setting{binary: binary, arrived: func(int64, string) {
		n := calls.Add(1)
		arrivals <- struct{}{}
		switch n {
		case 1:
			time.Sleep(2 * shortLease) // never answered while anyone waits
		case 2:
			time.Sleep(2500 * time.Millisecond) // shorter than a try, longer than the pause after a failed one
		}
	}})
	if err != nil {
		return "", err
	}
	second, err := subject.Javab{Binary: binary, Engine: sc.engine, API: sc.api, Senders: 8}.New()
	if err != nil {
		return "", err
	}
	s.later(second.Kill)
	sc.Member(1).Say("hello")
	<-arrivals
	if err := sc.takeOver(second, arrivals); err != nil {
		return "", err
	}
	if err := crowd.Drained(ctx, sc.engine.DB, 30*time.Second); err != nil {
		return "", err
	}
	time.Sleep(shortLease / 2)
	out, err := sc.count(ctx, "SELECT count(*) FROM messages WHERE direction = 'out'")
	if err != nil {
		return "", err
	}
	return verdict(int(calls.Load()) == out+1, "%d messages, %d sends: the frozen one's and each message once", out, calls.Load())
}

// takeOver freezes the program until a second instance has begun to send in its place.
func (sc *scene) takeOver(second *subject.Subject, arrivals <-chan struct{}) error {
	sc.program.Freeze()
	defer sc.program.Thaw()
	if err := second.Start(); err != nil {
		return err
	}
	select {
	case <-arrivals:
		return nil
	case <-time.After(3 * shortLease):
		return errors.New("the second instance never took the message over")
	}
}

// finishFirst cuts the database while the first of several messages is being sent. The next one must wait until it is
// written down that the first has gone out: else a kill at that moment would repeat more than what was in flight.
func finishFirst(ctx context.Context, s *stage) (string, error) {
	var proxy *subject.Proxy
	var armed atomic.Bool
	var sent atomic.Int64
	sc, err := s.open(ctx, setting{
		prepare: func(e *subject.Engine) (err error) {
			proxy, err = e.ProxyDatabase()
			return err
		},
		arrived: func(int64, string) {
			if armed.Load() && sent.Add(1) == 1 {
				proxy.Cut(true)
			}
		},
	})
	if err != nil {
		return "", err
	}
	robot := &messenger.Robot{Member: sc.Member(1), Patience: 20 * time.Second}
	if err := robot.Greet("/start"); err != nil {
		return "", err
	}
	if err := robot.Expect("English"); err != nil {
		return "", err
	}
	if _, _, err := sc.settled(ctx, robot.ID); err != nil { // so that the next messages are born leased, as one batch
		return "", err
	}
	armed.Store(true)
	choice := robot.Fresh()[robot.Count()-1]
	robot.Press(choice, choice.Buttons[len(choice.Buttons)-1])
	time.Sleep(2 * time.Second)
	ahead := sent.Load()
	proxy.Cut(false)
	if err := robot.Expect("File a complaint"); err != nil {
		return "", err
	}
	if err := sc.perfect(ctx, robot); err != nil {
		return "", err
	}
	return verdict(ahead == 1 && sent.Load() > 1, "%d of %d messages sent while the database was away, none twice", ahead, sent.Load())
}
