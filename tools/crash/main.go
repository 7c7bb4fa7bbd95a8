// Command crash proves the guarantee: it starts the real binary, lets members file complaints, kills the program at
// even points of the way, empties Redis, delivers updates twice, and at the end compares the database with what was
// wanted: no complaint lost, doubled or with another's text, no reply lost or out of order.
//
//	go run ./crash -updates 2000 -kills 5 -engine both
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"javab/tools/messenger"
	"javab/tools/subject"
)

type settings struct {
	updates, kills, flushes, chats int
	again                          float64
	senders                        int
	binary, module, engine, dsn    string
	gentle                         bool
}

func main() {
	var s settings
	flag.IntVar(&s.updates, "updates", 2000, "updates to deliver, about")
	flag.IntVar(&s.kills, "kills", 5, "times to kill the program")
	flag.IntVar(&s.flushes, "flushes", 3, "times to empty Redis, where there is one")
	flag.IntVar(&s.chats, "chats", 64, "members at work at once")
	flag.Float64Var(&s.again, "again", 0.01, "share of updates delivered twice")
	flag.IntVar(&s.senders, "senders", 8, "senders of the program")
	flag.StringVar(&s.binary, "binary", "", "the program; built from -module when empty")
	flag.StringVar(&s.module, "module", "..", "folder of the main module")
	flag.StringVar(&s.engine, "engine", "both", "sqlite, postgres or both")
	flag.StringVar(&s.dsn, "postgres", os.Getenv("TEST_POSTGRES"), "PostgreSQL server; TEST_POSTGRES")
	flag.BoolVar(&s.gentle, "gentle", false, "stop the program by SIGTERM instead: nothing may be doubled then")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
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
	engines, err := open(ctx, s, folder)
	if err != nil {
		return err
	}
	failed := false
	for _, engine := range engines {
		report, err := play(ctx, s, engine, folder)
		engine.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", engine.Name, err)
		}
		fmt.Println(report)
		failed = failed || !report.clean(s)
	}
	if failed {
		return fmt.Errorf("the guarantee does not hold")
	}
	return nil
}

func open(ctx context.Context, s settings, folder string) ([]*subject.Engine, error) {
	var engines []*subject.Engine
	if s.engine != "postgres" {
		own := filepath.Join(folder, "sqlite")
		if err := os.MkdirAll(own, 0o700); err != nil {
			return nil, err
		}
		engine, err := subject.SQLite(own)
		if err != nil {
			return nil, err
		}
		engines = append(engines, engine)
	}
	if s.engine != "sqlite" {
		if s.dsn == "" {
			return nil, fmt.Errorf("set TEST_POSTGRES or -postgres to a server, or choose -engine sqlite")
		}
		own := filepath.Join(folder, "postgres")
		if err := os.MkdirAll(own, 0o700); err != nil {
			return nil, err
		}
		engine, err := subject.Postgres(ctx, s.dsn, own)
		if err != nil {
			return nil, err
		}
		engines = append(engines, engine)
	}
	return engines, nil
}

// play is one run on one engine.
func play(ctx context.Context, s settings, engine *subject.Engine, folder string) (*report, error) {
	address, err := subject.Port()
	if err != nil {
		return nil, err
	}
	const secret = "crash-crash-crash-crash-crash-crash-crash"
	m := messenger.New("http://"+address+"/hook/tg", secret, 40)
	m.Again = s.again
	m.Faults = messenger.Faults{MinDelay: 5 * time.Millisecond, MaxDelay: 25 * time.Millisecond, TooMany: 0.003, Broken: 0.003, Cut: 0.001}
	api, closeAPI, err := m.Listen()
	if err != nil {
		return nil, err
	}
	defer closeAPI()
	program := &subject.Subject{
		Binary: s.binary, Args: []string{"serve"}, Address: address, Log: filepath.Join(folder, "log-"+filepath.Base(address)),
		Env: append(engine.Env,
			"JAVAB_LISTEN="+address, "JAVAB_PUBLIC_URL=http://"+address, "JAVAB_HOOK_SECRET="+secret,
			"JAVAB_TELEGRAM_TOKEN=4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "JAVAB_TELEGRAM_API="+api,
			"JAVAB_KEY=k3y-of-the-crash-run-0123456789abcdef", "JAVAB_MEMBER_LIMIT=0", "JAVAB_LOG=warn",
			fmt.Sprintf("JAVAB_SENDERS=%d", s.senders)),
	}
	if err := program.Start(); err != nil {
		return nil, err
	}
	defer program.Kill()
	begun := time.Now()
	crowd := newCrowd(s, m)
	crowd.start(ctx)
	if err := torment(ctx, s, crowd, m, program, engine); err != nil {
		return nil, err
	}
	if err := crowd.wait(); err != nil {
		return nil, err
	}
	if err := drained(ctx, engine, 90*time.Second); err != nil {
		return nil, err
	}
	r, err := compare(ctx, engine, crowd, m)
	if err != nil {
		return nil, err
	}
	r.took, r.cpu = time.Since(begun), program.CPU()
	return r, nil
}

// torment kills the program and flushes Redis at even points of the updates' progress.
func torment(ctx context.Context, s settings, c *crowd, m *messenger.Messenger, program *subject.Subject, engine *subject.Engine) error {
	flushes := s.flushes
	if engine.Flush == nil {
		flushes = 0
	}
	for i := 1; i <= s.kills; i++ {
		if !c.reached(ctx, i*s.updates/(s.kills+1)) {
			return ctx.Err()
		}
		if i <= flushes {
			if err := engine.Flush(); err != nil {
				return fmt.Errorf("flush Redis: %w", err)
			}
		}
		if s.gentle {
			if err := program.Stop(30 * time.Second); err != nil {
				return fmt.Errorf("stop: %w", err)
			}
		} else {
			program.Kill()
		}
		if err := program.Start(); err != nil {
			return err
		}
	}
	return nil
}
