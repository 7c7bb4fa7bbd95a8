package texts

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"javab/bot"
)

const shop = `# what is asked
version: 1
answers:
  # about money
  - id: fees
    topic: file # the topic
    process: [101, 102]
    title: {fa: "a", ar: "b", en: "Fees"}
    a:
      fa: "x"
      # said kindly
      en: "It is {fee}."
    alt:
      fa: ["one", two]
      en: ["how much"]
  # about time
  - id: hours
    unit: desk
flat:
  - {id: low, fa: "A", en: "Low"} # the least
  - {id: high, fa: "B", ar: "C", en: "High"}
none: []
`

var answerOrder = []string{"id", "topic", "unit", "service", "process", "risk", "valid_until", "next", "title", "q", "a", "alt"}

func TestAFieldChangesAndNothingElse(t *testing.T) {
	for _, row := range []struct {
		entry string
		field Field
		was   string
		is    string
	}{
		{"answers/fees", Field{Key: "topic", Text: "card"}, "topic: file # the topic", "topic: card # the topic"},
		{"answers/fees", Field{Key: "risk", Text: "fee"}, "    process: [101, 102]\n", "    process: [101, 102]\n    risk: fee\n"},
		{"answers/fees", Field{Key: "valid_until", Text: "2027-03-20"}, "    process: [101, 102]\n", "    process: [101, 102]\n    valid_until: \"2027-03-20\"\n"},
		{"answers/fees", Field{Key: "process", Text: "101\n103", Many: true, Bare: true}, "[101, 102]", "[101, 103]"},
		{"answers/fees", Field{Key: "process"}, "    process: [101, 102]\n", ""},
		{"answers/fees", Field{Key: "a/ar", Text: "z"}, "      fa: \"x\"\n      # said", "      fa: \"x\"\n      ar: \"z\"\n      # said"},
		{"answers/fees", Field{Key: "alt/fin", Text: "chand\nche ghadr", Many: true}, "two]\n", "two]\n      fin: [\"chand\", \"che ghadr\"]\n"},
		{"answers/fees", Field{Key: "alt/fa", Text: "two", Many: true}, `["one", two]`, `[two]`},
		{"answers/fees", Field{Key: "alt/en", Many: true}, "      en: [\"how much\"]\n", ""},
		{"answers/fees", Field{Key: "a/en", Text: "It: was"}, `"It is {fee}."`, `"It: was"`},
		{"answers/hours", Field{Key: "title/en", Text: "Hours"}, "    unit: desk\n", "    unit: desk\n    title: {en: \"Hours\"}\n"},
		{"answers/hours", Field{Key: "unit"}, "    unit: desk\n", ""},
		{"flat/low", Field{Key: "ar", Text: "Z"}, `{id: low, fa: "A", en: "Low"}`, `{id: low, fa: "A", ar: "Z", en: "Low"}`},
		{"flat/high", Field{Key: "ar"}, `, ar: "C"`, ""},
		{"flat/high", Field{Key: "note", Text: "q"}, `en: "High"`, `en: "High", note: q`},
	} {
		order := answerOrder
		if strings.HasPrefix(row.entry, "flat") {
			order = []string{"id", "fa", "ar", "en", "note"}
		}
		got, err := Change([]byte(shop), row.entry, order, []Field{row.field})
		if want := strings.Replace(shop, row.was, row.is, 1); err != nil || string(got) != want {
			t.Errorf("%s %+v: %v\n%s", row.entry, row.field, err, got)
		}
	}
}

