package report

import (
	"cmp"
	"slices"
	"time"
)

// Few is how many items a number needs to say something. What rests on fewer is not told.
const Few = 5

// Figure is an indicator for one period: a number with all that it rests on.
type Figure struct {
	ID Indicator
	// Over of Under: members of the standard, good answers of all, complaints in time of those due, renewals of the cards that
	// expire. Of K4 only Under is a number: how many were answered.
	Over, Under int
	// Rests is how many items the value rests on.
	Rests int
	Value float64 // in the indicator's measure
	// Mean, Median and Ninth are of K4: half were answered within the median, nine of ten within the ninth.
	Mean, Median, Ninth time.Duration
	Parts               []Part  // in the order of the standings, those without items too
	Target              float64 // in the indicator's measure; 0: none is set
	// Lacks says what is not recorded, so that the figure cannot be known; empty when it can.
	Lacks string
}

// Part is how many items have a standing. Those that are Apart are in no other number.
type Part struct {
	Standing Standing
	N        int
	Apart    bool
}

// Known reports whether the value says something.
func (f Figure) Known() bool { return f.Lacks == "" && f.Rests >= Few }

// Of returns how many items have a standing.
func (f Figure) Of(s Standing) int {
	for _, p := range f.Parts {
		if p.Standing == s {
			return p.N
		}
	}
	return 0
}

// Meets reports whether the target is reached: of waiting, less is better. Ask only where there is a target.
func (f Figure) Meets() bool { return f.better(f.Value, f.Target) >= 0 }

// Change is by how much the value differs from that of an earlier figure, and whether it is better (1) or worse (-1); no
// change is told where one of them says nothing.
func (f Figure) Change(earlier Figure) (by float64, better int, told bool) {
	if !f.Known() || !earlier.Known() {
		return 0, 0, false
	}
	return f.Value - earlier.Value, f.better(f.Value, earlier.Value), true
}

func (f Figure) better(a, b float64) int {
	if f.ID == Response {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

// figure counts the items of an indicator.
func figure(id Indicator, items []Item, goal float64) Figure {
	f := Figure{ID: id, Target: goal}
	count := func(of []Standing, apart bool) (sum int) {
		for _, s := range of {
			n := 0
			for _, item := range items {
				if item.Standing == s {
					n++
				}
			}
			f.Parts, sum = append(f.Parts, Part{s, n, apart}), sum+n
		}
		return sum
	}
	known := standings[id]
	f.Over = count(known.over, false)
	f.Rests = f.Over + count(known.under, false)
	count(known.apart, true)
	f.Under = f.Rests
	switch id.Measure() {
	case Number:
		f.Value, f.Under = float64(f.Over), int(goal)
	case Share:
		if f.Rests > 0 {
			f.Value = float64(f.Over) / float64(f.Rests)
		}
	case WorkingTime:
		f.times(items)
	}
	return f
}

// times are the mean and what so many of the answers took at most.
func (f *Figure) times(items []Item) {
	var took []time.Duration
	var sum time.Duration
	for _, item := range items {
		if item.Standing == Answered {
			took, sum = append(took, item.Took), sum+item.Took
		}
	}
	if len(took) == 0 {
		return
	}
	slices.Sort(took)
	f.Mean = sum / time.Duration(len(took))
	f.Median, f.Ninth = nearest(took, 50), nearest(took, 90)
	f.Value = f.Mean.Seconds()
}

// nearest is the percentile of a sorted list by nearest rank: a value that really occurred.
func nearest(sorted []time.Duration, percent int) time.Duration {
	return sorted[(len(sorted)*percent+99)/100-1]
}
