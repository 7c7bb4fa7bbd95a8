package memberweb

import (
	"context"
	"embed"
	"net/url"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/members"
	"javab/webhook/page"
)

//go:embed pages/*.html
var pages embed.FS

// Register is the pages of the register. All fields are needed.
type Register struct {
	*page.Shell
	Office  *members.Office
	Linker  Linker
	People  page.People
	Content Content
	// Opens reports whether somebody may open a chat at the desk.
	Opens func(ctx context.Context, by bot.Staff, chat bot.ChatKey) bool
	// From is the address that a request comes from, for the audit.
	From func(echo.Context) string
	// ID returns a new id for a contact: a form that is sent twice is logged once.
	ID func() string

	views *page.Views
}

// Linker says whose a chat is; desk.Desk does it.
type Linker interface {
	Link(ctx context.Context, by bot.Staff, chat bot.ChatKey, to bot.MemberID, reason string) error
	Unlink(ctx context.Context, by bot.Staff, chat bot.ChatKey, reason string) error
}

// Content names what the bundle names.
type Content interface {
	// Units are the departments, in the order of the content.
	Units() []bot.UnitID
	Unit(id bot.UnitID, lang bot.Lang) string
	// Subjects are what a case of a kind can be about, in the order of the content.
	Subjects(kind bot.CaseKind) []string
	// Topic names a subject.
	Topic(topic string, lang bot.Lang) string
}

// Mount adds the pages.
func (r *Register) Mount(e *echo.Echo) (err error) {
	if r.views, err = page.Parse(pages); err != nil {
		return err
	}
	e.GET("/members", r.showFind)
	e.GET("/members/:id", r.showProfile)
	e.POST("/members/:id/reveal", r.reveal)
	e.POST("/members/:id/enter", r.enter)
	e.POST("/members/:id/link", r.link)
	e.POST("/members/:id/unlink", r.unlink)
	e.POST("/members/:id/account", r.account)
	e.GET("/members/:id/contact", r.showContact)
	e.POST("/members/:id/contact", r.log)
	e.GET("/contact", r.showContact)
	e.POST("/contact", r.log)
	return nil
}

// screen is what these pages are made of.
type screen struct {
	page.Screen
	register *Register
	staff    page.Staff
}

func (r *Register) screen(c echo.Context, title string) (s screen, err error) {
	s = screen{Screen: r.Screen(c, title), register: r}
	s.Sheets = append(s.Sheets, "css/members.css")
	s.staff, err = page.ReadStaff(c.Request().Context(), r.People)
	return s, err
}

// Writer names who wrote a message.
func (s screen) Writer(by bot.Author) string {
	switch by {
	case bot.ByMember:
		return s.T("desk.member")
	case bot.ByBot:
		return s.T("desk.bot")
	case s.By.Author():
		return s.T("desk.you")
	default:
		return s.Colleague(bot.StaffID(by))
	}
}

// Colleague names somebody of the staff.
func (s screen) Colleague(id bot.StaffID) string { return s.staff.Name(id) }

// Called is a member's name, or what stands for it until he has given one.
func (s screen) Called(name string) string {
	if name == "" {
		return s.T("desk.nameless")
	}
	return name
}

// Letter is the first letter of a name.
func (s screen) Letter(name string) string { return page.Initial(name) }

// URL leads to a member.
func (s screen) URL(id bot.MemberID) string { return "/members/" + url.PathEscape(string(id)) }

// Topic names what a contact or a case is about.
func (s screen) Topic(topic string) string { return s.register.Content.Topic(topic, s.Lang) }

// Unit names a department.
func (s screen) Unit(id bot.UnitID) string { return s.register.Content.Unit(id, s.Lang) }

// Channel names the way by which a chat goes.
func (s screen) Channel(chat bot.ChatKey) string {
	switch id := chat.Channel(); id {
	case "tg", "bale", members.ByHand:
		return s.T("members.channel." + string(id))
	default:
		return string(id)
	}
}

// Standing says where a case stands.
func (s screen) Standing(k bot.Case) string { return s.T("desk.case." + string(k.State)) }

// Case is the address of a case's page; empty where the reader may not ask for it.
func (s screen) Case(number bot.CaseNumber) string {
	if !s.Allows("GET", "/cases/:number") {
		return ""
	}
	return "/cases/" + number.String()
}

// memberOf is the member that a request names.
func memberOf(c echo.Context) bot.MemberID {
	id, err := url.PathUnescape(c.Param("id"))
	if err != nil {
		return bot.MemberID(c.Param("id"))
	}
	return bot.MemberID(id)
}
