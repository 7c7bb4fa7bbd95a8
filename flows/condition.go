package flows

import (
	"errors"
	"strings"
)

// Op compares a variable with a value.
type Op string

// The comparisons. OpSet and OpUnset take no value; OpIn takes several.
const (
	OpIs    Op = "is"
	OpIsNot Op = "is_not"
	OpSet   Op = "set"
	OpUnset Op = "unset"
	OpIn    Op = "in"
	OpGt    Op = "gt"
	OpLt    Op = "lt"
)

// Ops lists the comparisons, as the documentation does.
var Ops = []string{string(OpIs), string(OpIsNot), string(OpSet), string(OpUnset), string(OpIn), string(OpGt), string(OpLt)}

// MaxConditionDepth bounds how deep conditions nest.
const MaxConditionDepth = 5

// Condition is a comparison, or a group of conditions. One of Var, All, Any and Not is set.
type Condition struct {
	Var    Name
	Op     Op
	Values []string
	All    []Condition
	Any    []Condition
	Not    *Condition
	Pos    Pos
}

// valued reports whether the comparison needs a value.
func (o Op) valued() bool { return o != OpSet && o != OpUnset }

// ParseWhen reads a condition as the items of content lists carry it, on one line: "applicant is natural",
// "applicant in natural legal", "company set". Several, joined by " and ", must all hold.
func ParseWhen(s string) (Condition, error) {
	var all []Condition
	for clause := range strings.SplitSeq(s, " and ") {
		one, err := parseClause(strings.Fields(clause))
		if err != nil {
			return Condition{}, err
		}
		all = append(all, one)
	}
	if len(all) == 1 {
		return all[0], nil
	}
	return Condition{All: all}, nil
}

func parseClause(words []string) (Condition, error) {
	if len(words) < 2 || !validPath(words[0]) {
		return Condition{}, errors.New(`a condition reads "variable is value"`)
	}
	c := Condition{Var: Name{Text: words[0]}, Op: Op(words[1]), Values: words[2:]}
	if !knownOp(c.Op) || c.Op.valued() != (len(c.Values) > 0) {
		return Condition{}, errors.New("a condition compares with one of " + strings.Join(Ops, ", "))
	}
	return c, nil
}

func knownOp(op Op) bool {
	switch op {
	case OpIs, OpIsNot, OpSet, OpUnset, OpIn, OpGt, OpLt:
		return true
	default:
		return false
	}
}

// each calls f for every comparison in c.
func (c *Condition) each(f func(*Condition)) {
	if c == nil {
		return
	}
	for i := range c.All {
		c.All[i].each(f)
	}
	for i := range c.Any {
		c.Any[i].each(f)
	}
	c.Not.each(f)
	if c.Var.Text != "" {
		f(c)
	}
}
