package content

import (
	"slices"
	"testing"

	"javab/bot"
	"javab/flows"
)

func TestAConditionIsWrittenAsTheEngineReadsIt(t *testing.T) {
	w := when{"what": {"ceo", "name"}, "applicant": {"legal"}}
	const want = "first.applicant is legal and first.what in ceo name"
	if got := w.condition(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := flows.ParseWhen(want); err != nil {
		t.Error(err)
	}
	if got := (when{}).condition(); got != "" {
		t.Errorf("no condition is written as %q", got)
	}
}

func TestEveryConditionOfTheListsIsRead(t *testing.T) {
	b := embedded(t)
	seen := 0
	for _, name := range []string{"questions", "ask_first", "documents", "steps"} {
		items, _ := b.List(name)
		for _, item := range items {
			said := item.Fields["when"].Value
			if said == "" {
				continue
			}
			seen++
			if _, err := flows.ParseWhen(said); err != nil {
				t.Errorf("%s/%s: %v", name, item.ID, err)
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d conditions", seen)
	}
}

func TestARequestCollectsTheDocumentsOfItsGuide(t *testing.T) {
	b := embedded(t)
	for _, id := range []string{"membership_issue", "membership_renewal", "membership_change", "membership_transfer"} {
		request, _ := b.Item("requests", id)
		service, _ := b.Item("services", request.Fields["service"].Ref[len("services/"):])
		documents := request.Fields["documents"].Items
		if len(documents) == 0 || !slices.EqualFunc(documents, service.Fields["documents"].Items, sameID) {
			t.Errorf("%s collects %d documents", id, len(documents))
		}
		for _, d := range documents {
			if d.Fields["expect"].Value != "files" {
				t.Errorf("%s is asked for as %q", d.ID, d.Fields["expect"].Value)
			}
		}
	}
	invited, _ := b.Item("requests", "invited")
	if _, has := invited.Fields["documents"]; has {
		t.Error("an invitation needs no documents")
	}
}

func sameID(a, b flows.Item) bool { return a.ID == b.ID }

// A chosen value is kept as "list/id", where the list is called like the field or question that it was chosen from: all
// that scripts can choose from must be found there.
func TestWhatIsChosenIsFoundAgain(t *testing.T) {
	b := embedded(t)
	for list, field := range map[string]string{
		"topics": "answers", "service_groups": "services", "groups": "categories", "services": "ask_first",
		"requests": "documents", "request_menu": "questions", "categories": "questions",
	} {
		items, ok := b.List(list)
		if !ok {
			t.Fatalf("no list %s", list)
		}
		for _, item := range items {
			for _, inner := range item.Fields[field].Items {
				if _, ok := b.Item(field, inner.ID); !ok {
					t.Errorf("%s/%s: %s is not in the list %s", list, item.ID, inner.ID, field)
				}
			}
		}
	}
	first, _ := b.List("ask_first")
	for _, q := range first {
		for _, option := range q.Fields["options"].Items {
			if _, ok := b.Item(q.ID, option.ID); !ok {
				t.Errorf("the option %s of %s is in no list", option.ID, q.ID)
			}
		}
	}
}

func TestTheProcessOfARequestIsTheOneAMemberAsksFor(t *testing.T) {
	b := embedded(t)
	for id, want := range map[string]string{
		"invited": "101", "membership_issue": "102", "reminder": "103", "membership_renewal": "104", "membership_change": "105",
		"membership_transfer": "106",
	} {
		item, _ := b.Item("requests", id)
		if got := item.Fields["process"].Ref; got != "processes/"+want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

func TestWhatSaysNothingIsNoField(t *testing.T) {
	f := fields{}
	f.text("text", bot.Text{})
	f.value("value", "")
	f.ref("ref", "units", "")
	f.flag("flag", false)
	f.items("items", nil)
	if len(f) != 0 {
		t.Errorf("got %v", f)
	}
}

func TestAnIdOfAListIsTakenOnce(t *testing.T) {
	l := lists{}
	l.add("units", flows.Item{ID: "a", Label: bot.Text{En: "first"}}, flows.Item{ID: "a", Label: bot.Text{En: "second"}})
	item, ok := l.Item("units", "a")
	if items, _ := l.List("units"); !ok || item.Label.En != "first" || len(items) != 1 {
		t.Errorf("got %+v", items)
	}
	if _, ok := l.List("nothing"); ok {
		t.Error("a list that is not there was found")
	}
	if _, ok := l.Item("nothing", "a"); ok {
		t.Error("an entry of no list was found")
	}
}

func TestWhatASettingSaysIsNotFilledAgain(t *testing.T) {
	a := &assembly{vars: map[string]bot.Text{"place": {En: "next to {house}"}, "house": {En: "the bank, {place}"}}}
	const want = "\u2068next to {house}\u2069: \u2068the bank, {place}\u2069, {nothing} {house:x}"
	for range 20 { // a map has another order each time
		if got := a.expand(bot.Text{En: "{place}: {house}, {nothing} {house:x}"}).En; got != want {
			t.Fatalf("%q", got)
		}
	}
}
