package faq

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"javab/bot"
	"javab/locales/text"
)

var (
	//go:embed affixes.txt
	affixLines string
	//go:embed colloquial.txt
	colloquialLines string
	//go:embed synonyms.txt
	synonymLines string
)

// tables are what the text files beside the code say of one language, folded.
type tables struct {
	lang       bot.Lang
	next       map[string]bool // belongs to the word after it
	last       map[string]bool // belongs to the word before it
	prefixes   []string
	suffixes   []string
	colloquial map[string][]string
	meanings   map[string]string // of stems that share one
	bones      map[string]string // skeletons of spoken words, and of the written ones
}

// tablesOf returns the tables of a language. The files are part of the program: one that cannot be read is a mistake of
// ours that no caller can repair, and a test reads them.
func tablesOf(lang bot.Lang) *tables { return allTables()[lang] }

var allTables = sync.OnceValue(func() map[bot.Lang]*tables {
	all, err := readTables(affixLines, colloquialLines, synonymLines)
	if err != nil {
		panic(err)
	}
	return all
})

func readTables(affixes, colloquial, synonyms string) (map[bot.Lang]*tables, error) {
	all := map[bot.Lang]*tables{}
	for _, lang := range bot.Langs {
		all[lang] = &tables{
			lang: lang, next: map[string]bool{}, last: map[string]bool{}, colloquial: map[string][]string{},
			meanings: map[string]string{}, bones: map[string]string{},
		}
	}
	if err := eachLine(affixes, all, (*tables).addAffixes); err != nil {
		return nil, fmt.Errorf("affixes: %w", err)
	}
	if err := eachLine(colloquial, all, (*tables).addColloquial); err != nil {
		return nil, fmt.Errorf("colloquial: %w", err)
	}
	if err := eachLine(synonyms, all, (*tables).addMeaning); err != nil {
		return nil, fmt.Errorf("synonyms: %w", err)
	}
	for _, t := range all {
		t.setBones()
	}
	all[Finglish] = &tables{lang: Finglish}
	return all, nil
}

// setBones carries the spoken words over to skeletons. A skeleton that is short or stands for several says nothing.
func (t *tables) setBones() {
	for from, to := range t.colloquial {
		bones := skeleton(from)
		if len(bones) < keep || len(to) != 1 {
			continue
		}
		if before, twice := t.bones[bones]; twice && before != skeleton(to[0]) {
			t.bones[bones] = ""
		} else {
			t.bones[bones] = skeleton(to[0])
		}
	}
}

// eachLine hands the fields of each line to the tables of the language that the line begins with.
func eachLine(lines string, all map[bot.Lang]*tables, add func(t *tables, head string, rest []string) error) error {
	n := 0
	for line := range strings.Lines(lines) {
		n++
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		t := all[bot.Lang(fields[0])]
		if t == nil || len(fields) < 3 {
			return fmt.Errorf("line %d: want a language, a word and what it stands for", n)
		}
		if err := add(t, fields[1], fields[2:]); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return nil
}

func (t *tables) addAffixes(kind string, affixes []string) error {
	for _, a := range affixes {
		a = text.Fold(a)
		switch kind {
		case "next":
			t.next[a] = true
		case "last":
			t.last[a] = true
		case "prefix":
			t.prefixes = append(t.prefixes, a)
		case "suffix":
			t.suffixes = append(t.suffixes, a)
		default:
			return fmt.Errorf("unknown kind %q", kind)
		}
	}
	return nil
}

// addMeaning gives the stems of all words one meaning, named by the first. No stem can be spelled like it.
func (t *tables) addMeaning(first string, others []string) error {
	meaning := "=" + text.Fold(first)
	for _, word := range append([]string{first}, others...) {
		stem := t.stem(text.Fold(word))
		if before := t.meanings[stem]; before != "" && before != meaning {
			return fmt.Errorf("%q stands twice", word)
		}
		t.meanings[stem] = meaning
	}
	return nil
}

func (t *tables) addColloquial(from string, to []string) error {
	from = text.Fold(from)
	if t.colloquial[from] != nil {
		return fmt.Errorf("%q stands twice", from)
	}
	t.colloquial[from] = strings.Fields(text.Fold(strings.Join(to, " ")))
	return nil
}
