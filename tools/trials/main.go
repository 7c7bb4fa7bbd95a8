// Command trials tries each promise of the product that is neither the crash run's nor the load run's: the manners under
// haste, the outages, and the figures. Each trial starts the real binary, plays the messenger, and ends with one line.
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
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"javab/tools/overlay"
	"javab/tools/subject"
)

type settings struct {
	only, engine, dsn, module, binary, edits string
	outage, length                           time.Duration
	rounds                                   int
	list                                     bool
}

// trial is one promise. Its run returns a figure to print; an error is what the promise was broken by.
type trial struct {
	name, promise string
	only          string // the one engine that it concerns; empty for each
	run           func(context.Context, *stage) (figure string, err error)
}

func trials() []trial {
	return []trial{
		{"double-tap", "two presses on Submit at once: one complaint each", "", doubleTap},
		{"bursts", "two messages back to back: replies in order, none lost, also when sends fail", "", bursts},
		{"press-and-text", "a press together with a text: both answered, in commit order", "", pressAndText},
		{"rivals", "two buttons of one question at once: one is taken, the other answered as an old one", "", rivals},
		{"again", "the same update again, at once and later: answered once", "", again},
		{"refusals", "5 % of sends refused with 429: none lost, none before its time", "", refusals},
		{"secret", "a wrong secret: 401 and no effect", "", wrongSecret},
		{"old-state", "Submit on a state that was restored: the same complaint", "", oldState},
		{"sigterm", "SIGTERM under load: 0 lost, 0 doubled", "", sigterm},
		{"bug", "80 of 200 chats hit a bug of ours: the others unaffected, the 80 kept and apologised to", "", ownBug},
		{"redis", "Redis cut: 0 failed updates", subject.PostgresName, redisCut},
		{"database", "database cut: 503 with Retry-After, all accepted within 10 s of its return", subject.PostgresName, databaseCut},
		{"finish-first", "the next message waits until it is written down that the last was sent", subject.PostgresName, finishFirst},
		{"frozen", "an instance that froze and lost its lease changes nothing when it wakes", subject.PostgresName, frozen},
		{"steady", "500 updates/s: p99 at most 3 times the bare bot's", "", steady},
		{"first-reply", "50 ms API latency: the reply to a press reaches the API within 10 ms (p50)", "", firstReply},
		{"acceptance", "50 ms API latency: at least 1,500 updates/s accepted over 100 connections", "", acceptance},
		{"tls", "at most 0.05 API connections per update over TLS", "", connections},
		{"start", "start-up with 100,000 chats under 2 s", "", startUp},
		{"idle", "RSS idle under 60 MB", "", idle},
		{"memory", "at most 600 bytes in Redis per conversation, however long the account", subject.PostgresName, memory},
	}
}

func main() {
	var s settings
	flag.StringVar(&s.only, "only", "", "the trials whose name begins so")
	flag.StringVar(&s.engine, "engine", "both", "sqlite, postgres or both")
	flag.StringVar(&s.dsn, "postgres", os.Getenv("TEST_POSTGRES"), "PostgreSQL server; TEST_POSTGRES")
	flag.StringVar(&s.module, "module", "..", "folder of the main module")
	flag.StringVar(&s.binary, "binary", "", "the program; built from -module when empty")
	flag.StringVar(&s.edits, "edits", "", "edits of the source to build with, as JSON: how mutants hands over a mutant")
	flag.DurationVar(&s.outage, "outage", 10*time.Second, "how long Redis and the database are cut")
	flag.DurationVar(&s.length, "length", 3*time.Second, "length of one measurement of speed")
	flag.IntVar(&s.rounds, "rounds", 3, "measurements of each program where two are compared; the median counts")
	flag.BoolVar(&s.list, "list", false, "name the trials and what they promise")
	flag.Parse()
	if s.list {
		for _, t := range trials() {
			fmt.Printf("%-15s %s\n", t.name, t.promise)
		}
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "trials:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, s settings) error {
	folder, err := os.MkdirTemp("", "javab-trials")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	base, err := build(ctx, s, folder)
	if err != nil {
		return err
	}
	tried, broken := 0, 0
	for _, t := range trials() {
		if !strings.HasPrefix(t.name, s.only) {
			continue
		}
		for _, engine := range subject.Engines(s.engine) {
			if t.only != "" && t.only != engine {
				continue
			}
			tried++
			if !try(ctx, t, &stage{
				settings: s, engine: engine, base: base, folder: filepath.Join(folder, t.name+"-"+engine),
			}) {
				broken++
			}
		}
	}
	switch {
	case broken > 0:
		return fmt.Errorf("%d of %d promises are broken", broken, tried)
	case tried == 0:
		return errors.New("no such trial; -list names them")
	}
	return nil
}

// base is the program as most trials use it, and the edits that those which build their own must include.
type base struct {
	binary string
	edits  []overlay.Edit
}

func build(ctx context.Context, s settings, folder string) (b base, err error) {
	if s.edits != "" {
		raw, err := os.ReadFile(s.edits)
		if err != nil {
			return b, err
		}
		if err := json.Unmarshal(raw, &b.edits); err != nil {
			return b, fmt.Errorf("read edits: %w", err)
		}
	}
	if b.binary = s.binary; b.binary == "" {
		b.binary, err = overlay.Build(ctx, s.module, filepath.Join(folder, "base"), b.edits...)
	}
	return b, err
}

// try runs one trial and prints its verdict.
func try(ctx context.Context, t trial, st *stage) bool {
	begun := time.Now()
	defer st.clear()
	figure, err := t.run(ctx, st)
	verdict := "kept  "
	if err != nil {
		verdict, figure = "BROKEN", strings.TrimSpace(figure+" "+err.Error())
	}
	fmt.Printf("%s %-15s %-9s %s (%s)\n", verdict, t.name, st.engine, figure, time.Since(begun).Round(100*time.Millisecond))
	if err != nil {
		for _, line := range st.leftovers(ctx) {
			fmt.Println("       " + line)
		}
	}
	return err == nil
}
