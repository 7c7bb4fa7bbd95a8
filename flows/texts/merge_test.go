package texts

import (
	"strings"
	"testing"

	"javab/bot"
)

func merged(base, mine, theirs string) (string, []Clash) {
	out, clashes := Merge([]byte(base), []byte(mine), []byte(theirs))
	return string(out), clashes
}

const base = `flow: x
title: {fa: f, ar: a, en: e}
steps:
  - id: one
    say: {fa: f1, ar: a1, en: e1}
  - id: two
    say: {fa: f2, en: e2}
    end: done
`

func TestTextsOfBothAreKept(t *testing.T) {
	mine := strings.Replace(base, "f1", "mine", 1)
	theirs := strings.NewReplacer("a1", "theirs", "{fa: f2, en", "{fa: f2, ar: a2, en").Replace(base)
	want := strings.Replace(theirs, "f1", "mine", 1)
	if got, clashes := merged(base, mine, theirs); got != want || clashes != nil {
		t.Errorf("%s %+v", got, clashes)
	}
	if got, clashes := merged(base, mine, base); got != mine || clashes != nil {
		t.Errorf("%s %+v", got, clashes)
	}
	if got, clashes := merged(base, base, theirs); got != theirs || clashes != nil {
		t.Errorf("%s %+v", got, clashes)
	}
}

func TestStepsOfOneAndTextsOfTheOtherAreKept(t *testing.T) {
	steps := strings.Replace(base, "  - id: two", "  - id: between # new\n    say: {fa: f, ar: a, en: e}\n  - id: two", 1)
	words := strings.Replace(base, "f2", "words", 1)
	want := strings.Replace(steps, "f2", "words", 1)
	for _, sides := range [][2]string{{steps, words}, {words, steps}} {
		if got, clashes := merged(base, sides[0], sides[1]); got != want || clashes != nil {
			t.Errorf("%s %+v", got, clashes)
		}
	}
}

func TestTheSameTextChangedTwiceIsAClash(t *testing.T) {
	mine, theirs := strings.Replace(base, "f1", "mine", 1), strings.NewReplacer("f1", "theirs", "e1", "new").Replace(base)
	want := Clash{Path: "steps/one/say", Lang: bot.Fa, Base: "f1", Mine: "mine", Theirs: "theirs"}
	got, clashes := merged(base, mine, theirs)
	if got != strings.Replace(mine, "e1", "new", 1) || len(clashes) != 1 || clashes[0] != want {
		t.Errorf("%s %+v", got, clashes)
	}
	theirs = strings.Replace(theirs, "end: done", "goto: one", 1)
	got, clashes = merged(base, mine, theirs)
	if got != strings.Replace(theirs, "theirs", "mine", 1) || len(clashes) != 1 || clashes[0] != want {
		t.Errorf("%s %+v", got, clashes)
	}
}

func TestATextChangedHereAndTakenAwayThereIsAClash(t *testing.T) {
	mine := strings.Replace(base, "f1", "mine", 1)
	theirs := strings.Replace(base, "  - id: one\n    say: {fa: f1, ar: a1, en: e1}\n", "", 1)
	got, clashes := merged(base, mine, theirs)
	want := Clash{Path: "steps/one/say", Lang: bot.Fa, Base: "f1", Mine: "mine", Gone: true}
	if got != theirs || len(clashes) != 1 || clashes[0] != want {
		t.Errorf("%s %+v", got, clashes)
	}
}

func TestTwoWhoBothChangedStepsClashAsAWhole(t *testing.T) {
	mine, theirs := strings.Replace(base, "end: done", "goto: one", 1), strings.Replace(base, "flow: x", "flow: x\ndraft: true", 1)
	got, clashes := merged(base, mine, theirs)
	if got != mine || len(clashes) != 1 || !clashes[0].Whole() || clashes[0].Theirs != theirs {
		t.Errorf("%s %+v", got, clashes)
	}
	got, clashes = merged(base, "flow: {", theirs)
	if got != "flow: {" || len(clashes) != 1 || !clashes[0].Whole() {
		t.Errorf("%s %+v", got, clashes)
	}
	both := strings.Replace(mine, "f1", "words", 1)
	if got, clashes = merged(base, mine, both); got != both || clashes != nil {
		t.Errorf("the same change of both: %s %+v", got, clashes)
	}
}
