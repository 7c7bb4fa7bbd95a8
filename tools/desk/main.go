// Command desk measures the desk when it is full: officers with a stream each, thousands of chats that wait, updates of
// members all the time, chats claimed, answered and closed. Officers are signed in as real ones are, members come through
// the webhook, and the pages are asked for what the page's scripts ask for. Times are taken at the officers' end of the
// line: HTTP, session and rendering are in them.
//
//	go run ./desk -engine both
package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"javab/tools/command"
	"javab/tools/messenger"
	"javab/tools/subject"
)

type settings struct {
	command.Program
	officers, waiting, seconds int
	rate, claims, replies      float64
	pointed                    float64
}

func (s *settings) flags(f *flag.FlagSet) {
	s.Flags(f)
	f.IntVar(&s.officers, "officers", 200, "officers at their desks")
	f.IntVar(&s.waiting, "waiting", 5000, "chats that wait")
	f.IntVar(&s.seconds, "seconds", 60, "length of the measurement")
	f.Float64Var(&s.rate, "rate", 50, "updates of members a second: half in chats that an officer has open")
	f.Float64Var(&s.claims, "claims", 2, "chats claimed a second; who claims closes the one he had")
	f.Float64Var(&s.replies, "replies", 5, "replies of officers a second")
	f.Float64Var(&s.pointed, "pointed", 0.25, "share of officers whose pointer rests on the list")
}

func main() {
	var s settings
	command.Main("desk", s.flags, s.run)
}

func (s *settings) run(ctx context.Context, folder string) (err error) {
	if s.Binary, err = s.Built(ctx, folder, command.Slim...); err != nil {
		return err
	}
	return s.Each(ctx, folder, func(ctx context.Context, engine *subject.Engine, _ string) error {
		f, err := s.measure(ctx, engine)
		if err == nil {
			fmt.Printf("%s: %s", engine.Name, f)
		}
		return err
	})
}

// measure fills a desk on one engine and lets everybody work.
func (s *settings) measure(ctx context.Context, engine *subject.Engine) (*figures, error) {
	m := messenger.New(subject.Secret, 64)
	api := m.Listen()
	defer api.Close()
	program, err := subject.Javab{Binary: s.Binary, Engine: engine, API: api.URL, Senders: 8}.New()
	if err != nil {
		return nil, err
	}
	m.Hook = program.Hook()
	if err := program.Start(); err != nil {
		return nil, err
	}
	defer program.Kill()
	r := &room{settings: s, Messenger: m, program: program, figures: newFigures()}
	begun := time.Now()
	if err := r.fill(ctx); err != nil {
		return nil, err
	}
	fmt.Printf("%s: %d chats wait and %d officers are signed in after %s\n", engine.Name, s.waiting, len(r.officers), time.Since(begun).Round(time.Second))
	if err := r.lists(ctx); err != nil {
		return nil, err
	}
	return r.figures, r.work(ctx)
}
