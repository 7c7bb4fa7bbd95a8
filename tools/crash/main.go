// Command crash proves the guarantee: it starts the real binary, lets members file complaints and talk to officers,
// kills the program at even points of the way, empties Redis, delivers updates and officers' posts twice, and at the end
// compares the database with what was wanted: no complaint lost, doubled or with another's text, no reply of the bot or
// of an officer lost or out of order, none sent twice but what was in flight at a kill, and no note seen by a member.
//
//	go run ./crash -updates 2000 -kills 5 -answers 200 -engine both
//	go run ./crash -updates 20000 -kills 20 -answers 2000
//	go run ./crash -complaints 5000 -updates 0 -kills 20 -chats 500
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"javab/tools/command"
	"javab/tools/crowd"
	"javab/tools/messenger"
	"javab/tools/office"
	"javab/tools/subject"
)

type settings struct {
	command.Program
	updates, complaints, kills, flushes, chats, senders int
	answers, officers                                   int
	again                                               float64
	delay, patience                                     time.Duration
	gentle                                              bool
}

func (s *settings) flags(f *flag.FlagSet) {
	s.Flags(f)
	f.IntVar(&s.updates, "updates", 2000, "updates to answer, about; 0: as many as the complaints take")
	f.IntVar(&s.complaints, "complaints", 0, "complaints to file, about; 0: as many as the updates give")
	f.IntVar(&s.kills, "kills", 5, "times to kill the program")
	f.IntVar(&s.flushes, "flushes", 3, "times to empty Redis, where there is one")
	f.IntVar(&s.chats, "chats", 160, "members at work at once; after a kill some wait 30 s for a lease to end")
	f.IntVar(&s.answers, "answers", 0, "replies of officers among the updates, about")
	f.IntVar(&s.officers, "officers", 8, "officers at work at once, where there are answers")
	f.Float64Var(&s.again, "again", 0.01, "share of updates delivered twice; officers post ten times as many twice")
	f.IntVar(&s.senders, "senders", 8, "senders of the program")
	f.DurationVar(&s.delay, "delay", 25*time.Millisecond, "the Bot API answers after a fifth of it up to all of it")
	f.DurationVar(&s.patience, "patience", 2*time.Minute, "how long a member waits for a reply; a lease is 30 s, and a second kill may cost another")
	f.BoolVar(&s.gentle, "gentle", false, "stop the program by SIGTERM instead: nothing may be doubled then")
}

func main() {
	var s settings
	command.Main("crash", s.flags, s.run)
}

func (s *settings) run(ctx context.Context, folder string) (err error) {
	if s.Binary, err = s.Built(ctx, folder); err != nil {
		return err
	}
	holds := true
	err = s.Each(ctx, folder, func(ctx context.Context, engine *subject.Engine, _ string) error {
		clean, err := s.play(ctx, engine)
		holds = holds && clean
		return err
	})
	if err == nil && !holds {
		err = errors.New("the guarantee does not hold")
	}
	return err
}

// play is one run on one engine. It reports whether the guarantee held.
func (s *settings) play(ctx context.Context, engine *subject.Engine) (bool, error) {
	m := messenger.New(subject.Secret, 40)
	m.Again, m.SeeThrough = s.again, true
	m.Faults = messenger.Faults{MinDelay: s.delay / 5, MaxDelay: s.delay, TooMany: 0.003, Broken: 0.003, Cut: 0.001}
	api := m.Listen()
	defer api.Close()
	program, err := subject.Javab{Binary: s.Binary, Engine: engine, API: api.URL, Senders: s.senders}.New()
	if err != nil {
		return false, err
	}
	m.Hook = program.Hook()
	if err := program.Start(); err != nil {
		return false, err
	}
	defer program.Kill()
	people, err := s.hire(ctx, program)
	if err != nil {
		return false, err
	}
	begun := time.Now()
	members := &crowd.Crowd{
		Messenger: m, Chats: s.chats, FirstID: 100_000, Updates: s.updates, Complaints: s.complaints, Patience: s.patience,
		Office: people,
	}
	people.Open(ctx)
	members.Start(ctx)
	if err := s.torment(ctx, members, m, program, engine); err != nil {
		return false, err
	}
	members.Wait()
	people.Close()
	took := time.Since(begun)
	r, err := members.Compare(ctx, engine.DB)
	if err != nil {
		return false, err
	}
	posts, err := people.Compare(ctx, engine.DB, m)
	if err != nil {
		return false, err
	}
	fmt.Printf("%s: %s\n  %s\n  %d kills, %s, %.0f updates/s, %.2f ms CPU per update\n", engine.Name, r, posts, s.kills,
		took.Round(time.Millisecond), float64(r.Updates)/took.Seconds(), program.CPU().Seconds()*1000/float64(max(r.Updates, 1)))
	if err := errors.Join(members.Trouble(), people.Trouble()); err != nil {
		fmt.Println(err)
	}
	may := s.mayDouble(r.Cuts)
	return r.Clean(may) && posts.Clean(may), nil
}

// hire makes the officers' accounts and signs them in; without answers to give nobody is needed.
func (s *settings) hire(ctx context.Context, program *subject.Subject) (*office.Office, error) {
	people := &office.Office{Answers: s.answers, Patience: s.patience, Again: 10 * s.again}
	if s.answers == 0 {
		return people, nil
	}
	for n := range s.officers {
		one, err := office.Hire(ctx, program, fmt.Sprintf("officer%d", n), "--role", "officer", "--units", "member_relations")
		if err != nil {
			return nil, err
		}
		people.Officers = append(people.Officers, one)
	}
	return people, nil
}

// mayDouble is how many messages may come twice: one per sender in flight and kill, one per answer that was cut.
func (s *settings) mayDouble(cuts int) int {
	if s.gentle {
		return cuts
	}
	return cuts + s.kills*s.senders
}

// torment kills the program and flushes Redis at even points of the members' progress.
func (s *settings) torment(ctx context.Context, members *crowd.Crowd, m *messenger.Messenger, program *subject.Subject, engine *subject.Engine) error {
	for i := 1; i <= s.kills; i++ {
		if !members.Reached(ctx, float64(i)/float64(s.kills+1)) {
			return ctx.Err()
		}
		if i <= s.flushes && !engine.Embedded() {
			if err := engine.Flush(); err != nil {
				return err
			}
		}
		if !s.gentle {
			program.Kill()
			m.Forgive()
		} else if err := program.Stop(30 * time.Second); err != nil {
			return fmt.Errorf("stop: %w", err)
		}
		if err := program.Start(); err != nil {
			return err
		}
	}
	return nil
}
