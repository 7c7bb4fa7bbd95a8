package texts

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"javab/bot"
)

// FuzzSet edits one text of any file: either the file is refused, or the text is as wanted and all around it as before.
func FuzzSet(f *testing.F) {
	for _, text := range samples {
		f.Add([]byte(script), 5, text)
		f.Add([]byte("a: {fa: x, en: 'y'}\nb:\n  - fa: |+\n      x\n\n    ar: >2\n        y\n"), 2, text)
	}
	f.Add([]byte("# c\r\nfa: x # d\r\nen: \"y\r\n  z\"\r\n"), 1, "a\r\nb")
	f.Fuzz(func(t *testing.T, src []byte, pick int, text string) {
		rows, err := Read(src)
		if err != nil || len(rows) == 0 || !utf8.ValidString(text) {
			return
		}
		if pick %= len(rows) * 3; pick < 0 {
			pick = -pick
		}
		e := Edit{rows[pick/3].Path, bot.Langs[pick%3], text}
		out, err := Set(src, []Edit{e})
		if err != nil {
			return
		}
		want := plainEnds([]byte(text))
		if rows[pick/3].Many {
			want = items(want)
		}
		again, err := Read(out)
		if err != nil {
			t.Fatal(err)
		}
		if got := again[pick/3].Cells[e.Lang].Text; got != want {
			t.Errorf("%q became %q", want, got)
		}
		cell := rows[pick/3].Cells[e.Lang]
		if bytes.ContainsRune(src, '\r') || strings.HasPrefix(string(src), byteOrderMark) || cell.at.end == 0 || cell.at.list {
			return // its place counts plain line ends; a new word of a list stands behind the comment of the last
		}
		if !bytes.HasPrefix(out, src[:cell.at.start]) || !bytes.HasSuffix(out, src[cell.at.end:]) {
			t.Errorf("%q\n%q", src, out)
		}
	})
}
