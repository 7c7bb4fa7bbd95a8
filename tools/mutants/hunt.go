package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"javab/tools/overlay"
)

// limit is how long a run may take; a mutant that hangs it is caught.
const limit = 3 * time.Minute

// hunt builds a mutant and lets its run look at it.
func (s *settings) hunt(ctx context.Context, m mutant, judges, folder string) (said string, caught bool, err error) {
	args, err := s.dress(ctx, m, folder)
	if err != nil {
		return "", false, err
	}
	running, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	judge := exec.CommandContext(running, filepath.Join(judges, m.caught[0]), args...)
	judge.Cancel = func() error { return judge.Process.Signal(os.Interrupt) } // it ends what it has started
	judge.WaitDelay = 20 * time.Second
	var output bytes.Buffer
	judge.Stdout, judge.Stderr = &output, &output
	err = judge.Run()
	if ctx.Err() != nil {
		return output.String(), false, ctx.Err()
	}
	caught, err = caughtBy(output.String(), err, running.Err() != nil)
	return output.String(), caught, err
}

// dress builds the mutant and returns the arguments with which its run takes it for the product.
func (s *settings) dress(ctx context.Context, m mutant, folder string) ([]string, error) {
	binary, err := overlay.Build(ctx, s.Module, folder, m.edits...)
	if err != nil {
		return nil, err
	}
	args := slices.Concat(m.caught[1:], []string{"-binary", binary, "-module", s.Module, "-postgres", s.Postgres})
	if m.caught[0] != "trials" {
		return args, nil
	}
	edits, err := json.Marshal(m.edits) // some trials build a binary of their own
	if err != nil {
		return nil, err
	}
	list := filepath.Join(folder, "edits.json")
	return append(args, "-edits", list), os.WriteFile(list, edits, 0o600)
}

// What the programs say when they have caught something; any other failure is their own.
const (
	broken   = "BROKEN"
	holdsNot = "the guarantee does not hold"
)

// caughtBy judges a run by what it said and how it ended. A run that failed without saying that a promise is broken has
// caught nothing.
func caughtBy(said string, err error, hung bool) (bool, error) {
	switch {
	case err == nil:
		return false, nil
	case hung, strings.Contains(said, broken), strings.Contains(said, holdsNot):
		return true, nil
	}
	return false, fmt.Errorf("the run ended for another reason: %w\n%s", err, said)
}
