package faq

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"javab/bot"
)

func english(id string, phrasings ...string) Document {
	return Document{ID: id, Lang: bot.En, Phrasings: phrasings}
}

func TestAnExactPhrasingIsSureHoweverItIsTyped(t *testing.T) {
	x := Build(sampleDocs(t))
	for _, d := range sampleDocs(t) {
		for _, p := range d.Phrasings {
			for _, typed := range []string{p, "  " + strings.ToUpper(p) + " !!"} {
				if got := x.Match(d.Lang, typed); got.Sure != d.ID || got.Top[0].ID != d.ID || got.Likely[0] != d.ID {
					t.Errorf("%s %q: %+v, want %s", d.Lang, typed, got, d.ID)
				}
			}
		}
	}
}

func TestOneWordIsNeverSureUnlessItIsAPhrasing(t *testing.T) {
	x := Build([]Document{english("answers/fees", "membership fees", "dues"), english("answers/hours", "opening hours")})
	if got := x.Match(bot.En, "Dues?"); got.Sure != "answers/fees" {
		t.Errorf("a phrasing of one word: %+v", got)
	}
	got := x.Match(bot.En, "membership")
	if got.Sure != "" || !slices.Equal(got.Likely, []string{"answers/fees"}) {
		t.Errorf("one word of a phrasing: %+v", got)
	}
}

func TestAPhrasingOfTwoDocumentsIsAskedAbout(t *testing.T) {
	x := Build([]Document{english("flow/complaint", "I want to complain"), english("answers/complaint", "I want to complain")})
	got := x.Match(bot.En, "i want to complain")
	if got.Sure != "" || !slices.Equal(got.Likely, []string{"answers/complaint", "flow/complaint"}) {
		t.Errorf("got %+v", got)
	}
}

func TestEqualScoresAreOrderedById(t *testing.T) {
	docs := []Document{english("c", "open on friday"), english("a", "open on monday"), english("b", "open on sunday")}
	got := Build(docs).Match(bot.En, "open")
	for i, id := range []string{"a", "b", "c"} {
		if got.Top[i].ID != id {
			t.Errorf("got %+v", got.Top)
		}
	}
}

func TestTopNamesThreeEvenForATextThatFitsNothing(t *testing.T) {
	docs := []Document{english("a", "one thing"), english("b", "two things"), english("c", "threes"), english("d", "four")}
	got := Build(docs).Match(bot.En, "qqq")
	if len(got.Top) < 3 || got.Sure != "" || got.Likely != nil {
		t.Errorf("got %+v", got)
	}
}

func TestNothingIsFoundInNothing(t *testing.T) {
	full := Build([]Document{english("a", "one thing")})
	for name, got := range map[string]Result{
		"no documents":          Build(nil).Match(bot.En, "hello there"),
		"no words":              full.Match(bot.En, " ?! "),
		"no such language":      full.Match("de", " "),
		"a document of nothing": Build([]Document{english("a"), english("b", "", "!")}).Match(bot.En, "a b"),
	} {
		if got.Sure != "" || got.Likely != nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestTheOrderOfDocumentsDoesNotMatter(t *testing.T) {
	docs := sampleDocs(t)
	dev := questions(t, "testdata/dev.jsonl")
	first := Build(docs)
	shuffled := slices.Clone(docs)
	rand.New(rand.NewPCG(3, 4)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	second := Build(shuffled)
	for _, q := range dev {
		a, b := first.Match(q.index(), q.Query), second.Match(q.index(), q.Query)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%q: %+v and %+v", q.Query, a, b)
		}
	}
}

func TestAQuestionInAnotherLanguageThanTheMembersIsFoundToo(t *testing.T) {
	x := Build(sampleDocs(t))
	for _, q := range questions(t, "testdata/dev.jsonl") {
		if q.index() != bot.En || q.Expected == nil {
			continue
		}
		for _, stored := range []bot.Lang{bot.Fa, bot.Ar} {
			got := x.Match(stored, q.Query)
			if got.Lang != bot.En || !slices.Equal(got.Likely, x.Match(bot.En, q.Query).Likely) {
				t.Errorf("%q of a member who reads %s: %+v", q.Query, stored, got)
			}
		}
	}
}

func TestPersianAndArabicQuestionsFindTheirIndexFromTheOther(t *testing.T) {
	x := Build(sampleDocs(t))
	for _, pair := range [][2]bot.Lang{{bot.Fa, bot.Ar}, {bot.Ar, bot.Fa}, {bot.En, bot.Fa}, {bot.En, bot.Ar}} {
		stored, spoken := pair[0], pair[1]
		found, all := 0, 0
		for _, q := range questions(t, "testdata/dev.jsonl") {
			if q.index() != spoken || q.Expected == nil {
				continue
			}
			all++
			if slices.Contains(x.Match(stored, q.Query).Likely, *q.Expected) {
				found++
			}
		}
		t.Logf("%s asked by a member who reads %s: %d of %d offered", spoken, stored, found, all)
		if found*10 < all*7 {
			t.Errorf("%s asked by a member who reads %s: only %d of %d offered", spoken, stored, found, all)
		}
	}
}

func TestCategoriesAreSuggestedForWhatAMemberComplainsOf(t *testing.T) {
	x := Build(sampleCategories(t))
	accounts := questions(t, "testdata/accounts.jsonl")
	found := 0
	for _, q := range accounts {
		if slices.Contains(x.Match(q.index(), q.Query).Likely, *q.Expected) {
			found++
		} else {
			t.Logf("not suggested: %s for %q", *q.Expected, q.Query)
		}
	}
	t.Logf("%d of %d suggested", found, len(accounts))
	if found*10 < len(accounts)*9 {
		t.Errorf("only %d of %d suggested", found, len(accounts))
	}
}
