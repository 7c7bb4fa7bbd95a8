package flows

import (
	"strings"
	"time"

	"javab/bot"
)

// Input is what a step of the engine answers: something the member did, an event, or the result of a Do.
type Input struct {
	Kind     bot.Kind
	Text     string
	Choice   Choice // of a press
	Contact  *bot.Contact
	Location *bot.Location
	Files    []bot.File
	Album    string
	Event    bot.EventName
	// Result resumes the script after a Do.
	Result *bot.Result
	// Enter begins a flow, whatever the member was in. Visit plays one over whatever he is in, and comes back to it.
	Enter Entrance
	Visit Entrance

	Lang bot.Lang
	Now  time.Time
	// Token goes on the buttons of the next question; unique per turn.
	Token string
	// Draft is the id of the form that begins, should one begin, and of the question that is asked, should one be.
	Draft bot.DraftID
	// Match says what a free text may mean; nil matches nothing.
	Match func(text string) Match
	// First says that the chat was never seen before.
	First bool
}

// Match is what the matcher makes of a text, as "answers/<id>" or "flow/<id>".
type Match struct {
	Sure   string
	Likely []string
	// Next are what the other questions of the text are surely about, when it asks several.
	Next []string
	// Talk is the kind of small talk that the text is and nothing else; empty when it is about something.
	Talk string
	// Class is what the text is written in: a language, or "fa-Latn" for Persian in Latin letters. Empty when nobody knows.
	Class bot.Lang
	// Top are the best three, and P how likely the first of them is: for the log.
	Top []bot.Guess
	P   float64
}

// Lang is the language that the text is written in, whatever its letters.
func (m Match) Lang() bot.Lang {
	lang, _, _ := strings.Cut(string(m.Class), "-")
	return bot.Lang(lang)
}

// romanised reports whether the text is written in the letters of another language.
func (m Match) romanised() bool { return m.Class != "" && m.Class != m.Lang() }

// Entrance is a flow, perhaps one of its steps, and the variables it begins with.
type Entrance struct {
	Flow string
	Step string
	Vars map[string]bot.Value
}

// Choice is what a flow's button brings back.
type Choice struct{ Token, ID string }

// flowPress begins the data of every button of a flow.
const flowPress = "f:"

// ParsePress reads the data of a button; it reports false when the button is none of a flow's.
func ParsePress(data string) (Choice, bool) {
	rest, ok := strings.CutPrefix(data, flowPress)
	if !ok {
		return Choice{}, false
	}
	token, id, ok := strings.Cut(rest, ":")
	return Choice{token, id}, ok && id != ""
}

// CommandChoice is a button that says a command, with words behind it: it works from any step and on any day.
func CommandChoice(command, argument string) Choice {
	return Choice{Token: "-", ID: "/" + strings.TrimSpace(command+" "+argument)}
}

// Data is the button data of the choice; ParsePress reads it back.
func (c Choice) Data() string { return flowPress + c.Token + ":" + c.ID }

// MaxToken is the longest token that leaves room for the choice in a button's 64 bytes.
const MaxToken = 10
