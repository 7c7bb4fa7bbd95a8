package auth

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/staff"
	"javab/webhook/page"
)

// The cookies. The first is the session's; browsers keep its prefix for cookies of https that no other host can set.
const (
	secureCookie = "__Host-javab"
	plainCookie  = "javab"
)

func (a *Auth) cookieName() string {
	if a.Secure {
		return secureCookie
	}
	return plainCookie
}

// token is what the browser keeps of its session; empty when it has none.
func (a *Auth) token(c echo.Context) string { return page.Cookie(c, a.cookieName()) }

// keep gives the browser a token; an empty one takes it away.
func (a *Auth) keep(c echo.Context, token string) {
	age := int(staff.Absolute.Seconds())
	if token == "" {
		age = -1
	}
	c.SetCookie(&http.Cookie{
		Name: a.cookieName(), Value: token, Path: "/", MaxAge: age, Secure: a.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// keepLang keeps the language in which somebody reads the pages. It is no secret.
func (a *Auth) keepLang(c echo.Context, lang bot.Lang) {
	c.SetCookie(&http.Cookie{
		Name: page.LangCookie, Value: string(lang), Path: "/", MaxAge: 365 * 24 * 3600, Secure: a.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// Address is where a request comes from, for the audit.
func (a *Auth) Address(c echo.Context) string { return a.from(c).Address }

// from is where a request comes from: what the proxies before us say, as far as they are ours.
func (a *Auth) from(c echo.Context) staff.From {
	r := c.Request()
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		address, err := netip.ParseAddr(host)
		if err != nil || !a.trusts(address) {
			break
		}
		if next, err := netip.ParseAddr(strings.TrimSpace(hop)); err == nil {
			host = next.Unmap().String()
		}
	}
	return staff.From{Address: host, Agent: r.UserAgent()}
}

func (a *Auth) trusts(address netip.Addr) bool {
	return slices.ContainsFunc(a.Trusted, func(p netip.Prefix) bool { return p.Contains(address.Unmap()) })
}
