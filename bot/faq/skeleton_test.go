package faq

import (
	"os"
	"slices"
	"strings"
	"testing"

	"javab/bot"
)

// cells reads a table of the test data: the lines' cells between bars, without comments.
func cells(tb testing.TB, path string) [][]string {
	tb.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(body)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			row := strings.Split(line, "|")
			for i := range row {
				row[i] = strings.TrimSpace(row[i])
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func TestPersianAndFinglishHaveOneSkeleton(t *testing.T) {
	for _, row := range cells(t, "testdata/skeletons.txt") {
		want := skeletonWords(row[0])
		for _, typed := range row[1:] {
			if got := skeletonWords(typed); !slices.Equal(got, want) {
				t.Errorf("%q is %v, %q is %v", typed, got, row[0], want)
			}
		}
	}
}

func TestTheClassOfAShortTextIsToldByScriptWordsAndIndex(t *testing.T) {
	x := Build(sampleDocs(t))
	for _, row := range cells(t, "testdata/classes.txt") {
		if got := x.Class(row[1]); string(got) != row[0] {
			t.Errorf("%q is %s, want %s", row[1], got, row[0])
		}
	}
	for _, none := range []string{"", "123 ?", "!!"} {
		if got := x.Class(none); got != "" {
			t.Errorf("%q is %s", none, got)
		}
	}
}

func TestFinglishPhrasingsAreLearntBesideThePersianOnes(t *testing.T) {
	const typed = "barname hamayesh bahare chetore"
	docs := untold(sampleDocs(t))
	own := slices.IndexFunc(docs, func(d Document) bool { return d.Lang == bot.Fa })
	docs[own].Finglish = []string{typed}
	if r := Build(docs).Match(bot.Fa, typed); r.Sure != docs[own].ID || r.Lang != bot.Fa {
		t.Errorf("got %+v, want %s", r, docs[own].ID)
	}
}
