package crowd_test

import (
	"testing"

	"javab/tools/crowd"
	"javab/tools/messenger"
)

// record is what was committed; each message has the name that its last try got.
var record = []crowd.Row{
	{In: true, Text: "hello"},
	{Text: "one", Ref: "1"},
	{Text: "two", Ref: "3"},
	{In: true, Text: "more"},
	{Text: "two", Ref: "4"},
}

func saw(messages ...messenger.Seen) []messenger.Seen { return messages }

func m(id int, text string) messenger.Seen { return messenger.Seen{ID: id, Text: text} }

func TestEachMessageIsFoundByItsNameAndItsWords(t *testing.T) {
	for name, c := range map[string]struct {
		seen                    []messenger.Seen
		lost, doubled, disorder int
	}{
		"all as committed":                    {saw(m(1, "one"), m(3, "two"), m(4, "two")), 0, 0, 0},
		"a copy before the one that counted":  {saw(m(1, "one"), m(2, "two"), m(3, "two"), m(4, "two")), 0, 1, 0},
		"a copy after the one that counted":   {saw(m(1, "one"), m(2, "one"), m(3, "two"), m(4, "two")), 0, 1, 0},
		"one of two with the same words lost": {saw(m(1, "one"), m(3, "two")), 1, 0, 0},
		"the same lost behind a copy":         {saw(m(1, "one"), m(2, "two"), m(3, "two")), 1, 1, 0},
		"nothing seen":                        {nil, 3, 0, 0},
		"a stranger's message":                {saw(m(1, "one"), m(9, "who?"), m(3, "two"), m(4, "two")), 0, 0, 1},
		"overtaken":                           {saw(m(3, "two"), m(1, "one"), m(4, "two")), 2, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			got := crowd.Sent(record, c.seen)
			if got.Lost != c.lost || got.Doubled != c.doubled || got.Disorder != c.disorder {
				t.Errorf("got %+v, want lost %d, doubled %d, out of order %d", got, c.lost, c.doubled, c.disorder)
			}
		})
	}
}

// A double that a kill explains has one row; a question with a row for each of its copies was asked twice by the bot.
func TestACopyWithARowOfItsOwnWasCommittedTwice(t *testing.T) {
	ask := func(id int, token string) messenger.Seen {
		return messenger.Seen{ID: id, Text: "which?", Buttons: []messenger.Button{{Text: "this", Data: token}}}
	}
	row := func(ref string) crowd.Row { return crowd.Row{Text: "which?", Ref: ref} }
	for name, c := range map[string]struct {
		record            []crowd.Row
		seen              []messenger.Seen
		repeated, doubled int
	}{
		"one row, sent twice":           {[]crowd.Row{row("2")}, saw(ask(1, "a"), ask(2, "a")), 0, 1},
		"two rows of one question":      {[]crowd.Row{row("1"), row("2")}, saw(ask(1, "a"), ask(2, "a")), 1, 0},
		"two questions in one wording":  {[]crowd.Row{row("1"), row("2")}, saw(ask(1, "a"), ask(2, "b")), 0, 0},
		"the second of them sent twice": {[]crowd.Row{row("1"), row("3")}, saw(ask(1, "a"), ask(2, "b"), ask(3, "b")), 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			got := crowd.Sent(c.record, c.seen)
			if got.Repeated != c.repeated || got.Doubled != c.doubled || got.Lost+got.Disorder != 0 {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestWhatBecameOfSeveralChatsIsAddedUp(t *testing.T) {
	sum := crowd.Replies{Lost: 1, Strange: "first"}
	sum.Add(crowd.Replies{Lost: 1, Doubled: 2, Disorder: 3, Repeated: 4, Strange: "second"})
	if want := (crowd.Replies{Lost: 2, Doubled: 2, Disorder: 3, Repeated: 4, Strange: "first"}); sum != want {
		t.Errorf("%s, want %s", sum, want)
	}
}

func TestAReportIsCleanOnlyWithinWhatMayBeDoubled(t *testing.T) {
	r := crowd.Report{Replies: crowd.Replies{Doubled: 2}}
	if !r.Clean(2) || r.Clean(1) {
		t.Error("two doubled replies are clean where two may be, and not where one may be")
	}
	for name, r := range map[string]crowd.Report{
		"a lost complaint":        {Lost: 1},
		"a doubled complaint":     {Doubled: 1},
		"a wrong complaint":       {Wrong: 1},
		"a lost reply":            {Replies: crowd.Replies{Lost: 1}},
		"a reply out of order":    {Replies: crowd.Replies{Disorder: 1}},
		"a reply committed twice": {Replies: crowd.Replies{Repeated: 1}},
		"a member without reply":  {Unanswered: 1},
		"a member led astray":     {Strays: 1},
		"a message too early":     {Early: 1},
		"a quarantined delivery":  {Quarantined: 1},
	} {
		if r.Clean(100) {
			t.Errorf("%s is no clean run", name)
		}
	}
}
