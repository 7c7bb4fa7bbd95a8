package content

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"javab/bot"
	"javab/flows"
)

// list is one content list with its index.
type list struct {
	items []flows.Item
	at    map[string]int
}

// lists are all of them, by name.
type lists map[string]*list

func (l lists) add(name string, items ...flows.Item) {
	one := l[name]
	if one == nil {
		one = &list{at: map[string]int{}}
		l[name] = one
	}
	for _, item := range items {
		if _, twice := one.at[item.ID]; !twice {
			one.at[item.ID] = len(one.items)
			one.items = append(one.items, item)
		}
	}
}

// List returns the items of a content list in their order.
func (l lists) List(name string) ([]flows.Item, bool) {
	one, ok := l[name]
	if !ok {
		return nil, false
	}
	return one.items, true
}

// Item returns one entry of a list.
func (l lists) Item(name, id string) (flows.Item, bool) {
	one, ok := l[name]
	if !ok {
		return flows.Item{}, false
	}
	i, ok := one.at[id]
	if !ok {
		return flows.Item{}, false
	}
	return one.items[i], true
}

// some returns the entries of a list that have one of the ids, in the order of the ids.
func (l lists) some(name string, ids []string) []flows.Item {
	var items []flows.Item
	for _, id := range ids {
		if item, ok := l.Item(name, id); ok {
			items = append(items, item)
		}
	}
	return items
}

// fields puts an item's fields together; what says nothing is left out, so that scripts can ask whether it is set.
type fields map[string]flows.Field

func (f fields) text(name string, t bot.Text) {
	if !t.Empty() {
		f[name] = flows.Field{Text: t}
	}
}

func (f fields) value(name, v string) {
	if v != "" {
		f[name] = flows.Field{Value: v}
	}
}

func (f fields) number(name string, n int) {
	if n != 0 {
		f[name] = flows.Field{Value: strconv.Itoa(n)}
	}
}

func (f fields) flag(name string, on bool) {
	if on {
		f[name] = flows.Field{Value: "true"}
	}
}

func (f fields) ref(name, list, id string) {
	if id != "" {
		f[name] = flows.Field{Ref: list + "/" + id}
	}
}

func (f fields) items(name string, items []flows.Item) {
	if len(items) > 0 {
		f[name] = flows.Field{Items: items}
	}
}

// decided is the variable under which the scripts keep the answers to a guide's first questions.
const decided = "first."

// condition writes a `when` as the engine reads it, on one line.
func (w when) condition() string {
	var clauses []string
	for _, question := range slices.Sorted(maps.Keys(w)) {
		op := " is "
		if len(w[question]) > 1 {
			op = " in "
		}
		clauses = append(clauses, decided+question+op+strings.Join(w[question], " "))
	}
	return strings.Join(clauses, " and ")
}
