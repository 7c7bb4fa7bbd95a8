package flows

import (
	"slices"
	"strconv"
	"time"

	"javab/locales/text"
)

// holds evaluates a condition. A variable that is not set is equal to nothing.
func (t *turn) holds(c *Condition) bool {
	switch {
	case c == nil:
		return true
	case c.Not != nil:
		return !t.holds(c.Not)
	case len(c.Any) > 0:
		return slices.ContainsFunc(c.Any, func(one Condition) bool { return t.holds(&one) })
	case len(c.All) > 0:
		return !slices.ContainsFunc(c.All, func(one Condition) bool { return !t.holds(&one) })
	default:
		return t.compare(c)
	}
}

func (t *turn) compare(c *Condition) bool {
	f := t.lookup(c.Var.Text)
	switch c.Op {
	case OpSet:
		return f.set()
	case OpUnset:
		return !f.set()
	}
	is := slices.ContainsFunc(c.Values, func(v string) bool { return f.is(v, t) })
	switch c.Op {
	case OpIsNot:
		return !is
	case OpGt, OpLt:
		return t.ordered(c, f)
	default:
		return is
	}
}

// is compares with a value as scripts write it: an id, or "list/id".
func (f found) is(value string, t *turn) bool {
	return f.set() && (f.plain(t.lang) == value || f.kind == foundValue && f.value.Ref == value)
}

func (t *turn) ordered(c *Condition, f found) bool {
	left, err := strconv.ParseFloat(f.plain(t.lang), 64)
	if err != nil || len(c.Values) == 0 {
		return false
	}
	right, err := strconv.ParseFloat(c.Values[0], 64)
	if err != nil {
		return false
	}
	if c.Op == OpGt {
		return left > right
	}
	return left < right
}

// expired reports whether the last day on which an item of the content may be said is over.
func (t *turn) expired(item Item) bool {
	last := item.Fields["valid_until"].Value
	return last != "" && last < day(t.in.Now.UnixMilli())
}

// shown reports whether an item of a content list is for this member at this time: whether its own `when` holds.
func (t *turn) shown(item Item) bool {
	if t.expired(item) {
		return false
	}
	when := item.Fields["when"].Value
	if when == "" {
		return true
	}
	c, err := ParseWhen(when)
	return err != nil || t.holds(&c)
}

// day writes an instant as actions and conditions see it.
func day(ms int64) string { return time.UnixMilli(ms).In(text.Tehran()).Format(time.DateOnly) }
