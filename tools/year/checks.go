package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// What the content promises (flows/scripts/content/promises.yaml), said once more by hand.
const (
	noticeEvery = 16 * hour
	silenceEnds = 40 * hour
	reminders   = 2
	breachSoon  = 20 * minute // the house looks every ten
	perKill     = 8           // senders, each with a message in hand
)

// instant reads a time as timelines tell it; 0 when there is none.
func instant(s string) int64 {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return 0
	}
	return t.UnixMilli()
}

// excused reports whether the house was away in a stretch.
func (l *ledger) excused(from, to int64) bool {
	return l.gone.from > 0 && from < l.gone.to && to >= l.gone.from
}

// notices: while a member is to hear of his case, no more than the promised working time lies between two words.
func (l *ledger) notices(v *verdict, c *course) {
	for _, owed := range c.owed {
		last := owed.from
		for _, t := range append(c.told, telling{at: owed.to}) {
			if t.at < owed.from || t.at > owed.to {
				if t.at < owed.from {
					last = max(last, t.at)
				}
				continue
			}
			gap := c.hours(t.at).between(last, t.at)
			switch {
			case gap <= noticeEvery || gap <= noticeEvery+breachSoon && c.r.has("breached", last, t.at): // due with the promise: then an apology is the word
				v.look(silent, "")
			case l.excused(last, t.at) && (t.late || t.at <= l.gone.to+often || c.r.has("breached", last, t.at)):
				v.look(silent, "") // it says so, or somebody was quicker than the first round, or the promise broke with it
			case t.late:
				v.look(silent, fmt.Sprintf("%s: late at %s without need, %.1f h after %s", c.r.number, shown(t.at), float64(gap)/float64(hour), shown(last)))
			default:
				v.look(silent, fmt.Sprintf("%s: nothing said from %s to %s, %.1f h", c.r.number, shown(last), shown(t.at), float64(gap)/float64(hour)))
			}
			last = t.at
		}
	}
}

// breaches: each broken promise stands in the timeline at once, and its member hears.
func (l *ledger) breaches(v *verdict, c *course) {
	var noted []line
	for _, e := range c.r.lines {
		if e.what == "breached" {
			noted = append(noted, e)
		}
	}
	for i := range max(len(noted), len(c.breaks)) {
		switch {
		case i >= len(noted):
			v.look(missed, fmt.Sprintf("%s: broke at %s, and no line says so", c.r.number, shown(c.breaks[i].at)))
		case i >= len(c.breaks):
			v.look(missed, fmt.Sprintf("%s: said to be broken at %s, which it is not", c.r.number, noted[i].before))
		default:
			v.look(missed, l.breach(c, c.breaks[i], noted[i]))
		}
	}
}

func (l *ledger) breach(c *course, b broken, noted line) string {
	at := b.at
	if said := instant(noted.before); said != at/second*second && c.hours(at).between(min(said, at), max(said, at)) > second {
		return fmt.Sprintf("%s: broke at %s, said to be at %s", c.r.number, shown(at), shown(said))
	}
	if b.reopen { // its member has just been told the new date
		return ""
	}
	if noted.at-at > breachSoon && !l.excused(at, noted.at) {
		return fmt.Sprintf("%s: broke at %s, noted only at %s", c.r.number, shown(at), shown(noted.at))
	}
	heard := int64(0)
	for _, t := range c.told {
		if t.at >= at && heard == 0 {
			heard = t.at
		}
	}
	for _, e := range c.r.lines {
		over := e.what == "solved" || e.what == "closed" || e.what == "withdrawn" || e.what == "proposed"
		if over && e.at >= at && (heard == 0 || e.at < heard) {
			heard = e.at
		}
	}
	if heard == 0 {
		heard = l.ends
	}
	if gap := c.hours(heard).between(at, heard); gap > noticeEvery && !l.excused(at, heard) {
		return fmt.Sprintf("%s: broke at %s, its member heard nothing until %s", c.r.number, shown(at), shown(heard))
	}
	return ""
}

// repeats: each planned word was written once.
func (l *ledger) repeats(v *verdict, r *record) {
	said := map[string]bool{}
	once := func(what string) {
		fault := ""
		if said[what] {
			fault = r.number + ": twice " + what
		}
		said[what] = true
		v.look(doubled, fault)
	}
	written := map[string]int{}
	for _, w := range r.words {
		once("message " + w.key)
		written[w.step]++
	}
	lines := map[string]int{}
	round, reminded := 0, 0
	for _, e := range r.lines {
		lines[e.what]++
		switch e.what {
		case "notice", "notice_late":
			once("notice planned for " + e.before)
		case "proposed":
			round, reminded = round+1, 0
		case "reminded":
			if reminded++; reminded > reminders {
				once(fmt.Sprintf("reminder %d of round %d", reminders, round))
				once(fmt.Sprintf("reminder %d of round %d", reminders, round))
			}
		case "survey", "check_in":
			once(fmt.Sprintf("%s of round %d", e.what, round))
		}
	}
	for _, step := range []string{"notice", "notice_late", "due_changed", "reminded", "survey", "check_in"} {
		if written[step] != lines[step] && step != "notice_late" || written[step] > lines[step] { // one that is late may be told with other news
			v.look(doubled, fmt.Sprintf("%s: %d messages are %s, %d lines", r.number, written[step], step, lines[step]))
		}
	}
}

