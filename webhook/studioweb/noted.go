package studioweb

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"javab/bot"
	"javab/flows"
)

// noted puts what is wrong with the script under the texts that it is about, each under its own language. What is about
// none of them is told above all.
func (s *sheet) noted(found []flows.Problem) {
	found = slices.DeleteFunc(slices.Clone(found), func(p flows.Problem) bool { return p.File != s.File.Name })
	for _, p := range found {
		one := s.problems([]flows.Problem{p}, s.File.Name)[0]
		if p.Severity == flows.Error {
			s.Errors++
		}
		cells := s.cellsOf(p)
		if len(cells) == 0 {
			s.Notes = append(s.Notes, one)
		}
		for _, c := range cells {
			c.Notes = append(c.Notes, one)
		}
	}
	n := 0
	for _, c := range s.each {
		if len(c.Notes) == 0 {
			continue
		}
		n++
		c.ID = "note-" + strconv.Itoa(n)
		if bad := slices.ContainsFunc(c.Notes, problem.Bad); bad && s.First == "" {
			s.First = c.ID
		}
	}
}

// Bad reports whether the problem keeps the content from being published.
func (p problem) Bad() bool { return p.Severity == flows.Error }

// cellsOf are the cells that a problem is about. Some problems stand at the beginning of a text in all its languages and
// name the languages; others stand in the text itself.
func (s *sheet) cellsOf(p flows.Problem) (list []*cell) {
	r, lang := s.rowAt(p.Line, p.Column)
	if r == nil && len(p.Langs()) > 0 {
		r = s.rowBehind(p.Line, p.Column)
	}
	if r == nil {
		return nil
	}
	langs := p.Langs()
	if len(langs) == 0 {
		langs = []bot.Lang{lang}
	}
	for i := range r.Cells {
		if slices.Contains(langs, r.Cells[i].Lang) {
			list = append(list, &r.Cells[i])
		}
	}
	return list
}

// rowAt is the text in which a place stands, and its language there; nil when it stands in none.
func (s *sheet) rowAt(line, column int) (found *row, lang bot.Lang) {
	for r, c := range s.each {
		if c.stands(line, column) {
			found, lang = r, c.Lang
		}
	}
	return found, lang
}

// rowBehind is the first text behind a place, on its line or on the next one.
func (s *sheet) rowBehind(line, column int) (found *row) {
	var first *cell
	for r, c := range s.each {
		behind := c.Line == line && c.Column >= column || c.Line == line+1
		if !c.Missing && behind && (first == nil || c.Line < first.Line || c.Line == first.Line && c.Column < first.Column) {
			found, first = r, c
		}
	}
	return found
}

// stands reports whether a place of the file is one of the text: of one line between its quotes, of several anywhere there.
func (c *cell) stands(line, column int) bool {
	if more := strings.Count(c.Text, "\n"); more > 0 {
		return c.Line <= line && line <= c.Line+more
	}
	return line == c.Line && c.Column <= column && column <= c.Column+utf8.RuneCountInString(c.Text)+len(`""`)
}

// each goes through all cells, with their rows.
func (s *sheet) each(yield func(*row, *cell) bool) {
	for i := range s.Blocks {
		for j := range s.Blocks[i].Rows {
			r := &s.Blocks[i].Rows[j]
			for k := range r.Cells {
				if !yield(r, &r.Cells[k]) {
					return
				}
			}
		}
	}
}
