package auth

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/staff"
)

func (a *Auth) mountAccount(e *echo.Echo) {
	e.GET("/account", func(c echo.Context) error { return a.account(c, "", nil) })
	e.POST("/account/password", a.changePassword)
	e.GET("/account/totp", func(c echo.Context) error { return a.offer(c, "totp", nil) })
	e.POST("/account/totp", func(c echo.Context) error { return a.enrol(c, "totp") })
	e.POST("/account/recovery", a.recovery)
	e.POST("/account/sessions/:id/end", a.endSession)
	e.POST("/account/chats", a.linkCode)
	e.POST("/account/chats/:chat/unlink", a.unlink)
}

// account shows the person's own page, with what was done or why it was refused.
func (a *Auth) account(c echo.Context, done string, failed error) error {
	return a.showAccount(c, a.screen(c, "auth.account.title"), done, failed)
}

func (a *Auth) showAccount(c echo.Context, p screen, done string, failed error) error {
	v, ctx := visitOf(c), c.Request().Context()
	p.Forced = v.session.Stage == staff.StageChange
	if done != "" {
		p.Done = p.T(done)
	}
	sessions, err := a.Reads.SessionsOf(ctx, v.who.ID)
	if err == nil {
		p.Left, err = a.Gate.RecoveryLeft(ctx, v.who.ID)
	}
	if err == nil {
		err = a.linkedChats(c, &p)
	}
	if err != nil {
		return a.away(c, err)
	}
	for _, s := range sessions {
		if !s.Over(a.Now()) && (s.Stage == staff.StageOpen || s.Stage == staff.StageChange) {
			p.Sessions = append(p.Sessions, browser{s.ID, s.Agent, s.From, p.moment(s.CreatedAt), p.moment(s.SeenAt), s.ID == v.session.ID})
		}
	}
	if failed != nil {
		return a.refused(c, "account", p, failed)
	}
	return a.views.Render(c, http.StatusOK, "account", p)
}

// differ is the refusal of a password that was not typed twice alike.
var differ = &bot.Error{Kind: bot.Invalid, Key: "auth.password_differs"}

func (a *Auth) changePassword(c echo.Context) error {
	v := visitOf(c)
	wanted := c.FormValue("password")
	if wanted != c.FormValue("again") {
		return a.account(c, "", differ)
	}
	entry, err := a.Gate.ChangePassword(c.Request().Context(), v.token, c.FormValue("old"), wanted, a.from(c))
	if errors.Is(err, staff.ErrOver) {
		return a.on(c, "/login", "")
	}
	if err != nil {
		return a.account(c, "", err)
	}
	a.keep(c, entry.Token)
	v.session, v.token = entry.Session, entry.Token
	c.Set(visitKey, v)
	return a.account(c, "auth.account.password_done", nil)
}

func (a *Auth) recovery(c echo.Context) error {
	codes, err := a.Gate.NewRecovery(c.Request().Context(), visitOf(c).token, a.from(c))
	if err != nil {
		return a.account(c, "", err)
	}
	p := a.screen(c, "auth.recovery.title")
	p.Codes, p.Next = codes, "/account"
	return a.views.Render(c, http.StatusOK, "recovery", p)
}

func (a *Auth) endSession(c echo.Context) error {
	v := visitOf(c)
	if err := a.Gate.EndSession(c.Request().Context(), v.token, c.Param("id"), a.from(c)); err != nil {
		return a.account(c, "", err)
	}
	return a.on(c, "/account", "")
}
