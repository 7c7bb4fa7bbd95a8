package faq

import (
	"maps"
	"slices"
	"unicode/utf8"

	"javab/bot"
)

// kind sorts features: each has its own vocabulary, so that the word "of" and the letters "of" are two.
type kind uint8

// Stemmed words and the meanings they share with others, pairs of neighbouring stemmed words, and runs of letters inside
// unstemmed words.
const (
	wordKind kind = iota
	pairKind
	gramKind
	kinds
)

// The lengths of letter runs. A word is framed by a mark on both sides, so that its edges count. In a skeleton a letter
// tells more, and runs are shorter.
const (
	gramMin     = 2
	gramMax     = 5
	boneGramMax = 4
)

// eachFeature calls f with every feature of the words, in order. The strings passed are only valid during the call.
func eachFeature(t *tables, words []string, f func(k kind, feature []byte)) {
	var pair []byte
	for _, w := range words {
		eachGram(t.lang, w, func(gram []byte) { f(gramKind, gram) })
		first := len(pair)
		pair = append(pair, t.stem(w)...)
		f(wordKind, pair[first:])
		if meaning := t.meanings[string(pair[first:])]; meaning != "" {
			f(wordKind, []byte(meaning))
		}
		if first > 0 {
			f(pairKind, pair)
		}
		pair = append(append(pair[:0], pair[first:]...), ' ')
	}
}

// eachGram calls f with every run of letters of a word.
func eachGram(lang bot.Lang, word string, f func(gram []byte)) {
	longest := gramMax
	if lang == Finglish {
		longest = boneGramMax
	}
	var room [64]byte
	framed := append(append(append(room[:0], '_'), word...), '_')
	for start := 0; start < len(framed); {
		end := start
		for n := 1; n <= longest && end < len(framed); n++ {
			_, size := utf8.DecodeRune(framed[end:])
			end += size
			if n >= gramMin {
				f(framed[start:end])
			}
		}
		_, size := utf8.DecodeRune(framed[start:])
		start += size
	}
}

// vocabulary numbers the features of one class of texts, in the order in which they were first seen. It knows them by
// their hashes alone: two that share one of 64 bits would be taken for one, which no text will ever show.
type vocabulary struct {
	ids  map[uint64]int32 // while it grows
	kind []kind           // of each id
	// Once it is closed, ids are looked up in these: sorted, they take half the room of a map.
	hashes  []uint64
	numbers []int32 // of each hash
}

func newVocabulary() *vocabulary { return &vocabulary{ids: map[uint64]int32{}} }

// hash is FNV-1a, the same in every run.
func hash(k kind, feature []byte) uint64 {
	h := uint64(14695981039346656037) ^ uint64(k)
	h *= 1099511628211
	for _, b := range feature {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return h
}

// add returns the number of a feature, a new one when it was not seen before.
func (v *vocabulary) add(k kind, feature []byte) int32 {
	key := hash(k, feature)
	id, ok := v.ids[key]
	if !ok {
		id = int32(len(v.kind))
		v.ids[key] = id
		v.kind = append(v.kind, k)
	}
	return id
}

// close ends the growth of a vocabulary.
func (v *vocabulary) close() {
	v.hashes = slices.Sorted(maps.Keys(v.ids))
	v.numbers = make([]int32, len(v.hashes))
	for i, h := range v.hashes {
		v.numbers[i] = v.ids[h]
	}
	v.ids = nil
}

// find returns the number of a feature of a closed vocabulary.
func (v *vocabulary) find(k kind, feature []byte) (int32, bool) {
	i, ok := slices.BinarySearch(v.hashes, hash(k, feature))
	if !ok {
		return 0, false
	}
	return v.numbers[i], true
}

// count is a feature and how often a text has it.
type count struct {
	id int32
	n  int32
}

// tally sorts ids and counts equal ones, so that what is computed from them never depends on the order of a map.
func tally(ids []int32) []count {
	slices.Sort(ids)
	counts := make([]count, 0, len(ids))
	for _, id := range ids {
		if last := len(counts) - 1; last >= 0 && counts[last].id == id {
			counts[last].n++
		} else {
			counts = append(counts, count{id: id, n: 1})
		}
	}
	return counts
}
