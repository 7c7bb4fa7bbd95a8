package faq

import "slices"

// byFeature turns what each document has around, into rows by feature, then by document: those of feature f are
// rows[start[f]:start[f+1]]. of names the feature of an entry, row is what is kept of it.
func byFeature[E, R any](docs [][]E, features int, of func(E) int32, row func(doc int32, e E) R) (start []int32, rows []R) {
	start = make([]int32, features+1)
	for _, entries := range docs {
		for _, e := range entries {
			start[of(e)+1]++
		}
	}
	for f := range features {
		start[f+1] += start[f]
	}
	rows = make([]R, start[features])
	next := slices.Clone(start[:features])
	for doc, entries := range docs {
		for _, e := range entries {
			f := of(e)
			rows[next[f]] = row(int32(doc), e)
			next[f]++
		}
	}
	return start, rows
}
