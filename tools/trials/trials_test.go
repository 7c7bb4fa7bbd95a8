package main

import (
	"errors"
	"testing"

	"javab/tools/crowd"
	"javab/tools/messenger"
	"javab/tools/overlay"
)

func TestTheTrialsOwnEditsFitTheSourceAsItIsToday(t *testing.T) {
	for _, edit := range []overlay.Edit{bugOfOurs(), shortLeases()} {
		if _, err := overlay.Sources("../..", []overlay.Edit{edit}); err != nil {
			t.Error(err)
		}
	}
}

func TestEachTrialHasANameOfItsOwnAndABar(t *testing.T) {
	names := make(map[string]bool)
	for _, trial := range trials() {
		if names[trial.name] || trial.what == "" || trial.bar == "" || trial.run == nil {
			t.Errorf("trial %q", trial.name)
		}
		names[trial.name] = true
	}
}

func TestRepliesAreCountedBehindTheWordsThatTheyFollow(t *testing.T) {
	said := heard([]crowd.Row{{In: true, Text: "a"}, {Text: "x"}, {Text: "y"}, {In: true, Text: "b"}, {In: true, Text: "c"}, {Text: "z"}})
	for text, want := range map[string]line{"a": {0, 2}, "b": {3, 0}, "c": {4, 1}} {
		if said[text] != want {
			t.Errorf("%s: %+v, want %+v", text, said[text], want)
		}
	}
}

func TestAnUpdateWithoutAReplyOfItsOwnIsUnanswered(t *testing.T) {
	record := []crowd.Row{{In: true, Text: "a"}, {Text: "x", Key: "utg:12.0"}, {Text: "y", Key: "utg:3.1"}}
	for name, c := range map[string]struct {
		ids  []int64
		want int
	}{
		"both answered":             {[]int64{12, 3}, 0},
		"one left out":              {[]int64{12, 4}, 1},
		"a number that begins same": {[]int64{1}, 1},
	} {
		var updates []messenger.Update
		for _, id := range c.ids {
			updates = append(updates, messenger.Update{ID: id})
		}
		if got := unanswered(record, updates...); got != c.want {
			t.Errorf("%s: %d unanswered, want %d", name, got, c.want)
		}
	}
}

func TestABurstIsWrongWhenSwappedSilentOrGone(t *testing.T) {
	first, second, reply := crowd.Row{In: true, Text: burst(0).first}, crowd.Row{In: true, Text: burst(0).second}, crowd.Row{Text: "x"}
	for name, c := range map[string]struct {
		record          []crowd.Row
		swapped, silent int
	}{
		"in order, each answered":  {[]crowd.Row{first, reply, second, reply, reply}, 0, 0},
		"the second first":         {[]crowd.Row{second, reply, first, reply}, 1, 0},
		"the first unanswered":     {[]crowd.Row{first, second, reply, reply}, 0, 1},
		"the second unanswered":    {[]crowd.Row{first, reply, second}, 0, 1},
		"the second not committed": {[]crowd.Row{reply, first, reply}, 1, 1},
		"neither committed":        {nil, 1, 1},
	} {
		if swapped, silent := wrong(c.record, 1); swapped != c.swapped || silent != c.silent {
			t.Errorf("%s: %d swapped, %d silent", name, swapped, silent)
		}
	}
}

func TestEachKeepsTheOrderAndTellsAFewErrors(t *testing.T) {
	squares, err := each(4, func(i int) (int, error) { return i * i, nil })
	if err != nil || squares[3] != 9 {
		t.Errorf("%v, %v", squares, err)
	}
	_, err = each(9, func(int) (int, error) { return 0, errors.New("no") })
	if err == nil || err.Error() != "no\nno\nno" {
		t.Errorf("%q", err)
	}
}

func TestABrokenPromiseIsAnErrorWithTheFigure(t *testing.T) {
	if figure, err := verdict(true, "%d", 1); figure != "1" || err != nil {
		t.Errorf("%q, %v", figure, err)
	}
	if figure, err := verdict(false, "%d", 1); figure != "" || err == nil || err.Error() != "1" {
		t.Errorf("%q, %v", figure, err)
	}
}
