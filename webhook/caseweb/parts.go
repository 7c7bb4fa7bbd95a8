package caseweb

import (
	"slices"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/webhook/page"
)

// question is a referral as the page shows it.
type question struct {
	bot.Referral
	file *file
}

// Asked are the questions to units.
func (f *file) Asked() []question {
	return each(f.Referrals, func(r bot.Referral) question { return question{r, f} })
}

// Whom names the unit.
func (q question) Whom() string { return q.file.UnitName(q.Unit) }

// Late reports whether the unit owes its reply and the date has passed.
func (q question) Late() bool { return q.Open() && q.DueAt.Before(q.file.Instant) }

// State says how far it has come.
func (q question) State() string {
	switch {
	case !q.WithdrawnAt.IsZero():
		return "recalled"
	case !q.RepliedAt.IsZero():
		return "replied"
	case q.Late():
		return "late"
	}
	return "open"
}

// Says names that.
func (q question) Says() string { return q.file.T("cases.referral." + q.State()) }

// Due is when the reply is due.
func (q question) Due() due {
	if q.Open() {
		return q.file.asked(q.DueAt)
	}
	return due{}
}

// Answers reports whether the reader may answer it.
func (q question) Answers() bool { return q.file.May("answer") }

// Mine reports whether it is the reader's own unit that is asked.
func (q question) Mine() bool { return q.file.Narrow }

// Replier names who answered: a colleague, or somebody who was sent a link.
func (q question) Replier() string { return q.file.Called(bot.StaffID(q.RepliedBy)) }

// chore is a task as the page shows it.
type chore struct {
	bot.Task
	file *file
}

// Work are the tasks of the case.
func (f *file) Work() []chore {
	return each(f.Tasks, func(t bot.Task) chore { return chore{t, f} })
}

// State says how far it has come.
func (c chore) State() string {
	switch {
	case !c.Open():
		return "done"
	case c.DueAt.Before(c.file.Instant):
		return "late"
	}
	return "open"
}

// Icon is its sign.
func (c chore) Icon() string {
	if c.Kind == bot.TaskCall {
		return "phone"
	}
	return "check"
}

// Says is what is to be done: a call is asked for by the program, in the reader's language.
func (c chore) Says() string {
	if c.Kind == bot.TaskCall {
		return c.file.T("cases.task.call")
	}
	return c.What
}

// Due is when it is due.
func (c chore) Due() due { return c.file.asked(c.DueAt) }

// Who names who does it, or has done it.
func (c chore) Who() string {
	switch {
	case c.DoneBy != "":
		return c.file.Called(c.DoneBy)
	case c.Task.Who != "":
		return c.file.Called(c.Task.Who)
	}
	return c.file.UnitName(c.Unit)
}

// Outcomes are the ways in which it can end.
func (c chore) Outcomes() []bot.TaskOutcome {
	if c.Kind == bot.TaskCall {
		return []bot.TaskOutcome{bot.CallSolved, bot.CallNotSolved, bot.CallNotReached}
	}
	return []bot.TaskOutcome{bot.TaskDone, bot.TaskDropped}
}

// Then is when what comes next is due.
func (f *file) Then(at time.Time) due { return f.asked(at) }

// Held are the approvals of the case, newest first.
func (f *file) Held() []bot.Approval {
	list := slices.Clone(f.Approvals)
	slices.Reverse(list)
	return list
}

// step is one step of the way to the end.
type step struct {
	Look, Icon string // ok, warn, bad or empty
	Says       string
	At         page.Moment
}

// Steps are how far the result has come: written, arrived, asked again, ended.
func (f *file) Steps() (list []step) {
	c := f.Case.Closure
	if c.Round == 0 && c.ClosedAt.IsZero() {
		return nil
	}
	if !c.ProposedAt.IsZero() {
		list = append(list, step{"ok", "send-horizontal", f.Say("cases.step.proposed", "Who", f.Called(c.By)), f.When(c.ProposedAt)})
	}
	switch {
	case !c.DeliveredAt.IsZero():
		list = append(list, step{"ok", "check", f.T("cases.step.delivered"), f.When(c.DeliveredAt)})
	case f.Is("proposed") && f.Chat.Blocked:
		list = append(list, step{"bad", "ban", f.T("cases.step.blocked"), page.Moment{}})
	case f.Is("proposed"):
		list = append(list, step{"warn", "hourglass", f.T("cases.step.undelivered"), page.Moment{}})
	}
	if c.Reminders > 0 {
		list = append(list, step{"", "bell", f.Count("cases.step.reminded", c.Reminders), f.When(c.RemindedAt)})
	}
	if c.Tried {
		list = append(list, step{"", "phone", f.T("cases.step.tried"), page.Moment{}})
	}
	return append(list, f.ended()...)
}

// ended is how it came to its end, and what follows on that; before, when silence ends it.
func (f *file) ended() (list []step) {
	c := f.Case.Closure
	if f.Is("proposed") && f.Case.Next.What == cases.NextMember {
		return []step{{"", "clock", f.T("cases.step.silence"), f.When(f.Case.Next.At)}}
	}
	if f.Case.State.Open() || c.ClosedAt.IsZero() {
		return nil
	}
	list = append(list, step{"ok", "circle-check", f.T("cases.ending." + string(c.Ending)), f.When(c.ClosedAt)})
	if !c.ReopenUntil.IsZero() {
		list = append(list, step{"", "rotate-ccw", f.T("cases.step.reopen"), f.Day(c.ReopenUntil)})
	}
	for _, s := range f.Surveys {
		says := f.T("cases.step.unrated")
		if s.Rating > 0 {
			says = f.Say("cases.step.rated", "N", f.N(s.Rating))
		}
		list = append(list, step{"", "star", says, f.When(s.AskedAt)})
	}
	if !c.CheckAt.IsZero() {
		list = append(list, step{"", "clock", f.T("cases.step.checked"), f.When(c.CheckAt)})
	}
	return list
}
