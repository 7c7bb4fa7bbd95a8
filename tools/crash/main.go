// Command crash proves the guarantee: it starts the real binary, lets members file complaints, kills the program at
// even points of the way, empties Redis, delivers updates twice, and at the end compares the database with what was
// wanted: no complaint lost, doubled or with another's text, no reply lost or out of order, and none sent twice but
// what was in flight at a kill.
//
//	go run ./crash -updates 2000 -kills 5 -engine both
//	go run ./crash -complaints 5000 -updates 0 -kills 20 -chats 500
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"javab/tools/crowd"
	"javab/tools/messenger"
	"javab/tools/subject"
)

type settings struct {
	updates, complaints, kills, flushes, chats, senders int
	again                                               float64
	delay, patience                                     time.Duration
	binary, module, engine, dsn                         string
	gentle                                              bool
}

func main() {
	var s settings
	flag.IntVar(&s.updates, "updates", 2000, "updates to answer, about; 0: as many as the complaints take")
	flag.IntVar(&s.complaints, "complaints", 0, "complaints to file, about; 0: as many as the updates give")
	flag.IntVar(&s.kills, "kills", 5, "times to kill the program")
	flag.IntVar(&s.flushes, "flushes", 3, "times to empty Redis, where there is one")
	flag.IntVar(&s.chats, "chats", 160, "members at work at once; after a kill some wait 30 s for a lease to end")
	flag.Float64Var(&s.again, "again", 0.01, "share of updates delivered twice")
	flag.IntVar(&s.senders, "senders", 8, "senders of the program")
	flag.DurationVar(&s.delay, "delay", 25*time.Millisecond, "the Bot API answers after a fifth of it up to all of it")
	flag.DurationVar(&s.patience, "patience", time.Minute, "how long a member waits for a reply; a lease is 30 s")
	flag.StringVar(&s.binary, "binary", "", "the program; built from -module when empty")
	flag.StringVar(&s.module, "module", "..", "folder of the main module")
	flag.StringVar(&s.engine, "engine", "both", "sqlite, postgres or both")
	flag.StringVar(&s.dsn, "postgres", os.Getenv("TEST_POSTGRES"), "PostgreSQL server; TEST_POSTGRES")
	flag.BoolVar(&s.gentle, "gentle", false, "stop the program by SIGTERM instead: nothing may be doubled then")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "crash:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, s settings) error {
	folder, err := os.MkdirTemp("", "javab-crash")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if s.binary == "" {
		if s.binary, err = subject.Build(ctx, s.module, "./cmd/javab", folder); err != nil {
			return err
		}
	}
	holds := true
	for _, name := range subject.Engines(s.engine) {
		engine, err := subject.Open(ctx, name, s.dsn, filepath.Join(folder, name))
		if err != nil {
			return err
		}
		clean, err := play(ctx, s, engine)
		engine.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", engine.Name, err)
		}
		holds = holds && clean
	}
	if !holds {
		return fmt.Errorf("the guarantee does not hold")
	}
	return nil
}

// play is one run on one engine. It reports whether the guarantee held.
func play(ctx context.Context, s settings, engine *subject.Engine) (bool, error) {
	m := messenger.New(subject.Secret, 40)
	m.Again, m.SeeThrough = s.again, true
	m.Faults = messenger.Faults{MinDelay: s.delay / 5, MaxDelay: s.delay, TooMany: 0.003, Broken: 0.003, Cut: 0.001}
	api := m.Listen()
	defer api.Close()
	program, err := subject.Javab{Binary: s.binary, Engine: engine, API: api.URL, Senders: s.senders}.New()
	if err != nil {
		return false, err
	}
	m.Hook = program.Hook()
	if err := program.Start(); err != nil {
		return false, err
	}
	defer program.Kill()
	begun := time.Now()
	members := &crowd.Crowd{
		Messenger: m, Chats: s.chats, FirstID: 100_000, Updates: s.updates, Complaints: s.complaints, Patience: s.patience,
	}
	members.Start(ctx)
	if err := torment(ctx, s, members, m, program, engine); err != nil {
		return false, err
	}
	members.Wait()
	r, err := members.Compare(ctx, engine.DB)
	if err != nil {
		return false, err
	}
	took := time.Since(begun)
	fmt.Printf("%s: %s\n  %d kills, %s, %.0f updates/s, %.2f ms CPU per update\n", engine.Name, r, s.kills,
		took.Round(time.Millisecond), float64(r.Updates)/took.Seconds(), program.CPU().Seconds()*1000/float64(max(r.Updates, 1)))
	if err := members.Trouble(); err != nil {
		fmt.Println(err)
	}
	return r.Clean(mayDouble(s, r)), nil
}

// mayDouble is how many messages may come twice: one per sender in flight and kill, one per answer that was cut.
func mayDouble(s settings, r *crowd.Report) int {
	if s.gentle {
		return r.Cuts
	}
	return r.Cuts + s.kills*s.senders
}

// torment kills the program and flushes Redis at even points of the members' progress.
func torment(ctx context.Context, s settings, members *crowd.Crowd, m *messenger.Messenger, program *subject.Subject, engine *subject.Engine) error {
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