func TestSeveralFieldsChangeAtOnce(t *testing.T) {
	got, err := Change([]byte(shop), "answers/fees", answerOrder, []Field{
		{Key: "topic"},
		{Key: "unit", Text: "desk"},
		{Key: "risk", Text: "fee"},
		{Key: "alt/fa", Many: true},
		{Key: "alt/en", Many: true},
		{Key: "title/ar"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("    topic: file # the topic\n", "", "  - id: fees\n", "  - id: fees\n    unit: desk\n",
		"102]\n", "102]\n    risk: fee\n", "    alt:\n      fa: [\"one\", two]\n      en: [\"how much\"]\n", "", `ar: "b", en: "F`, `en: "F`).Replace(shop)
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAnEntryIsAddedAsTheLastOneIsWritten(t *testing.T) {
	for list, row := range map[string]struct{ after, added string }{
		"answers": {"    unit: desk\n", "  - id: new\n    title: {en: \"New\"}\n"},
		"flat":    {"en: \"High\"}\n", "  - {id: new, title: {en: \"New\"}}\n"},
	} {
		got, err := Add([]byte(shop), list, []Field{{Key: "id", Text: "new"}, {Key: "title/en", Text: "New"}})
		if want := strings.Replace(shop, row.after, row.after+row.added, 1); err != nil || string(got) != want {
			t.Errorf("%s: %v\n%s", list, err, got)
		}
	}
	got, err := Add([]byte(shop), "none", []Field{{Key: "id", Text: "new"}})
	if want := strings.Replace(shop, "none: []", "none:\n  - {id: new}", 1); err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	got, err = Add([]byte(shop), "answers/hours/steps", []Field{{Key: "en", Text: "Go there"}})
	if want := strings.Replace(shop, "unit: desk\n", "unit: desk\n    steps:\n      - {en: \"Go there\"}\n", 1); err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	if _, err := Add([]byte(shop), "answers", []Field{{Key: "id", Text: "fees"}}); bot.KindOf(err) != bot.Conflict {
		t.Errorf("a second entry of one id: %v", err)
	}
}

func TestAnEntryIsRemovedAndTheCommentAboveItStays(t *testing.T) {
	got, err := Remove([]byte(shop), "answers/hours")
	if want := strings.Replace(shop, "  - id: hours\n    unit: desk\n", "", 1); err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	if got, err = Remove(got, "answers/fees"); err != nil || !strings.Contains(string(got), "answers: []\n  # about money\n  # about time\nflat:") {
		t.Errorf("%v\n%s", err, got)
	}
	if _, err := Remove([]byte(shop), "answers/nothing"); bot.KindOf(err) != bot.NotFound {
		t.Error(err)
	}
}

func TestLinesKeepTheirEnds(t *testing.T) {
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	got, err := Change([]byte(crlf(shop)), "answers/fees", answerOrder, []Field{{Key: "risk", Text: "fee"}, {Key: "topic"}})
	want := strings.NewReplacer("    topic: file # the topic\n", "", "102]\n", "102]\n    risk: fee\n").Replace(shop)
	if err != nil || string(got) != crlf(want) {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestAPlaceInAnEntryLeadsToItsKey(t *testing.T) {
	entries, err := Entries([]byte(shop), "answers")
	if err != nil || len(entries) != 2 {
		t.Fatal(err, entries)
	}
	e := entries[0]
	if e.ID != "fees" || e.Line != 5 || e.End != 15 || e.Fields["process"] != "101\n102" || e.Fields["alt/fa"] != "one\ntwo" {
		t.Errorf("read as %+v", e)
	}
	for at, want := range map[Place]string{
		{5, 5}: "id", {6, 12}: "topic", {8, 12}: "title", {8, 17}: "title/fa", {8, 40}: "title/en", {9, 5}: "a", {12, 11}: "a/en", {1, 1}: "",
	} {
		if got := e.Key(at); got != want {
			t.Errorf("%v is %q, not %q", at, got, want)
		}
	}
}

func TestWhatCannotBeToldApartIsRefused(t *testing.T) {
	for name, src := range map[string]string{
		"an anchor":   "answers:\n  - id: fees\n    topic: &x file\n    unit: *x\n",
		"no YAML":     "answers: [",
		"not a list":  "answers: 12\n",
		"nothing":     "",
		"two of them": "answers:\n  - {id: fees, topic: a}\n  - {id: fees, topic: b}\n",
	} {
		got, err := Change([]byte(src), "answers/fees", answerOrder, []Field{{Key: "topic", Text: "card"}})
		var said *bot.Error
		if err == nil && name != "an anchor" || err != nil && !errors.As(err, &said) {
			t.Errorf("%s: %v %s", name, err, got)
		}
	}
}

// edits is one random change of an entry.
func edits(random *rand.Rand, e Entry) []Field {
	keys := slices.Sorted(maps.Keys(e.Fields))
	keys = slices.DeleteFunc(keys, func(key string) bool { return key == "id" || strings.Contains(key, "#") || strings.Count(key, "/") > 1 })
	keys = append(keys, "risk", "note/fa", "note/ar", "note/en")
	var fields []Field
	for range 1 + random.IntN(3) {
		key := keys[random.IntN(len(keys))]
		if slices.ContainsFunc(fields, func(f Field) bool { return f.Key == key }) {
			continue
		}
		f := Field{Key: key, Text: samples[random.IntN(len(samples))]}
		if random.IntN(4) == 0 {
			f.Text = ""
		}
		if strings.HasPrefix(key, "alt/") || strings.HasPrefix(key, "phrasings/") || key == "process" || key == "processes" || key == "questions" {
			f.Many = true
			f.Text += "\n" + samples[random.IntN(len(samples))]
		}
		fields = append(fields, f)
	}
	return fields
}

// TestFiveHundredRandomEditsLeaveEveryOtherByte changes, adds and removes entries of the real lists.
func TestFiveHundredRandomEditsLeaveEveryOtherByte(t *testing.T) {
	files := realFiles(t)
	lists := map[string][]string{
		"content/answers.yaml": {"answers", "topics"}, "content/services.yaml": {"services", "groups"}, "content/units.yaml": {"units"},
		"content/complaints.yaml": {"categories", "questions", "groups"}, "content/requests.yaml": {"requests", "others"},
		"content/replies.yaml": {"replies"}, "content/features.yaml": {"features"}, "content/variables.yaml": {"variables"},
	}
	names := slices.Sorted(maps.Keys(lists))
	answers := strings.SplitAfterN(string(files["content/answers.yaml"]), "\n  - id: ", 31) // the first thirty: the rest is alike
	files["content/answers.yaml"] = []byte(strings.TrimSuffix(strings.Join(answers[:30], ""), "  - id: "))
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 500 {
		name := names[random.IntN(len(names))]
		list := lists[name][random.IntN(len(lists[name]))]
		src := files[name]
		before := mustList(t, src, list)
		act := random.IntN(10)
		switch {
		case act == 0:
			added := fmt.Sprintf("new_%d", i)
			out, err := Add(src, list, []Field{{Key: "id", Text: added}, {Key: "title/en", Text: samples[random.IntN(len(samples))]}})
			if err != nil {
				t.Fatalf("%s %s: %v", name, list, err)
			}
			last := before[len(before)-1]
			sameBut(t, src, out, last.End+1, last.End)
			files[name] = out
			if after := mustList(t, out, list); len(after) != len(before)+1 || after[len(before)].ID != added {
				t.Fatalf("%s: %s was not added", name, added)
			}
		case act == 1 && len(before) > 3:
			e := before[random.IntN(len(before))]
			out, err := Remove(src, e.Path)
			if err != nil {
				t.Fatalf("%s %s: %v", name, e.Path, err)
			}
			sameBut(t, src, out, e.Line, e.End)
			files[name] = out
			if after := mustList(t, out, list); len(after) != len(before)-1 {
				t.Fatalf("%s: %s was not removed", name, e.Path)
			}
		default:
			e := before[random.IntN(len(before))]
			fields := edits(random, e)
			out, err := Change(src, e.Path, append([]string{"id"}, answerOrder...), fields)
			if err != nil {
				t.Fatalf("%s %s %+v: %v", name, e.Path, fields, err)
			}
			sameBut(t, src, out, e.Line, e.End)
			files[name] = out
			saidNow(t, mustList(t, out, list), before, e, fields)
		}
	}
}

func mustList(t *testing.T, src []byte, list string) []Entry {
	t.Helper()
	entries, err := Entries(src, list)
	if err != nil || len(entries) == 0 {
		t.Fatalf("%s: %v, %d entries", list, err, len(entries))
	}
	return entries
}

// sameBut fails when a line before from, or after to, has changed.
func sameBut(t *testing.T, before, after []byte, from, to int) {
	t.Helper()
	lines := strings.SplitAfter(string(before), "\n")
	if !strings.HasPrefix(string(after), strings.Join(lines[:from-1], "")) || !strings.HasSuffix(string(after), strings.Join(lines[to:], "")) {
		t.Fatalf("what stands around the lines %d to %d has changed", from, to)
	}
}

// saidNow fails when an entry says anything else than it did but for the fields, or another one does.
func saidNow(t *testing.T, after, before []Entry, changed Entry, fields []Field) {
	t.Helper()
	for i, e := range before {
		want := maps.Clone(e.Fields)
		if e.Path == changed.Path {
			for _, f := range fields {
				want[f.Key] = strings.TrimRight(f.Text, "\n")
				if f.Many {
					want[f.Key] = items(f.Text)
				}
			}
		}
		for _, of := range []map[string]string{want, after[i].Fields} {
			maps.DeleteFunc(of, func(_, text string) bool { return text == "" })
		}
		if !maps.Equal(want, after[i].Fields) {
			t.Fatalf("%s %+v: %q, not %q", e.Path, fields, after[i].Fields, want)
		}
	}
}
