package auth

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"javab/bot"
)

// ownChat is a messenger chat that the person has linked.
type ownChat struct{ Key, Path, Since string }

func (a *Auth) linkedChats(c echo.Context, p *screen) error {
	linked, err := a.Reads.StaffChats(c.Request().Context(), visitOf(c).who.ID)
	for _, l := range linked {
		p.Chats = append(p.Chats, ownChat{string(l.Chat), "/account/chats/" + url.PathEscape(string(l.Chat)) + "/unlink", p.moment(l.At)})
	}
	return err
}

// linkCode shows a new code, this once: whoever sends it to the bot makes that chat the person's own.
func (a *Auth) linkCode(c echo.Context) error {
	code, err := a.Gate.LinkCode(c.Request().Context(), visitOf(c).token, a.from(c))
	if err != nil {
		return a.account(c, "", err)
	}
	p := a.screen(c, "auth.account.title")
	p.LinkCode = code
	return a.showAccount(c, p, "", nil)
}

func (a *Auth) unlink(c echo.Context) error {
	chat, err := url.PathUnescape(c.Param("chat"))
	if err != nil {
		return echo.ErrBadRequest
	}
	if err := a.Gate.Unlink(c.Request().Context(), visitOf(c).token, bot.ChatKey(chat), a.from(c)); err != nil {
		return a.account(c, "", err)
	}
	return a.on(c, "/account", "")
}
