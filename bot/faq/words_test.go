package faq

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"javab/bot"
	"javab/locales/text"
)

func TestTextsBecomeTheWordsAndStemsOfTheTable(t *testing.T) {
	body, err := os.ReadFile("testdata/words.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(body)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "|")
		lang := bot.Lang(strings.TrimSpace(cells[0]))
		words := wordsOf(lang, cells[1])
		if got, want := strings.Join(words, " "), text.Fold(cells[2]); got != want {
			t.Errorf("%s %q: words %q, want %q", lang, cells[1], got, want)
		}
		stems := make([]string, len(words))
		for i, w := range words {
			stems[i] = stem(lang, w)
		}
		if got, want := strings.Join(stems, " "), text.Fold(cells[3]); got != want {
			t.Errorf("%s %q: stems %q, want %q", lang, cells[1], got, want)
		}
	}
}

func TestAStemKeepsThreeLetters(t *testing.T) {
	for _, d := range sampleDocs(t) {
		for _, p := range d.Phrasings {
			for _, w := range wordsOf(d.Lang, p) {
				s := stem(d.Lang, w)
				if utf8.RuneCountInString(s) < min(keep, utf8.RuneCountInString(w)) {
					t.Errorf("%s: %q became %q", d.Lang, w, s)
				}
			}
		}
	}
}

func TestEveryWordOfTheTablesIsFoldedAndOfOneWord(t *testing.T) {
	all, err := readTables(affixLines, colloquialLines, synonymLines)
	if err != nil {
		t.Fatal(err)
	}
	for lang, table := range all {
		for from, to := range table.colloquial {
			if from == "" || strings.Contains(from, " ") {
				t.Errorf("%s: %q can never be a word", lang, from)
			}
			for _, w := range to {
				if next := table.colloquial[w]; next != nil {
					t.Errorf("%s: %q becomes %q, which would become %q", lang, from, w, next)
				}
			}
		}
		for _, affix := range append(table.prefixes, table.suffixes...) {
			if affix == "" || affix != text.Fold(affix) {
				t.Errorf("%s: affix %q is not folded", lang, affix)
			}
		}
	}
}

func TestAMistakeInATableIsNamedByItsLine(t *testing.T) {
	for _, bad := range []struct{ affixes, colloquial, want string }{
		{"en suffix", "", "affixes: line 1"},
		{"# fine\nen infix a", "", `affixes: line 2: unknown kind "infix"`},
		{"xx suffix a", "", "affixes: line 1"},
		{"", "en a b\n\nen a c", `colloquial: line 3: "a" stands twice`},
	} {
		_, err := readTables(bad.affixes, bad.colloquial, "")
		if err == nil || !strings.HasPrefix(err.Error(), bad.want) {
			t.Errorf("%q %q: got %v, want %s", bad.affixes, bad.colloquial, err, bad.want)
		}
	}
}

func TestALongTextIsCutAtTheEdgeOfALetter(t *testing.T) {
	long := strings.Repeat("\u06a9\u0627\u0631\u062a ", 2000)
	words := wordsOf(bot.Fa, "x"+long)
	if len(words) != maxWords {
		t.Errorf("%d words, want %d", len(words), maxWords)
	}
	if got := cut("x" + long); len(got) > maxBytes || !utf8.ValidString(got) {
		t.Errorf("cut to %d bytes, valid %v", len(got), utf8.ValidString(got))
	}
}

func TestFeaturesAreWordsPairsAndLetterRuns(t *testing.T) {
	var got [kinds][]string
	eachFeature(bot.En, []string{"my", "cards"}, func(k kind, f []byte) { got[k] = append(got[k], string(f)) })
	want := [kinds]string{
		wordKind: "my card",
		pairKind: "my card",
		gramKind: "_m _my _my_ my my_ y_" +
			" _c _ca _car _card ca car card cards ar ard ards ards_ rd rds rds_ ds ds_ s_",
	}
	for k := range got {
		if joined := strings.Join(got[k], " "); joined != want[k] {
			t.Errorf("kind %d: %q, want %q", k, joined, want[k])
		}
	}
}
