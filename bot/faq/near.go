package faq

import "math"

// nearN is how many of the best documents are looked at phrasing by phrasing.
const nearN = 8

// wordTable keeps the features of every distinct word once, so that a phrasing is no more than the numbers of its words.
type wordTable struct {
	numbers map[uint64]int32
	start   []int32 // the features of word w are features[start[w]:start[w+1]]: its stem first, then its letter runs
	ids     []int32
}

func newWordTable() *wordTable { return &wordTable{numbers: map[uint64]int32{}, start: []int32{0}} }

// add returns the number of a word whose features the vocabulary knows.
func (t *wordTable) add(of *tables, v *vocabulary, word string) int32 {
	key := hash(wordKind, []byte(word))
	number, known := t.numbers[key]
	if !known {
		number = int32(len(t.numbers))
		t.numbers[key] = number
		t.ids = append(t.ids, v.add(wordKind, []byte(of.stem(word))))
		eachGram(of.lang, word, func(gram []byte) { t.ids = append(t.ids, v.add(gramKind, gram)) })
		t.start = append(t.start, int32(len(t.ids)))
	}
	return number
}

// has reports whether a phrasing has the word.
func (t *wordTable) has(word string) bool {
	_, known := t.numbers[hash(wordKind, []byte(word))]
	return known
}

func (t *wordTable) of(word int32) (stem int32, grams []int32) {
	ids := t.ids[t.start[word]:t.start[word+1]]
	return ids[0], ids[1:]
}

// nearby are all phrasings as words: those of document d are start[doc[d]:doc[d+1]], and the words of phrasing p are
// words[start[p]:start[p+1]].
type nearby struct {
	doc, start, words []int32
}

func newNearby(phrases []phrase, docs int) nearby {
	n := nearby{doc: make([]int32, docs+1), start: []int32{0}}
	for _, p := range phrases { // they stand by document
		n.words = append(n.words, p.words...)
		n.start = append(n.start, int32(len(n.words)))
		n.doc[p.doc+1]++
	}
	for d := range docs {
		n.doc[d+1] += n.doc[d]
	}
	return n
}

// nearness is how near the nearest phrasing of a document comes: by the cosine of letter features, and by BM25 on words
// with the phrasing as the document.
type nearness struct{ letters, words float64 }

// near compares the query with the phrasings of the candidates.
func (s *section) near(q query, best []candidate) []nearness {
	near := make([]nearness, len(best))
	values := s.blank()
	defer s.wipe(values, q.known)
	var square, rarity float64
	for _, c := range q.known {
		switch s.vocab.kind[c.id] {
		case gramKind:
			v := s.vector(c)
			square += v * v
			values[c.id] = float32(v)
		case wordKind:
			rarity += float64(s.rarity[c.id])
			values[c.id] = s.rarity[c.id]
		}
	}
	rarity += float64(q.unknown[wordKind]) * s.unknown
	letters, words := 1/math.Max(math.Sqrt(square), 1e-9), 1/math.Max((bm25K+1)*rarity, 1e-9)
	for i, b := range best {
		for p := s.nearby.doc[b.doc]; p < s.nearby.doc[b.doc+1]; p++ {
			n := s.nearPhrase(values, s.nearby.words[s.nearby.start[p]:s.nearby.start[p+1]])
			near[i].letters = max(near[i].letters, n.letters*letters)
			near[i].words = max(near[i].words, n.words*words)
		}
	}
	return near
}

// blank is a zero for each feature, to be given back by wipe: most of what a query would cost in memory.
func (s *section) blank() []float32 {
	if values, left := s.blanks.Get().(*[]float32); left {
		return *values
	}
	return make([]float32, len(s.vocab.kind))
}

// wipe gives values back of which only those of the features are not zero.
func (s *section) wipe(values []float32, features []count) {
	for _, c := range features {
		values[c.id] = 0
	}
	s.blanks.Put(&values)
}

// nearPhrase compares the words of one phrasing with the values of the query's features. What it returns is not yet
// divided by the query's own length.
func (s *section) nearPhrase(values []float32, words []int32) nearness {
	var product, square, shared float64
	for _, w := range words {
		stem, grams := s.words.of(w)
		shared += float64(values[stem])
		for _, g := range grams {
			v := float64(s.scale[g])
			square += v * v
			product += v * float64(values[g])
		}
	}
	norm := 1 - bm25B + bm25B*float64(len(words))/s.phraseWords
	return nearness{
		letters: product / math.Max(math.Sqrt(square), 1e-9),
		words:   shared * (bm25K + 1) / (1 + bm25K*norm),
	}
}
