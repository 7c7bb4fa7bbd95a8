package main

import (
	"go/format"
	"testing"

	"javab/tools/overlay"
)

const module = "../.."

func TestEachMutantHasANameOfItsOwnAndAJudge(t *testing.T) {
	names := make(map[string]bool)
	for _, m := range table() {
		if names[m.name] || len(m.edits) == 0 {
			t.Errorf("mutant %q", m.name)
		}
		names[m.name] = true
		if judge := m.caught[0]; judge != "crash" && judge != "trials" {
			t.Errorf("%s is judged by %q", m.name, judge)
		}
	}
}

func TestEachMutantChangesTheSourceAsItIsToday(t *testing.T) {
	for _, m := range table() {
		t.Run(m.name, func(t *testing.T) {
			sources, err := overlay.Sources(module, m.edits)
			if err != nil {
				t.Fatal(err)
			}
			for file, source := range sources {
				if _, err := format.Source([]byte(source)); err != nil {
					t.Errorf("%s is no Go: %v", file, err)
				}
			}
			for _, e := range m.edits {
				if e.Old == e.New {
					t.Errorf("%s is not changed", e.File)
				}
			}
		})
	}
}
