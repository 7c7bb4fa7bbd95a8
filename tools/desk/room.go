package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"javab/tools/messenger"
	"javab/tools/office"
	"javab/tools/subject"
)

// room is the desk's people on both sides.
type room struct {
	*settings
	*messenger.Messenger
	*figures
	program  *subject.Subject
	officers []*office.Officer
	screens  []*office.Screen

	said sync.Map // number of a member's message → where it belongs
	last atomic.Int64
}

// message is one that a member writes, and the screens it belongs on.
type message struct {
	at   time.Time
	open *office.Screen
	rows map[*office.Screen]bool
}

const (
	firstMember = 700_000
	hands       = 64 // that fill the room at once
)

// fill puts the members into the queue and hires the officers.
func (r *room) fill(ctx context.Context) error {
	var members atomic.Int64
	errs := make(chan error, hands+1)
	for range hands {
		go func() {
			for n := members.Add(1); int(n) <= r.waiting && ctx.Err() == nil; n = members.Add(1) {
				if err := r.join(firstMember + n); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	go func() { errs <- r.hire(ctx) }()
	var all error
	for range hands + 1 {
		all = errors.Join(all, <-errs)
	}
	return all
}

// join is a member who asks for an officer.
func (r *room) join(id int64) error {
	robot := &messenger.Robot{Member: r.Member(id), Patience: time.Minute}
	if err := robot.Greet("/start", "English"); err != nil {
		return err
	}
	return robot.Queue(fmt.Sprintf("Question of member %d", id))
}

func (r *room) hire(ctx context.Context) error {
	for n := range r.settings.officers {
		one, err := office.Hire(ctx, r.program, fmt.Sprintf("officer%d", n), "--role", "officer", "--units", "member_relations")
		if err != nil {
			return err
		}
		r.officers = append(r.officers, one)
	}
	return nil
}

// lists reads the list as one officer does whose colleagues rest.
func (r *room) lists(ctx context.Context) error {
	for n := range 60 {
		one := r.officers[n%len(r.officers)]
		took, bytes, err := one.Page(ctx, "/desk/list?tab=waiting", true)
		if err != nil {
			return err
		}
		r.note(listAlone, took)
		r.listBytes = bytes
		if took, r.pageBytes, err = one.Page(ctx, "/desk", false); err != nil {
			return err
		}
		r.note(pageAlone, took)
	}
	return nil
}

// work lets everybody do what he does, for as long as it is measured.
func (r *room) work(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for n, one := range r.officers {
		screen, err := office.NewScreen(ctx, one)
		if err != nil {
			return err
		}
		screen.Pointed = rand.Float64() < r.pointed
		screen.Shown = func(thread bool, html string) { r.shown(screen, thread, html) }
		r.screens = append(r.screens, screen)
		go func() { r.fault(screen.Live(ctx)) }()
		if _, err := screen.Take(ctx, n); err != nil {
			return err
		}
	}
	r.until(ctx, 5*time.Second) // caches, and the signals of the claims
	r.begin()
	before, err := r.counters(ctx)
	if err != nil {
		return err
	}
	r.until(ctx, time.Duration(r.settings.seconds)*time.Second)
	after, err := r.counters(ctx)
	if err != nil {
		return err
	}
	r.spent(before, after)
	for _, screen := range r.screens {
		r.screenErrors += screen.Errors()
	}
	return ctx.Err()
}

// until lets members write and officers act, at their rates.
func (r *room) until(ctx context.Context, length time.Duration) {
	over, stop := context.WithTimeout(ctx, length)
	defer stop()
	var work sync.WaitGroup
	every := func(rate float64, do func()) {
		if rate <= 0 {
			return
		}
		work.Go(func() {
			tick := time.NewTicker(time.Duration(float64(time.Second) / rate))
			defer tick.Stop()
			for {
				select {
				case <-over.Done():
					return
				case <-tick.C:
					work.Go(do)
				}
			}
		})
	}
	every(r.rate/2, func() { r.write(r.screen().Chat()) })
	every(r.rate/2, func() { r.write(fmt.Sprintf("tg:4242:%d", firstMember+1+rand.IntN(r.waiting))) })
	every(r.claims, func() { r.claim(ctx) })
	every(r.replies, func() { r.reply(ctx) })
	every(1, func() { r.sample(r.program.RSS()) })
	work.Wait()
	time.Sleep(time.Second) // what is on its way arrives
}

func (r *room) screen() *office.Screen { return r.screens[rand.IntN(len(r.screens))] }

// mark stands before the number of a message.
const mark = "Message "

// write lets the member of a chat write.
func (r *room) write(chat string) {
	member, err := strconv.ParseInt(chat[strings.LastIndexByte(chat, ':')+1:], 10, 64)
	if err != nil {
		return // the officer is between two chats
	}
	n, m := r.last.Add(1), message{at: time.Now(), rows: make(map[*office.Screen]bool)}
	for _, screen := range r.screens {
		if screen.Chat() == chat {
			m.open = screen
		}
		if screen.Lists(chat) {
			m.rows[screen] = true
		}
	}
	r.said.Store(n, m)
	<-r.Member(member).Say(fmt.Sprintf("%s%d.", mark, n))
	r.updates.Add(1)
}

// shown is told of each piece of a page: the messages in it are on a screen now.
func (r *room) shown(screen *office.Screen, thread bool, html string) {
	now := time.Now()
	for {
		at := strings.Index(html, mark)
		if at < 0 {
			return
		}
		html = html[at+len(mark):]
		n, err := strconv.ParseInt(html[:max(0, strings.IndexByte(html, '.'))], 10, 64)
		said, known := r.said.Load(n)
		if err != nil || !known {
			continue
		}
		switch m := said.(message); {
		case thread && m.open == screen:
			r.arrived(inThread, arrival{n, screen.Name}, now.Sub(m.at))
		case !thread && m.rows[screen]:
			r.arrived(inList, arrival{n, screen.Name}, now.Sub(m.at))
		}
	}
}

func (r *room) claim(ctx context.Context) {
	screen := r.screen()
	r.fault(screen.Leave(ctx))
	took, err := screen.Take(ctx, rand.IntN(50))
	if r.fault(err); took > 0 {
		r.note(claiming, took)
	}
}

func (r *room) reply(ctx context.Context) {
	screen := r.screen()
	if screen.Chat() == "" {
		return
	}
	took, err := screen.Say(ctx, "We look into it.")
	if r.fault(err); err == nil {
		r.note(replying, took)
	}
}
