package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// verdict is what the judge has found, by promise.
type verdict struct {
	looked map[string]int
	faults map[string][]string
	notes  []string
}

// The promises, as the verdict names them.
const (
	silent   = "no open case passes its notice interval without a word or a recorded reason"
	missed   = "no promise is broken silently"
	doubled  = "nothing is said twice"
	atNight  = "nothing is said while the chamber is closed"
	counted  = "K3 is what the timelines come to"
	informed = "no case is closed behind its member's back"
	found    = "time finds every open case"
)

var promises = []string{silent, missed, doubled, atNight, counted, informed, found}

func (v *verdict) clean() bool { return len(v.faults) == 0 }

// look notes that something was looked at, and what is wrong with it: an empty fault is none.
func (v *verdict) look(promise, fault string) {
	v.looked[promise]++
	if fault != "" {
		v.faults[promise] = append(v.faults[promise], fault)
	}
}

// mostShown is how many faults of a kind are told.
const mostShown = 10

func (v *verdict) String() string {
	var out strings.Builder
	fmt.Fprintln(&out, strings.Join(v.notes, ", "))
	for _, p := range promises {
		faults := v.faults[p]
		fmt.Fprintf(&out, "  %-80s %6d looked at, %d faults\n", p, v.looked[p], len(faults))
		for _, f := range faults[:min(mostShown, len(faults))] {
			fmt.Fprintln(&out, "    "+f)
		}
	}
	return out.String()
}

// judge compares what the database tells with what was seen in town.
func (t *town) judge(ctx context.Context) (*verdict, error) {
	l, err := read(ctx, t.db)
	if err != nil {
		return nil, err
	}
	l.almanac, l.letters, l.ends, l.gone, l.kills = t.almanac, t.heard, t.now, t.gone, len(t.killed)
	l.inTime = map[string]map[string]string{}
	for _, begin := range months[:12] {
		month := monthOf(begin)
		if err := t.order(ctx, order{Do: "k3", Text: month}); err != nil {
			return nil, err
		}
		l.inTime[month] = map[string]string{}
		for number, is := range t.replies.Vars {
			l.inTime[month][key(number)], _ = is.(string)
		}
	}
	v := l.judge()
	v.notes = append(v.notes, fmt.Sprintf("%d kills", l.kills), fmt.Sprintf("refused %v", t.refused))
	return v, nil
}

// judge looks at everything.
func (l *ledger) judge() *verdict {
	v := &verdict{looked: map[string]int{}, faults: map[string][]string{}}
	l.deliver()
	byHand := map[string]map[string]string{}
	endings := map[string]int{}
	for _, r := range l.records {
		c := follow(r, l.almanac, l.ends)
		endings[r.state+" "+r.ending]++
		l.notices(v, c)
		l.breaches(v, c)
		l.repeats(v, r)
		l.nights(v, r)
		l.endings(v, c)
		l.wakes(v, r)
		if month, is := c.standing(l.ends); month != "" && is != "" {
			if byHand[month] == nil {
				byHand[month] = map[string]string{}
			}
			byHand[month][r.number] = is
		}
	}
	l.twice(v)
	l.inNight(v)
	l.indicator(v, byHand)
	var ends []string
	for what, n := range endings {
		ends = append(ends, fmt.Sprintf("%d %s", n, strings.TrimSpace(what)))
	}
	slices.Sort(ends)
	v.notes = append(v.notes, fmt.Sprintf("%d cases (%s)", len(l.records), strings.Join(ends, ", ")), fmt.Sprintf("%d messages", len(l.letters)))
	if l.openJobs > 0 {
		v.look(found, fmt.Sprintf("%d messages still wait to be sent", l.openJobs))
	}
	return v
}

// deliver finds when each result first came to its member. Below a result are buttons that name case and round.
func (l *ledger) deliver() {
	byNumber := map[string]*record{}
	for _, r := range l.records {
		byNumber[r.number] = r
	}
	for _, letter := range l.letters {
		for _, press := range letter.Presses {
			parts := strings.Split(press, ":")
			if len(parts) < 4 || parts[0] != "c" {
				continue
			}
			r := byNumber[key(parts[2])]
			if r == nil || parts[1] != r.verdict() {
				continue
			}
			var round int
			fmt.Sscan(parts[3], &round)
			if at := r.reached[round]; at == 0 {
				r.reached[round] = r.noted(letter.at)
			}
		}
	}
}

// verdict is the button that is below the result of a case like this.
func (r *record) verdict() string {
	if r.kind == "complaint" || r.kind == "request" {
		return "solved"
	}
	return "reopen"
}

// noted is when the program says that something was delivered which came at an instant: after a kill it may have come a
// second time, and only the second is known to it.
func (r *record) noted(at int64) int64 {
	for _, e := range r.lines {
		if told := instant(e.after); e.what == "delivered" && told >= at/second*second && told <= at+minute {
			return told
		}
	}
	return at
}
