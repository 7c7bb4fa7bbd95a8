// Command load measures Javab against a bare go-telegram/bot bot that has no state and no guarantee. Both play the same
// dialogue (language, menu, answer by button, complaint to its number) in turns, A B A B, on this machine; the Bot API
// is on loopback. What counts are the ratios: figures of a shared machine drift.
//
//	go run ./load -seconds 10 -rounds 3
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"javab/tools/messenger"
	"javab/tools/subject"
)

type settings struct {
	seconds, rounds, members int
	module, engine, dsn      string
	binary                   string
}

func main() {
	var s settings
	flag.IntVar(&s.seconds, "seconds", 10, "length of one measurement")
	flag.IntVar(&s.rounds, "rounds", 3, "measurements of each; the median counts")
	flag.IntVar(&s.members, "members", 64, "members at work at once")
	flag.StringVar(&s.module, "module", "..", "folder of the main module")
	flag.StringVar(&s.engine, "engine", "both", "sqlite, postgres or both")
	flag.StringVar(&s.dsn, "postgres", os.Getenv("TEST_POSTGRES"), "PostgreSQL server; TEST_POSTGRES")
	flag.StringVar(&s.binary, "binary", "", "the program; built from -module when empty")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// rival is one of the programs that are compared.
type rival struct {
	name  string
	start func(folder, api string) (program *subject.Subject, closeEngine func(), err error)
}

func run(ctx context.Context, s settings) error {
	folder, err := os.MkdirTemp("", "javab-load")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	rivals, err := field(ctx, s, folder)
	if err != nil {
		return err
	}
	measured := make(map[string][]figures)
	for round := range s.rounds {
		for _, r := range rivals {
			f, err := measure(ctx, s, r, filepath.Join(folder, fmt.Sprintf("%s-%d", r.name, round)))
			if err != nil {
				return fmt.Errorf("%s: %w", r.name, err)
			}
			measured[r.name] = append(measured[r.name], f)
			fmt.Printf("round %d  %-20s %s\n", round+1, r.name, f)
		}
	}
	table(rivals, measured)
	return nil
}

func field(ctx context.Context, s settings, folder string) ([]rival, error) {
	javab, err := s.binary, error(nil)
	if javab == "" {
		javab, err = subject.Build(ctx, s.module, "./cmd/javab", folder, "-trimpath", "-ldflags=-s -w")
	}
	if err != nil {
		return nil, err
	}
	bare, err := subject.Build(ctx, filepath.Join(s.module, "tools"), "./bare", folder, "-trimpath", "-ldflags=-s -w")
	if err != nil {
		return nil, err
	}
	rivals := []rival{{"bare", func(_, api string) (*subject.Subject, func(), error) {
		p, err := bareBot(bare, folder, api)
		return p, func() {}, err
	}}}
	for _, name := range subject.Engines(s.engine) {
		rivals = append(rivals, rival{"javab-" + name, func(own, api string) (*subject.Subject, func(), error) {
			engine, err := subject.Open(ctx, name, s.dsn, own)
			if err != nil {
				return nil, nil, err
			}
			p, err := subject.Javab{Binary: javab, Engine: engine, API: api, Senders: 64}.New()
			return p, engine.Close, err
		}})
	}
	return rivals, nil
}

func bareBot(binary, folder, api string) (*subject.Subject, error) {
	address, err := subject.Port()
	return &subject.Subject{
		Binary: binary, Args: []string{"-listen", address, "-api", api}, Address: address, Log: filepath.Join(folder, "log"),
	}, err
}

// measure lets the members talk for a while and reads what it cost.
func measure(ctx context.Context, s settings, r rival, folder string) (figures, error) {
	m := messenger.New(subject.Secret, 100)
	api := m.Listen()
	defer api.Close()
	program, closeEngine, err := r.start(folder, api.URL)
	if err != nil {
		return figures{}, err
	}
	defer closeEngine()
	m.Hook = program.Hook()
	if err := program.Start(); err != nil {
		return figures{}, err
	}
	defer program.Kill()
	crowd := newCrowd(s, m)
	crowd.talk(ctx, time.Second) // connections, caches, the scheduler
	before := program.CPU()
	f := crowd.talk(ctx, time.Duration(s.seconds)*time.Second)
	f.cpu = (program.CPU() - before) / time.Duration(max(f.updates, 1))
	f.rss = program.RSS()
	return f, crowd.err()
}

func table(rivals []rival, measured map[string][]figures) {
	base := middle(measured["bare"])
	fmt.Println("\n| program | updates/s | to bare | CPU per update | to bare | p50 | p99 | RSS |\n|---|---|---|---|---|---|---|---|")
	for _, r := range rivals {
		f := middle(measured[r.name])
		fmt.Printf("| %s | %.0f | %.2f | %.3f ms | %.2f | %s | %s | %d MB |\n", r.name, f.rate, f.rate/base.rate,
			f.cpu.Seconds()*1000, f.cpu.Seconds()/base.cpu.Seconds(), f.p50.Round(10*time.Microsecond), f.p99.Round(10*time.Microsecond), f.rss>>20)
	}
}

// middle is the run with the median rate.
func middle(all []figures) figures {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b figures) int { return int(a.rate - b.rate) })
	return sorted[len(sorted)/2]
}
