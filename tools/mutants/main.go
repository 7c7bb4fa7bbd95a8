// Command mutants takes the guards of the product out, one at a time, and shows that the crash run or a trial notices
// each. It changes no file: the mutants are built with `go build -overlay`.
//
//	go run ./mutants
//	go run ./mutants -only lane
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"javab/tools/command"
)

type settings struct {
	command.Source
	only    string
	verbose bool
}

func (s *settings) flags(f *flag.FlagSet) {
	s.Flags(f)
	f.StringVar(&s.only, "only", "", "the mutants whose name has these words")
	f.BoolVar(&s.verbose, "v", false, "print what each run said")
}

func main() {
	var s settings
	command.Main("mutants", s.flags, s.run)
}

func (s *settings) run(ctx context.Context, folder string) error {
	picked := slices.DeleteFunc(table(), func(m mutant) bool { return !strings.Contains(m.name, s.only) })
	if len(picked) == 0 {
		return errors.New("no such mutant")
	}
	for _, judge := range []string{"crash", "trials"} {
		if _, err := s.Tool(ctx, judge, folder); err != nil {
			return err
		}
	}
	survivors := 0
	for i, m := range picked {
		caught, err := s.try(ctx, m, folder, filepath.Join(folder, fmt.Sprint(i)))
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		if !caught {
			survivors++
		}
	}
	if survivors > 0 {
		return fmt.Errorf("%d of %d mutants survived", survivors, len(picked))
	}
	return nil
}

// try hunts one mutant, prints the verdict, and what the run said when that is asked for or it noticed nothing.
func (s *settings) try(ctx context.Context, m mutant, judges, folder string) (caught bool, err error) {
	begun := time.Now()
	said, caught, err := s.hunt(ctx, m, judges, folder)
	if err != nil {
		return false, err
	}
	verdict := "caught  "
	if !caught {
		verdict = "SURVIVED"
	}
	fmt.Printf("%s %-42s %s (%s)\n", verdict, m.name, strings.Join(m.caught, " "), time.Since(begun).Round(time.Second))
	if s.verbose || !caught {
		fmt.Println("    " + strings.ReplaceAll(strings.TrimSpace(said), "\n", "\n    "))
	}
	return caught, nil
}
