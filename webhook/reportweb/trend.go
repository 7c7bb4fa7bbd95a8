package reportweb

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"javab/bot/report"
)

// trend is the page of the periods before, trendStages how many it has.
const (
	trend       = "trend"
	trendStages = 6
)

// history is that page.
type history struct {
	screen
	Stages []stage
}

// stage is one period of it.
type stage struct {
	screen
	report.Stage
}

func (r *Reports) showTrend(c echo.Context, s screen) error {
	stages, err := r.Office.Trend(c.Request().Context(), s.ask, trendStages)
	if err != nil {
		return r.Refuse(c, err)
	}
	h := history{screen: s}
	for _, one := range stages {
		h.Stages = append(h.Stages, stage{s, one})
	}
	return r.views.Render(c, http.StatusOK, "trend", h)
}

// Indicators are the columns of the table.
func (h history) Indicators() []report.Indicator { return report.Indicators[:] }

// Months names the stage's period.
func (s stage) Months() string { return s.months(s.Stage.Period) }

// Cell tells a figure, and Link leads to what it counts.
func (s stage) Cell(f report.Figure) string { return s.tell.Value(f) }

// Link leads to what a figure of the stage counts.
func (s stage) Link(f report.Figure) string { return s.at(string(f.ID), s.Stage.Period) }
