// Command mutants takes the guards of the product out, one at a time, and shows that the crash run or a trial notices
// each. It changes no file: the mutants are built with `go build -overlay`.
//
//	go run ./mutants
//	go run ./mutants -only lane
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"javab/tools/overlay"
	"javab/tools/subject"
)

type settings struct {
	only, module, dsn string
	verbose           bool
}

func main() {
	var s settings
	flag.StringVar(&s.only, "only", "", "the mutants whose name has these words")
	flag.StringVar(&s.module, "module", "..", "folder of the main module")
	flag.StringVar(&s.dsn, "postgres", os.Getenv("TEST_POSTGRES"), "PostgreSQL server; TEST_POSTGRES")
	flag.BoolVar(&s.verbose, "v", false, "print what each run said")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, s settings) error {
	folder, err := os.MkdirTemp("", "javab-mutants")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	for _, program := range []string{"./crash", "./trials"} {
		if _, err := subject.Build(ctx, filepath.Join(s.module, "tools"), program, folder); err != nil {
			return err
		}
	}
	tried, survivors := 0, 0
	for i, m := range table() {
		if !strings.Contains(m.name, s.only) {
			continue
		}
		tried++
		begun := time.Now()
		said, caught, err := hunt(ctx, s, m, folder, filepath.Join(folder, fmt.Sprint(i)))
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		verdict := "caught  "
		if !caught {
			verdict = "SURVIVED"
			survivors++
		}
		fmt.Printf("%s %-42s %s (%s)\n", verdict, m.name, strings.Join(m.caught, " "), time.Since(begun).Round(time.Second))
		if s.verbose || !caught {
			fmt.Print(indent(said))
		}
	}
	switch {
	case survivors > 0:
		return fmt.Errorf("%d of %d mutants survived", survivors, tried)
	case tried == 0:
		return errors.New("no such mutant")
	}
	return nil
}

// limit is how long a run may take; a mutant that hangs it is caught.
const limit = 3 * time.Minute

// hunt builds a mutant and lets its run look at it. The mutant is caught when the run says that a promise is broken.
func hunt(ctx context.Context, s settings, m mutant, programs, folder string) (said string, caught bool, err error) {
	binary, err := overlay.Build(ctx, s.module, folder, m.edits...)
	if err != nil {
		return "", false, err
	}
	edits, err := json.Marshal(m.edits)
	if err != nil {
		return "", false, err
	}
	list := filepath.Join(folder, "edits.json")
	if err := os.WriteFile(list, edits, 0o600); err != nil {
		return "", false, err
	}
	args := append(m.caught[1:], "-binary", binary, "-module", s.module, "-postgres", s.dsn)
	if m.caught[0] == "trials" {
		args = append(args, "-edits", list)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	command := exec.CommandContext(ctx, filepath.Join(programs, m.caught[0]), args...)
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) } // it ends what it has started
	command.WaitDelay = 20 * time.Second
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	err = command.Run()
	said = output.String()
	if err == nil {
		return said, false, nil
	}
	if strings.Contains(said, broken) || strings.Contains(said, holdsNot) || ctx.Err() != nil {
		return said, true, nil
	}
	return said, false, fmt.Errorf("the run ended for another reason: %w\n%s", err, said)
}

// What the programs say when they have caught something; any other failure is their own.
const (
	broken   = "BROKEN"
	holdsNot = "the guarantee does not hold"
)

func indent(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    ") + "\n"
}
