package studioweb

import "strings"

// change is one line of a difference: what it says, and whether it was taken out or put in. Lines far from any change are
// left out, and counted.
type change struct {
	Text    string
	Out, In bool
	Skipped int // lines that are left out here
	Before  int // number of the line in the old text, 0 for a new one
	After   int // and in the new one, 0 for one that is gone
}

// Mark is what stands before the line, for eyes that tell no colours apart.
func (c change) Mark() string {
	switch {
	case c.Out:
		return "−"
	case c.In:
		return "+"
	default:
		return " "
	}
}

// around is how many lines that stay are shown before and behind a change.
const around = 3

// tooLong bounds the work of a difference: longer middles are shown as taken out and put in whole.
const tooLong = 2000

// compare finds which lines were taken out and which put in.
func compare(before, after string) []change {
	a, b := lines(before), lines(after)
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	to := 0
	for to < len(a)-from && to < len(b)-from && a[len(a)-1-to] == b[len(b)-1-to] {
		to++
	}
	all := make([]change, 0, len(a)+len(b))
	for i := range from {
		all = append(all, change{Text: a[i], Before: i + 1, After: i + 1})
	}
	all = append(all, middle(a[from:len(a)-to], b[from:len(b)-to], from)...)
	for i := to; i > 0; i-- {
		all = append(all, change{Text: a[len(a)-i], Before: len(a) - i + 1, After: len(b) - i + 1})
	}
	return near(all)
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// middle compares what is left when the common beginning and end are gone: the longest row of common lines stays.
func middle(a, b []string, from int) []change {
	common := rows(a, b)
	var all []change
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			all = append(all, change{Text: a[i], Before: from + i + 1, After: from + j + 1})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && (common == nil || common[i+1][j] >= common[i][j+1]):
			all = append(all, change{Text: a[i], Out: true, Before: from + i + 1})
			i++
		default:
			all = append(all, change{Text: b[j], In: true, After: from + j + 1})
			j++
		}
	}
	return all
}

// rows tells of each pair of places how many lines are common behind them; nil when that would be too much work.
func rows(a, b []string) [][]int32 {
	if len(a) > tooLong || len(b) > tooLong {
		return nil
	}
	common := make([][]int32, len(a)+1)
	for i := range common {
		common[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	return common
}

// near leaves out the lines that are far from every change.
func near(all []change) (shown []change) {
	keep := make([]bool, len(all))
	for i, c := range all {
		if c.Out || c.In {
			for j := max(0, i-around); j <= min(len(all)-1, i+around); j++ {
				keep[j] = true
			}
		}
	}
	for i, c := range all {
		switch {
		case keep[i]:
			shown = append(shown, c)
		case len(shown) > 0 && shown[len(shown)-1].Skipped > 0:
			shown[len(shown)-1].Skipped++
		default:
			shown = append(shown, change{Skipped: 1})
		}
	}
	return shown
}

// changed reports whether a difference has any change in it.
func changed(all []change) bool {
	for _, c := range all {
		if c.Out || c.In {
			return true
		}
	}
	return false
}
