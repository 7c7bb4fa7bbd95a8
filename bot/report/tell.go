package report

import (
	"math"
	"time"

	"javab/locales/text"
)

// Teller puts numbers into words, for a page and for the console alike.
type Teller struct {
	Format text.Format
	// T returns a sentence of the catalogs in the reader's language.
	T func(id string, params map[string]any) string
}

// Value tells what a figure has come to: a dash when it rests on too little, words when nothing is recorded.
func (t Teller) Value(f Figure) string {
	switch {
	case f.Lacks != "":
		return t.T("report.no_data", nil)
	case !f.Known():
		return t.T("report.too_few", nil)
	default:
		return t.amount(f.ID.Measure(), f.Value)
	}
}

// Target tells what was aimed at; empty when nothing was.
func (t Teller) Target(f Figure) string {
	if f.Target == 0 {
		return ""
	}
	id := "report.target.missed"
	switch {
	case !f.Known():
		id = "report.target"
	case f.Meets():
		id = "report.target.met"
	}
	return t.T(id, map[string]any{"Target": t.amount(f.ID.Measure(), f.Target)})
}

// Change tells by how much a figure differs from an earlier one, and whether that is better: more is not always.
func (t Teller) Change(f, earlier Figure) (words string, better int) {
	by, better, told := f.Change(earlier)
	id := "report.change.same"
	switch {
	case !told:
		return "", 0
	case better > 0:
		id = "report.change.better"
	case better < 0:
		id = "report.change.worse"
	}
	if f.ID.Measure() == Share { // of what is shown, so that the reader can count it again
		by = float64(percent(f.Value)-percent(earlier.Value)) / 100
	}
	sign := "+"
	if by < 0 {
		sign = "\u2212"
	}
	if by = math.Abs(by); f.ID.Measure() == Share {
		points := int(math.Round(by * 100))
		return t.T(id, map[string]any{"By": sign + t.T("report.points", map[string]any{"N": t.Format.Number(int64(points))})}), better
	}
	return t.T(id, map[string]any{"By": sign + t.amount(f.ID.Measure(), by)}), better
}

// Of tells what a figure is made of: seven of ten.
func (t Teller) Of(f Figure) string {
	if f.ID.Measure() != Share || f.Lacks != "" {
		return ""
	}
	return t.T("report.of", map[string]any{"Over": t.N(f.Over), "Under": t.N(f.Under)})
}

// N writes a number.
func (t Teller) N(n int) string { return t.Format.Number(int64(n)) }

// Took tells a time to the minute.
func (t Teller) Took(d time.Duration) string {
	minutes := int(d.Round(time.Minute).Minutes())
	if minutes < 60 {
		return t.T("report.minutes", map[string]any{"M": t.N(minutes)})
	}
	return t.T("report.hours", map[string]any{"H": t.N(minutes / 60), "M": t.N(minutes % 60)})
}

func (t Teller) amount(m Measure, value float64) string {
	switch m {
	case Share:
		return t.Format.Percent(percent(value))
	case WorkingTime:
		return t.Took(time.Duration(value * float64(time.Second)))
	default:
		return t.N(int(value))
	}
}

// percent is rounded down: what has not quite reached its target does not look as if it had. A thousandth of a per cent is
// what floats lose.
func percent(share float64) int { return int(math.Floor(share*100 + 1e-3)) }
