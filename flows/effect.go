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

func (Say) effect()      {}
func (Do) effect()       {}
func (Keep) effect()     {}
func (HandOver) effect() {}
func (Language) effect() {}
