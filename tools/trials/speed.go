package main

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"javab/tools/crowd"
	"javab/tools/messenger"
	"javab/tools/subject"
)

// steady measures replies at a fixed rate, which does not slow down when the program does, in turns with the bare bot.
func steady(ctx context.Context, s *stage) (string, error) {
	bare, err := s.Tool(ctx, "bare", s.folder, "-trimpath")
	if err != nil {
		return "", err
	}
	var ours, theirs []time.Duration
	for range s.rounds {
		if theirs, err = s.round(ctx, theirs, func(m *messenger.Messenger, api string) (*subject.Subject, error) {
			return subject.Bare(bare, s.folder, api)
		}); err != nil {
			return "", fmt.Errorf("bare bot: %w", err)
		}
		if ours, err = s.round(ctx, ours, nil); err != nil {
			return "", err
		}
	}
	a, b := median(ours), median(theirs)
	ratio := float64(a) / float64(b)
	return verdict(ratio <= 3, "%d updates/s: p99 %s, bare %s, ratio %.2f; rounds %v, bare %v", steadyRate,
		a.Round(10*time.Microsecond), b.Round(10*time.Microsecond), ratio, rounded(ours), rounded(theirs))
}

const steadyRate = 500

// round adds the p99 of one measurement.
func (s *stage) round(ctx context.Context, p99s []time.Duration, other func(*messenger.Messenger, string) (*subject.Subject, error)) ([]time.Duration, error) {
	st := &stage{settings: s.settings, base: s.base, engine: s.engine, folder: filepath.Join(s.folder, fmt.Sprintf("round-%d-%v", len(p99s), other == nil))}
	defer st.clear()
	sc, err := st.open(ctx, setting{connections: 100, senders: 64, idle: other != nil})
	if err != nil {
		return nil, err
	}
	if other != nil {
		program, err := other(sc.Messenger, sc.api)
		if err != nil {
			return nil, err
		}
		sc.Hook = program.Hook()
		if err := program.Start(); err != nil {
			return nil, err
		}
		defer program.Kill()
	}
	if _, err := sc.pace(steadyRate, time.Second); err != nil { // connections, caches, the members' first message
		return nil, err
	}
	times, err := sc.pace(steadyRate, s.length)
	return append(p99s, crowd.Percentile(times, 0.99)), err
}

// pace lets members say something at a fixed rate, each only when he has his reply, and returns how long each reply
// took from when it was due to be asked for.
func (sc *scene) pace(rate int, length time.Duration) ([]time.Duration, error) {
	const members = 250
	asks := int(length.Seconds() * float64(rate))
	begun := time.Now()
	times, err := each(members, func(i int) (times []time.Duration, err error) {
		member := sc.Member(int64(400_000 + i))
		for n := i; n < asks; n += members {
			due := begun.Add(time.Duration(n) * time.Second / time.Duration(rate))
			time.Sleep(time.Until(due))
			before := member.Count()
			member.Say("/menu")
			if _, err := member.Await(before, 10*time.Second); err != nil {
				return nil, err
			}
			times = append(times, time.Since(due))
		}
		return times, nil
	})
	return slices.Concat(times...), err
}

func median(all []time.Duration) time.Duration { return slices.Sorted(slices.Values(all))[len(all)/2] }

func rounded(all []time.Duration) (list []time.Duration) {
	for _, t := range all {
		list = append(list, t.Round(100*time.Microsecond))
	}
	return list
}

// slow is a Bot API far away.
var slow = messenger.Faults{MinDelay: 50 * time.Millisecond, MaxDelay: 50 * time.Millisecond}

func firstReply(ctx context.Context, s *stage) (string, error) {
	const members, gap = 40, 50 * time.Millisecond
	var arrived [members]chan time.Time
	for i := range arrived {
		arrived[i] = make(chan time.Time, 64)
	}
	sc, err := s.cast(ctx, members, setting{faults: slow, arrived: func(chat int64, _ string) {
		if i := chat - 200_000; i >= 0 && i < members {
			arrived[i] <- time.Now()
		}
	}})
	if err != nil {
		return "", err
	}
	time.Sleep(300 * time.Millisecond)
	begun := time.Now()
	times, err := each(members, func(i int) (time.Duration, error) {
		for len(arrived[i]) > 0 {
			<-arrived[i]
		}
		robot := sc.robots[i]
		fresh := robot.Fresh()
		menu := fresh[len(fresh)-1]
		time.Sleep(time.Until(begun.Add(time.Duration(i) * gap)))
		pressed := time.Now()
		robot.Press(menu, menu.Buttons[0])
		select {
		case at := <-arrived[i]:
			return at.Sub(pressed), nil
		case <-time.After(10 * time.Second):
			return 0, fmt.Errorf("no reply to the press of member %d", robot.ID)
		}
	})
	if err != nil {
		return "", err
	}
	p50 := crowd.Percentile(times, 0.5)
	return verdict(p50 <= 10*time.Millisecond, "%d presses at 20/s: p50 %s, p99 %s", members,
		p50.Round(10*time.Microsecond), crowd.Percentile(times, 0.99).Round(10*time.Microsecond))
}

func acceptance(ctx context.Context, s *stage) (string, error) {
	const lines = 100
	sc, err := s.open(ctx, setting{faults: slow, connections: lines, senders: 64})
	if err != nil {
		return "", err
	}
	var accepted, refused atomic.Int64
	run := func(length time.Duration) float64 {
		accepted.Store(0)
		begun := time.Now()
		var all sync.WaitGroup
		for i := range lines {
			all.Go(func() {
				for n := 0; time.Since(begun) < length; n++ {
					member := sc.Member(int64(500_000 + i*50 + n%50))
					if status, _, err := sc.Post(member.Saying("/menu").Raw); err == nil && status == http.StatusOK {
						accepted.Add(1)
					} else {
						refused.Add(1)
					}
				}
			})
		}
		all.Wait()
		return float64(accepted.Load()) / time.Since(begun).Seconds()
	}
	run(time.Second)
	rate := run(s.length)
	return verdict(rate >= 1500 && refused.Load() == 0, "%.0f updates/s accepted over %d connections, %d refused", rate, lines, refused.Load())
}

func connections(ctx context.Context, s *stage) (string, error) {
	sc, err := s.open(ctx, setting{faults: lively, tls: true})
	if err != nil {
		return "", err
	}
	members := sc.crowd(32)
	members.Updates = 1000
	members.Start(ctx)
	members.Wait()
	if err := members.Trouble(); err != nil {
		return "", err
	}
	share := float64(sc.Connections.Load()) / float64(members.Answered())
	return verdict(share <= 0.05, "%d connections for %d updates: %.3f", sc.Connections.Load(), members.Answered(), share)
}
