package faq

import (
	"cmp"
	"slices"
	"strings"

	"javab/bot"
)

// section is the index of one language.
type section struct {
	lang  bot.Lang
	ids   []string // of the documents, sorted: a document's number orders like its id
	exact map[string]int32
	vocab *vocabulary
	weights
}

// phrase is one phrasing of a document, as features.
type phrase struct {
	doc      int32
	features []count
}

// ambiguous marks a phrasing that several documents share: it names none of them surely.
const ambiguous int32 = -1

func newSection(lang bot.Lang, docs []Document) *section {
	s, phrases := gather(lang, docs)
	s.weights = weigh(s.vocab, phrases, len(s.ids))
	return s
}

// gather reads the documents of one language. Documents of the same id are one. They are read in the order of their
// ids: so the same documents give the same index, to the last bit.
func gather(lang bot.Lang, docs []Document) (*section, []phrase) {
	s := &section{lang: lang, exact: map[string]int32{}, vocab: newVocabulary()}
	docs = slices.SortedStableFunc(slices.Values(docs), func(a, b Document) int { return cmp.Compare(a.ID, b.ID) })
	var phrases []phrase
	for i, d := range docs {
		if i == 0 || d.ID != docs[i-1].ID {
			s.ids = append(s.ids, d.ID)
		}
		number := int32(len(s.ids) - 1)
		for _, p := range d.Phrasings {
			if words := wordsOf(lang, p); len(words) > 0 {
				s.claim(number, words)
				phrases = append(phrases, phrase{doc: number, features: s.learn(words)})
			}
		}
	}
	return s, phrases
}

// claim notes whose phrasing the words are.
func (s *section) claim(doc int32, words []string) {
	key := strings.Join(words, " ")
	if owner, taken := s.exact[key]; !taken {
		s.exact[key] = doc
	} else if owner != doc {
		s.exact[key] = ambiguous
	}
}

// learn returns the features of the words, and numbers the new ones.
func (s *section) learn(words []string) []count {
	var ids []int32
	eachFeature(s.lang, words, func(k kind, feature []byte) { ids = append(ids, s.vocab.add(k, feature)) })
	return tally(ids)
}
