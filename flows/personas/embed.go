// Package personas holds the simulated members of the training sandbox, with what they know of good service: YAML files
// that bot/training reads. It knows nothing else.
package personas

import "embed"

// FS has common.yaml, with the words and the items that all share, and one file for each persona.
//
//go:embed *.yaml
var FS embed.FS
