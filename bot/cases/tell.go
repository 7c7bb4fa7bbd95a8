package cases

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/locales/text"
)

// Words are the sentences that members read of their cases, from the content that is live.
type Words interface {
	// Text returns one of the texts of TextIDs.
	Text(id string) bot.Text
	// StateName is what members call a state.
	StateName(s bot.CaseState) bot.Text
}

// TextIDs are the texts that the keeper says to members, with the placeholders of each.
var TextIDs = map[string][]string{
	textNotice:   {"number", "state"},
	textDue:      {"date", "time"},
	textNext:     {"date"},
	textLate:     {"number"},
	textChanged:  {"number", "date", "time"},
	textTold:     {"number"},
	textProposed: {"number"},
	textAsk:      nil,
	textRemind:   {"number"},
	textSilence:  {"date"},
	textAnswered: {"number"},
	textAgain:    nil,
	textClosed:   {"number"},
	textCalled:   {"number"},
	textUntil:    {"date"},
	textSurvey:   {"number"},
	textCheck:    {"number"},

	"case.button.solved": nil, "case.button.not_solved": nil, "case.button.reopen": nil,
	"case.button.holds": nil, "case.button.fails": nil,
	"case.rate.1": nil, "case.rate.2": nil, "case.rate.3": nil, "case.rate.4": nil, "case.rate.5": nil,
}

const (
	textNotice  = "case.notice"
	textDue     = "case.due"
	textNext    = "case.next"
	textLate    = "case.late"
	textChanged = "case.changed"

	textTold     = "case.told"     // before an officer's words
	textProposed = "case.proposed" // the result, to be confirmed
	textAsk      = "case.ask"      // whether it solves the case
	textRemind   = "case.remind"   // the same again
	textSilence  = "case.silence"  // when saying nothing ends it
	textAnswered = "case.answered" // the answer that ends the case
	textAgain    = "case.again"    // what to do when it does not suffice
	textClosed   = "case.closed"   // after silence
	textCalled   = "case.called"   // after a call
	textUntil    = "case.until"    // until when it can be reopened
	textSurvey   = "case.survey"
	textCheck    = "case.check"
)

// buttonLabels are the texts of the buttons of cases; those of ratings follow lowest first.
var (
	buttonLabels = map[bot.CaseButton]string{
		bot.ButtonSolved: "case.button.solved", bot.ButtonNotSolved: "case.button.not_solved", bot.ButtonReopen: "case.button.reopen",
		bot.ButtonHolds: "case.button.holds", bot.ButtonFails: "case.button.fails",
	}
	rateLabels = [...]string{"case.rate.1", "case.rate.2", "case.rate.3", "case.rate.4", "case.rate.5"}
)

// lastRating is the best one.
const lastRating = len(rateLabels)

// NoticeFlow is the name under which the record keeps what the keeper says.
const NoticeFlow = "case"

// tell tells the member how his case stands, or that its date has changed. Whom no channel reaches is not told; the
// timeline says so, and he is due again after the usual time.
func (p *pass) tell(what string) error {
	planned := p.c.NoticeAt
	late := !planned.IsZero() && p.now.After(planned) && (what == Noticed || !planned.Equal(p.c.DueAt)) // with the deadline only an apology is due
	broken := !p.c.BreachedAt.IsZero() && p.c.ToldDue.IsZero()
	p.c.ToldAt, p.c.ToldDue = p.now, p.c.DueAt
	if err := p.promise.count(&p.c); err != nil {
		return err
	}
	switch {
	case p.chat.Blocked:
		p.note(Unsent, planned, p.c.NoticeAt)
		return nil
	case late:
		p.note(Late, planned, p.c.NoticeAt)
	case what == Noticed:
		p.note(Noticed, planned, p.c.NoticeAt)
	}
	if what == Retold {
		p.note(Retold, time.Time{}, p.c.DueAt)
	}
	switch {
	case what == Retold && broken:
		p.tells(p.words(textLate, "number", p.c.Number.String()))
	case what == Retold:
		p.tells(p.words(textChanged, "number", p.c.Number.String(), "date", p.day(p.c.DueAt), "time", p.time(p.c.DueAt)))
	default:
		p.tells(p.standing()...)
	}
	return nil
}

// tells says what has just been noted in the timeline.
func (p *pass) tells(lines ...string) {
	key := fmt.Sprintf("case:%s:%d.%d", p.c.ID, p.now.UnixMilli(), len(p.rows.Jobs))
	p.say(p.c, key, p.entries[len(p.entries)-1].What, lines)
}

// standing is how the case stands: its state, its date while the promise holds, and when he hears of it next.
func (p *pass) standing() []string {
	lines := []string{p.words(textNotice, "number", p.c.Number.String(), "state", p.texts.StateName(p.c.State).In(p.chat.Lang))}
	if p.c.Clock.Runs() && kept(p.c) {
		lines = append(lines, p.words(textDue, "date", p.day(p.c.DueAt), "time", p.time(p.c.DueAt)))
	}
	return append(lines, p.words(textNext, "date", p.day(p.c.NoticeAt)))
}

// letter is what the member of a case is written in one transaction.
type letter struct {
	texts Words
	chat  bot.Chat
	now   time.Time
	rows  converse.Rows
}

// words is one of the texts in the member's language, its values isolated for direction.
func (l *letter) words(id string, pairs ...string) string {
	words := l.texts.Text(id).In(l.chat.Lang)
	for i := 0; i+1 < len(pairs); i += 2 {
		words = strings.ReplaceAll(words, "{"+pairs[i]+"}", text.Isolate(pairs[i+1]))
	}
	return words
}

func (l *letter) day(t time.Time) string  { return text.For(l.chat.Lang).LongDate(t) }
func (l *letter) time(t time.Time) string { return text.For(l.chat.Lang).Time(t) }

// say writes a message about a case to its member, and the job that carries it, once under its key. The step says in the
// record what it was about.
func (l *letter) say(c bot.Case, key, step string, lines []string, choices ...bot.Choice) {
	words := text.Finish(l.chat.Lang, strings.Join(lines, "\n"))
	l.rows.Messages = append(l.rows.Messages, bot.Message{
		Chat: l.chat.Key, At: l.now, Direction: bot.Out, Author: bot.ByBot, Kind: bot.KindText, Text: words, JobKey: key,
		Flow: NoticeFlow, Step: step, Unit: c.Unit, Confidential: c.Confidential,
	})
	l.rows.Jobs = append(l.rows.Jobs, bot.Job{Kind: bot.JobSend, Lane: l.chat.Key, Key: key, Payload: payload(bot.Outbound{
		Lang: l.chat.Lang, Segments: []bot.Segment{{Text: words}}, Choices: choices,
	}), RunAt: l.now})
}

// payload writes our own words as JSON, which cannot fail.
func payload(m any) []byte {
	encoded, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return encoded
}
