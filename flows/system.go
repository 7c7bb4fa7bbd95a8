package flows

import (
	"maps"
	"slices"

	"javab/flows/expect"
)

// The reserved flows: ordinary scripts that the engine itself turns to.
const (
	Home       = "home"    // the main menu
	Welcome    = "welcome" // first contact: the choice of a language
	AnswerFlow = "answer"  // shows the variable answer
	Unsure     = "unsure"  // did you mean one of the variable likely?
	Unknown    = "unknown" // nothing matched
	Officer    = "officer"
	Stuck      = "stuck" // a bound was exceeded, or the content lost a step: to an officer
)

// Reserved maps each reserved flow to the variables that it begins with.
var Reserved = map[string][]string{
	Home: nil, Welcome: nil, AnswerFlow: {"answer"}, Unsure: {"likely", "text"}, Unknown: {"likely", "misses", "text"},
	Officer: nil, Stuck: nil, "language": nil, "help": nil, "track": nil, "settings": nil, "mydata": nil,
}

// SystemTexts are the texts that the engine itself says, by id, with the placeholders that each may use. The content
// gives them in system.yaml; the loader refuses a bundle in which one is missing. The words of the commands may be
// several, separated by "|".
var SystemTexts = withHints(map[string][]string{
	"label.done": nil, "label.back": nil, "label.next": nil, "label.failed": nil, "label.skip": nil,
	"label.yes": nil, "label.no": nil, "label.menu": nil, "label.officer": nil, "label.contact": nil, "label.add": nil,
	"label.speak":    nil,      // go on in this language: always shown in the language it offers
	"label.queue":    nil,      // of a chat that was handed over: its place, or take it back
	"label.leave":    nil,      // a form that was begun: give it up
	"label.go_on":    {"flow"}, // a form that was set aside: go on with it
	"answer.expired": nil,      // in place of an answer whose last day is over: an officer will tell
	"label.early":    nil,      // what was sent before anything was asked for it: make it part of the account

	"command.menu": nil, "command.cancel": nil, "command.back": nil, "command.language": nil, "command.officer": nil,
	"command.help": nil, "command.track": nil, "command.settings": nil, "command.mydata": nil,

	"words.hello": nil, "words.thanks": nil, // whole messages that only greet or thank, separated by "|"

	"hello":          nil,        // the answer to a greeting; a question follows
	"thanks":         nil,        // the answer to thanks; a question follows
	"talk.farewell":  nil,        // the same of other small talk: the answer to a good-bye
	"talk.wellbeing": nil,        // how are you
	"talk.agreement": nil,        // ok, yes
	"talk.praise":    nil,        // well done
	"talk.who":       nil,        // are you a bot
	"also":           nil,        // he has asked something else besides; its button follows
	"stale":          nil,        // a press on an old button; the present question follows
	"choose":         nil,        // a text at a choice that is none of the choices
	"unreadable":     nil,        // something no question can read: a sticker, a poll
	"file.first":     nil,        // a voice message or a picture where nothing was asked; ways to send it follow
	"file.kept":      nil,        // the same, and the account of the next form offers to take it over
	"edited":         nil,        // an edited message: please send it anew
	"confirm":        {"value"},  // is this what you mean?
	"three_strikes":  nil,        // the third answer that could not be used; an officer is offered
	"account.first":  nil,        // the first piece of an account came; more, or done
	"account.more":   {"pieces"}, // every fourth piece
	"account.empty":  nil,        // done, and nothing was sent
	"files.gathered": nil,        // an album is complete
	"files.count":    {"files"},  // how many files an answer has, where it is told back
	"file.refused":   {"file"},   // type or size is not allowed
	"files.enough":   nil,        // more than may be sent in a day: send the rest tomorrow
	"file.lost":      {"file"},   // the messenger no longer has it: please send it again
	"late":           nil,        // a text after the account: add it to the description?
	"added":          nil,        // it was added
	"cancelled":      nil,        // what was begun is given up
	"left":           nil,        // it is set aside; the main menu offers to go on with it
	"resumed":        nil,        // he goes on with it; its question follows
	"first_question": nil,        // back, at the first question
	"draft.left":     nil,        // a form was begun and left; its question follows
	"draft.open":     {"flow"},   // another flow was asked for in the middle of a form: its button, and the question
	"walk.page":      {"step", "steps", "text"},
	"hand_over":      nil, // an officer will answer here: said when the scripts cannot say it
})

// withHints adds the texts of the validators, which may quote their own limits and the value in doubt.
func withHints(texts map[string][]string) map[string][]string {
	for _, hint := range expect.Hints() {
		texts[hint] = []string{"min", "max", "files", "years", "value"}
	}
	return texts
}

// SystemTextIDs lists the ids of SystemTexts in order.
func SystemTextIDs() []string { return slices.Sorted(maps.Keys(SystemTexts)) }
