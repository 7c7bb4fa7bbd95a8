package converse_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/locales/text"
)

func TestEachRowOfTheRecordSaysWhereItBelongs(t *testing.T) {
	h := chamber(t)
	h.complain("Corruption")
	h.taps("Submit")
	draft := h.rows()[3].Draft
	want := []struct{ flow, step, unit, says string }{
		{"", "", "", "hello"},
		{"home", "menu", "", "What can we do for you?"},
		{"home", "menu", "", "/complaint"},
		{"complaint", "category", "", "What is it about?"},
		{"complaint", "category", "", "Corruption"},
		{"complaint", "describe", "ethics", "Please describe"},
		{"complaint", "describe", "ethics", long},
		{"complaint", "describe", "ethics", "account.first"},
		{"complaint", "describe", "ethics", "label.done"},
		{"complaint", "confirm", "ethics", long},
		{"complaint", "confirm", "ethics", "Submit"},
		{"complaint", "opened", "ethics", "Your number is"},
	}
	rows := h.rows()
	if len(rows) != len(want) {
		t.Fatalf("%d rows, want %d", len(rows), len(want))
	}
	for i, w := range want {
		m := rows[i]
		inForm := i >= 3
		searched := "" // what the content says is not
		if m.Author == bot.ByMember && m.Kind != bot.KindPress {
			searched = text.Fold(m.Text)
		}
		if m.Flow != w.flow || m.Step != w.step || m.Bundle != 7 || m.SearchKey != searched ||
			(m.Draft == draft && draft != "") != inForm || (m.Direction == bot.In) != (m.Author == bot.ByMember) ||
			!strings.Contains(text.Unmark(m.Text), w.says) {
			t.Errorf("row %d is %+v, want %+v", i, m, w)
		}
		// Once the case is open, all of its form is the unit's alone.
		if inForm && (m.Unit != "ethics" || !m.Confidential) || !inForm && (m.Unit != "" || m.Confidential) {
			t.Errorf("row %d is of unit %q, confidential %v", i, m.Unit, m.Confidential)
		}
	}
}

func TestWhoMayReadIsKnownAsSoonAsTheCategoryIs(t *testing.T) {
	h := meet(t)
	h.complain("Corruption")
	for _, m := range h.rows()[5:] {
		if m.Unit != "ethics" || !m.Confidential {
			t.Errorf("%q is of unit %q, confidential %v", m.Text, m.Unit, m.Confidential)
		}
	}
}

func TestTheMessageThatBeginsAFormIsPartOfIt(t *testing.T) {
	h := meet(t)
	h.says("/account")
	h.says(long)
	rows := h.rows()
	if heard := rows[len(rows)-2]; heard.Text != long || heard.Draft == "" || heard.Draft != h.state().Draft {
		t.Errorf("the first piece of the form is recorded as %+v", heard)
	}
}

func TestALongAnswerIsQuotedInTheTurnThatKeepsIt(t *testing.T) {
	answer := long + "\n" + long // each line of it begins from the left
	for lang, quoted := range map[string]string{"en": "You wrote: " + answer, "fa": answer, "ar": answer} {
		h := open(t)
		for _, said := range []string{"hello", "/note", answer} {
			in := words(said)
			in.From.Lang = lang
			h.take(in)
		}
		h.hears(quoted)
		last := h.post.messages()[len(h.post.messages())-1].Plain()
		if !text.Balanced(last) || text.Finish(bot.Lang(lang), last) != last {
			t.Errorf("%s: not ready to be sent: %q", lang, last)
		}
		rows := h.rows()
		if m := rows[len(rows)-1]; m.Draft == "" || m.Flow != "note" || m.Step != "quoted" {
			t.Errorf("%s: recorded as %+v", lang, m)
		}
	}
}

func TestTheSummaryQuotesTheDraftAlsoWhenTheChatHasMoved(t *testing.T) {
	h := meet(t)
	h.Store = moving{h.Store}
	h.complain("The card")
	h.says("/note")
	h.says(long)
	h.hears("You wrote: " + long)
}

