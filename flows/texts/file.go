package texts

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"javab/bot"
	"javab/flows/syntax"
)

// file is one parsed file: its bytes with lines that end in \n alone, and what was found in them.
type file struct {
	text  string
	lines []int // the byte at which each line begins
	rows  []Row
	// rest are all values that are no text of a row; notes are the comments. What both say is the structure of the file.
	rest  []Value
	notes []string
}

// invalid is the error for a file that is no YAML.
func invalid(err error) error {
	return &bot.Error{Kind: bot.Invalid, Key: "content_unreadable", Err: err}
}

func open(src []byte) (*file, error) {
	f, root, err := read(src)
	if err != nil {
		return nil, err
	}
	w := walker{file: f, seen: map[string]int{}}
	w.top(root)
	return f, w.err
}

// read parses a file without looking for its texts.
func read(src []byte) (*file, ast.Node, error) {
	f := &file{text: plainEnds(src), lines: []int{0}}
	if !utf8.ValidString(f.text) {
		return nil, nil, invalid(errors.New("this is not UTF-8"))
	}
	for i := range len(f.text) {
		if f.text[i] == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	root, notes, err := parse(f.text)
	if err != nil {
		return nil, nil, invalid(err)
	}
	f.notes = notes
	return f, root, nil
}

// parse returns the syntax tree and the comments of a file; one without content has no tree.
func parse(text string) (root ast.Node, notes []string, err error) {
	parsed, tokens, err := syntax.Parse(text)
	for _, t := range tokens {
		if t.Type == token.CommentType {
			notes = append(notes, strings.TrimSpace(t.Value))
		}
	}
	if err != nil || len(parsed.Docs) == 0 {
		return nil, notes, err
	}
	if len(parsed.Docs) > 1 && parsed.Docs[1].Body != nil {
		return nil, nil, errors.New("there is more than one document")
	}
	return parsed.Docs[0].Body, notes, nil
}

// index turns a place as the YAML library tells it into a byte: its own offsets count characters and drift at comments.
func (f *file) index(line, column int) (int, bool) {
	if line < 1 || line > len(f.lines) {
		return 0, false
	}
	at := f.lines[line-1]
	for ; column > 1; column-- {
		if at >= len(f.text) || f.text[at] == '\n' {
			return 0, false
		}
		_, size := utf8.DecodeRuneInString(f.text[at:])
		at += size
	}
	return at, true
}

// place is the line and column of a byte.
func (f *file) place(at int) (line, column int) {
	line, begins := slices.BinarySearch(f.lines, at)
	if begins {
		line++
	}
	return line, utf8.RuneCountInString(f.text[f.lines[line-1]:at]) + 1
}

// lineEnd is the end of the line in which a byte stands.
func (f *file) lineEnd(at int) int {
	if n := strings.IndexByte(f.text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(f.text)
}

const byteOrderMark = "\uFEFF"

// plainEnds makes every line end in \n: after CRLF and a comment the YAML library counts each line twice.
func plainEnds(src []byte) string {
	text := strings.TrimPrefix(string(src), byteOrderMark)
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// splice is a piece of a file that is replaced.
type splice struct {
	start, end int
	with       string
}

// apply replaces pieces, which are in order and apart, in the bytes as they came: with their own line ends.
func apply(src []byte, splices []splice) []byte {
	ends := "\n"
	if strings.Contains(string(src), "\r\n") {
		ends = "\r\n"
	}
	var out strings.Builder
	at, plain := 0, 0 // a byte of src, and the same one in the text with plain ends
	if strings.HasPrefix(string(src), byteOrderMark) {
		at = len(byteOrderMark)
	}
	begun := 0
	// forward moves to a byte of the plain text, and returns its place in src.
	forward := func(to int) int {
		for ; plain < to; plain++ {
			if src[at] == '\r' && at+1 < len(src) && src[at+1] == '\n' {
				at++
			}
			at++
		}
		return at
	}
	for _, s := range splices {
		out.Write(src[begun:forward(s.start)])
		out.WriteString(strings.ReplaceAll(s.with, "\n", ends))
		begun = forward(s.end)
	}
	out.Write(src[begun:])
	return []byte(out.String())
}
