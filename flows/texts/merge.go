package texts

import (
	"bytes"
	"slices"

	"javab/bot"
)

// Clash is a text that two people changed from the same base, each in another way.
type Clash struct {
	// Path and Lang name the text. Both are empty when the whole file clashes: both changed its structure, and no text
	// can be told from the other's.
	Path               string
	Lang               bot.Lang
	Base, Mine, Theirs string
	// Gone says that one of them took the text away while the other changed it: the step or entry is no more.
	Gone bool
}

// Whole reports whether the two files as such clash.
func (c Clash) Whole() bool { return c.Path == "" }

// Merge puts the changes of two people together, text by text. Steps, entries, comments and all else that is no text are
// taken from the one who changed them. Where they clash the result has mine; Set takes another choice.
func Merge(base, mine, theirs []byte) ([]byte, []Clash) {
	switch {
	case bytes.Equal(mine, theirs), bytes.Equal(theirs, base):
		return mine, nil
	case bytes.Equal(mine, base):
		return theirs, nil
	}
	m, ok := newMerge(base, mine, theirs)
	if !ok {
		return mine, []Clash{{Base: string(base), Mine: string(mine), Theirs: string(theirs)}}
	}
	merged, err := Set(m.body, m.edits())
	if err != nil {
		return mine, []Clash{{Base: string(base), Mine: string(mine), Theirs: string(theirs)}}
	}
	return merged, m.clashes
}

// merge is one merging: which file gives the structure, and what each of the three says.
type merge struct {
	body               []byte
	rows               []Row
	base, mine, theirs map[place]string
	clashes            []Clash
}

// newMerge reports false when both changed the structure, or one of the files cannot be read.
func newMerge(base, mine, theirs []byte) (*merge, bool) {
	var files [3]*file
	for i, src := range [][]byte{base, mine, theirs} {
		f, err := open(src)
		if err != nil {
			return nil, false
		}
		files[i] = f
	}
	m := &merge{body: mine, rows: files[1].rows, base: files[0].said(), mine: files[1].said(), theirs: files[2].said()}
	if !files[0].sameStructure(files[2]) && !files[1].sameStructure(files[2]) {
		if !files[0].sameStructure(files[1]) {
			return nil, false
		}
		m.body, m.rows = theirs, files[2].rows
	}
	return m, true
}

// sameStructure reports whether two files differ in texts and layout only.
func (f *file) sameStructure(other *file) bool {
	return slices.Equal(f.rest, other.rest) && slices.Equal(f.notes, other.notes) &&
		slices.EqualFunc(f.rows, other.rows, func(a, b Row) bool { return a.Path == b.Path && a.Many == b.Many })
}

// said is every text of the file.
func (f *file) said() map[place]string {
	said := map[place]string{}
	for _, r := range f.rows {
		for lang, c := range r.Cells {
			said[place{r.Path, lang}] = c.Text
		}
	}
	return said
}

// edits are what is still to be done to the body. They note the clashes on their way.
func (m *merge) edits() []Edit {
	var edits []Edit
	here := map[string]bool{}
	for _, r := range m.rows {
		here[r.Path] = true
		for _, lang := range columns {
			at := place{r.Path, lang}
			if want, known := m.choose(at); known && want != r.Cells[lang].Text {
				edits = append(edits, Edit{r.Path, lang, want})
			}
		}
	}
	m.gone(here)
	return edits
}

// choose says what a text becomes; false when its row is new, and so is as its author wrote it.
func (m *merge) choose(at place) (string, bool) {
	if _, known := m.base[place{at.path, bot.Fa}]; !known {
		return "", false
	}
	base, mine, theirs := m.base[at], m.mine[at], m.theirs[at]
	if mine == base {
		return theirs, true
	}
	if theirs != base && theirs != mine {
		m.clashes = append(m.clashes, Clash{Path: at.path, Lang: at.lang, Base: base, Mine: mine, Theirs: theirs})
	}
	return mine, true
}

// gone notes what one of the two took away and the other changed.
func (m *merge) gone(here map[string]bool) {
	var gone []Clash
	for at, base := range m.base {
		mine, kept := m.mine[at]
		theirs, keptToo := m.theirs[at]
		if !here[at.path] && (kept && mine != base || keptToo && theirs != base) {
			gone = append(gone, Clash{Path: at.path, Lang: at.lang, Base: base, Mine: mine, Theirs: theirs, Gone: true})
		}
	}
	slices.SortFunc(gone, func(a, b Clash) int {
		return slices.Compare([]string{a.Path, string(a.Lang)}, []string{b.Path, string(b.Lang)})
	})
	m.clashes = append(m.clashes, gone...)
}
