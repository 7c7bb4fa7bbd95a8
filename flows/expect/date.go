package expect

import (
	"errors"
	"time"

	"javab/locales/text"
)

// maxYears is how far from now a date is believed at all: a longer life than anyone's, and every contract's.
const maxYears = 120

// acceptDate returns the day as 2026-11-21. What a member wrote in another calendar is told back in both before it is
// kept, whenever calendar or order was a guess.
func acceptDate(e Expect, in Answer) Verdict {
	now := in.Now.In(text.Tehran())
	day, sure, err := e.reader(in).Read(in.Text)
	switch {
	case errors.Is(err, text.ErrNoSuchDay):
		return refuse(hintDateDay)
	case errors.Is(err, text.ErrShortYear):
		return refuse(hintDateYear)
	case err != nil:
		return refuse(hintDate)
	}
	kept, ok := day.In(text.Gregorian)
	noon, _ := day.Noon(now.Location())
	today := time.Date(now.Year(), now.Month(), now.Day(), 12, 0, 0, 0, now.Location())
	switch {
	case !ok || noon.Before(now.AddDate(-maxYears, 0, 0)) || noon.After(now.AddDate(maxYears, 0, 0)):
		return refuse(hintDate)
	case e.Limit("past") > 0 && noon.After(today):
		return refuse(hintDatePast)
	case e.Limit("future") > 0 && noon.Before(today):
		return refuse(hintDateFuture)
	case !sure:
		return unusual(kept.String(), hintDateConfirm)
	}
	return good(kept.String())
}

// reader tells the reader of dates how far the field reaches, which decides the calendar of a year that fits two.
func (e Expect) reader(in Answer) text.DateReader {
	r := text.DateReader{Lang: in.Lang, Now: in.Now.In(text.Tehran()), Back: text.DefaultBack, Ahead: text.DefaultAhead}
	if years := e.Limit("years"); years > 0 {
		r.Back, r.Ahead = years, years
	}
	if e.Limit("past") > 0 {
		r.Ahead = 0
	}
	if e.Limit("future") > 0 {
		r.Back = 0
	}
	return r
}
