package faq

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"javab/bot"
	"javab/locales/text"
)

// Sayings are how people put things, as an admin writes them down, in natural spelling: they are folded when read.
type Sayings struct {
	// Colloquial are spoken words and the one or more words that are written for each.
	Colloquial map[bot.Lang]map[string]string
	// Synonyms are groups of words of one meaning. A word stands in one group of its language at most.
	Synonyms map[bot.Lang][][]string
	// Talk are the phrases of small talk, in whatever language and script.
	Talk map[Talk][]string
}

// Speech is how people put things, ready for use: indexes are made by it, and it never changes.
type Speech struct {
	tables map[bot.Lang]*tables
	talk   map[string]Talk // folded phrase -> kind
	sum    []byte
}

// Sum is a hash of what the speech is made of: equal sums, equal indexes of the same documents.
func (p *Speech) Sum() []byte { return p.sum }

// NewSpeech reads sayings. What cannot be used is left out and named, in the order of languages and words.
func NewSpeech(s Sayings) (*Speech, []Unfit) {
	p := grammar()
	unfit := p.learn(s)
	return p, unfit
}

// grammar is a speech that knows the affixes alone. Their file is part of the program: one that cannot be read is a mistake
// of ours that no caller can repair, and a test reads it.
func grammar() *Speech {
	p := &Speech{tables: map[bot.Lang]*tables{Finglish: {lang: Finglish}}, talk: map[string]Talk{}}
	for _, lang := range bot.Langs {
		p.tables[lang] = newTables(lang)
	}
	if err := p.readAffixes(affixLines); err != nil {
		panic(err)
	}
	return p
}

func (p *Speech) readAffixes(lines string) error {
	if err := eachLine(lines, p.tables, (*tables).addAffixes); err != nil {
		return fmt.Errorf("affixes: %w", err)
	}
	return nil
}

func (p *Speech) learn(s Sayings) (unfit []Unfit) {
	for _, lang := range bot.Langs {
		t := p.tables[lang]
		for _, word := range slices.Sorted(maps.Keys(s.Colloquial[lang])) {
			if !t.addColloquial(word, s.Colloquial[lang][word]) {
				unfit = append(unfit, Unfit{Lang: lang, Part: Colloquial, Word: word})
			}
		}
		for n, group := range s.Synonyms[lang] {
			for _, at := range t.addMeaning(group) {
				unfit = append(unfit, Unfit{Lang: lang, Part: Synonyms, Word: group[at], Group: n, At: at})
			}
		}
		t.setBones()
	}
	for _, kind := range Talks {
		for at, phrase := range s.Talk[kind] {
			if !p.addTalk(kind, phrase) {
				unfit = append(unfit, Unfit{Part: string(kind), Word: phrase, At: at})
			}
		}
	}
	written, err := json.Marshal(s) // its maps in order
	if err != nil {
		panic(err) // texts always marshal
	}
	sum := sha256.Sum256(written)
	p.sum = sum[:]
	return unfit
}

// The parts of Sayings that an Unfit one stands in, beside the kinds of small talk.
const (
	Colloquial = "colloquial"
	Synonyms   = "synonyms"
)

// Unfit is a saying that cannot be used: it has no letters, stands twice, or means two things.
type Unfit struct {
	Lang bot.Lang // none for small talk
	Part string   // Colloquial, Synonyms, or a kind of small talk
	Word string
	// Group and At are where it stands in a list.
	Group, At int
}

// usual is the speech that the program knows by itself. The files are part of the program: one that cannot be read is a
// mistake of ours that no caller can repair, and a test reads them.
var usual = sync.OnceValue(func() *Speech {
	p, _ := NewSpeech(UsualSayings())
	return p
})

// Usual is the speech that the program knows by itself.
func Usual() *Speech { return usual() }

// UsualSayings are what Usual is made of.
func UsualSayings() Sayings {
	said, err := readSayings(colloquialLines, synonymLines, talkLines)
	if err != nil {
		panic(err)
	}
	return said
}

// readSayings reads the text files beside the code.
func readSayings(colloquial, synonyms, talk string) (Sayings, error) {
	s := Sayings{Colloquial: map[bot.Lang]map[string]string{}, Synonyms: map[bot.Lang][][]string{}, Talk: map[Talk][]string{}}
	langs := map[bot.Lang]bot.Lang{}
	for _, lang := range bot.Langs {
		langs[lang], s.Colloquial[lang] = lang, map[string]string{}
	}
	err := eachLine(colloquial, langs, func(lang bot.Lang, word string, written []string) error {
		if _, twice := s.Colloquial[lang][word]; twice {
			return fmt.Errorf("%q stands twice", word)
		}
		s.Colloquial[lang][word] = strings.Join(written, " ")
		return nil
	})
	if err != nil {
		return s, fmt.Errorf("colloquial: %w", err)
	}
	err = eachLine(synonyms, langs, func(lang bot.Lang, first string, others []string) error {
		s.Synonyms[lang] = append(s.Synonyms[lang], append([]string{first}, others...))
		return nil
	})
	if err != nil {
		return s, fmt.Errorf("synonyms: %w", err)
	}
	s.Talk, err = readTalk(talk)
	return s, err
}

// tablesOf returns the tables of a class.
func (p *Speech) tablesOf(class bot.Lang) *tables { return p.tables[class] }

// Build makes the index of the documents as the function of that name does, by the words of this speech.
func (p *Speech) Build(docs []Document) *Index { return p.build(docs, func(*section, []phrase) {}) }

// TrainUntil makes the index of the documents as Build does, and trains it: its scores are better, and it knows how far to
// trust them. It takes seconds where Build takes moments; the same documents give the same index, to the last bit. It gives up
// soon after ctx has ended, and says so. It leaves half of the processors to others: members are served meanwhile.
func (p *Speech) TrainUntil(ctx context.Context, docs []Document) (*Index, error) {
	x := p.build(docs, func(s *section, phrases []phrase) {
		s.workers = max(1, runtime.GOMAXPROCS(0)/2)
		s.train(ctx, phrases)
	})
	return x, ctx.Err()
}

// addTalk reports whether the phrase is one, and means nothing else.
func (p *Speech) addTalk(kind Talk, phrase string) bool {
	folded := text.Fold(phrase)
	before, twice := p.talk[folded]
	if words := len(strings.Fields(folded)); words == 0 || words > longestTalk || twice && before != kind {
		return false
	}
	p.talk[folded] = kind
	return true
}
