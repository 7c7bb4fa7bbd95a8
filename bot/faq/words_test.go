package faq

import (
	"os"
	"slices"
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
	for lang, table := range Usual().tables {
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

func TestAMistakeInAFileOfTheProgramIsNamedByItsLine(t *testing.T) {
	for affixes, want := range map[string]string{
		"en suffix":          "affixes: line 1",
		"# fine\nen infix a": `affixes: line 2: unknown kind "infix"`,
		"xx suffix a":        "affixes: line 1",
	} {
		if err := grammar().readAffixes(affixes); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", affixes, err, want)
		}
	}
	for _, bad := range []struct{ colloquial, synonyms, talk, want string }{
		{"en a b\n\nen a c", "", "", `colloquial: line 3: "a" stands twice`},
		{"", "en a", "", "synonyms: line 1"},
		{"", "", "en shouting hey", "talk: line 1"},
	} {
		if _, err := readSayings(bad.colloquial, bad.synonyms, bad.talk); err == nil || !strings.HasPrefix(err.Error(), bad.want) {
			t.Errorf("%+v: got %v", bad, err)
		}
	}
}

func TestTheProgramsOwnSayingsAreAllOfUse(t *testing.T) {
	if _, unfit := NewSpeech(UsualSayings()); unfit != nil {
		t.Errorf("got %v", unfit)
	}
}

func TestASayingThatCannotBeUsedIsNamed(t *testing.T) {
	en := bot.En
	for name, bad := range map[string]struct {
		said Sayings
		want Unfit
	}{
		"a spoken word without letters": {
			Sayings{Colloquial: map[bot.Lang]map[string]string{en: {"!": "what"}}}, Unfit{Lang: en, Part: "colloquial", Word: "!"},
		},
		"a spoken word that stands for nothing": {
			Sayings{Colloquial: map[bot.Lang]map[string]string{en: {"gonna": "..."}}}, Unfit{Lang: en, Part: "colloquial", Word: "gonna"},
		},
		"one that is another when folded": {
			Sayings{Colloquial: map[bot.Lang]map[string]string{en: {"Gonna": "a", "gonna": "b"}}}, Unfit{Lang: en, Part: "colloquial", Word: "gonna"},
		},
		"a word of two meanings": {
			Sayings{Synonyms: map[bot.Lang][][]string{en: {{"fee", "price"}, {"value", "prices"}}}},
			Unfit{Lang: en, Part: "synonyms", Word: "prices", Group: 1, At: 1},
		},
		"small talk of two kinds": {
			Sayings{Talk: map[Talk][]string{Greeting: {"hi"}, Thanks: {"ty", "Hi!"}}}, Unfit{Part: "thanks", Word: "Hi!", At: 1},
		},
		"small talk that is a story": {
			Sayings{Talk: map[Talk][]string{Thanks: {"a b c d e f g"}}}, Unfit{Part: "thanks", Word: "a b c d e f g"},
		},
	} {
		if _, unfit := NewSpeech(bad.said); !slices.Equal(unfit, []Unfit{bad.want}) {
			t.Errorf("%s: got %v", name, unfit)
		}
	}
}

func TestAnIndexFindsByTheSayingsThatItWasMadeWith(t *testing.T) {
	docs := []Document{{ID: "fee", Lang: bot.En, Phrasings: []string{"membership fee"}}, {ID: "card", Lang: bot.En, Phrasings: []string{"membership card"}}}
	own, unfit := NewSpeech(Sayings{Synonyms: map[bot.Lang][][]string{bot.En: {{"fee", "zorkmid"}}}, Talk: map[Talk][]string{Thanks: {"grazie"}}})
	if unfit != nil {
		t.Fatal(unfit)
	}
	if r := own.Build(docs).Match(bot.En, "zorkmid"); r.Top[0].ID != "fee" || r.P == 0 {
		t.Errorf("got %+v", r)
	}
	if r := Build(docs).Match(bot.En, "zorkmid"); r.Top[0].ID == "fee" {
		t.Errorf("without the synonym got %+v", r)
	}
	if kind, is := own.SmallTalk("Grazie!"); !is || kind != Thanks {
		t.Errorf("got %q", kind)
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
	eachFeature(usual().tablesOf(bot.En), []string{"my", "cards"}, func(k kind, f []byte) { got[k] = append(got[k], string(f)) })
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
