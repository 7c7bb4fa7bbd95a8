package officeweb

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/worktime"
	"javab/locales/text"
	"javab/webhook/page"
)

// intake is the page on which rows from a file, or the lunar holidays that are expected, are looked over and taken. The
// rows that are offered stand in the form itself: nothing is kept before somebody has chosen.
type intake struct {
	clockwork
	Offers []offer
	Lunar  bool
	Left   string // how many events of the file were left out
}

// offer is a row to choose.
type offer struct {
	closing
	I                  int
	Chosen             bool
	Known              bool
	FromISO, UntilISO  string
	WindowText         string
	NameFa, NameAr, En string
}

// expectedYears is how many years of lunar holidays are offered at once.
const expectedYears = 2

func (o *Office) showImport(c echo.Context) error {
	p := intake{clockwork: o.clockwork(c, "office.hours.import", bot.UnitID(c.QueryParam("unit"))), Lunar: c.QueryParam("lunar") != ""}
	if p.Lunar {
		rows, err := o.Hours.Expected(expectedYears)
		if err != nil {
			return o.Refuse(c, fmt.Errorf("expect the lunar holidays: %w", err))
		}
		p.offer(o.Hours.Preview(p.Unit, rows))
	}
	return o.views.Render(c, http.StatusOK, "hours_import", p)
}

func (o *Office) preview(c echo.Context) error {
	p := intake{clockwork: o.clockwork(c, "office.hours.import", bot.UnitID(c.FormValue("unit")))}
	file, err := o.calendarFile(c, p.clockwork)
	if err == nil {
		err = o.known(c)
	}
	if err != nil {
		p.Said = p.Explain(err)
		return o.views.Render(c, page.StatusOf(err), "hours_import", p)
	}
	p.offer(o.Hours.Preview(p.Unit, file.Rows))
	if file.Left > 0 {
		p.Left = p.Count("office.hours.left", file.Left)
	}
	return o.views.Render(c, http.StatusOK, "hours_import", p)
}

func (o *Office) calendarFile(c echo.Context, h clockwork) (calendarFile, error) {
	part, err := c.FormFile("file")
	if err != nil {
		return calendarFile{}, errICS
	}
	body, err := part.Open()
	if err != nil {
		return calendarFile{}, fmt.Errorf("open the calendar file: %w", err)
	}
	defer body.Close()
	file, err := readICS(body, h.table.Zone)
	if err == nil && len(file.Rows) == 0 {
		err = errICS
	}
	return file, err
}

func (p *intake) offer(offers []hours.Offer) {
	for i, one := range offers {
		shown := offer{
			closing: p.closing(one.Row, nil), I: i, Chosen: one.Fit(), Known: one.Known, FromISO: one.From.String(), UntilISO: one.Until.String(),
			NameFa: one.Name.Fa, NameAr: one.Name.Ar, En: one.Name.En,
		}
		if one.Window.Valid() {
			shown.WindowText = one.Window.String()
		}
		p.Offers = append(p.Offers, shown)
	}
}

func (o *Office) take(c echo.Context) error {
	values, err := c.FormParams()
	if err != nil {
		return echo.ErrBadRequest
	}
	var rows []hours.Row
	for _, chosen := range values["take"] {
		row, err := offered(func(field string) string { return strings.TrimSpace(values.Get(field + "-" + chosen)) })
		if err != nil {
			return o.Refuse(c, err)
		}
		rows = append(rows, row)
	}
	if err := o.known(c); err != nil {
		return o.Refuse(c, err)
	}
	unit := bot.UnitID(values.Get("unit"))
	done, err := o.Hours.Take(c.Request().Context(), o.Person(c).ID, unit, rows, values.Get("confirmed") != "")
	if err != nil {
		return o.Refuse(c, err)
	}
	date, _ := text.DateOf(text.Gregorian, done.From.Noon())
	return page.Lead(c, at(unit, name(date)))
}

// offered reads a row back from the form that offered it. Somebody may have changed it on the way, so it is read like any
// other input.
func offered(field func(string) string) (hours.Row, error) {
	from, errFrom := worktimeDay(field("from"))
	until, errUntil := worktimeDay(field("until"))
	if errFrom != nil || errUntil != nil {
		return hours.Row{}, &bot.Error{Kind: bot.Invalid, Key: "hours_choose"}
	}
	row := hours.Row{
		Kind: hours.Kind(field("kind")), From: from, Until: until, Name: bot.Text{Fa: field("fa"), Ar: field("ar"), En: field("en")},
	}
	if row.Kind != hours.Full && row.Kind != hours.Half {
		return hours.Row{}, &bot.Error{Kind: bot.Invalid, Key: "hours_kind"}
	}
	if row.Kind == hours.Half {
		var w worktime.Window
		if err := w.UnmarshalText([]byte(field("window"))); err != nil {
			return hours.Row{}, &bot.Error{Kind: bot.Invalid, Key: "hours_window", Err: err}
		}
		row.Window = w
	}
	return row, nil
}

// Mark names the fields of an offer.
func (o offer) Mark(field string) string { return field + "-" + strconv.Itoa(o.I) }
