package flows

import (
	"slices"
	"strings"
	"testing"

	"javab/bot"
)

const (
	feesRef     = "answers/membership.fees"
	benefitsRef = "answers/membership.benefits"
)

// told are the actions of what was asked so far.
func (c *chat) told() (actions []bot.QuestionAction) {
	for _, a := range c.asked {
		actions = append(actions, a.Action)
	}
	return actions
}

func TestSmallTalkIsAnsweredInKindAndIsNoQuestion(t *testing.T) {
	c := newChat(t, bot.En)
	for talk, answer := range map[string]string{
		"greeting": "EN hello", "thanks": "EN thanks", "farewell": "EN talk.farewell", "wellbeing": "EN talk.wellbeing",
		agreement: "EN talk.agreement", "praise": "EN talk.praise", "who": "EN talk.who",
	} {
		c.match = func(string) Match { return Match{Talk: talk} }
		if said := c.types("kind words"); len(said) != 1 || !strings.HasPrefix(show(said[0]), answer) {
			t.Errorf("%s is answered %v", talk, said)
		}
		c.at(Home, "menu")
	}
	if c.asked != nil || c.st.Misses != 0 {
		t.Errorf("asked %v, missed %d", c.asked, c.st.Misses)
	}
}

func TestSmallTalkInTheMiddleOfSomethingIsNoWrongAnswerButAYesIs(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.types("1")
	c.match = func(string) Match { return Match{Talk: "praise"} }
	if said := c.types("well done"); !strings.HasPrefix(show(said[0]), "EN talk.praise") || c.st.Tries != 0 {
		t.Errorf("said %v after %d tries", said, c.st.Tries)
	}
	c.at("complaint", "category")
	c.match = func(string) Match { return Match{Talk: agreement} }
	if said := c.types("yes"); !strings.HasPrefix(show(said[0]), "EN choose") || c.st.Tries != 1 {
		t.Errorf("said %v after %d tries", said, c.st.Tries)
	}
	c.at("complaint", "category")
}

func TestWhatIsAskedBesidesIsOfferedUntilItIsAnswered(t *testing.T) {
	c := newChat(t, bot.En)
	c.match = func(string) Match { return Match{Sure: feesRef, Next: []string{benefitsRef}} }
	said := c.types("what does it cost? and what is in it for me?")
	if len(said) != 2 || !strings.Contains(show(said[0]), "The fee is") || !strings.HasPrefix(show(said[1]), "EN also") {
		t.Fatalf("said %v", said)
	}
	c.match = nil
	c.types("/back") // to the question again: the offer stands
	said = c.taps("What are the benefits?")
	c.at(AnswerFlow, "useful")
	if len(said) != 2 || !strings.Contains(show(said[0]), "many benefits") || strings.Contains(show(said[1]), "EN also") {
		t.Errorf("said %v", said)
	}
	if c.button("What are the benefits?") != "" {
		t.Errorf("what was answered is offered: %s", c.last())
	}
	if want := []Pressed{{Question: c.st.Asked, Button: benefitsRef}}; len(c.pressed) != 1 || c.pressed[0].Button != want[0].Button {
		t.Errorf("pressed %v", c.pressed)
	}
}

func TestAFlowThatIsAskedForFirstOffersTheAnswerToTheRest(t *testing.T) {
	c := newChat(t, bot.En)
	c.match = func(string) Match { return Match{Sure: "flow/complaint", Next: []string{feesRef}} }
	c.types("I want to complain. What does it cost?")
	c.at("complaint", "group")
	if c.button("What does membership cost?") == "" {
		t.Errorf("offered: %s", c.last())
	}
}

func TestTheMatcherHearsWhichAnswerWasReadLast(t *testing.T) {
	c := newChat(t, bot.En)
	c.match = func(string) Match { return Match{Sure: feesRef} }
	c.types("fees?")
	if c.st.Last != feesRef {
		t.Errorf("last is %q", c.st.Last)
	}
	c.match = func(string) Match { return Match{Likely: []string{benefitsRef}} }
	c.types("and the benefits")
	c.taps("What are the benefits?")
	if c.st.Last != benefitsRef {
		t.Errorf("last is %q", c.st.Last)
	}
	c.types("/menu")
	if c.st.Last != benefitsRef {
		t.Error("the main menu forgets what was read")
	}
	c.types("/complaint")
	if c.st.Last != "" {
		t.Error("a complaint goes on from an answer")
	}
}

