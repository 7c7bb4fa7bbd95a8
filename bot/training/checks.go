package training

import (
	"slices"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// Check names one thing that a checklist can ask for. The list is small on purpose: what a good officer does is said in
// the items of the personas, what can be seen in a record is said here.
type Check string

// The checks.
const (
	// InTime: the chat was claimed Within a time.
	InTime Check = "claimed"
	// Answered: the first word to the member came Within a time after he had come.
	Answered Check = "answered"
	// Said: one of the First replies (0: of all) has one of the Words.
	Said Check = "said"
	// Unsaid: no reply, held back or not, has one of the Words.
	Unsaid Check = "unsaid"
	// Language: every reply is in the member's language.
	Language Check = "language"
	// Discreet: no reply has figures that are not the member's own: somebody else's phone, card or number.
	Discreet Check = "discreet"
	// Unpromised: nothing had to be held back for a manager's yes, or it was taken back and said otherwise; and no reply
	// has one of the Words.
	Unpromised Check = "unpromised"
	// Recorded: a note was written for colleagues, or a ready reply was used.
	Recorded Check = "recorded"
	// PassedOn: the chat was transferred to Unit, with a reason.
	PassedOn Check = "transferred"
	// Settled: the chat was closed once the member's matter was settled for him. It does not apply where it was
	// transferred.
	Settled Check = "closed"
)

// checks are how they are judged.
var checks = map[Check]func(Item, Record) (Verdict, int64){
	InTime: inTime, Answered: answered, Said: said, Unsaid: unsaid, Language: language, Discreet: discreet,
	Unpromised: unpromised, Recorded: recorded, PassedOn: passedOn, Settled: settled,
}

func inTime(i Item, r Record) (Verdict, int64) {
	l, is := r.noted(0, r.Notes.Claimed, r.Notes.TakenBy)
	return verdict(is && l.At.Sub(r.Began) <= i.Within), l.ID
}

func answered(i Item, r Record) (Verdict, int64) {
	list := r.replies()
	if len(list) == 0 {
		return Unmet, 0
	}
	return verdict(list[0].At.Sub(r.Began) <= i.Within), list[0].ID
}

func said(i Item, r Record) (Verdict, int64) {
	list := r.replies()
	if i.First > 0 {
		list = list[:min(i.First, len(list))]
	}
	for _, l := range list {
		if says(l.Text, i.Words) {
			return Met, l.ID
		}
	}
	return Unmet, 0
}

// spoken are the replies and what was held back of them: what an officer meant to say.
func (r Record) spoken() (list []Line) {
	for _, l := range r.Lines {
		if l.Reply() || l.officers() && l.Flow == r.Notes.Flow && l.Step == r.Notes.Held {
			list = append(list, l)
		}
	}
	return list
}

// none is met when no line of a list is faulty; it does not apply to somebody who has said nothing.
func none(list []Line, faulty func(Line) bool) (Verdict, int64) {
	if len(list) == 0 {
		return NotAsk, 0
	}
	if i := slices.IndexFunc(list, faulty); i >= 0 {
		return Unmet, list[i].ID
	}
	return Met, 0
}

func unsaid(i Item, r Record) (Verdict, int64) {
	return none(r.spoken(), func(l Line) bool { return says(l.Text, i.Words) })
}

func language(_ Item, r Record) (Verdict, int64) {
	return none(r.replies(), func(l Line) bool {
		guess := text.Detect(l.Text)
		return guess.Sure && guess.Lang != r.Lang
	})
}

// long is how many digits in a row may be somebody's: a phone, a card, a number of membership or identity.
const long = 6

func discreet(_ Item, r Record) (Verdict, int64) {
	own := strings.Builder{}
	for _, l := range r.Lines {
		if !l.officers() {
			own.WriteString(text.Digits(l.Text) + "\n")
		}
	}
	return none(r.spoken(), func(l Line) bool {
		return slices.ContainsFunc(figures(l.Text), func(run string) bool { return !strings.Contains(own.String(), run) })
	})
}

// figures are the long runs of digits in a text.
func figures(words string) (runs []string) {
	for run := range strings.FieldsFuncSeq(text.Digits(words), func(r rune) bool { return r < '0' || r > '9' }) {
		if len(run) >= long {
			runs = append(runs, run)
		}
	}
	return runs
}

func unpromised(i Item, r Record) (Verdict, int64) {
	list := r.replies()
	if v, line := none(list, func(l Line) bool { return says(l.Text, i.Words) }); v == Unmet {
		return v, line
	}
	held, is := r.noted(0, r.Notes.Held)
	if !is {
		return none(list, func(Line) bool { return false })
	}
	for is {
		back, decided := r.noted(held.ID, r.Notes.Refused, r.Notes.Changed, r.Notes.Withdrawn)
		after := slices.IndexFunc(list, func(l Line) bool { return decided && l.ID > back.ID })
		if after < 0 {
			return Unmet, held.ID
		}
		held, is = r.noted(back.ID, r.Notes.Held)
	}
	return Met, held.ID
}

func recorded(_ Item, r Record) (Verdict, int64) {
	for _, l := range r.Lines {
		if l.officers() && (l.Direction == bot.Note && l.Flow != r.Notes.Flow || l.Flow == bot.ReadyFlow) {
			return Met, l.ID
		}
	}
	return Unmet, 0
}

func passedOn(i Item, r Record) (Verdict, int64) {
	l, is := r.noted(0, r.Notes.Transferred)
	return verdict(is && r.Hand.Unit == i.Unit), l.ID
}

func settled(_ Item, r Record) (Verdict, int64) {
	if l, is := r.noted(0, r.Notes.Transferred); is {
		return NotAsk, l.ID
	}
	l, is := r.noted(0, r.Notes.Closed)
	return verdict(is && !r.Content.IsZero() && !l.At.Before(r.Content)), l.ID
}
