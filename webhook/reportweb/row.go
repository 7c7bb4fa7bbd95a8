package reportweb

import (
	"net/url"

	"javab/bot"
	"javab/bot/report"
	"javab/webhook/page"
)

// row is one item.
type row struct {
	screen
	report.Item
}

// Who leads to somebody: his page, or the chat of one who is not known.
func (r row) Who() string {
	if r.Contact.Member != "" {
		return "/members/" + url.PathEscape(string(r.Contact.Member))
	}
	return "/desk/" + url.PathEscape(string(r.Contact.Chat))
}

// Called is his name.
func (r row) Called() string {
	if r.Contact.Name != "" {
		return r.Contact.Name
	}
	return r.T("report.nameless")
}

// Category names what the case is about.
func (r row) Category() string {
	return r.reports.Content.CategoryName(r.Case.Kind, r.Case.Category, r.Lang)
}

// Cause names its root cause; empty when none was noted.
func (r row) Cause() string {
	if r.Case.Cause == "" {
		return ""
	}
	return r.reports.Content.CauseName(r.Case.Cause, r.Lang)
}

// State names where it stands.
func (r row) State() string { return r.reports.Content.StateName(r.Case.State).In(r.Lang) }

// Mark names its standing; Tone is its colour.
func (r row) Mark() string { return r.T("report.standing." + string(r.Standing)) }

// Tone is the colour of its standing.
func (r row) Tone() string {
	switch r.Standing {
	case report.Kept, report.Good, report.Done:
		return "ok"
	case report.Late, report.Bad:
		return "bad"
	default:
		return ""
	}
}

// CaseURL leads to the page of its case.
func (r row) CaseURL() string { return "/cases/" + r.Number().String() }

// Number is that of the case.
func (r row) Number() bot.CaseNumber {
	if r.Survey.Case != "" {
		return r.Survey.Number
	}
	return r.Case.Number
}

// TookText tells how long the answer took.
func (r row) TookText() string { return r.tell.Took(r.Took) }

// Stands tells of a pause: how long, since when, and why.
func (r row) Stands(p report.Pause) stands {
	why := p.Reason
	if p.State == bot.Proposed || p.State == bot.Closed {
		why = r.T("report.pause.result")
	}
	return stands{r.tell.Took(p.Worked), r.When(p.From), p.To.IsZero(), why}
}

// stands is a pause as a row tells it.
type stands struct {
	Worked string
	Since  page.Moment
	GoesOn bool
	Why    string
}
