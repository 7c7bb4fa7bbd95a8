package officeweb

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
)

func (o *Office) people(ctx context.Context) (page.Staff, error) { return page.ReadStaff(ctx, o.Staff) }

// byLogin returns somebody; bot.NotFound when there is no such account.
func byLogin(all page.Staff, login string) (bot.Staff, error) {
	if i := slices.IndexFunc(all, func(one bot.Staff) bool { return one.Login == login }); i >= 0 {
		return all[i], nil
	}
	return bot.Staff{}, &bot.Error{Kind: bot.NotFound, Key: "office.no_account"}
}

// settings is what the pages of the settings have in common.
type settings struct {
	page.Screen
	office *Office
	Tabs   []page.Link
}

// settings begins one of the pages of the settings; those of a single account stand beside the staff's.
func (o *Office) settings(c echo.Context, title string) settings {
	s := settings{Screen: o.screen(c, title), office: o}
	for _, tab := range []struct{ url, id string }{
		{"/settings", "office.tab.staff"}, {"/settings/units", "office.tab.units"}, {"/settings/hours", "office.tab.hours"},
	} {
		if s.Allows(http.MethodGet, tab.url) {
			s.Tabs = append(s.Tabs, page.Link{URL: tab.url, Label: s.T(tab.id), Current: c.Path() == tab.url})
		}
	}
	return s
}

// Unit is what a unit is called.
func (s settings) Unit(id bot.UnitID) string { return s.office.Content.Unit(id, s.Lang) }

// Role is what a role is called.
func (s settings) Role(r bot.Role) string { return s.T("office.role." + string(r)) }

// Language is what a language is called.
func (s settings) Language(l bot.Lang) string { return s.T("office.lang." + string(l)) }

func (s settings) roles(chosen bot.Role) (list []page.Choice) {
	for _, r := range bot.Roles {
		list = append(list, page.Choice{ID: string(r), Label: s.Role(r), Current: r == chosen})
	}
	return list
}

func (s settings) units(chosen ...bot.UnitID) (list []page.Choice) {
	for _, id := range s.office.Content.Units() {
		list = append(list, page.Choice{ID: string(id), Label: s.Unit(id), Current: slices.Contains(chosen, id)})
	}
	return list
}

func (s settings) langs(chosen ...bot.Lang) (list []page.Choice) {
	for _, l := range bot.Langs {
		list = append(list, page.Choice{ID: string(l), Label: s.Language(l), Current: slices.Contains(chosen, l)})
	}
	return list
}
