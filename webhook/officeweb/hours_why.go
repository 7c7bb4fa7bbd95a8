package officeweb

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/worktime"
	"javab/webhook/page"
)

// why is the page that explains a deadline.
type why struct {
	clockwork
	Day, Time, Lasts string
	Due              page.Moment
	Counted          string
	Stretches        []stretch
}

// stretch is a part of the way to a deadline.
type stretch struct {
	From, To page.Moment
	Counts   bool
	Lasts    string
	Reason   string
	Name     string
}

// longestPromise is how many hours may be asked about.
const longestPromise = 1000

func (o *Office) showWhy(c echo.Context) error {
	w := why{clockwork: o.clockwork(c, "office.hours.why", bot.UnitID(c.QueryParam("unit")))}
	w.Day, w.Time, w.Lasts = c.QueryParam("day"), c.QueryParam("time"), c.QueryParam("hours")
	if w.Day == "" && w.Time == "" && w.Lasts == "" {
		now := w.Instant.In(w.table.Zone)
		w.Day, w.Time, w.Lasts = w.Format.ShortDate(now), now.Format("15:04"), "8"
		return o.views.Render(c, http.StatusOK, "hours_why", w)
	}
	status := http.StatusOK
	if err := w.explain(o.Hours.Book().For(w.Unit)); err != nil {
		status, w.Said = page.StatusOf(err), w.Explain(err)
	}
	return o.views.Render(c, status, "hours_why", w)
}

func (w *why) explain(calendar *worktime.Calendar) error {
	day, err := w.readDay(w.Day)
	if err != nil {
		return err
	}
	minute, err := readTime(w.Time)
	if err != nil {
		return err
	}
	lasts, err := readHours(w.Lasts)
	if err != nil {
		return err
	}
	noon := day.Noon()
	begin := time.Date(noon.Year(), noon.Month(), noon.Day(), int(minute)/60, int(minute)%60, 0, 0, w.table.Zone)
	due, err := calendar.Add(begin, lasts)
	if err != nil {
		return &bot.Error{Kind: bot.Invalid, Key: "hours_horizon", Err: err}
	}
	stretches, err := calendar.Explain(begin, due)
	if err != nil {
		return &bot.Error{Kind: bot.Invalid, Key: "hours_horizon", Err: err}
	}
	w.Due, w.Counted = w.When(due), w.Lasted(lasts)
	for _, s := range stretches {
		w.Stretches = append(w.Stretches, stretch{w.When(s.From), w.When(s.To), s.Counts(), w.Lasted(s.To.Sub(s.From)), w.T("office.hours.reason." + string(s.Reason)), s.Name.In(w.Lang)})
	}
	return nil
}
