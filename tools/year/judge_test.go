package main

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// at is an hour of a day of the year; all days are open from eight to four.
func at(days, hours int) int64 { return newYear + int64(days)*day + int64(hours)*hour }

func always() almanac {
	var work hours
	for d := range 365 {
		work = append(work, stretch{at(d, 8), at(d, 16)})
	}
	return almanac{{newYear, map[string]hours{"finance": work}}}
}

func said(at int64) string { return time.UnixMilli(at).UTC().Format(time.RFC3339) }

// kept is a ledger of one complaint of three days: told of on the second day, solved on the third.
func kept() *ledger {
	return &ledger{
		almanac: always(), ends: at(30, 0), inTime: map[string]map[string]string{"1405-01": {"1405-1": "in_time"}},
		records: []*record{{
			id: "c1", number: "1405-1", kind: "complaint", unit: "finance", state: "closed", ending: "solved", chat: "tg:b:1",
			opened: at(0, 9), closed: at(3, 9), promised: 24 * hour, round: 1, reached: map[int]int64{}, seen: []int64{at(3, 9)},
			lines: []line{
				{what: "opened", after: "received", at: at(0, 9)},
				{what: "begun", before: "received", after: "in_work", at: at(0, 10)},
				{what: "notice", before: said(at(2, 9)), at: at(1, 16)},
				{what: "proposed", before: "in_work", after: "proposed", at: at(2, 10)},
				{what: "delivered", after: said(at(2, 10)), at: at(2, 10) + minute},
				{what: "solved", before: "proposed", after: "closed", at: at(3, 9)},
			},
			words: []word{{"notice", "case:c1:1.0", "bot", at(1, 15)}, {"proposed", "case:c1:r1.0", "bot", at(2, 10)}},
		}},
		letters: []letter{
			{sent{"1", "It is in work.", nil}, at(1, 15), "round"},
			{sent{"1", "It is done.", []string{"c:solved:JV-1405-000001-1:1", "c:not_solved:JV-1405-000001-1:1"}}, at(2, 10), "act"},
		},
	}
}

func TestAKeptPromiseHasNoFault(t *testing.T) {
	if v := kept().judge(); !v.clean() {
		t.Error(v)
	}
}

func TestEveryBrokenPromiseIsFound(t *testing.T) {
	drop := func(r *record, what string) {
		r.lines = slices.DeleteFunc(r.lines, func(e line) bool { return e.what == what })
	}
	for sentence, row := range map[string]struct {
		spoil func(l *ledger, r *record)
		want  string
		says  string
	}{
		"nobody tells him anything for two days": {func(_ *ledger, r *record) { drop(r, "notice"); r.words = r.words[1:] }, silent, "nothing said"},
		"he is told late, and nothing was in the way": {func(_ *ledger, r *record) {
			r.lines[2].what, r.lines[2].at, r.words[0].step = "notice_late", at(2, 10)-minute, "notice_late"
			r.opened -= 8 * hour
		}, silent, "without need"},
		"the promise breaks and no line says so": {func(_ *ledger, r *record) { r.promised = 8 * hour }, missed, "no line says so"},
		"a line says that it broke, and it did not": {func(_ *ledger, r *record) {
			r.lines = slices.Insert(r.lines, 3, line{what: "breached", before: said(at(2, 9)), at: at(2, 9)})
		}, missed, "which it is not"},
		"it is noted the next day": {func(_ *ledger, r *record) {
			r.promised = 8 * hour
			r.lines = slices.Insert(r.lines, 3, line{what: "breached", before: said(at(1, 9)), at: at(2, 9)})
		}, missed, "noted only at"},
		"the same notice is written twice":                      {func(_ *ledger, r *record) { r.words = append(r.words, r.words[0]) }, doubled, "twice message"},
		"the same planned notice has two lines":                 {func(_ *ledger, r *record) { r.lines = slices.Insert(r.lines, 3, r.lines[2]) }, doubled, "twice notice"},
		"a notice stands in the timeline and was never written": {func(_ *ledger, r *record) { r.words = r.words[1:] }, doubled, "0 messages are notice"},
		"a message comes twice, and nothing was killed":         {func(l *ledger, _ *record) { l.letters = append(l.letters, l.letters[0]) }, doubled, "came twice"},
		"a notice is written at night":                          {func(_ *ledger, r *record) { r.words[0].at = at(1, 20) }, atNight, "notice at"},
		"a notice comes at night":                               {func(l *ledger, _ *record) { l.letters[0].at = at(1, 20) }, atNight, "to 1 at"},
		"the board does not count it":                           {func(l *ledger, _ *record) { l.inTime = nil }, counted, "the board says"},
		"the board counts it as late":                           {func(l *ledger, _ *record) { l.inTime["1405-01"]["1405-1"] = "late" }, counted, "is in_time"},
		"the board counts another":                              {func(l *ledger, _ *record) { l.inTime["1405-02"] = map[string]string{"1405-9": "late"} }, counted, "is not counted"},
		"its result never came":                                 {func(l *ledger, _ *record) { l.letters = l.letters[:1] }, informed, "never came"},
		"it ends by silence at once":                            {func(_ *ledger, r *record) { r.ending = "silence" }, informed, "after 7.0 h"},
		"it ends by the silence of one who was not there": {func(_ *ledger, r *record) {
			r.ending, r.seen, r.closed = "silence", nil, at(20, 9)
		}, informed, "nobody knows"},
		"it ends by a call that nobody made": {func(_ *ledger, r *record) { r.ending = "called" }, informed, "nobody was called"},
		"it ends and nobody knows how":       {func(_ *ledger, r *record) { r.ending = "" }, informed, "no ending"},
		"time never looks at it again": {func(_ *ledger, r *record) {
			r.state = "in_work"
			drop(r, "solved")
		}, found, "never looked at again"},
		"time was to look at it yesterday": {func(_ *ledger, r *record) {
			r.state, r.wake = "in_work", at(29, 9)
			drop(r, "solved")
		}, found, "was to be looked at"},
		"a message still waits": {func(l *ledger, _ *record) { l.openJobs = 1 }, found, "1 messages"},
	} {
		l := kept()
		row.spoil(l, l.records[0])
		v := l.judge()
		if !slices.ContainsFunc(v.faults[row.want], func(f string) bool { return strings.Contains(f, row.says) }) {
			t.Errorf("%s: %s", sentence, v)
		}
	}
}

