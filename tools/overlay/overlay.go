// Package overlay builds the product with some of its source replaced, without touching a file: `go build -overlay`.
//
// It knows exact snippets. It never guesses: a snippet that is not there exactly once is an error.
package overlay

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"javab/tools/subject"
)

// Edit replaces a snippet that occurs exactly once in a file of the main module.
type Edit struct{ File, Old, New string }

// Sources returns the files that the edits change, by their path in the module, as they would read afterwards.
func Sources(module string, edits []Edit) (map[string]string, error) {
	changed := make(map[string]string)
	for _, e := range edits {
		source, known := changed[e.File]
		if !known {
			raw, err := os.ReadFile(filepath.Join(module, e.File))
			if err != nil {
				return nil, err
			}
			source = string(raw)
		}
		if n := strings.Count(source, e.Old); n != 1 {
			return nil, fmt.Errorf("%s has the snippet %d times, want once:\n%s", e.File, n, e.Old)
		}
		changed[e.File] = strings.Replace(source, e.Old, e.New, 1)
	}
	return changed, nil
}

// Build compiles the binary with the edits, in a folder of its own, and returns its path.
func Build(ctx context.Context, module, folder string, edits ...Edit) (string, error) {
	sources, err := Sources(module, edits)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	root, err := filepath.Abs(module)
	if err != nil {
		return "", err
	}
	replace := make(map[string]string, len(sources))
	for file, source := range sources {
		copied := filepath.Join(folder, strings.ReplaceAll(file, "/", "_"))
		if err := os.WriteFile(copied, []byte(source), 0o600); err != nil {
			return "", err
		}
		replace[filepath.Join(root, file)] = copied
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(path, list, 0o600); err != nil {
		return "", err
	}
	return subject.Build(ctx, module, "./cmd/javab", folder, "-overlay", path)
}
