package converse_test

import (
	"testing"

	"javab/bot"
)

// presses is a press on a button below a message about a case.
func (h *house) presses(data string) {
	h.t.Helper()
	h.take(bot.Inbound{Kind: bot.KindPress, Press: &bot.Press{ID: "press", Data: data, Ref: "out"}})
}

var notSolved = bot.CasePress{Button: bot.ButtonNotSolved, Number: bot.CaseNumber{Year: 1405, Seq: 123}, Round: 2}.Data()

// refusing is a house that takes what is missing in a case.
func refusing(t *testing.T) *house {
	h := meet(t)
	h.desk.on("case.not_solved", ends(bot.Result{Outcome: "ok"}))
	h.desk.on("case.add", ends(bot.Result{Outcome: "ok"}))
	return h
}

func TestAButtonOfACaseIsAnsweredInTheMiddleOfAForm(t *testing.T) {
	h := refusing(t)
	h.says("/account")
	h.says("A long story")
	before := h.state()
	h.presses(notSolved)
	h.at("not_solved", "missing")
	if with := h.desk.calls[0].With; with["number"] != "JV-1405-000123-7" || with["round"] != "2" {
		t.Errorf("called with %v", with)
	}
	h.says("The card")
	h.taps("label.done")
	if added := h.desk.calls[1]; added.Draft == before.Draft || added.Draft == "" {
		t.Errorf("what is missing lies in the form %q", added.Draft)
	}
	h.at("account", "tell")
	if st := h.state(); st.Draft != before.Draft || st.Token != before.Token {
		t.Errorf("the chat stood at %+v and stands at %+v", before, st)
	}
	h.settled()
}

func TestTheRecordSaysWhichButtonOfACaseWasPressed(t *testing.T) {
	h := refusing(t)
	h.presses(notSolved)
	var said []string
	for _, m := range h.rows() {
		if m.Direction == bot.In {
			said = append(said, m.Text)
		}
	}
	if last := said[len(said)-1]; last != "Not solved" {
		t.Errorf("the record says %q", last)
	}
}

func TestWhatTheBotAsksBecauseOfAButtonIsAnsweredBesideAnOfficer(t *testing.T) {
	h := refusing(t)
	h.taps("Talk to an officer")
	h.mode(bot.ModeHeld)
	h.presses(notSolved)
	h.hears("What is missing?")
	h.says("The card")
	h.taps("label.done")
	h.hears("It was added.")
	said := len(h.answers())
	h.says("And how are you?")
	if h.chat().Mode != bot.ModeHeld || len(h.answers()) != said {
		t.Errorf("the chat is %s, the bot said %q", h.chat().Mode, h.last())
	}
}

func TestAForgedButtonOfACaseShowsThePresentQuestion(t *testing.T) {
	h := meet(t)
	for _, data := range []string{"c:rob:JV-1405-000123-7:1", "c:solved:JV-1405-000123-8:1", "c:"} {
		said := len(h.answers())
		h.presses(data)
		h.at("home", "menu")
		if len(h.answers()) != said+1 || len(h.desk.calls) != 0 {
			t.Errorf("%s: the bot said %q, and called %v", data, h.last(), h.desk.calls)
		}
	}
}

func TestWhatIsSaidAboutAConfidentialCaseIsForItsHandlersAlone(t *testing.T) {
	h := refusing(t)
	h.desk.on("case.not_solved", ends(bot.Result{Outcome: "ok", Confidential: true, Unit: "legal"}))
	h.presses(notSolved)
	h.says("He has asked me for money again")
	h.says("/menu")
	h.says("hello")
	open := map[string]bool{}
	for _, m := range h.rows() {
		if !m.Confidential || m.Unit != "legal" {
			open[m.Text] = true
		}
	}
	if open["What is missing?"] || open["He has asked me for money again"] || !open["hello"] {
		t.Errorf("anyone may read %v", open)
	}
}
