// Command load measures Javab against a bare go-telegram/bot bot that has no state and no guarantee. Both play the same
// dialogue (language, menu, answer by button, complaint to its number) in turns, A B A B, on this machine; the Bot API
// is on loopback. What counts are the ratios: figures of a shared machine drift.
//
//	go run ./load -seconds 10 -rounds 3
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"javab/tools/command"
	"javab/tools/messenger"
	"javab/tools/subject"
)

type settings struct {
	command.Program
	seconds, rounds, members int
}

func (s *settings) flags(f *flag.FlagSet) {
	s.Flags(f)
	f.IntVar(&s.seconds, "seconds", 10, "length of one measurement")
	f.IntVar(&s.rounds, "rounds", 3, "measurements of each; the median counts")
	f.IntVar(&s.members, "members", 64, "members at work at once")
}

func main() {
	var s settings
	command.Main("load", s.flags, s.run)
}

// bareName is the rival that the others are measured by.
const bareName = "bare"

// rival is one of the programs that are compared.
type rival struct {
	name  string
	start func(folder, api string) (program *subject.Subject, closeEngine func(), err error)
}

func (s *settings) run(ctx context.Context, folder string) error {
	rivals, err := s.field(ctx, folder)
	if err != nil {
		return err
	}
	measured := make(map[string][]figures)
	for round := range s.rounds {
		for _, r := range rivals {
			f, err := s.measure(ctx, r, filepath.Join(folder, fmt.Sprintf("%s-%d", r.name, round)))
			if err != nil {
				return fmt.Errorf("%s: %w", r.name, err)
			}
			measured[r.name] = append(measured[r.name], f)
			fmt.Printf("round %d  %-20s %s\n", round+1, r.name, f)
		}
	}
	fmt.Print("\n", table(rivals, measured))
	return nil
}

// field builds all that run, each as a release is built.
func (s *settings) field(ctx context.Context, folder string) ([]rival, error) {
	javab, err := s.Built(ctx, folder, command.Slim...)
	if err != nil {
		return nil, err
	}
	bare, err := s.Tool(ctx, "bare", folder, command.Slim...)
	if err != nil {
		return nil, err
	}
	rivals := []rival{{bareName, func(_, api string) (*subject.Subject, func(), error) {
		p, err := subject.Bare(bare, folder, api)
		return p, func() {}, err
	}}}
	for _, name := range s.Engines() {
		rivals = append(rivals, rival{"javab-" + name, func(own, api string) (*subject.Subject, func(), error) {
			engine, err := s.Open(ctx, name, own)
			if err != nil {
				return nil, nil, err
			}
			p, err := subject.Javab{Binary: javab, Engine: engine, API: api, Senders: 64}.New()
			return p, engine.Close, err
		}})
	}
	return rivals, nil
}

// measure lets the members talk for a while and reads what it cost.
func (s *settings) measure(ctx context.Context, r rival, folder string) (figures, error) {
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
	crowd := newCrowd(s.members, m)
	crowd.talk(ctx, time.Second) // connections, caches, the scheduler
	before := program.CPU()
	f := crowd.talk(ctx, time.Duration(s.seconds)*time.Second)
	f.cpu = (program.CPU() - before) / time.Duration(max(f.updates, 1))
	f.rss = program.RSS()
	return f, crowd.err()
}

// table is the medians in Markdown, each beside its ratio to the bare bot's.
func table(rivals []rival, measured map[string][]figures) string {
	base := middle(measured[bareName])
	var b strings.Builder
	b.WriteString("| program | updates/s | to bare | CPU per update | to bare | p50 | p99 | RSS |\n|---|---|---|---|---|---|---|---|\n")
	for _, r := range rivals {
		f := middle(measured[r.name])
		fmt.Fprintf(&b, "| %s | %.0f | %.2f | %.3f ms | %.2f | %s | %s | %d MB |\n", r.name, f.rate, f.rate/base.rate,
			f.cpu.Seconds()*1000, f.cpu.Seconds()/base.cpu.Seconds(), f.p50.Round(10*time.Microsecond), f.p99.Round(10*time.Microsecond), f.rss>>20)
	}
	return b.String()
}

// middle is the run with the median rate.
func middle(all []figures) figures {
	sorted := slices.SortedFunc(slices.Values(all), func(a, b figures) int { return cmp.Compare(a.rate, b.rate) })
	return sorted[len(sorted)/2]
}
