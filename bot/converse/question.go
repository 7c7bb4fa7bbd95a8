package converse

import (
	"cmp"

	"javab/bot"
	"javab/flows"
	"javab/locales/text"
)

// asks notes what the member has asked in his own words, without what is personal in it.
func (r *run) asks(e flows.Asked) {
	r.rows.Question = &bot.FreeQuestion{
		ID: string(r.draft), Chat: r.chat.Key, At: r.now, Lang: r.chat.Lang, Class: cmp.Or(e.Match.Class, text.Detect(e.Text).Lang),
		Text: text.Redact(e.Text), Top: e.Match.Top, P: e.Match.P, Action: e.Action, Bundle: r.script.Version,
	}
}

// handedOver notes which question led to the hand-over, if one did.
func (r *run) handedOver() {
	switch id := r.state.Asked; {
	case id == "":
	case r.rows.Question != nil && r.rows.Question.ID == id: // in this very turn
		q := *r.rows.Question // a closure may run twice: the plan's stays as it is
		q.HandOver = string(r.draft)
		r.rows.Question = &q
	default:
		r.rows.Handled.Question, r.rows.Handled.HandOver = id, string(r.draft)
	}
}
