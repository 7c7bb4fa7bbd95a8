package caseweb

import (
	"slices"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/worktime"
	"javab/webhook/page"
)

// Told is what the member was told last, and when.
func (f *file) Told() page.Moment { return f.When(f.Case.ToldAt) }

// Notice is when he hears of the case next; its text is empty when nothing is owed to him.
func (f *file) Notice() page.Moment {
	if !f.Case.State.Open() || f.Case.NoticeAt.IsZero() {
		return page.Moment{}
	}
	return f.When(f.Case.NoticeAt)
}

// NoticeLate reports whether that has passed.
func (f *file) NoticeLate() bool { return f.Case.NoticeAt.Before(f.Instant) }

// Draft is what he would be told now.
func (f *file) Draft() string {
	lang := f.Chat.Lang
	if !lang.Valid() {
		lang = bot.Fa
	}
	return f.cases.Acts.Draft(f.Case, lang)
}

// DraftLang is the language of the member.
func (f *file) DraftLang() bot.Lang { return f.Chat.Lang }

// stretch is a time that does not count.
type stretch struct {
	From, To page.Moment
	Lasts    string
	Why      string
	Name     string
}

// Skipped are the times between the beginning of the case and its deadline that the clock has skipped.
func (f *file) Skipped() (list []stretch) {
	if f.Case.DueAt.IsZero() {
		return nil
	}
	all, err := f.cases.Hours.For(f.Case.Unit).Explain(f.Case.OpenedAt, f.Case.DueAt)
	if err != nil {
		return nil // beyond the calendar: there is nothing to say
	}
	for _, s := range all {
		if !s.Counts() && s.To.Sub(s.From) >= time.Minute {
			list = append(list, f.stretch(s))
		}
	}
	return list
}

func (f *file) stretch(s worktime.Stretch) stretch {
	return stretch{f.When(s.From), f.When(s.To), f.Lasted(s.To.Sub(s.From)), f.T("office.hours.reason." + string(s.Reason)), s.Name.In(f.Lang)}
}

// Promised and Spent are the working time of the promise, and what of it is used.
func (f *file) Promised() string { return f.working(f.Case.Clock.Promised) }

// Spent is the working time that the promise has used.
func (f *file) Spent() string {
	spent := f.Case.Clock.Spent
	if f.Case.Clock.Runs() {
		if ran, err := f.cases.Hours.For(f.Case.Unit).Between(f.Case.Clock.Since, f.Instant); err == nil {
			spent += ran
		}
	}
	return f.working(spent)
}

// pause is a time in which the clock of the promise stood still.
type pause struct {
	From, To page.Moment
	Lasts    string // in working time; it has no end yet when To is empty
	Why      string
}

// Pauses are the times in which the clock stood while the case was open, with their reasons, by what the timeline says.
func (f *file) Pauses() (list []pause) {
	clock := f.cases.Content.PromiseRules().Clock
	var began bot.CaseEntry
	for _, e := range f.Entries {
		stops, starts := stopping(clock, e)
		switch {
		case began.At.IsZero() && stops:
			began = e
		case !began.At.IsZero() && starts:
			list = append(list, f.pause(began, e.At))
			began = bot.CaseEntry{}
		}
	}
	if !began.At.IsZero() && f.Case.State.Open() {
		list = append(list, f.pause(began, time.Time{}))
	}
	return list
}

// stopping reports whether a line of the timeline stops the clock, or lets it go on.
func stopping(clock map[bot.CaseState]cases.ClockRule, e bot.CaseEntry) (stops, starts bool) {
	switch {
	case e.What == cases.DidStopClock:
		return true, false
	case e.What == cases.DidStartClock:
		return false, true
	}
	rule, moved := clock[bot.CaseState(e.After)]
	return moved && rule == cases.ClockPaused, moved && rule != cases.ClockPaused
}

func (f *file) pause(began bot.CaseEntry, end time.Time) pause {
	p := pause{From: f.When(began.At), Why: began.Text}
	until := end
	if until.IsZero() {
		until = f.Instant
	} else {
		p.To = f.When(end)
	}
	p.Lasts = f.worked(f.Case.Unit, began.At, until)
	return p
}

// OpenReferrals and OpenTasks say why a result cannot be proposed yet.
func (f *file) OpenReferrals() int {
	return len(slices.DeleteFunc(slices.Clone(f.Referrals), func(r bot.Referral) bool { return !r.Open() }))
}

// OpenTasks is how many tasks are still to be done.
func (f *file) OpenTasks() int {
	return len(slices.DeleteFunc(slices.Clone(f.Tasks), func(t bot.Task) bool { return !t.Open() }))
}
