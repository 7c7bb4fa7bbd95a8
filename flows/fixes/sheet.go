package fixes

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"javab/bot"
	"javab/flows"
	"javab/flows/texts"
)

// sheet is a script as text, with the problem that is looked at.
type sheet struct {
	src   []byte
	text  string // with lines that end in \n alone
	lines []int  // where each begins
	p     flows.Problem
	at    int // where the problem is
	env   flows.Env
}

func newSheet(src []byte, p flows.Problem, env flows.Env) *sheet {
	text := strings.TrimPrefix(strings.ReplaceAll(string(src), "\r\n", "\n"), "\uFEFF")
	s := &sheet{src: src, text: text, lines: []int{0}, p: p, env: env}
	for i := range len(text) {
		if text[i] == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	s.at = s.index(p.Line, p.Column)
	return s
}

func (s *sheet) index(line, column int) int {
	if line < 1 || line > len(s.lines) {
		return len(s.text)
	}
	at := s.lines[line-1]
	for ; column > 1 && at < len(s.text) && s.text[at] != '\n'; column-- {
		_, size := utf8.DecodeRuneInString(s.text[at:])
		at += size
	}
	return at
}

func (s *sheet) place(at int) (line, column int) {
	line, begins := slices.BinarySearch(s.lines, at)
	if begins {
		line++
	}
	return line, utf8.RuneCountInString(s.text[s.lines[line-1]:at]) + 1
}

// put is an edit of the bytes from start to end.
func (s *sheet) put(start, end int, text string) flows.Edit {
	line, column := s.place(start)
	endLine, endColumn := s.place(end)
	return flows.Edit{Line: line, Column: column, EndLine: endLine, EndColumn: endColumn, Text: text}
}

// fix is an offer of one title and some edits; pairs are its params.
func fix(code string, edits []flows.Edit, pairs ...string) []flows.Fix {
	if len(edits) == 0 {
		return nil
	}
	f := flows.Fix{Code: code, Edits: edits}
	for i := 0; i+1 < len(pairs); i += 2 {
		if f.Params == nil {
			f.Params = map[string]string{}
		}
		f.Params[pairs[i]] = pairs[i+1]
	}
	return []flows.Fix{f}
}

// lineStart and lineEnd are where the line of a byte begins, and where the next one does.
func (s *sheet) lineStart(at int) int { return strings.LastIndexByte(s.text[:at], '\n') + 1 }

func (s *sheet) lineEnd(at int) int {
	if n := strings.IndexByte(s.text[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(s.text)
}

// rewrite is the edit that makes one text of another: what they have in common at both ends stays.
func (s *sheet) rewrite(after []byte) []flows.Edit {
	text := strings.TrimPrefix(strings.ReplaceAll(string(after), "\r\n", "\n"), "\uFEFF")
	head := 0
	for head < min(len(s.text), len(text)) && s.text[head] == text[head] {
		head++
	}
	for head > 0 && (head < len(s.text) && !utf8.RuneStart(s.text[head]) || head < len(text) && !utf8.RuneStart(text[head])) {
		head--
	}
	tail := 0
	for tail < min(len(s.text), len(text))-head && s.text[len(s.text)-1-tail] == text[len(text)-1-tail] {
		tail++
	}
	for tail > 0 && (!utf8.RuneStart(s.text[len(s.text)-tail]) || !utf8.RuneStart(text[len(text)-tail])) {
		tail--
	}
	if head+tail == len(s.text) && len(text) == len(s.text) {
		return nil
	}
	return []flows.Edit{s.put(head, len(s.text)-tail, text[head:len(text)-tail])}
}

// set is the edit that writes texts.
func (s *sheet) set(edits ...texts.Edit) []flows.Edit {
	after, err := texts.Set(s.src, edits)
	if err != nil {
		return nil
	}
	return s.rewrite(after)
}

// row is the text at the problem: the one that stands there in some language, else the last that begins before it.
func (s *sheet) row() (row texts.Row, lang bot.Lang, ok bool) {
	rows, err := texts.Read(s.src)
	if err != nil {
		return texts.Row{}, "", false
	}
	best := -1
	for _, r := range rows {
		for l, c := range r.Cells {
			if c.Missing {
				continue
			}
			if at := s.index(c.Line, c.Column); at <= s.at && at > best {
				row, lang, ok, best = r, l, true, at
			}
		}
	}
	return row, lang, ok
}

// rowFrom is the first text that begins at the problem or behind it.
func (s *sheet) rowFrom() (texts.Row, bool) {
	rows, _ := texts.Read(s.src)
	var found texts.Row
	best, ok := len(s.text)+1, false
	for _, r := range rows {
		for _, c := range r.Cells {
			if at := s.index(c.Line, c.Column); !c.Missing && at >= s.at && at < best {
				found, ok, best = r, true, at
			}
		}
	}
	return found, ok
}

// free is a name like another one that the script does not use yet.
func (s *sheet) free(name string) string {
	for n := 2; ; n++ {
		if other := name + "_" + strconv.Itoa(n); !strings.Contains(s.text, other) {
			return other
		}
	}
}

// unused is a name that the script does not use yet: the wanted one if it can be had.
func (s *sheet) unused(name string) string {
	for _, step := range s.steps() {
		if step.id == name {
			return s.free(name)
		}
	}
	return name
}
