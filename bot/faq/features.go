package faq

import (
	"slices"
	"unicode/utf8"

	"javab/bot"
)

// kind sorts features: each has its own vocabulary, so that the word "of" and the letters "of" are two.
type kind uint8

// Stemmed words, pairs of neighbouring stemmed words, and runs of letters inside unstemmed words.
const (
	wordKind kind = iota
	pairKind
	gramKind
	kinds
)

// The lengths of letter runs. A word is framed by a mark on both sides, so that its edges count.
const (
	gramMin = 2
	gramMax = 5
)

// eachFeature calls f with every feature of the words, in order. The strings passed are only valid during the call.
func eachFeature(lang bot.Lang, words []string, f func(k kind, feature []byte)) {
	var pair, framed []byte
	for _, w := range words {
		framed = append(append(append(framed[:0], '_'), w...), '_')
		eachGram(framed, f)

		first := len(pair)
		pair = append(pair, stem(lang, w)...)
		f(wordKind, pair[first:])
		if first > 0 {
			f(pairKind, pair)
		}
		pair = append(append(pair[:0], pair[first:]...), ' ')
	}
}

// eachGram calls f with every run of gramMin to gramMax letters of a framed word.
func eachGram(framed []byte, f func(k kind, feature []byte)) {
	for start := 0; start < len(framed); {
		end := start
		for n := 1; n <= gramMax && end < len(framed); n++ {
			_, size := utf8.DecodeRune(framed[end:])
			end += size
			if n >= gramMin {
				f(gramKind, framed[start:end])
			}
		}
		_, size := utf8.DecodeRune(framed[start:])
		start += size
	}
}

// vocabulary numbers the features of one language, in the order in which they were first seen.
type vocabulary struct {
	ids  [kinds]map[string]int32
	kind []kind // of each id
}

func newVocabulary() *vocabulary {
	v := &vocabulary{}
	for k := range v.ids {
		v.ids[k] = map[string]int32{}
	}
	return v
}

// add returns the number of a feature, a new one when it was not seen before.
func (v *vocabulary) add(k kind, feature []byte) int32 {
	id, ok := v.ids[k][string(feature)]
	if !ok {
		id = int32(len(v.kind))
		v.ids[k][string(feature)] = id
		v.kind = append(v.kind, k)
	}
	return id
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
