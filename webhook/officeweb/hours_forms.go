package officeweb

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/worktime"
	"javab/locales/text"
	"javab/webhook/page"
)

// slip is a page on which somebody enters a row.
type slip struct {
	clockwork
	written
	Kinds  []page.Choice
	Labels []weekfield // of a weekly table
}

// weekfield is the field of one day of the week.
type weekfield struct{ Field, Label, Value string }

func (o *Office) slip(c echo.Context, title string, kinds ...hours.Kind) slip {
	unit := c.QueryParam("unit")
	if c.Request().Method == http.MethodPost {
		unit = c.FormValue("unit")
	}
	f := slip{clockwork: o.clockwork(c, title, bot.UnitID(unit))}
	f.written = f.clockwork.written(c)
	if c.Request().Method != http.MethodPost {
		f.Kind = hours.Kind(c.QueryParam("kind"))
		f.From = f.Format.ShortDate(f.today.Noon())
	}
	f.choose(kinds)
	return f
}

func (f *slip) choose(kinds []hours.Kind) {
	known := false
	for _, kind := range kinds {
		f.Kinds = append(f.Kinds, page.Choice{ID: string(kind), Label: f.T("office.hours.kind." + string(kind)), Current: kind == f.Kind})
		known = known || kind == f.Kind
	}
	if !known {
		f.Kind, f.Kinds[0].Current = kinds[0], true
	}
}

func (o *Office) showDay(c echo.Context) error {
	f := o.slip(c, "office.hours.add", hours.Full, hours.Half, hours.Open)
	if day, err := worktimeDay(c.QueryParam("day")); err == nil {
		f.From = f.Format.ShortDate(day.Noon())
	}
	return o.views.Render(c, http.StatusOK, "hours_day", f)
}

func (o *Office) addDay(c echo.Context) error {
	return o.enter(c, "hours_day", o.slip(c, "office.hours.add", hours.Full, hours.Half, hours.Open))
}

// worktimeDay reads a Gregorian day from an address.
func worktimeDay(iso string) (worktime.Day, error) {
	date, ok := text.ISODate(iso)
	if !ok {
		return 0, &bot.Error{Kind: bot.Invalid, Key: "hours_day"}
	}
	return dayOf(date), nil
}

func (o *Office) showWeek(c echo.Context) error {
	f := o.slip(c, "office.hours.add_week", hours.Week, hours.Overlay)
	for day, open := range f.table.Plan(f.Unit, f.today, f.today)[0].Week.Open {
		f.Week[day] = draft(open)
	}
	if first, last, known := worktime.Ramadan(f.today); known && f.Kind == hours.Overlay {
		f.From, f.Until = f.Format.ShortDate(first.Noon()), f.Format.ShortDate(last.Noon())
		f.Name = bot.Text{
			Fa: o.Words.T(bot.Fa, "office.hours.ramadan", nil), Ar: o.Words.T(bot.Ar, "office.hours.ramadan", nil),
			En: o.Words.T(bot.En, "office.hours.ramadan", nil),
		}
	}
	f.label()
	return o.views.Render(c, http.StatusOK, "hours_week", f)
}

func (f *slip) label() {
	for _, day := range days {
		field := "day_" + strings.ToLower(day.String())
		f.Labels = append(f.Labels, weekfield{field, f.weekday(day), f.Week[day]})
	}
}

func (o *Office) addWeek(c echo.Context) error {
	f := o.slip(c, "office.hours.add_week", hours.Week, hours.Overlay)
	f.label()
	return o.enter(c, "hours_week", f)
}

// enter adds what a form says, or shows it again with what was refused.
func (o *Office) enter(c echo.Context, view string, f slip) error {
	row, err := f.row(f.written, f.Unit)
	if err == nil {
		err = o.known(c)
	}
	if err == nil {
		_, err = o.Hours.Add(c.Request().Context(), o.Person(c).ID, row)
	}
	if err != nil {
		f.Said = f.Explain(err)
		return o.views.Render(c, page.StatusOf(err), view, f)
	}
	date, _ := text.DateOf(f.Format.Calendar(), row.From.Noon())
	return page.Lead(c, at(f.Unit, name(date)))
}

// known refuses a form for a unit that the content does not name: what is meant for one unit must never close the house.
func (o *Office) known(c echo.Context) error {
	unit := bot.UnitID(c.FormValue("unit"))
	if unit != "" && !slices.Contains(o.Content.Units(), unit) {
		return &bot.Error{Kind: bot.Invalid, Key: "staff.bad_unit", Params: map[string]string{"Value": string(unit)}}
	}
	return nil
}

// rowActs are what is done to a row beside entering it. Each leads back to where it was done.
func (o *Office) rowActs() map[string]func(echo.Context) error {
	return map[string]func(echo.Context) error{
		"confirm": func(c echo.Context) error {
			_, err := o.Hours.Confirm(c.Request().Context(), o.Person(c).ID, c.Param("id"))
			return err
		},
		"shift": func(c echo.Context) error {
			by := 1
			if c.FormValue("by") == "-1" {
				by = -1
			}
			_, err := o.Hours.Shift(c.Request().Context(), o.Person(c).ID, c.Param("id"), by)
			return err
		},
		"remove": func(c echo.Context) error {
			_, err := o.Hours.Remove(c.Request().Context(), o.Person(c).ID, c.Param("id"), c.FormValue("reason"))
			return err
		},
		"end": func(c echo.Context) error {
			last, err := o.clockwork(c, "office.tab.hours", "").readDay(strings.TrimSpace(c.FormValue("until")))
			if err == nil {
				_, err = o.Hours.End(c.Request().Context(), o.Person(c).ID, c.Param("id"), last, c.FormValue("reason"))
			}
			return err
		},
		"review": func(c echo.Context) error {
			_, err := o.Hours.Review(c.Request().Context(), o.Person(c).ID, c.Param("id"), c.FormValue("right") == "yes", c.FormValue("reason"))
			return err
		},
	}
}

func (o *Office) rowAct(do func(echo.Context) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := do(c); err != nil {
			return o.Refuse(c, err)
		}
		return page.Back(c, "/settings/hours")
	}
}
