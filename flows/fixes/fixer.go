package fixes

import (
	"javab/flows"
)

// Fixer finds fixes for one file.
type Fixer struct {
	// Env is what the script is checked against.
	Env flows.Env
	// Check returns the problems of the file as it would be with this text, among all the others.
	Check func(src []byte) []flows.Problem
}

// All offers a fix for each problem of a file that has one; problems are those of src.
func (x Fixer) All(src []byte, problems []flows.Problem) []flows.Problem {
	fixed := make([]flows.Problem, len(problems))
	for i, p := range problems {
		p.Fix = x.find(src, p, problems)
		fixed[i] = p
	}
	return fixed
}

// Find offers a fix for one problem of a file, nil when none is known.
func (x Fixer) Find(src []byte, p flows.Problem) *flows.Fix { return x.find(src, p, x.Check(src)) }

func (x Fixer) find(src []byte, p flows.Problem, before []flows.Problem) *flows.Fix {
	s := newSheet(src, p, x.Env)
	for _, offer := range offers[p.Code] {
		for _, fix := range offer(s) {
			if better(p, before, x.Check(flows.Apply(src, fix))) {
				return &fix
			}
		}
	}
	return nil
}

// better reports whether a problem is gone, and no error came in its place.
func better(p flows.Problem, before, after []flows.Problem) bool {
	left := count(after)
	for what, n := range count(before) {
		if what == kindOf(p) {
			n--
		}
		if left[what] > n && (what.severity == flows.Error || what == kindOf(p)) {
			return false
		}
		delete(left, what)
	}
	for what := range left {
		if what.severity == flows.Error || what.code == p.Code {
			return false
		}
	}
	return true
}

// kind is what two problems have in common whose places may have moved.
type kind struct {
	severity         flows.Severity
	code, name, lang string
}

func kindOf(p flows.Problem) kind {
	return kind{p.Severity, p.Code, p.Params["Name"], p.Params["Lang"]}
}

func count(problems []flows.Problem) map[kind]int {
	n := map[kind]int{}
	for _, p := range problems {
		n[kindOf(p)]++
	}
	return n
}
