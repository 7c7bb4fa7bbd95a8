package faq

import "math"

// The parameters of BM25 and the shares of the scorers in the one score, measured in the facts about answers: words and
// letters by BM25 over whole documents, and the cosine to a document's centroid over all features.
const (
	bm25K = 1.2
	bm25B = 0.5

	wordShare     = 0.3
	gramShare     = 0.4
	centroidShare = 0.8
)

// The shares once the machines are trained. With phrasings few and words apart, as in content that has just been
// written, BM25 deserves more than in the score without machines (docs/decisions/045).
const (
	marginShare          = 0.4
	trainedWordShare     = 0.8
	trainedGramShare     = 0.7
	trainedCentroidShare = 0.7
)

// weights are what a section knows of its features, sparse: the postings of feature f are posts[start[f]:start[f+1]].
type weights struct {
	start   []int32
	posts   []posting
	rarity  []float32 // BM25's idf of each feature
	scale   []float32 // the idf of the vectors
	unknown float64   // what a feature of a query that no document has counts
	rarest  float64   // the scale of a feature that no phrase has
	// phraseWords is how many words a phrase has on average.
	phraseWords float64
}

// MaxDocuments is how many documents an index takes of one language: far more than a file of content has room for.
const MaxDocuments = math.MaxUint16 + 1

// posting is the weight of one feature in one document.
type posting struct {
	doc      uint16
	bm25     uint16 // in steps of bm25Step
	centroid uint16 // in steps of centroidStep
}

// The weights are kept in 16 bits: what that costs in precision no ranking shows, and what it saves is most of an index.
const (
	bm25Step     = 1.0 / 2048
	centroidStep = 1.0 / math.MaxUint16
)

func (p posting) bm25Value() float64     { return float64(p.bm25) * bm25Step }
func (p posting) centroidValue() float64 { return float64(p.centroid) * centroidStep }

func stepped(value, step float64) uint16 { return uint16(min(value/step+.5, math.MaxUint16)) }

// weigh computes the weights. Features of the vocabulary that no phrase has stay without postings.
func weigh(v *vocabulary, phrases []phrase, docs int) weights {
	w := weights{rarity: make([]float32, len(v.kind)), scale: make([]float32, len(v.kind))}
	merged := mergeByDoc(phrases, docs)
	w.start, w.posts = byFeature(merged, len(v.kind), func(c count) int32 { return c.id }, func(doc int32, c count) posting {
		return posting{doc: uint16(doc), bm25: uint16(min(c.n, math.MaxUint16))}
	})
	w.setScale(v, phrases)
	w.setBM25(v, merged)
	w.setCentroids(phrases, docs)
	return w
}

// mergeByDoc adds up the features of each document's phrases.
func mergeByDoc(phrases []phrase, docs int) [][]count {
	merged := make([][]count, docs)
	for _, p := range phrases {
		merged[p.doc] = mergeCounts(merged[p.doc], p.features)
	}
	return merged
}

// mergeCounts adds two tallies into a new one.
func mergeCounts(a, b []count) []count {
	sum := make([]count, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].id < b[0].id:
			sum, a = append(sum, a[0]), a[1:]
		case a[0].id > b[0].id:
			sum, b = append(sum, b[0]), b[1:]
		default:
			sum = append(sum, count{id: a[0].id, n: a[0].n + b[0].n})
			a, b = a[1:], b[1:]
		}
	}
	return append(append(sum, a...), b...)
}

func (w *weights) of(feature int32) []posting { return w.posts[w.start[feature]:w.start[feature+1]] }

// setBM25 turns the counts in the postings into BM25 weights. Words and letters have lengths of their own; pairs have
// no part in BM25.
func (w *weights) setBM25(v *vocabulary, merged [][]count) {
	n := float64(len(merged))
	w.unknown = math.Log(1+(n+.5)/.5) / 2
	norms := lengthNorms(v, merged)
	for f, k := range v.kind {
		posts := w.of(int32(f))
		df := float64(len(posts))
		rarity := math.Log(1 + (n-df+.5)/(df+.5))
		w.rarity[f] = float32(rarity)
		for i := range posts {
			p := &posts[i]
			if k == pairKind {
				p.bm25 = 0
				continue
			}
			tf := float64(p.bm25)
			p.bm25 = stepped(rarity*tf*(bm25K+1)/(tf+bm25K*norms[k][p.doc]), bm25Step)
		}
	}
}

// lengthNorms returns, for each kind and document, 1 for one of average length, more for a longer one.
func lengthNorms(v *vocabulary, merged [][]count) [kinds][]float64 {
	var norms [kinds][]float64
	var total [kinds]float64
	for k := range norms {
		norms[k] = make([]float64, len(merged))
	}
	for doc, counts := range merged {
		for _, c := range counts {
			norms[v.kind[c.id]][doc] += float64(c.n)
			total[v.kind[c.id]] += float64(c.n)
		}
	}
	for k := range norms {
		for doc, length := range norms[k] {
			norms[k][doc] = 1 - bm25B + bm25B*length*float64(len(merged))/max(total[k], 1)
		}
	}
	return norms
}

// setScale computes the idf of the vectors, over phrases.
func (w *weights) setScale(v *vocabulary, phrases []phrase) {
	var words float64
	for _, p := range phrases {
		for _, c := range p.features {
			w.scale[c.id]++
			if v.kind[c.id] == wordKind {
				words += float64(c.n)
			}
		}
	}
	w.rarest = math.Log(1+float64(len(phrases))) + 1
	w.phraseWords = max(1, words/max(1, float64(len(phrases))))
	for f, df := range w.scale {
		w.scale[f] = float32(math.Log((1+float64(len(phrases)))/(1+float64(df))) + 1)
	}
}

// setCentroids gives each document the direction of the sum of its phrases' unit vectors.
func (w *weights) setCentroids(phrases []phrase, docs int) {
	sums := make([]float64, len(w.posts))
	for _, p := range phrases {
		norm := w.norm(p.features)
		for _, c := range p.features {
			sums[w.at(c.id, uint16(p.doc))] += w.vector(c) / norm
		}
	}
	squares := make([]float64, docs)
	for i, p := range w.posts {
		squares[p.doc] += sums[i] * sums[i]
	}
	for i := range w.posts {
		p := &w.posts[i]
		p.centroid = stepped(sums[i]/math.Sqrt(squares[p.doc]), centroidStep)
	}
}

// vector is a feature's entry in a text's vector.
func (w *weights) vector(c count) float64 {
	return (1 + math.Log(float64(c.n))) * float64(w.scale[c.id])
}

// norm is the length of a text's vector.
func (w *weights) norm(features []count) float64 {
	var squares float64
	for _, c := range features {
		squares += w.vector(c) * w.vector(c)
	}
	return math.Sqrt(squares)
}

// at finds the place of the posting of a feature in a document that has it.
func (w *weights) at(feature int32, doc uint16) int32 {
	low, high := w.start[feature], w.start[feature+1]-1
	for low < high {
		if mid := (low + high) / 2; w.posts[mid].doc < doc {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}
