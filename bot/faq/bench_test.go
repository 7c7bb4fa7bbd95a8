package faq

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"javab/bot"
)

// syntheticDocs makes documents in three languages by shuffling the words of the sample phrasings, so that words are
// as long and as common as real ones.
func syntheticDocs(tb testing.TB, answers, phrasings int) []Document {
	tb.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	var docs []Document
	for _, lang := range bot.Langs {
		var words []string
		for _, d := range inLang(sampleDocs(tb), lang) {
			for _, p := range d.Phrasings {
				words = append(words, foldedWords(p)...)
			}
		}
		for a := range answers {
			d := Document{ID: fmt.Sprintf("answers/%04d", a), Lang: lang}
			for range phrasings {
				var phrasing strings.Builder
				for range 4 + random.IntN(6) {
					phrasing.WriteString(words[random.IntN(len(words))] + " ")
				}
				d.Phrasings = append(d.Phrasings, phrasing.String())
			}
			docs = append(docs, d)
		}
	}
	return docs
}

// benchSizes are our own content, and the largest knowledge base that we promise anything of.
func benchSizes(b *testing.B) map[string][]Document {
	return map[string][]Document{"sample": sampleDocs(b), "500x10x3": syntheticDocs(b, 500, 10)}
}

// BenchmarkMatch asks a trained index, and says how much memory it keeps.
func BenchmarkMatch(b *testing.B) {
	dev := questions(b, "testdata/dev.jsonl")
	for name, docs := range benchSizes(b) {
		before := heap()
		x := Train(docs)
		kept := heap() - before
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				q := dev[i%len(dev)]
				x.Match(q.index(), q.Query)
			}
			b.ReportMetric(kept/1e6, "MB-kept")
		})
		runtime.KeepAlive(x)
	}
}

func heap() float64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.GC() // what pools hold goes with the second
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc)
}

func BenchmarkBuild(b *testing.B) { benchMaking(b, Build) }

func BenchmarkTrain(b *testing.B) { benchMaking(b, Train) }

func benchMaking(b *testing.B, make func([]Document) *Index) {
	for name, docs := range benchSizes(b) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				make(docs)
			}
		})
	}
}
