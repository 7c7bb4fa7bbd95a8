package main

import (
	"go/format"
	"testing"

	"javab/tools/overlay"
)

const module = "../.."

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