// twice: what reached a member twice was in hand at a kill.
func (l *ledger) twice(v *verdict) {
	last := map[string]int64{}
	n := 0
	var of []string
	for _, letter := range l.letters {
		if letter.doing != "round" {
			continue
		}
		same := letter.Chat + "\n" + letter.Text
		if at, before := last[same]; before && letter.at-at < 5*minute {
			n++
			of = append(of, fmt.Sprintf("to %s at %s: %.60s", letter.Chat, shown(letter.at), strings.ReplaceAll(letter.Text, "\n", " ")))
		}
		last[same] = letter.at
	}
	v.notes = append(v.notes, fmt.Sprintf("%d came twice", n))
	fault := ""
	if n > l.kills*perKill {
		fault = fmt.Sprintf("%d messages came twice at %d kills: %s", n, l.kills, strings.Join(of[:min(5, len(of))], "; "))
	}
	v.look(doubled, fault)
}

// byTime are the steps of what is written because of time, not by people.
var byTime = map[string]bool{"notice": true, "notice_late": true, "due_changed": true, "reminded": true, "survey": true, "check_in": true}

// nights: nothing is written of the program's own accord while the unit is closed.
func (l *ledger) nights(v *verdict, r *record) {
	for _, w := range r.words {
		if !byTime[w.step] && (w.step != "closed" || r.has("called", w.at, w.at)) {
			continue
		}
		fault := ""
		if !l.almanac.of(r.unit, w.at).open(w.at) {
			fault = fmt.Sprintf("%s: %s at %s", r.number, w.step, shown(w.at))
		}
		v.look(atNight, fault)
	}
}

// inNight: and nothing of it reaches anybody then.
func (l *ledger) inNight(v *verdict) {
	for _, letter := range l.letters {
		if letter.doing != "round" {
			continue
		}
		open := false
		for unit := range l.almanac[0].units {
			open = open || l.almanac.of(unit, letter.at).open(letter.at)
		}
		fault := ""
		if !open {
			fault = fmt.Sprintf("to %s at %s: %.80s", letter.Chat, shown(letter.at), strings.ReplaceAll(letter.Text, "\n", " "))
		}
		v.look(atNight, fault)
	}
}

// has reports whether the timeline has a line of a kind from one instant to another.
func (r *record) has(what string, from, to int64) bool {
	return slices.ContainsFunc(r.lines, func(e line) bool { return e.what == what && e.at >= from && e.at <= to })
}

// endings: whoever's case is closed has got its result, or was called.
func (l *ledger) endings(v *verdict, c *course) {
	r := c.r
	if r.state != "closed" {
		return
	}
	reached, called := r.reached[r.round], ""
	for _, k := range r.calls {
		if k.id == fmt.Sprintf("call:%s:r%d", r.id, r.round) {
			called = k.outcome
		}
	}
	came := reached > 0 && reached <= r.closed
	fault := ""
	switch r.ending {
	case "solved", "told":
		if !came {
			fault = "the result never came"
		}
	case "called":
		if called != "solved" {
			fault = "nobody was called"
		}
	case "silence":
		fault = l.silence(c, came, reached, called)
	default:
		fault = "it has no ending"
	}
	if fault != "" {
		fault = fmt.Sprintf("%s: closed at %s as %s: %s", r.number, shown(r.closed), r.ending, fault)
	}
	v.look(informed, fault)
}

// silence ends a case only after the whole ladder, and only of somebody who was there or was called.
func (l *ledger) silence(c *course, came bool, reached int64, called string) string {
	if !came && called != "not_reached" {
		return "the result never came, and nobody was called"
	}
	if !came {
		return ""
	}
	there := called == "not_reached"
	for _, at := range c.r.seen {
		there = there || at > reached && at <= c.r.closed
	}
	if !there {
		return "nobody knows whether he was there"
	}
	if waited := c.hours(c.r.closed).between(reached, c.r.closed); waited < silenceEnds {
		return fmt.Sprintf("after %.1f h", float64(waited)/float64(hour))
	}
	return ""
}

// wakes: what is open has a time at which it is looked at, and none has passed.
func (l *ledger) wakes(v *verdict, r *record) {
	if r.state == "closed" || r.state == "withdrawn" {
		return
	}
	fault := ""
	switch {
	case r.wake == 0 && r.lies(): // the call is late, the managers know it, and the rest is up to people
	case r.wake == 0:
		fault = fmt.Sprintf("%s: %s, and never looked at again", r.number, r.state)
	case r.wake <= l.ends:
		fault = fmt.Sprintf("%s: %s, was to be looked at on %s", r.number, r.state, shown(r.wake))
	}
	v.look(found, fault)
}

// lies reports whether a case waits for nothing but a call that is overdue, and whose lateness stands in the timeline.
func (r *record) lies() bool {
	late := false
	for _, e := range r.lines {
		late = late || e.what == "task_late"
	}
	for _, k := range r.calls {
		if k.outcome == "" && late && r.state == "proposed" {
			return true
		}
	}
	return false
}

// indicator: the board counts the same cases as in time and late in every month.
func (l *ledger) indicator(v *verdict, byHand map[string]map[string]string) {
	for _, begin := range months[:12] {
		month := monthOf(begin)
		for number, is := range byHand[month] {
			fault := ""
			if board := l.inTime[month][number]; board != is {
				fault = fmt.Sprintf("%s is %s in %s, the board says %q", number, is, month, board)
			}
			v.look(counted, fault)
		}
		for number, is := range l.inTime[month] {
			if byHand[month][number] == "" {
				v.look(counted, fmt.Sprintf("%s is not counted in %s, the board says %s", number, month, is))
			}
		}
	}
}
