package main

import (
	"errors"
	"strings"
	"testing"
)

var errFailed = errors.New("exit status 1")

func TestAMutantIsCaughtOnlyByARunThatNamesABrokenPromise(t *testing.T) {
	for name, c := range map[string]struct {
		said         string
		err          error
		hung, caught bool
	}{
		"the run is content":                   {"kept    bursts", nil, false, false},
		"it is content and speaks of breaking": {"BROKEN is what nothing was", nil, false, false},
		"a trial breaks":                       {"BROKEN  bursts    sqlite", errFailed, false, true},
		"the crash run does not hold":          {"crash: the guarantee does not hold", errFailed, false, true},
		"the mutant hangs the run":             {"", errFailed, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			if caught, err := caughtBy(c.said, c.err, c.hung); err != nil || caught != c.caught {
				t.Errorf("caught %v, %v", caught, err)
			}
		})
	}
}

func TestARunThatCouldNotBeginHasCaughtNothing(t *testing.T) {
	for _, said := range []string{"", "UNTRIED bursts postgres connection refused", "crash: build ./cmd/javab: exit status 1"} {
		caught, err := caughtBy(said, errFailed, false)
		if caught || !errors.Is(err, errFailed) || !strings.Contains(err.Error(), said) {
			t.Errorf("%q: caught %v, %v", said, caught, err)
		}
	}
}

func TestAMutantUnheardOfIsAnErrorBeforeAnythingIsBuilt(t *testing.T) {
	if err := (&settings{only: "no such guard"}).run(t.Context(), "/nowhere"); err == nil || !strings.Contains(err.Error(), "no such mutant") {
		t.Errorf("got %v", err)
	}
}

func TestASnippetThatIsGoneIsNoCaughtMutant(t *testing.T) {
	m := table()[0]
	m.edits = append(m.edits[:0:0], m.edits...)
	m.edits[0].Old = "no such line"
	s := settings{}
	s.Module = module
	if said, caught, err := s.hunt(t.Context(), m, "/nowhere", t.TempDir()); caught || err == nil {
		t.Errorf("%q, caught %v, %v", said, caught, err)
	}
}
