package flows

import (
	"strings"
	"testing"

	"javab/bot"
)

// questions lead to one question of every kind: what is typed before, where the chat stands then, and what it asks in
// each language.
var questions = []struct {
	name, flow, step string
	typed            []string
	asks             bot.Text
	before           string // the step that /back leads to; "" when this is the first
	free             bool   // whatever is typed belongs to it
}{
	{"a choice", "complaint", "group", []string{"/complaint"}, bot.Text{En: "What is your complaint about?"}, "", false},
	{"a second choice", "complaint", "category", []string{"/complaint", "1"}, bot.Text{En: "Which one?"}, "group", false},
	{"an account", "complaint", "describe", []string{"/complaint", "1", "1"}, bot.Text{En: "Please describe"}, "category", true},
	{"an item of a form", "complaint", "details", []string{"/complaint", "1", "1", "x", "done"}, bot.Text{En: "card number"}, "describe", false},
	{"a later item of a form", "complaint", "details", []string{"/complaint", "1", "1", "x", "done", "123"}, bot.Text{En: "in rials"}, "details", false},
	{"an amount in doubt", "complaint", "details", []string{"/complaint", "1", "1", "x", "done", "123", "9 toman"}, bot.Text{En: "EN confirm"}, "details", false},
	{"a typed answer", "complaint", "phone", []string{"/complaint", "1", "2", "x", "done", "123", "1"}, bot.Text{En: "Which number"}, "whom", false},
	{"words", "complaint", "company", []string{"/complaint", "1", "2", "x", "done", "123", "2"}, bot.Text{En: "company's name"}, "whom", true},
	{"the summary", "complaint", "confirm", []string{"/complaint", "1", "2", "x", "done", "123", "1", "I don't have it"}, bot.Text{En: "What happened"}, "phone", false},
	{"a page of a guide", "services", "steps", []string{"/services", "1", "1"}, bot.Text{En: "Register."}, "first", false},
	{"a choice after a guide failed", "services", "failed", []string{"/services", "1", "1", "This step failed"}, bot.Text{En: "Step 1 failed"}, "steps", false},
}

// asked walks to a question.
func asked(t *testing.T, i int) *chat {
	t.Helper()
	c := newChat(t, bot.En)
	for _, said := range questions[i].typed {
		c.types(said)
	}
	c.at(questions[i].flow, questions[i].step)
	c.says(questions[i].asks.En)
	return c
}

// everywhere runs a test at each of the questions.
func everywhere(t *testing.T, f func(t *testing.T, c *chat, i int)) {
	for i, q := range questions {
		t.Run(q.name, func(t *testing.T) { f(t, asked(t, i), i) })
	}
}

func TestTheLanguageChangesAtEveryQuestion(t *testing.T) {
	everywhere(t, func(t *testing.T, c *chat, i int) {
		draft, item := c.st.Draft, c.st.Item
		c.types("/language")
		c.at("language", "choose")
		c.presses(Choice{c.st.Token, "ar"}.Data())
		c.at(questions[i].flow, questions[i].step)
		if c.lang != bot.Ar || c.st.Draft != draft || c.st.Item != item {
			t.Errorf("%s, form %s, item %d", c.lang, c.st.Draft, c.st.Item)
		}
		if said := c.last(); strings.Contains(said, questions[i].asks.En) {
			t.Errorf("still in English: %s", said)
		}
	})
}

func TestBackLeadsToTheQuestionBefore(t *testing.T) {
	everywhere(t, func(t *testing.T, c *chat, i int) {
		c.types("/back")
		switch q := questions[i]; {
		case q.before == "":
			c.at(q.flow, q.step)
			c.says("EN first_question")
		case c.st.Step != q.before:
			t.Errorf("back leads to %s", c.st.Step)
		}
	})
}

