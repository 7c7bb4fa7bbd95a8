package office

import (
	"testing"

	"javab/tools/crowd"
	"javab/tools/messenger"
)

func reply(words string) Posted {
	return Posted{Chat: "tg:bot:7", ID: words, Words: words, Taken: true}
}

func note(words string) Posted {
	p := reply(words)
	p.Note = true
	return p
}

// posts are a talk with what the record and the member's screen show of it when all is as it should be.
var (
	posts  = []Posted{reply("one"), note("between us"), reply("two"), reply("three")}
	record = []crowd.Row{
		{Text: "the bot's"}, {Text: "one"}, {In: true, Text: "two"}, {Note: true, Text: "between us"}, {Text: "two"}, {Text: "three"},
	}
	seen = []messenger.Seen{m(1, "the bot's"), m(2, "one"), m(3, "the bot's"), m(4, "two"), m(5, "three")}
)

func m(id int, text string) messenger.Seen { return messenger.Seen{ID: id, Text: text} }

func TestATalkThatIsRecordedAndSeenAsPostedHasNothingAgainstIt(t *testing.T) {
	if got := Judge(posts, record, seen); got != (Figures{}) {
		t.Errorf("got %+v", got)
	}
}

func TestTheJudgeSaysNo(t *testing.T) {
	for name, c := range map[string]struct {
		record []crowd.Row
		seen   []messenger.Seen
		want   Figures
	}{
		"to a reply that was never seen":         {record, seen[:4], Figures{Lost: 1}},
		"to a reply that is not in the record":   {record[:5], seen, Figures{Lost: 1}},
		"to a note that is not in the record":    {[]crowd.Row{record[1], record[4], record[5]}, seen, Figures{Lost: 1}},
		"to a note that is a message":            {append(record[:3:3], crowd.Row{Text: "between us"}, record[4], record[5]), seen, Figures{Lost: 1}},
		"to a reply that was committed twice":    {append(record[:6:6], record[1]), seen, Figures{Repeated: 1}},
		"to a note that was committed twice":     {append(record[:6:6], record[3]), seen, Figures{Repeated: 1}},
		"to a reply that was sent twice":         {record, append(seen[:5:5], m(6, "three")), Figures{Doubled: 1}},
		"to a copy that comes late":              {record, append(seen[:5:5], m(6, "one")), Figures{Doubled: 1}},
		"to replies that overtook each other":    {record, []messenger.Seen{seen[1], seen[4], seen[3]}, Figures{Disorder: 1}},
		"to a note that the member saw":          {record, append(seen[:5:5], m(6, "between us")), Figures{Leaked: 1}},
		"to a note within what the member saw":   {record, append(seen[:5:5], m(6, "they say: between us")), Figures{Leaked: 1}},
		"to words of his own that he never sent": {append(record[:2:2], record[2:4]...), seen[:3], Figures{Lost: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			got := Judge(posts, c.record, c.seen)
			strange := got.Strange
			got.Strange = ""
			if got != c.want {
				t.Errorf("got %+v, want %+v (%s)", got, c.want, strange)
			}
			if r := (&Report{Figures: got}); r.Clean(0) {
				t.Errorf("a clean run: %s", r)
			}
		})
	}
}

func TestAPostThatWasNotTakenMayBeThereOrNot(t *testing.T) {
	refused := []Posted{posts[0], {Words: "two"}}
	for name, c := range map[string]struct {
		record []crowd.Row
		seen   []messenger.Seen
	}{
		"it is not":                    {record[:2], seen[:2]},
		"it is: the answer was cut":    {record[:5], seen[:4]},
		"it is, and not yet delivered": {record[:5], seen[:2]},
	} {
		if got := Judge(refused, c.record, c.seen); got != (Figures{}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestATalkThatWentWrongIsNoCleanRun(t *testing.T) {
	if (&Report{Trouble: 1}).Clean(100) || !(&Report{Figures: Figures{Doubled: 2}}).Clean(2) || (&Report{Figures: Figures{Doubled: 2}}).Clean(1) {
		t.Error("a talk gone wrong, or more doubled than may be, is clean")
	}
}
