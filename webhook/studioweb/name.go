package studioweb

import "strings"

// fileName is the name of a file as a page writes it: its ending apart.
type fileName string

// Named makes it of a name.
func (s screen) Named(name string) fileName { return fileName(name) }

// Ending is what follows the first dot of the name, with it: of a dialogue also its subject and language.
func (n fileName) Ending() string { return strings.TrimPrefix(string(n), n.Stem()) }

// Stem is the name without it.
func (n fileName) Stem() string {
	stem, _, _ := strings.Cut(string(n), ".")
	return stem
}

// Of is the other file that a problem is in.
func (p problem) Of() fileName { return fileName(p.File) }
