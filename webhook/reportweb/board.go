package reportweb

import (
	"context"
	"embed"
	"net/http"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/report"
	"javab/webhook/page"
)

//go:embed pages/*.html
var pages embed.FS

// Reports is the board and the lists behind it. All fields are needed.
type Reports struct {
	*page.Shell
	Office  Office
	Topics  Topics
	Content Content

	views *page.Views
}

// Office counts the indicators; report.Office does it.
type Office interface {
	Board(ctx context.Context, ask report.Ask) []report.Tile
	Trend(ctx context.Context, ask report.Ask, periods int) ([]report.Stage, error)
	List(ctx context.Context, ask report.Ask, id report.Indicator, only report.Standing) (report.Figure, []report.Item, error)
	WithPauses(ctx context.Context, items []report.Item) error
}

// Topics counts what complaints are about; report.Office does it.
type Topics interface {
	Topics(ctx context.Context, ask report.Ask) (map[report.Grouping][]report.Topic, error)
	Filed(ctx context.Context, ask report.Ask, by report.Grouping, key string) ([]report.Item, error)
	Disputed(ctx context.Context, ask report.Ask) ([]report.Item, error)
}

// Content names things.
type Content interface {
	Units() []bot.UnitID
	Unit(id bot.UnitID, lang bot.Lang) string
	CategoryName(kind bot.CaseKind, id string, lang bot.Lang) string
	CauseName(id string, lang bot.Lang) string
	StateName(s bot.CaseState) bot.Text
}

// Mount adds the pages.
func (r *Reports) Mount(e *echo.Echo) (err error) {
	if r.views, err = page.Parse(pages); err != nil {
		return err
	}
	e.GET("/board", r.showBoard)
	e.GET("/board/:list", r.showList)
	return nil
}

// board is the page of tiles.
type board struct {
	screen
	Tiles    []tile
	Topics   []table
	Disputes int
	Lost     bool // what complaints are about could not be read
}

// table is what complaints are about, by one grouping.
type table struct {
	screen
	By   report.Grouping
	Rows []report.Topic
}

// mostTopics is how many rows a table has.
const mostTopics = 12

func (r *Reports) showBoard(c echo.Context) error {
	s, err := r.screen(c)
	if err != nil {
		return r.Refuse(c, err)
	}
	b, ctx := board{screen: s}, c.Request().Context()
	for _, t := range r.Office.Board(ctx, s.ask) {
		r.Tell(c, t.Err)
		one := tile{screen: s, Tile: t}
		_, one.Better = s.tell.Change(t.Figure, t.Earlier)
		b.Tiles = append(b.Tiles, one)
	}
	topics, lost := r.Topics.Topics(ctx, s.ask)
	disputes, missing := r.Topics.Disputed(ctx, s.ask)
	r.Tell(c, lost)
	r.Tell(c, missing)
	b.Lost, b.Disputes = lost != nil || missing != nil, len(disputes)
	for _, by := range report.Groupings {
		rows := topics[by]
		b.Topics = append(b.Topics, table{s, by, rows[:min(len(rows), mostTopics)]})
	}
	return r.views.Render(c, http.StatusOK, "board", b)
}

// Label names a row.
func (t table) Label(row report.Topic) string {
	switch {
	case row.Key == "":
		return t.T("report.none." + string(t.By))
	case t.By == report.ByUnit:
		return t.UnitName(bot.UnitID(row.Key))
	case t.By == report.ByCause:
		return t.reports.Content.CauseName(row.Key, t.Lang)
	default:
		return t.reports.Content.CategoryName(bot.Complaint, row.Key, t.Lang)
	}
}

// Link leads to the complaints of a row.
func (t table) Link(row report.Topic) string { return t.At(string(t.By), "key", row.Key) }
