// Package scripts holds the content that Javab comes with: scripts, answers, guides, categories and every other sentence a
// member reads, with their dialogues beside them. It knows bytes only; package content reads them.
package scripts

import "embed"

// FS holds the scripts (*.yaml), their dialogues (*.chat) and, under content/, the lists that scripts draw on.
//
//go:embed *.yaml *.chat content/*.yaml
var FS embed.FS