func TestTheClockIsCountedByHand(t *testing.T) {
	for sentence, row := range map[string]struct {
		lines    []line
		promised int64
		reached  int64
		due      int64
		breaks   []int64
	}{
		"it runs from the filing":     {nil, 12 * hour, 0, at(1, 13), []int64{at(1, 13)}},
		"it stands while he is asked": {[]line{{what: "waiting_member", at: at(0, 10)}, {what: "resumed", at: at(5, 10)}}, 12 * hour, 0, at(6, 13), []int64{at(6, 13)}},
		"it runs while others are asked, until a manager stops it": {[]line{
			{what: "waiting_external", at: at(0, 10)}, {what: "clock_stopped", at: at(0, 11)}, {what: "clock_started", at: at(2, 11)},
		}, 12 * hour, 0, at(3, 13), []int64{at(3, 13)}},
		"it stops when the result comes":         {[]line{{what: "proposed", at: at(0, 10)}}, 12 * hour, at(0, 11), at(1, 13), nil},
		"it runs while the result is on its way": {[]line{{what: "proposed", at: at(0, 10)}}, 12 * hour, 0, at(1, 13), []int64{at(1, 13)}},
		"it goes on where it stopped":            {[]line{{what: "proposed", at: at(0, 10)}, {what: "not_solved", at: at(3, 8)}}, 12 * hour, at(0, 11), at(4, 10), []int64{at(4, 10)}},
		"opened again in time, it goes on": {[]line{
			{what: "proposed", at: at(0, 10)}, {what: "solved", at: at(0, 12)}, {what: "reopened", at: at(1, 8)},
		}, 12 * hour, at(0, 11), at(2, 10), []int64{at(2, 10)}},
		"opened again too late, it is promised anew": {[]line{
			{what: "proposed", at: at(0, 10)}, {what: "solved", at: at(0, 12)}, {what: "reopened", at: at(3, 8)},
		}, 12 * hour, at(0, 11), at(4, 12), []int64{at(1, 13), at(4, 12)}},
	} {
		r := &record{unit: "finance", opened: at(0, 9), promised: row.promised, lines: row.lines, reached: map[int]int64{}}
		if row.reached > 0 {
			r.reached[1] = row.reached
		}
		c := follow(r, always(), at(20, 0))
		var breaks []int64
		for _, b := range c.breaks {
			breaks = append(breaks, b.at)
		}
		if c.due != row.due || !slices.Equal(breaks, row.breaks) {
			t.Errorf("%s: due %s, broken at %v", sentence, shown(c.due), breaks)
		}
	}
}

func TestMonthsAreThoseOfTheYear(t *testing.T) {
	for name, at := range map[string]int64{"1405-01": newYear, "1405-02": at(31, 0), "1405-07": at(186, 0), "1405-08": at(216, 0), "1405-12": at(364, 23), "": at(365, 0)} {
		if got := monthOf(at); got != name {
			t.Errorf("%s: %s", shown(at), got)
		}
	}
}
