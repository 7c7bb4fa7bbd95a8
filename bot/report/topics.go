package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Grouping is what complaints are told apart by.
type Grouping string

// The groupings.
const (
	ByCategory Grouping = "category"
	ByUnit     Grouping = "unit"
	ByCause    Grouping = "cause"
)

// Groupings lists them.
var Groupings = [...]Grouping{ByCategory, ByUnit, ByCause}

// Topic is how many complaints of one kind were filed, and how many before.
type Topic struct {
	Key      string // a category, unit or cause; empty: none was noted
	N        int
	Before   int
	Disputed int
}

// Topics counts the complaints that were filed in a period, most first, and in the period before.
func (o *Office) Topics(ctx context.Context, ask Ask) (map[Grouping][]Topic, error) {
	now, err := o.filed(ctx, ask, true)
	if err != nil {
		return nil, err
	}
	before, err := o.filed(ctx, ask.earlier(), true)
	if err != nil {
		return nil, err
	}
	topics := make(map[Grouping][]Topic, len(Groupings))
	for _, by := range Groupings {
		topics[by] = grouped(by, now, before)
	}
	return topics, nil
}

func grouped(by Grouping, now, before []Case) []Topic {
	found := map[string]*Topic{}
	topic := func(c Case) *Topic {
		key := by.key(c)
		if found[key] == nil {
			found[key] = &Topic{Key: key}
		}
		return found[key]
	}
	for _, c := range now {
		t := topic(c)
		t.N++
		if c.Dispute {
			t.Disputed++
		}
	}
	for _, c := range before {
		topic(c).Before++
	}
	list := make([]Topic, 0, len(found))
	for _, t := range found {
		list = append(list, *t)
	}
	slices.SortFunc(list, func(a, b Topic) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(b.Before, a.Before), cmp.Compare(a.Key, b.Key))
	})
	return list
}

// key is by what a case is told apart.
func (g Grouping) key(c Case) string {
	switch g {
	case ByUnit:
		return string(c.Unit)
	case ByCause:
		return c.Cause
	default:
		return c.Category
	}
}

// Filed lists the complaints of one topic, which its number opens.
func (o *Office) Filed(ctx context.Context, ask Ask, by Grouping, key string) ([]Item, error) {
	found, err := o.filed(ctx, ask, false)
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, c := range found {
		if by.key(c) == key {
			items = append(items, Item{Case: c})
		}
	}
	return items, nil
}

// filed are the complaints that were filed in a period; bare where they are only counted.
func (o *Office) filed(ctx context.Context, ask Ask, bare bool) ([]Case, error) {
	q := ask.query()
	q.Bare = bare
	found, err := o.Store.ReportCases(ctx, q, OpenedIn)
	if err != nil {
		return nil, fmt.Errorf("read complaints of %s: %w", ask.Period, err)
	}
	return found, nil
}
