package caseweb

import (
	"context"
	"embed"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/casefile"
	"javab/locales/text"
	"javab/webhook/page"
)

//go:embed pages/*.html
var pages embed.FS

// Cases is the pages. All fields are needed.
type Cases struct {
	*page.Shell
	Reads   Reads
	Acts    Acts
	Links   Links
	Content Content
	People  page.People
	Hours   Hours
	Shelf   Shelf
	Herald  Herald
	// ID returns a new id for a form: one that is sent twice acts once.
	ID func() string
	// Address is where staff reach the pages, for a link that is sent elsewhere.
	Address string

	views *page.Views
}

// Mount adds the pages.
func (p *Cases) Mount(e *echo.Echo) error {
	if err := p.Open(); err != nil {
		return err
	}
	page.MountOn(e.Group(""), Routes(), page.Always(p))
	return nil
}

// Open makes the pages ready to answer, for who mounts Routes himself.
func (p *Cases) Open() (err error) {
	p.views, err = parsed()
	return err
}

// parsed are the templates, which the pages of all houses share.
var parsed = sync.OnceValues(func() (*page.Views, error) { return page.Parse(pages) })

// Routes are the pages and what is done in them.
func Routes() []page.Route[*Cases] {
	get, post := http.MethodGet, http.MethodPost
	all := []page.Route[*Cases]{
		{Method: get, Path: "/cases", Do: (*Cases).showList},
		{Method: post, Path: "/cases/assign", Do: (*Cases).assign},
		{Method: post, Path: "/cases/seen", Do: (*Cases).seen},
		{Method: get, Path: "/cases/digest", Do: (*Cases).showDigest},
		{Method: get, Path: "/cases/:number", Do: (*Cases).showCase},
		{Method: get, Path: "/cases/:number/part", Do: (*Cases).showPart},
		{Method: get, Path: "/cases/:number/files", Do: (*Cases).showFiles},
		{Method: get, Path: "/cases/:number/file/:id", Do: (*Cases).showFile},
		{Method: get, Path: "/cases/:number/letter/:id", Do: (*Cases).showLetter},
		{Method: post, Path: "/cases/:number/link", Do: (*Cases).link},
		{Method: get, Path: "/suggestions", Do: (*Cases).showSuggestions},
		{Method: get, Path: "/surveys", Do: (*Cases).showSurveys},
		{Method: get, Path: "/referral/:token", Do: (*Cases).showReferral},
		{Method: post, Path: "/referral/:token", Do: (*Cases).reply},
	}
	for name, of := range acts {
		all = append(all, page.Route[*Cases]{Method: post, Path: "/cases/:number/" + name, Do: act(name, of)})
	}
	return all
}

// Count is how much asks for somebody: the number in the rail. For who only answers these are the questions to his unit, for
// others the promises that are broken; and what he has to hear of.
func (p *Cases) Count(ctx context.Context, by bot.Staff) (int, error) {
	view := casefile.Breached
	if by.Role == bot.RoleUnit {
		view = casefile.Asked
	}
	n, err := p.Reads.CaseCount(ctx, casefile.Query{By: by, View: view})
	if err != nil {
		return 0, err
	}
	alerts, err := p.Herald.Before(ctx, by)
	return n + len(alerts), err
}

// screen is what the pages of cases are made of.
type screen struct {
	page.Screen
	cases *Cases
	staff page.Staff
}

func (p *Cases) screen(c echo.Context, title string) (s screen, err error) {
	s = screen{Screen: p.Screen(c, title), cases: p}
	s.Sheets = append(s.Sheets, "css/cases.css")
	s.staff, err = page.ReadStaff(c.Request().Context(), p.People)
	return s, err
}

// May reports whether the reader may do an act on a case.
func (s screen) May(act string) bool { return s.Allows(http.MethodPost, "/cases/:number/"+act) }

// Live reports whether the reader's browser hears of what changes.
func (s screen) Live() bool { return s.Allows(http.MethodGet, "/desk/events") }

// URL leads to a case.
func (s screen) URL(n bot.CaseNumber) string { return s.Way("/cases/") + n.String() }

// UnitName names a unit.
func (s screen) UnitName(id bot.UnitID) string { return s.cases.Content.Unit(id, s.Lang) }

// Subject names what a case is about.
func (s screen) Subject(c bot.Case) string {
	if category, known := s.cases.Content.Category(c.Kind, c.Category); known && !category.Name.Empty() {
		return category.Name.In(s.Lang)
	}
	return c.Category
}

// Cause names a root cause.
func (s screen) Cause(kind bot.CaseKind, id string) string {
	causes := s.cases.Content.Causes(kind)
	if i := slices.IndexFunc(causes, func(item bot.Item) bool { return item.ID == id }); i >= 0 {
		return s.cases.Content.Label(causes[i].Ref, s.Lang)
	}
	return id
}

// State names a state as the desk does.
func (s screen) State(c bot.Case) string { return s.T("cases.state." + string(c.State)) }

// Called names somebody of the staff.
func (s screen) Called(id bot.StaffID) string { return s.staff.Name(id) }

// Planned names what is done next: what the program says by its own name, an officer's words as they are.
func (s screen) Planned(what string) string {
	if rest, own := strings.CutPrefix(what, "next."); own {
		return s.T("cases.next." + rest)
	}
	return what
}

// each makes of everything in a list what a page shows of it.
func each[T, S any](list []T, show func(T) S) []S {
	shown := make([]S, len(list))
	for i, one := range list {
		shown[i] = show(one)
	}
	return shown
}

// numberOf is the case that a request names, in any digits.
func numberOf(c echo.Context) (bot.CaseNumber, error) { return readNumber(c.Param("number")) }

func readNumber(written string) (bot.CaseNumber, error) {
	written = strings.TrimSpace(written)
	number, ok := bot.ParseCaseNumber(text.Digits(written))
	if !ok {
		return number, &bot.Error{Kind: bot.NotFound, Key: "case_not_found", Params: map[string]string{"id": written}}
	}
	return number, nil
}
