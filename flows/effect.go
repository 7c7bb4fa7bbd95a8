package flows

import "javab/bot"

// Effect is something that must follow from a step. The Turn commits all of them, in order.
type Effect interface{ effect() }

// Say sends a message to the member. Flow and Step say who speaks.
type Say struct {
	Message bot.Outbound
	Flow    string
	Step    string
}

// Do asks the program to do something. The script stands still until Step gets the Result.
type Do struct {
	Action string
	With   map[string]string
	// Kept names arguments whose value is too long for the state: argument -> field of the draft that holds it.
	Kept map[string]string
}

// Keep writes a piece of the draft.
type Keep struct {
	Piece bot.Piece
	// From, when set, is another field of the draft whose text the piece takes over: words that the member sent late
	// and now wants to be added.
	From string
}

// HandOver gives the chat to humans.
type HandOver struct {
	Unit   bot.UnitID
	Reason string
	Topic  string
}

// Language is the member's choice of a language.
type Language struct{ Lang bot.Lang }

// Asked says that the member has asked something in his own words, what it may mean, and what was done about it. The
// question has the id of the turn's draft.
type Asked struct {
	Text   string
	Match  Match
	Action bot.QuestionAction
}

// Pressed is the first button that he chose after a question.
type Pressed struct {
	Question string
	Button   string
}

func (Asked) effect()    {}
func (Pressed) effect()  {}
func (Say) effect()      {}
func (Do) effect()       {}
func (Keep) effect()     {}
func (HandOver) effect() {}
func (Language) effect() {}
