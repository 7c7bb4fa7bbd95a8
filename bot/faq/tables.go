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
)

// tables are what the text files beside the code say of one language, folded.
type tables struct {
	next       map[string]bool // belongs to the word after it
	last       map[string]bool // belongs to the word before it
	prefixes   []string
	suffixes   []string
	colloquial map[string][]string
}

// tablesOf returns the tables of a language. The files are part of the program: one that cannot be read is a mistake of
// ours that no caller can repair, and a test reads them.
func tablesOf(lang bot.Lang) *tables { return allTables()[lang] }

var allTables = sync.OnceValue(func() map[bot.Lang]*tables {
	all, err := readTables(affixLines, colloquialLines)
	if err != nil {
		panic(err)
	}
	return all
})

func readTables(affixes, colloquial string) (map[bot.Lang]*tables, error) {
	all := map[bot.Lang]*tables{}
	for _, lang := range bot.Langs {
		all[lang] = &tables{next: map[string]bool{}, last: map[string]bool{}, colloquial: map[string][]string{}}
	}
	if err := eachLine(affixes, all, (*tables).addAffixes); err != nil {
		return nil, fmt.Errorf("affixes: %w", err)
	}
	if err := eachLine(colloquial, all, (*tables).addColloquial); err != nil {
		return nil, fmt.Errorf("colloquial: %w", err)
	}
	return all, nil
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

func (t *tables) addColloquial(from string, to []string) error {
	from = text.Fold(from)
	if t.colloquial[from] != nil {
		return fmt.Errorf("%q stands twice", from)
	}
	t.colloquial[from] = strings.Fields(text.Fold(strings.Join(to, " ")))
	return nil
}
