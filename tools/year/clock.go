package main

import (
	"cmp"
	"slices"
	"time"
)

// course is what a case's timeline comes to, counted by hand: when its promise ran and broke, and when its member heard.
type course struct {
	r       *record
	almanac almanac

	state    string
	promised int64
	spent    int64
	since    int64 // the clock runs since then; 0: it stands
	stopped  bool  // by a manager
	broken   bool
	due      int64 // as it was last counted
	round    int
	reached  int64 // when the present result came to the member; 0: it has not

	breaks []broken // promises, in order
	told   []telling
	owed   []stretch // in which the member is to hear of his case
}

// broken is when a promise fell due unkept.
type broken struct {
	at     int64
	reopen bool // it was kept once, and shows as broken because the case was opened again after its date
}

// telling is a word to the member, or the reason why there was none.
type telling struct {
	at   int64
	late bool // it says itself that it comes late, or that nobody could be told
}

// follow reads a timeline until an instant.
func follow(r *record, a almanac, until int64) *course {
	c := &course{r: r, almanac: a, state: "received", promised: r.promised, told: []telling{{at: r.opened}}}
	c.owed = []stretch{{from: r.opened}}
	c.start(r.opened)
	for _, e := range r.lines {
		c.arrive(e.at)
		c.read(e)
	}
	c.arrive(until)
	if c.since > 0 {
		since := c.since
		c.stop(until)
		c.since = since
	}
	c.owes(until, false)
	for _, w := range r.words {
		if w.step == "told" { // by an officer: in words of his own, or by asking for something
			c.told = append(c.told, telling{at: w.at})
		}
	}
	slices.SortStableFunc(c.told, func(a, b telling) int { return cmp.Compare(a.at, b.at) })
	return c
}

func (c *course) hours(at int64) hours { return c.almanac.of(c.r.unit, at) }

// start lets the clock run from an instant on.
func (c *course) start(at int64) {
	if c.since == 0 {
		c.since = at
	}
}

// stop adds up what the promise has used, and finds whether it broke on the way.
func (c *course) stop(at int64) {
	if c.since == 0 {
		return
	}
	h, left := c.hours(at), c.promised-c.spent
	used := h.between(c.since, at)
	if !c.broken {
		if c.due = h.add(c.since, left); at > c.due || at == c.due && c.state != "proposed" {
			c.broken = true
			c.breaks = append(c.breaks, broken{at: c.due})
		}
	}
	c.spent += used
	c.since = 0
}

// arrive stops the clock when the result has come to the member by then.
func (c *course) arrive(by int64) {
	if c.state == "proposed" && c.reached == 0 {
		if at := c.r.reached[c.round]; at > 0 && at <= by {
			c.reached = at
			c.stop(at)
			c.told = append(c.told, telling{at: at})
		}
	}
}

// owes notes whether the member is to hear of his case from an instant on.
func (c *course) owes(at int64, yes bool) {
	last := &c.owed[len(c.owed)-1]
	switch {
	case yes && last.to > 0:
		c.owed = append(c.owed, stretch{from: at})
	case !yes && last.to == 0:
		last.to = at
	}
}

// read takes in one line.
func (c *course) read(e line) {
	switch e.what {
	case "begun", "resumed", "not_solved":
		c.works("in_work", e.at)
	case "referred":
		c.works("referred", e.at)
	case "waiting_external":
		c.works("waiting_external", e.at)
	case "waiting_member":
		c.works("waiting_member", e.at)
		c.stop(e.at)
	case "clock_stopped":
		c.stopped = true
		c.stop(e.at)
	case "clock_started":
		c.stopped = false
		c.start(e.at)
	case "proposed":
		c.works("proposed", e.at)
		c.owes(e.at, false)
		c.round++
		c.reached = 0
		c.arrive(e.at)
	case "called":
		c.called(e)
	case "solved", "closed", "withdrawn":
		c.over(e.at)
	case "reopened", "fails":
		c.again(e.at)
	case "notice", "due_changed":
		c.told = append(c.told, telling{at: e.at})
	case "notice_late", "unsent":
		c.told = append(c.told, telling{at: e.at, late: true})
	}
}

// works is a state in which the clock runs.
func (c *course) works(state string, at int64) {
	if c.state != state {
		c.stopped = false
	}
	c.state = state
	c.owes(at, true)
	c.start(at)
}

func (c *course) called(e line) {
	switch e.after {
	case "in_work":
		c.works("in_work", e.at)
	case "closed":
		c.over(e.at)
	case "":
		c.stop(e.at) // somebody tried
	}
}

func (c *course) over(at int64) {
	c.stop(at)
	c.state = "over"
	c.owes(at, false)
}

// again opens it: a promise that has broken by then is given anew, any other goes on.
func (c *course) again(at int64) {
	if !c.broken && at > c.due {
		c.breaks = append(c.breaks, broken{c.due, true})
		c.broken = true
	}
	if c.broken {
		c.broken, c.spent = false, 0
	}
	c.told = append(c.told, telling{at: at})
	c.works("reopened", at)
}

// standing is what the case is to K3 in a month, by hand: "in_time", "late", or nothing when it is not counted.
func (c *course) standing(now int64) (month, is string) {
	if c.r.kind != "complaint" {
		return "", ""
	}
	if n := len(c.breaks); n > 0 {
		return monthOf(c.breaks[n-1].at), "late"
	}
	if c.state == "over" && c.r.state == "closed" || c.state == "proposed" && c.reached > 0 {
		return monthOf(c.due), "in_time"
	}
	return "", ""
}

// months of 1405, by the day on which each begins: six of 31 days, five of 30, one of 29.
var months = func() (begin []int64) {
	at := newYear
	for i := range 13 {
		begin = append(begin, at)
		if at += 31 * day; i >= 6 {
			at -= day
		}
	}
	begin[12] = newYear + 365*day
	return begin
}()

func monthOf(at int64) string {
	i, exact := slices.BinarySearch(months, at)
	if !exact {
		i--
	}
	if i < 0 || i > 11 {
		return ""
	}
	return "1405-" + time.Date(0, time.Month(i+1), 1, 0, 0, 0, 0, time.UTC).Format("01")
}