func TestEachQuestionIsToldWithWhatWasDoneAboutIt(t *testing.T) {
	c := newChat(t, bot.En)
	m := Match{Sure: feesRef, Top: []bot.Guess{{ID: feesRef, P: 0.9}}, P: 0.9}
	c.match = func(string) Match { return m }
	c.types("fees?")
	if got := c.asked[0]; got.Text != "fees?" || got.Match.P != 0.9 || got.Match.Top[0].ID != feesRef || c.st.Asked != "draft1" {
		t.Errorf("told %+v as %q", got, c.st.Asked)
	}
	m = Match{Likely: []string{benefitsRef}}
	c.types("hm")
	m = Match{}
	c.types("hm hm")
	c.types("/menu")
	c.match = func(string) Match { return Match{Sure: feesRef} }
	c.types("fees?")
	c.match = func(string) Match { return Match{} }
	c.types("gibberish")
	c.types("more gibberish")
	c.types("services")
	want := []bot.QuestionAction{
		bot.QuestionAnswered, bot.QuestionAsked, bot.QuestionHandOff, bot.QuestionAnswered, bot.QuestionRephrase, bot.QuestionHandOff,
	}
	if got := c.told(); !slices.Equal(got[:len(want)], want) {
		t.Errorf("told %v, want %v", got, want)
	}
}

func TestWhatIsSaidInAFormIsNoQuestionUnlessItSurelyIsOne(t *testing.T) {
	c := newChat(t, bot.En)
	c.match = func(string) Match { return Match{Sure: feesRef, P: 1} }
	c.types("/complaint")
	c.types("1")
	c.types("what does membership cost")
	if got := c.told(); !slices.Equal(got, []bot.QuestionAction{bot.QuestionAnswered}) || c.st.Asked != "" {
		t.Errorf("told %v, and buttons of the form answer %q", got, c.st.Asked)
	}
	c.types("2")
	c.types("The card is late. What does membership cost?") // the account
	c.types("done")
	c.types("123")
	if len(c.asked) != 1 {
		t.Errorf("told %v", c.asked)
	}
	c.st.Confidential = true
	c.types("/back")
	c.types("what does membership cost")
	if len(c.asked) != 1 {
		t.Errorf("told in confidence: %v", c.asked)
	}
}

func TestOnlyTheFirstButtonAfterAQuestionIsTold(t *testing.T) {
	c := newChat(t, bot.En)
	c.match = func(string) Match { return Match{Likely: []string{feesRef, benefitsRef}} }
	c.types("hm")
	asked := c.st.Asked
	c.taps("What are the benefits?")
	c.taps("Yes")
	if want := []Pressed{{asked, benefitsRef}}; !slices.Equal(c.pressed, want) {
		t.Errorf("pressed %v, want %v", c.pressed, want)
	}
	c.types("/menu")
	c.taps("Services")
	if len(c.pressed) != 1 {
		t.Errorf("what the main menu is asked for is told of a question: %v", c.pressed)
	}
}

// speaks reports whether another language is offered.
func (c *chat) speaks() bool {
	return slices.ContainsFunc(c.said[len(c.said)-1].Message.Choices, func(b bot.Choice) bool { return strings.Contains(b.Data, ":"+choiceSpeak) })
}

func TestPersianInLatinLettersIsNotTakenForEnglish(t *testing.T) {
	c := newChat(t, bot.Fa)
	c.match = func(string) Match { return Match{Sure: feesRef, Class: "fa-Latn"} }
	c.types("what is the fee of the membership")
	if c.speaks() {
		t.Errorf("another language is offered: %s", c.last())
	}
	c = newChat(t, bot.En)
	c.match = func(string) Match { return Match{Sure: feesRef, Class: "fa-Latn"} }
	c.types("hazine ozviyat chande")
	if !c.speaks() {
		t.Errorf("Persian is not offered: %s", c.last())
	}
}

func TestBesideAStoryOnlyWhatIsVerySureIsOffered(t *testing.T) {
	for p, offered := range map[float64]bool{0.6: false, 0.95: true} {
		c := newChat(t, bot.En)
		c.types("/complaint")
		c.types("1")
		c.types("2")
		c.match = func(string) Match { return Match{Sure: feesRef, P: p} }
		c.types("The card is late and I paid.")
		if got := c.button("What does membership cost?") != ""; got != offered {
			t.Errorf("at %.2f offered %v", p, got)
		}
	}
}
