package memstore

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"javab/bot/hours"
	"javab/bot/worktime"
	"javab/storage"
)

// HoursVersion implements hours.Tx.
func (t *tx) HoursVersion(context.Context) (last int64, err error) {
	for version := range t.changed {
		last = max(last, version)
	}
	return last, nil
}

// HoursRows implements hours.Tx.
func (t *tx) HoursRows(context.Context) ([]hours.Row, error) {
	rows := []hours.Row{}
	for _, row := range t.hours {
		if !row.Gone {
			rows = append(rows, rowOfHours(row))
		}
	}
	slices.SortFunc(rows, func(a, b hours.Row) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.ID, b.ID)) })
	return rows, nil
}

// SaveHours implements hours.Tx.
func (t *tx) SaveHours(_ context.Context, r hours.Row) error {
	put(t, &t.hours, r.ID, rowOfHours(r))
	return nil
}

func rowOfHours(r hours.Row) hours.Row {
	r.At = storage.Round(r.At)
	for day, windows := range r.Open {
		r.Open[day] = append([]worktime.Window(nil), windows...)
	}
	return r
}

// LogHours implements hours.Tx.
func (t *tx) LogHours(_ context.Context, c hours.Change) error {
	c.At = storage.Round(c.At)
	put(t, &t.changed, c.Version, c)
	return nil
}

// ReadHours implements hours.Reads.
func (s *Store) ReadHours(ctx context.Context) (int64, []hours.Row, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &tx{data: &s.data}
	version, _ := t.HoursVersion(ctx)
	rows, err := t.HoursRows(ctx)
	return version, rows, err
}

// HoursChanges implements hours.Reads.
func (s *Store) HoursChanges(_ context.Context, since int64) ([]hours.Change, error) {
	return locked(s, func(t *tx) []hours.Change {
		list := []hours.Change{}
		for version, c := range ordered(t.changed) {
			if version > since {
				list = append(list, c)
			}
		}
		return list
	}), nil
}
