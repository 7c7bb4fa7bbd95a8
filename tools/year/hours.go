package main

import (
	"slices"
	"time"
)

// hours is the working time of a unit, as a list of days with their opening and closing. It counts by adding up, and shares
// nothing with the program's own way to count.
type hours []stretch

// stretch is an opening, in unix ms.
type stretch struct{ from, to int64 }

// pairs reads what the house tells of its days, in unix s.
func pairs(seconds []int64) (h hours) {
	for i := 0; i+1 < len(seconds); i += 2 {
		h = append(h, stretch{seconds[i] * 1000, seconds[i+1] * 1000})
	}
	return h
}

// from returns the stretches that end after t.
func (h hours) from(t int64) hours {
	i, _ := slices.BinarySearchFunc(h, t, func(s stretch, t int64) int {
		if s.to <= t {
			return -1
		}
		return 1
	})
	return h[i:]
}

// add is so much working time after t; what is over the list's end is its end.
func (h hours) add(t, d int64) int64 {
	for _, s := range h.from(t) {
		begin := max(s.from, t)
		if d <= s.to-begin {
			return begin + d
		}
		d -= s.to - begin
		t = s.to
	}
	return t
}

// between is the working time from a to b.
func (h hours) between(a, b int64) (sum int64) {
	for _, s := range h.from(a) {
		if s.from >= b {
			break
		}
		sum += min(s.to, b) - max(s.from, a)
	}
	return sum
}

func (h hours) open(t int64) bool {
	ahead := h.from(t)
	return len(ahead) > 0 && ahead[0].from <= t
}

// opening is when work goes on: t itself while it does.
func (h hours) opening(t int64) int64 {
	if ahead := h.from(t); len(ahead) > 0 {
		return max(t, ahead[0].from)
	}
	return t
}

// almanac is the working time of all units as it was known since an instant. A change never touches the past.
type almanac []page

type page struct {
	since int64
	units map[string]hours
}

func (a *almanac) turn(since int64, days map[string][]int64) {
	units := make(map[string]hours, len(days))
	for unit, seconds := range days {
		units[unit] = pairs(seconds)
	}
	*a = append(*a, page{since, units})
}

// of returns a unit's working time as it was known at t.
func (a almanac) of(unit string, t int64) hours {
	i := len(a) - 1
	for i > 0 && a[i].since > t {
		i--
	}
	return a[i].units[unit]
}

const (
	second = int64(1000)
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour
)

// tehran is where the chamber is: three and a half hours before the others, all year.
var tehran = time.FixedZone("Tehran", 12600)

func shown(t int64) string { return time.UnixMilli(t).In(tehran).Format("2006-01-02 15:04:05") }
