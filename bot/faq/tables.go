package faq

import (
	_ "embed"
	"fmt"
	"strings"

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

func newTables(lang bot.Lang) *tables {
	return &tables{
		lang: lang, next: map[string]bool{}, last: map[string]bool{}, colloquial: map[string][]string{},
		meanings: map[string]string{}, bones: map[string]string{},
	}
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

// eachLine hands the fields of each line to what belongs to the language that the line begins with.
func eachLine[T any](lines string, all map[bot.Lang]T, add func(of T, head string, rest []string) error) error {
	n := 0
	for line := range strings.Lines(lines) {
		n++
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		of, known := all[bot.Lang(fields[0])]
		if !known || len(fields) < 3 {
			return fmt.Errorf("line %d: want a language, a word and what it stands for", n)
		}
		if err := add(of, fields[1], fields[2:]); err != nil {
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

// addMeaning gives the stems of all words of a group one meaning, named by the first. No stem can be spelled like it. It
// returns the numbers of the words that cannot have it, because they are none or have another.
func (t *tables) addMeaning(group []string) (unfit []int) {
	for i, word := range group {
		stem := t.stem(text.Fold(word))
		meaning := "=" + text.Fold(group[0])
		if before := t.meanings[stem]; stem == "" || before != "" && before != meaning {
			unfit = append(unfit, i)
			continue
		}
		t.meanings[stem] = meaning
	}
	return unfit
}

// addColloquial reports whether the words can be read and the spoken one is not known yet.
func (t *tables) addColloquial(spoken, written string) bool {
	from, to := text.Fold(spoken), strings.Fields(text.Fold(written))
	if from == "" || len(to) == 0 || t.colloquial[from] != nil {
		return false
	}
	t.colloquial[from] = to
	return true
}