func TestAnActionReadsAnAccountThatItsOwnTurnHasFinished(t *testing.T) {
	h := meet(t)
	h.desk.on("categories.suggest", ends(bot.Result{Outcome: "some", Vars: map[string]bot.Value{
		"suggested": {Items: []bot.Item{{ID: "card", Ref: "categories/card"}}},
	}}))
	h.says("/account")
	h.says(long)
	h.says("And more.")
	h.taps("label.done")
	h.at("account", "pick")
	if got := h.desk.calls[0].With["text"]; got != long+"\nAnd more." {
		t.Errorf("the action was given %q", got)
	}
}

func TestLateWordsAreAddedToTheAccount(t *testing.T) {
	h := chamber(t)
	h.complain("The card")
	h.says("and it was in the evening")
	h.taps("label.add")
	h.hears("and it was in the evening")
	h.taps("Submit")
	if got := h.desk.calls[0].With["text"]; got != long+"\nand it was in the evening" {
		t.Errorf("filed: %q", got)
	}
}

func TestFilesAreFetchedAndAnAlbumIsAcknowledgedOnce(t *testing.T) {
	h := chamber(t)
	h.says("/complaint")
	h.taps("The card")
	for _, id := range []string{"f1", "f2", "f3"} {
		h.take(bot.Inbound{Kind: bot.KindFile, Album: "a", Files: []bot.File{{ID: id, Handle: "at " + id, Kind: "photo"}}})
	}
	said := len(h.answers())
	var orders []bot.FileOrder
	for _, j := range h.due(bot.JobFile) {
		var o bot.FileOrder
		if err := json.Unmarshal(j.Payload, &o); err != nil {
			t.Fatal(err)
		}
		orders = append(orders, o)
		if j.Lane != "" || j.Key != "file:"+o.File.ID {
			t.Errorf("job %+v", j)
		}
	}
	if len(orders) != 3 || orders[2].File.Handle != "at f3" || orders[2].Chat != ann {
		t.Errorf("orders: %+v", orders)
	}
	if early := h.due(bot.JobEvent); len(early) != 0 {
		t.Errorf("%d timers are due at once", len(early))
	}
	h.wait(2 * time.Second)
	timers := h.due(bot.JobEvent)
	if len(timers) != 1 {
		t.Fatalf("%d timers, want 1", len(timers))
	}
	for range 3 {
		h.event(timers[0])
	}
	if got := len(h.answers()); got != said+1 {
		t.Errorf("%d acknowledgements, want 1", got-said)
	}
	h.hears("files.gathered")
	draft, err := h.store.ReadDraft(t.Context(), h.state().Draft)
	if err != nil || len(draft.Files("description")) != 3 {
		t.Errorf("the draft has %+v, %v", draft, err)
	}
}

// event brings a timer back as the courier does.
func (h *house) event(timer bot.Job) {
	h.t.Helper()
	var in bot.Inbound
	if err := json.Unmarshal(timer.Payload, &in); err != nil {
		h.t.Fatal(err)
	}
	if err := h.Handle(h.t.Context(), in); err != nil {
		h.t.Fatal(err)
	}
	h.deliver()
}

func TestJobsWithoutALaneWakeTheirWorkers(t *testing.T) {
	h := meet(t)
	h.take(bot.Inbound{Kind: bot.KindFile, Files: []bot.File{{ID: "f1"}}})
	notes := h.post.notes()
	if notes[len(notes)-1] != "wake " {
		t.Errorf("noted: %v", notes)
	}
}

func TestWhatAnActionBringsAlongIsCommittedWithIt(t *testing.T) {
	h := meet(t)
	h.desk.on("member.copy", ends(bot.Result{
		Outcome: "sent", Member: "m1", Mode: bot.ModeWaiting, Send: []bot.Outbound{{Document: &bot.Document{Name: "copy.json"}}},
		Jobs: []bot.Job{{Kind: bot.JobAsked, Key: "asked:1", RunAt: noon}},
	}))
	h.says("/help")
	if h.chat().Member != "m1" || h.chat().Mode != bot.ModeWaiting || len(h.due(bot.JobAsked)) != 1 {
		t.Errorf("the chat is %+v", h.chat())
	}
	sent := h.post.messages()
	if d := sent[len(sent)-2].Document; d == nil || d.Name != "copy.json" {
		t.Errorf("sent: %+v", sent)
	}
	h.hears("That is all.")
}
