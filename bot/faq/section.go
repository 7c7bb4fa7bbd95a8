package faq

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"javab/bot"
)

// section is the index of one class of texts: a language, or Finglish.
type section struct {
	lang    bot.Lang
	speech  *Speech
	workers int      // that train it at once
	ids     []string // of the documents, sorted: a document's number orders like its id
	risky   []bool
	asked   []string // the first phrasing of each document
	exact   map[uint64]int32
	vocab   *vocabulary
	words   *wordTable
	weights
	nearby   nearby
	blanks   sync.Pool // see blank
	machines machines
	// trust tells how far a score is to be believed. Nil until the section is trained: R serves then.
	trust *trust
}

// phrase is one phrasing of a document, as features and as words; or the document's own text.
type phrase struct {
	doc      int32
	says     bool
	text     string // as it was written
	words    []int32
	features []count
}

// ambiguous marks a phrasing that several documents share: it names none of them surely.
const ambiguous int32 = -1

func newSection(p *Speech, lang bot.Lang, docs []Document) (*section, []phrase) {
	s, phrases := gather(p, lang, docs)
	s.weights = weigh(s.vocab, phrases, len(s.ids))
	return s, phrases
}

// gather reads the documents of one class. Documents of the same id are one. They are read in the order of their ids: so
// the same documents give the same index, to the last bit.
func gather(p *Speech, lang bot.Lang, docs []Document) (*section, []phrase) {
	s := &section{lang: lang, speech: p, exact: map[uint64]int32{}, vocab: newVocabulary(), words: newWordTable()}
	docs = slices.SortedStableFunc(slices.Values(docs), func(a, b Document) int { return cmp.Compare(a.ID, b.ID) })
	var phrases []phrase
	for i, d := range docs {
		if i == 0 || d.ID != docs[i-1].ID {
			s.ids = append(s.ids, d.ID)
			s.risky = append(s.risky, false)
			s.asked = append(s.asked, "")
		}
		phrases = s.add(phrases, int32(len(s.ids)-1), d)
	}
	s.vocab.close()
	return s, phrases
}

func (s *section) add(phrases []phrase, number int32, d Document) []phrase {
	s.risky[number] = s.risky[number] || d.Risky
	for _, p := range s.phrasings(d) {
		words := s.speech.wordsOf(s.lang, p)
		if len(words) == 0 {
			continue
		}
		if s.asked[number] == "" {
			s.asked[number] = p
		}
		s.claim(number, words)
		learnt := s.learn(number, words)
		learnt.text = p
		phrases = append(phrases, learnt)
	}
	if words := s.speech.wordsOf(s.lang, d.Says); len(words) > 0 {
		said := s.learn(number, words)
		said.says = true
		phrases = append(phrases, said)
	}
	return phrases
}

// phrasings are those that are learnt here: Finglish learns the Persian ones too, Persian none in Latin letters.
func (s *section) phrasings(d Document) []string {
	switch s.lang {
	case Finglish:
		return slices.Concat(d.Phrasings, d.Finglish)
	case bot.Fa:
		return slices.DeleteFunc(slices.Clone(d.Phrasings), latinOnly)
	default:
		return d.Phrasings
	}
}

// claim notes whose phrasing the words are.
func (s *section) claim(doc int32, words []string) {
	key := phrasingKey(words)
	if owner, taken := s.exact[key]; !taken {
		s.exact[key] = doc
	} else if owner != doc {
		s.exact[key] = ambiguous
	}
}

func phrasingKey(words []string) uint64 { return hash(wordKind, []byte(strings.Join(words, " "))) }

// learn numbers the new features of the words.
func (s *section) learn(doc int32, words []string) phrase {
	var ids []int32
	own := s.speech.tablesOf(s.lang)
	eachFeature(own, words, func(k kind, feature []byte) { ids = append(ids, s.vocab.add(k, feature)) })
	p := phrase{doc: doc, features: tally(ids), words: make([]int32, len(words))}
	for i, w := range words {
		p.words[i] = s.words.add(own, s.vocab, w)
	}
	return p
}
