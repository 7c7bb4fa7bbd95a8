package memstore

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"

	"javab/storage"
)

// table is a map whose changes a transaction can take back.
type table[K comparable, V any] map[K]V

// put writes a row and notes how to undo it.
func put[K comparable, V any](t *tx, rows *table[K, V], key K, value V) {
	if *rows == nil {
		*rows = table[K, V]{}
	}
	before, had := (*rows)[key]
	m := *rows
	t.undo = append(t.undo, func() {
		if had {
			m[key] = before
		} else {
			delete(m, key)
		}
	})
	m[key] = value
}

// del deletes a row and notes how to undo it.
func del[K comparable, V any](t *tx, rows table[K, V], key K) {
	before, had := rows[key]
	if !had {
		return
	}
	t.undo = append(t.undo, func() { rows[key] = before })
	delete(rows, key)
}

// round keeps instants as every store does.
func round(times ...*time.Time) {
	for _, at := range times {
		*at = storage.Round(*at)
	}
}

// where returns the rows that fit, in an order.
func where[K comparable, V any](rows table[K, V], fits func(V) bool, order func(a, b V) int) (found []V) {
	for _, row := range rows {
		if fits(row) {
			found = append(found, row)
		}
	}
	slices.SortFunc(found, order)
	return found
}

// ordered walks a table by its keys.
func ordered[K cmp.Ordered, V any](rows table[K, V]) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(rows)) {
			if !yield(k, rows[k]) {
				return
			}
		}
	}
}
