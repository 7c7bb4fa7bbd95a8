package staffchat

import (
	"encoding/json"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// TextIDs are the texts that are said in the chats of the staff, with the placeholders of each.
var TextIDs = map[string][]string{
	textAsked: {"kind", "unit", "author"}, textAtDesk: nil, textWas: nil, textBecomes: nil,
	labelApprove: nil, labelChange: nil, labelRefuse: nil, labelLook: nil,
	textDone: {"verdict", "by", "author"}, textAlready: {"verdict", "by"},
	textGone: nil, textOther: nil, textUndone: nil,

	kind + string(bot.ApproveReply): nil, kind + string(bot.ApproveEdit): nil, kind + string(bot.ApproveFile): nil,
	kind + string(bot.ApproveClosure): nil, kind + string(bot.ApproveDecision): nil, kind + string(bot.ApproveLetter): nil,
	kind + string(bot.ApproveNotice): nil,

	verdict + string(bot.ApprovalApproved): nil, verdict + string(bot.ApprovalChanged): nil,
	verdict + string(bot.ApprovalRefused): nil, verdict + string(bot.ApprovalWithdrawn): nil,
}

const (
	textAsked    = "staff.asked"   // the exact words follow
	textWas      = "staff.was"     // how words read that the member has already
	textBecomes  = "staff.becomes" // and what is to stand in their place
	textAtDesk   = "staff.at_desk" // something waits that is read at the desk alone
	labelApprove = "staff.approve"
	labelChange  = "staff.change"
	labelRefuse  = "staff.refuse"
	labelLook    = "staff.look"
	textDone     = "staff.done"    // what he decided was carried out
	textAlready  = "staff.already" // somebody else was first
	textGone     = "staff.gone"    // it is no longer his to decide
	textOther    = "staff.other"   // the words are others than he saw
	textUndone   = "staff.undone"  // it could not be carried out; the desk says why

	kind    = "staff.kind."
	verdict = "staff.verdict."
)

// say is one of the texts in a language, its values isolated for direction.
func (r *Room) say(lang bot.Lang, id string, pairs ...string) string {
	words := r.Words.Text(id).In(lang)
	for i := 0; i+1 < len(pairs); i += 2 {
		words = strings.ReplaceAll(words, "{"+pairs[i]+"}", text.Isolate(pairs[i+1]))
	}
	return words
}

// plainly is a message of one text.
func (r *Room) plainly(id string, pairs ...string) Message {
	return func(lang bot.Lang) bot.Outbound {
		return bot.Outbound{Segments: []bot.Segment{{Text: r.say(lang, id, pairs...)}}}
	}
}

// asked says what waits, with its exact words; of what takes the place of other words, with those too.
func (r *Room) asked(lang bot.Lang, a bot.Approval, author string) bot.Outbound {
	head := r.say(lang, textAsked, "kind", r.Words.Text(kind+string(a.Kind)).In(lang), "unit", r.Words.UnitName(a.Unit).In(lang), "author", author)
	words := text.Isolate(a.Text)
	if a.Earlier != "" {
		words = r.say(lang, textWas) + "\n" + text.Isolate(a.Earlier) + "\n\n" + r.say(lang, textBecomes) + "\n" + words
	}
	return bot.Outbound{Private: true, Segments: []bot.Segment{{Text: head + "\n\n" + words}}}
}

// verdictOf names how an approval ended.
func (r *Room) verdictOf(lang bot.Lang, s bot.ApprovalState) string {
	return r.Words.Text(verdict + string(s)).In(lang)
}

// encode writes our own words as JSON, which cannot fail.
func encode(payload any) []byte {
	encoded, err := json.Marshal(payload)
	if err != nil {
		panic(err)
	}
	return encoded
}
