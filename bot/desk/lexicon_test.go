package desk_test

import (
	"slices"
	"testing"

	"javab/bot"
	"javab/bot/desk"
)

var lexicon = desk.NewLexicon(bot.Manners{
	Anger:    map[bot.Lang][]string{bot.En: {"ridiculous", "fed up"}},
	Calm:     map[bot.Lang][]string{bot.En: {"thank*"}},
	Rude:     map[bot.Lang][]string{bot.En: {"idiot*"}},
	Promises: map[bot.Lang][]string{bot.En: {"we will refund", "guarantee*"}},
	Money:    map[bot.Lang][]string{bot.En: {"rial", "rials"}},

	Discounts: map[bot.Lang][]string{bot.En: {"less"}},
}, nil)

func TestAnAngryWordIsEnoughAndOneSignIsNot(t *testing.T) {
	for _, c := range []struct {
		recent []string
		want   bool
	}{
		{[]string{"This is RIDICULOUS."}, true},
		{[]string{"fine", "I am  fed\nup"}, true},
		{[]string{"you idiots"}, true},
		{[]string{"fed with data, up to now"}, false},
		{[]string{"where is my card?"}, false},
		{[]string{"where is my card???"}, false},
		{[]string{"where???", "hello!!!"}, true},
		{[]string{"WHERE IS MY CARD???"}, true},
		{[]string{"my number is ABC123, PDF and JPG attached"}, false},
		{[]string{"WHERE IS MY CARD"}, false},
		{[]string{"THANK YOU SO MUCH!!!"}, false},
		{[]string{"thaaaaaank youuuuu!!!"}, false},
		{[]string{"noooooo", "please!!!"}, true},
		{[]string{"answer", "Answer!", "ANSWER"}, true},
		{[]string{"answer", "answer"}, false},
		{nil, false},
		{[]string{"", "", ""}, false},
	} {
		if got := lexicon.Upset(c.recent); got != c.want {
			t.Errorf("%q: upset %v", c.recent, got)
		}
	}
}

func TestWhatBindsTheChamberOrIsRudeIsHintedAt(t *testing.T) {
	for _, row := range []struct {
		words string
		want  []desk.Hint
	}{
		{"Your card was posted today.", nil},
		{"We will refund the fee.", []desk.Hint{desk.HintCommitment}},
		{"Guaranteed!", []desk.Hint{desk.HintCommitment}},
		{"The fee is 2,500,000 rials.", []desk.Hint{desk.HintAmount}},
		{"It costs rials.", nil},
		{"Your file 1405-12 was sent; pay in rials there.", nil},
		{"5 % less", []desk.Hint{desk.HintAmount}},
		{"$ 20", []desk.Hint{desk.HintAmount}},
		{"You idiot, we will refund you 100 rial.", []desk.Hint{desk.HintRude, desk.HintCommitment, desk.HintAmount}},
		{"\u0645\u0628\u0644\u063a \u06f5\u06f0\u06f0 Rial", []desk.Hint{desk.HintAmount}},
	} {
		if got := lexicon.Hints(row.words); !slices.Equal(got, row.want) {
			t.Errorf("%q: %v, want %v", row.words, got, row.want)
		}
	}
}

func TestWithoutWordsOnlySignsAreSeen(t *testing.T) {
	empty := desk.NewLexicon(bot.Manners{}, nil)
	if empty.Upset([]string{"this is ridiculous"}) || !empty.Upset([]string{"WHERE IS IT!!!"}) || empty.Hints("we guarantee") != nil {
		t.Error("an empty lexicon knows words")
	}
	if (&desk.Desk{}).Hints("we guarantee") != nil {
		t.Error("a desk without words hints")
	}
}

// lists is a content with the words of the tests.
type lists struct{}

func (lists) Lexicon() *desk.Lexicon { return lexicon }

func TestTheViewMarksRowsAndThreadsAndChangesNothing(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.handOver("tg:b:2", bot.En)
	w.writes(ann, "this is ridiculous")
	view := desk.View{Reads: w.store, Lexicons: lists{}}
	rows, err := view.Inbox(t.Context(), desk.Query{By: sara, Tab: desk.TabWaiting, Now: noon, Limit: 9})
	w.ok(err)
	if len(rows) != 2 || !rows[0].Upset || rows[1].Upset {
		t.Errorf("the list has %+v", rows)
	}
	row, err := view.Row(t.Context(), sara, ann)
	w.ok(err)
	th, err := view.Thread(t.Context(), sara, ann, 0, 9)
	w.ok(err)
	if !row.Upset || !th.Row.Upset {
		t.Errorf("row %v, thread %v", row.Upset, th.Row.Upset)
	}
	w.stands(ann, "waiting waiting")
	if len(w.born) > 0 {
		t.Error("something followed by itself")
	}
}
