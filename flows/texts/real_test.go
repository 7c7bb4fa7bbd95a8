package texts

import (
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/flows/scripts"
)

// realFiles are all scripts and lists that the product comes with.
func realFiles(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, pattern := range []string{"*.yaml", "content/*.yaml"} {
		names, err := fs.Glob(scripts.FS, pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(names, err)
		}
		for _, name := range names {
			src, err := fs.ReadFile(scripts.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = src
		}
	}
	return files
}

func mustRead(t testing.TB, name string, src []byte) []Row {
	t.Helper()
	rows, err := Read(src)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return rows
}

func TestEveryTextOfTheRealFilesIsFound(t *testing.T) {
	for name, src := range realFiles(t) {
		lines := strings.Split(string(src), "\n")
		rows, found := mustRead(t, name, src), 0
		paths := map[string]bool{}
		for _, r := range rows {
			if paths[r.Path] {
				t.Errorf("%s has two texts %s", name, r.Path)
			}
			paths[r.Path] = true
			for lang, c := range r.Cells {
				if c.Missing {
					continue
				}
				found++
				at := string([]rune(lines[c.Line-1])[c.Column-1:])
				first, _, _ := strings.Cut(c.Text, "\n")
				at = strings.TrimLeft(at, `["'`)
				if first = strings.ReplaceAll(first, `"`, `\"`); !strings.HasPrefix(at, first) {
					t.Errorf("%s %s %s: %d:%d is %q, not %q", name, r.Path, lang, c.Line, c.Column, at, first)
				}
			}
		}
		t.Logf("%s: %d texts", name, found)
	}
}

// texts that need every way of writing them.
var samples = []string{
	"plain", "two words", "a: b", "a # b", "#", "- x", "-", "? x", "{name}", "{name} and more", "[x]", "a, b", "'single'", `"double"`,
	`back\slash`, "true", "null", "~", "12", "1e3", "0x1F", "2024-01-01", "12:30", " blank before", "blank after ", "two\nlines",
	"two\n\nparagraphs", "ends in a line\n", "\nbegins with one", "tab\there", "*star", "&and", "!bang", "%percent", "@at", "`tick",
	"|", ">", "| x", "=", "<<", "---", "...", "a\u200cb", "\u06a9\u062a\u0627\u0628\u060c \u06af\u0644", "\u0643\u062a\u0627\u0628\u061f",
	"\u00abx\u00bb: y", "\u2066x\u2069", "line\u2028separator", "colon:", "a:b", "\U0001F600", "", "it's", "y", "No", ".5", "+98 21", "x,y", "x]", "{",
}

// TestAThousandEditsLeaveEveryOtherByte changes one random text of a random real file at a time.
func TestAThousandEditsLeaveEveryOtherByte(t *testing.T) {
	files := realFiles(t)
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	random := rand.New(rand.NewPCG(1, 2))
	read := map[string][]Row{}
	for name, src := range files {
		read[name] = mustRead(t, name, src)
	}
	for range 1000 {
		name := names[random.IntN(len(names))]
		src := files[name]
		rows := read[name]
		if len(rows) == 0 {
			continue
		}
		r := rows[random.IntN(len(rows))]
		e := Edit{r.Path, bot.Langs[random.IntN(3)], samples[random.IntN(len(samples))]}
		out, err := Set(src, []Edit{e})
		if err != nil {
			t.Fatalf("%s %+v: %v", name, e, err)
		}
		files[name] = out // edits pile up, as they do in a draft
		cell := r.Cells[e.Lang]
		if cell.at.end == 0 {
			t.Fatalf("%s lacks %s in %s", name, e.Path, e.Lang)
		}
		head, tail := src[:cell.at.start], src[cell.at.end:]
		if !strings.HasPrefix(string(out), string(head)) || !strings.HasSuffix(string(out), string(tail)) {
			t.Fatalf("%s %+v changed what stands around it", name, e)
		}
		want := e.Text
		if r.Many {
			want = items(want)
		}
		read[name] = mustRead(t, name, out)
		for i, after := range read[name] {
			for lang, c := range after.Cells {
				before := rows[i].Cells[lang].Text
				if after.Path == e.Path && lang == e.Lang {
					before = want
				}
				if after.Path != rows[i].Path || c.Text != before {
					t.Fatalf("%s %+v: %s %s is %q, not %q", name, e, after.Path, lang, c.Text, before)
				}
			}
		}
	}
}