func TestEveryQuestionCanBeGivenUp(t *testing.T) {
	everywhere(t, func(t *testing.T, c *chat, _ int) {
		form := c.st.Draft != ""
		c.types("/cancel")
		c.at(Home, "menu")
		if form {
			c.says("EN cancelled")
		}
		if c.st.Draft != "" || len(c.st.Vars) != 0 || len(c.st.Left) != 0 {
			t.Errorf("something stayed: %+v", c.st)
		}
	})
}

func TestAnOfficerIsReachedFromEveryQuestionWithWhatWasWritten(t *testing.T) {
	everywhere(t, func(t *testing.T, c *chat, _ int) {
		draft := c.st.Draft
		c.types("/officer")
		if len(c.handed) != 1 || c.st.Draft != draft || !c.st.Parked {
			t.Errorf("handed over %+v, form %s", c.handed, c.st.Draft)
		}
	})
}

func TestHelpComesBackToEveryQuestion(t *testing.T) {
	everywhere(t, func(t *testing.T, c *chat, i int) {
		before := c.st
		for _, command := range []string{"/language", "/track"} {
			c.types(command)
			c.types("/back")
			c.at(questions[i].flow, questions[i].step)
			if c.st.Draft != before.Draft || c.st.Item != before.Item || c.st.Account != before.Account {
				t.Errorf("after %s: %+v", command, c.st)
			}
		}
	})
}

func TestASureQuestionIsAnsweredOrOfferedAtEveryQuestion(t *testing.T) {
	everywhere(t, func(t *testing.T, c *chat, i int) {
		c.match = func(string) Match { return Match{Sure: "answers/membership.fees", P: 1} }
		before := len(c.said)
		c.types("what does membership cost?")
		if questions[i].free {
			if c.button("What does membership cost?") == "" {
				t.Errorf("it is not offered beside: %s", c.last())
			}
			return
		}
		c.at(questions[i].flow, questions[i].step)
		if got := show(c.said[before]); !strings.Contains(got, "The fee is on the portal.") {
			t.Errorf("it is not answered: %s", got)
		}
		if len(c.said) != before+2 {
			t.Errorf("%d messages; the question must follow", len(c.said)-before)
		}
	})
}

func TestAnotherFlowNeverPullsAnyoneOutOfAQuestion(t *testing.T) {
	everywhere(t, func(t *testing.T, c *chat, i int) {
		if questions[i].free {
			return
		}
		c.match = func(string) Match { return Match{Sure: "flow/track"} }
		c.types("where is my case, please")
		c.at(questions[i].flow, questions[i].step)
		if c.button("Track") == "" {
			t.Errorf("it is not offered: %s", c.last())
		}
	})
}

func TestStickersAndEditsChangeNothing(t *testing.T) {
	everywhere(t, func(t *testing.T, c *chat, i int) {
		before := stateJSON(t, State{Vars: c.st.Vars, Trail: c.st.Trail, Draft: c.st.Draft, Item: c.st.Item})
		kept := len(c.kept)
		for _, kind := range []bot.Kind{bot.KindEdit, bot.KindOther, bot.KindBlocked} {
			c.do(Input{Kind: kind, Text: map[bot.Kind]string{bot.KindEdit: "123456"}[kind]})
			c.at(questions[i].flow, questions[i].step)
			if kind == bot.KindEdit {
				c.says("EN edited")
			}
		}
		if now := stateJSON(t, State{Vars: c.st.Vars, Trail: c.st.Trail, Draft: c.st.Draft, Item: c.st.Item}); string(now) != string(before) {
			t.Errorf("%s became %s", before, now)
		}
		if len(c.kept) != kept {
			t.Errorf("kept %s", pieces(c.kept[kept:]))
		}
	})
}

func TestAButtonOfAnotherQuestionIsAnsweredKindlyAtEveryQuestion(t *testing.T) {
	everywhere(t, func(t *testing.T, c *chat, i int) {
		c.presses("f:old:1")
		c.says("EN stale")
		c.at(questions[i].flow, questions[i].step)
	})
}
