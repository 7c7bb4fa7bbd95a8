package main

import (
	"errors"
	"testing"

	"javab/tools/crowd"
	"javab/tools/overlay"
)

func TestTheTrialsOwnEditsFitTheSourceAsItIsToday(t *testing.T) {
	for _, edit := range []overlay.Edit{bugOfOurs(), shortLeases()} {
		if _, err := overlay.Sources("../..", []overlay.Edit{edit}); err != nil {
			t.Error(err)
		}
	}
}

func TestEachTrialHasANameOfItsOwnAndAPromise(t *testing.T) {
	names := make(map[string]bool)
	for _, trial := range trials() {
		if names[trial.name] || trial.promise == "" || trial.run == nil {
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
