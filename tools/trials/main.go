// Command trials tries each promise of the product that is neither the crash run's nor the load run's: the manners under
// haste, the outages, and the figures. Each trial starts the real binary, plays the messenger, and ends with one line. At the end there is a
// table of all of them, whose rows the README takes as they are.
//
//	go run ./trials
//	go run ./trials -only redis -engine postgres -outage 60s
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"javab/tools/command"
	"javab/tools/overlay"
)

type settings struct {
	command.Program
	only, edits    string
	outage, length time.Duration
	rounds         int
	list           bool
}

func (s *settings) flags(f *flag.FlagSet) {
	s.Flags(f)
	f.StringVar(&s.only, "only", "", "the trials whose name begins so")
	f.StringVar(&s.edits, "edits", "", "edits of the source to build with, as JSON: how mutants hands over a mutant")
	f.DurationVar(&s.outage, "outage", 10*time.Second, "how long Redis and the database are cut")
	f.DurationVar(&s.length, "length", 3*time.Second, "length of one measurement of speed")
	f.IntVar(&s.rounds, "rounds", 3, "measurements of each program where two are compared; the median counts")
	f.BoolVar(&s.list, "list", false, "name the trials, what they look at and the bar")
}

func main() {
	var s settings
	command.Main("trials", s.flags, s.run)
}

func (s *settings) run(ctx context.Context, folder string) error {
	if s.list {
		for _, t := range trials() {
			fmt.Printf("%-15s %s (%s)\n", t.name, t.what, t.bar)
		}
		return nil
	}
	base, err := s.build(ctx, folder)
	if err != nil {
		return err
	}
	var all table
	for _, t := range trials() {
		if !strings.HasPrefix(t.name, s.only) {
			continue
		}
		for _, engine := range s.Engines() {
			if t.only == "" || t.only == engine {
				all = append(all, try(ctx, t, &stage{
					settings: s, engine: engine, base: base, folder: filepath.Join(folder, t.name+"-"+engine),
				}))
			}
		}
	}
	fmt.Print("\n", all)
	return all.verdict()
}

// base is the program as most trials use it, and the edits that those which build their own must include.
type base struct {
	binary string
	edits  []overlay.Edit
}

func (s *settings) build(ctx context.Context, folder string) (b base, err error) {
	if s.edits != "" {
		raw, err := os.ReadFile(s.edits)
		if err != nil {
			return b, err
		}
		if err := json.Unmarshal(raw, &b.edits); err != nil {
			return b, fmt.Errorf("read edits: %w", err)
		}
	}
	if s.Binary != "" || len(b.edits) == 0 {
		b.binary, err = s.Built(ctx, folder, command.Slim...)
		return b, err
	}
	b.binary, err = overlay.Build(ctx, s.Module, filepath.Join(folder, "base"), b.edits...)
	return b, err
}

// try runs one trial and prints its verdict.
func try(ctx context.Context, t trial, st *stage) result {
	begun := time.Now()
	defer st.clear()
	figure, err := t.run(ctx, st)
	r := result{trial: t, engine: st.engine, figure: figure, held: holds(err)}
	if err != nil {
		r.figure = strings.TrimSpace(figure + " " + err.Error())
	}
	fmt.Printf("%-7s %-15s %-9s %s (%s)\n", r.held, t.name, st.engine, r.figure, time.Since(begun).Round(100*time.Millisecond))
	if err != nil {
		for _, line := range st.leftovers(ctx) {
			fmt.Println("        " + line)
		}
	}
	return r
}

// holds judges what a trial ended with. What kept it from beginning says nothing about the promise.
func holds(err error) held {
	switch {
	case err == nil:
		return kept
	case errors.As(err, new(*unready)):
		return untried
	default:
		return broken
	}
}
