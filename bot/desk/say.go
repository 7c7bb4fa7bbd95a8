package desk

import (
	"encoding/json"
	"strings"
	"time"

	"javab/bot"
	"javab/locales/text"
)

// Content is what the bundle says of the desk, as it is now.
type Content interface {
	// Priority is the number of a topic's urgency, higher first; what is about nothing in particular has that of a
	// normal matter.
	Priority(topic string) int
	// FirstAnswer is the working time within which a person answers a topic.
	FirstAnswer(topic string) time.Duration
	// Text returns one of the texts of TextIDs.
	Text(id string) bot.Text
	// UnitName is what members call a unit.
	UnitName(unit bot.UnitID) bot.Text
	Rules() Rules
}

// Rules are the times after which something happens by itself. Warn and Release run in working time.
type Rules struct {
	Warn    time.Duration // held without an answer: the officer reads so in the chat
	Release time.Duration // still none: back to the queue
	Lost    time.Duration // no sign of life from his browser: all his chats go back
	Ask     time.Duration // the member is silent: he is asked
	Back    time.Duration // still silent: back to the bot
}

// TextIDs are the texts that the desk says to members, with the placeholders of each.
var TextIDs = map[string][]string{
	textClaimed:    {"name"},
	textTakenOver:  {"name"},
	textUnit:       {"unit"},
	textColleague:  {"name"},
	textLanguage:   {"name"},
	textReleased:   nil,
	textPlace:      {"place"},
	textWait:       {"from", "to"},
	textOpening:    {"date", "time"},
	textPaused:     nil,
	textStillThere: nil,
	textSilence:    nil,
	textHandedBack: nil,
	textManners:    nil,
	textMuted:      {"date", "time"},
}

const (
	textClaimed    = "desk.claimed"
	textTakenOver  = "desk.taken_over"
	textUnit       = "desk.to_unit"
	textColleague  = "desk.to_colleague"
	textLanguage   = "desk.language"
	textReleased   = "desk.released"
	textPlace      = "desk.place"
	textWait       = "desk.wait"
	textOpening    = "desk.opening"
	textPaused     = "desk.paused"
	textStillThere = "desk.still_there"
	textSilence    = "desk.silence"
	textHandedBack = "desk.handed_back"
	textManners    = "desk.manners"
	textMuted      = "desk.muted"
)

// sentence is one of the texts with its values.
type sentence struct {
	id     string
	values map[string]string
}

func saying(id string, pairs ...string) sentence {
	s := sentence{id: id, values: map[string]string{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		s.values[pairs[i]] = pairs[i+1]
	}
	return s
}

// in is the sentence as a member reads it: values stand isolated for direction.
func (s sentence) in(lang bot.Lang, content Content) string {
	words := content.Text(s.id).In(lang)
	for name, value := range s.values {
		words = strings.ReplaceAll(words, "{"+name+"}", text.Isolate(value))
	}
	return words
}

// tell says sentences to the member in his language, a line each, as one message of the bot. It is told once per key.
func (a *act) tell(key string, first sentence, more ...sentence) {
	lines := []string{first.in(a.chat.Lang, a.Content)}
	for _, s := range more {
		lines = append(lines, s.in(a.chat.Lang, a.Content))
	}
	step := strings.TrimPrefix(first.id, NoteFlow+".")
	a.send(bot.Message{Author: bot.ByBot, Flow: NoteFlow, Step: step, JobKey: key, Text: strings.Join(lines, "\n")})
}

// send writes a message to the member and the job that carries it. A chat that blocked us gets none.
func (a *act) send(line bot.Message) {
	if a.chat.Blocked {
		return
	}
	line.Direction, line.Text = bot.Out, text.Finish(a.chat.Lang, line.Text)
	kind := bot.JobSend
	if len(line.Files) > 0 {
		kind = bot.JobUpload
	}
	a.keep(line)
	a.rows.Jobs = append(a.rows.Jobs, bot.Job{Kind: kind, Lane: a.chat.Key, Key: line.JobKey, Payload: encode(a.carried(line)), RunAt: a.now})
}

// carried is a line as a channel carries it: its finished words, below its file where it has one.
func (a *act) carried(line bot.Message) bot.Outbound {
	out := bot.Outbound{Lang: a.chat.Lang}
	if line.Text != "" {
		out.Segments = []bot.Segment{{Text: line.Text}}
	}
	if len(line.Files) > 0 {
		out.File = &line.Files[0]
	}
	return out
}

// keep adds a line to the record. It makes no job: what is only kept leaves by no channel.
func (a *act) keep(m bot.Message) {
	m.Chat, m.At, m.Kind, m.Unit, m.Confidential = a.chat.Key, a.now, bot.KindText, a.hand.Unit, a.hand.Confidential
	if len(m.Files) > 0 {
		m.Kind = bot.KindFile
	}
	if m.Author != bot.ByBot {
		m.SearchKey = text.Fold(m.Text)
	}
	a.rows.Messages = append(a.rows.Messages, m)
}

// encode writes our own words as JSON, which cannot fail.
func encode(payload any) []byte {
	encoded, err := json.Marshal(payload)
	if err != nil {
		panic(err)
	}
	return encoded
}

// signature is what members read of somebody: his display name, else the name of the unit.
func (a *act) signature(by bot.Staff) string {
	if name := by.Display.In(a.chat.Lang); name != "" {
		return name
	}
	return a.Content.UnitName(a.hand.Unit).In(a.chat.Lang)
}
