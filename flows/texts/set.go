package texts

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"javab/bot"
)

// Edit is the new text of a row in one language. For a row with many words it has one of them a line.
type Edit struct {
	Path string
	Lang bot.Lang
	Text string
}

// Set writes texts into a file. Only the bytes of the edited scalars change, and a language that was missing is put
// between the others; the quoting stays when the new text allows it. The result is read again before it is given away:
// whatever else it would change is an error, and the file stays as it was. A text that the file does not have is a
// bot.Error of kind NotFound; of two edits of one text the last one counts.
func Set(src []byte, edits []Edit) ([]byte, error) {
	f, err := open(src)
	if err != nil {
		return nil, err
	}
	wanted := map[place]string{}
	for _, e := range edits {
		if err := f.want(wanted, e); err != nil {
			return nil, err
		}
	}
	var splices []splice
	for _, r := range f.rows {
		splices = append(splices, f.edit(r, wanted)...)
	}
	slices.SortStableFunc(splices, func(a, b splice) int { return a.start - b.start })
	out := apply(src, splices)
	return out, f.kept(out, wanted)
}

// place names one cell of a file.
type place struct {
	path string
	lang bot.Lang
}

func (f *file) want(wanted map[place]string, e Edit) error {
	i := slices.IndexFunc(f.rows, func(r Row) bool { return r.Path == e.Path })
	if i < 0 || !slices.Contains(columns, e.Lang) || e.Lang == Finglish && !f.rows[i].Many {
		return &bot.Error{Kind: bot.NotFound, Key: "text_gone", Err: fmt.Errorf("no text %s in %s", e.Path, e.Lang)}
	}
	if !utf8.ValidString(e.Text) {
		return &bot.Error{Kind: bot.Invalid, Key: "content_unreadable", Err: fmt.Errorf("the text for %s is not UTF-8", e.Path)}
	}
	text := plainEnds([]byte(e.Text))
	if f.rows[i].Many {
		text = items(text)
	}
	if f.rows[i].Cells[e.Lang].Text != text {
		wanted[place{e.Path, e.Lang}] = text
	} else {
		delete(wanted, place{e.Path, e.Lang})
	}
	return nil
}

// items leaves the empty lines and the blanks around words out of a list.
func items(text string) string {
	var kept []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// edit makes the splices of one row.
func (f *file) edit(r Row, wanted map[place]string) []splice {
	var splices []splice
	for _, key := range r.in.keys {
		text, changed := wanted[place{r.Path, key.lang}]
		switch {
		case !changed:
		case key.value.list:
			splices = append(splices, f.setList(key.value, text)...)
		case r.Many:
			splices = append(splices, splice{key.value.start, key.value.end, behind(key.value) + flowList(text)})
		default:
			splices = append(splices, splice{key.value.start, key.value.end, behind(key.value) + f.scalar(key.value, text)})
		}
	}
	return append(splices, f.insert(r, wanted)...)
}

// behind is the blank between a colon and the first text that is written behind it.
func behind(v value) string {
	if v.style == none {
		return " "
	}
	return ""
}

// kept makes sure that nothing changed but what was wanted.
func (f *file) kept(out []byte, wanted map[place]string) error {
	again, err := open(out)
	if err != nil {
		return err
	}
	words := slices.ContainsFunc(f.rows, func(r Row) bool { return r.Many }) // a comment behind a word goes with it
	same := slices.Equal(f.rest, again.rest) && (words || slices.Equal(f.notes, again.notes)) &&
		slices.EqualFunc(f.rows, again.rows, func(a, b Row) bool {
			for _, lang := range columns {
				text, changed := wanted[place{a.Path, lang}]
				if !changed {
					text = a.Cells[lang].Text
				}
				if a.Path != b.Path || b.Cells[lang].Text != text {
					return false
				}
			}
			return true
		})
	if !same {
		return invalid(errors.New("the edit would change more than its text"))
	}
	return nil
}
