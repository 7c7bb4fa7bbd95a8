package auth

import (
	"embed"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot/staff"
	"javab/locales"
	"javab/webhook/assets"
	"javab/webhook/page"
)

//go:embed pages/*.html
var pages embed.FS

// Auth is the way in for staff. All fields but Secure, Origin, Trusted, Homes and Log are needed.
type Auth struct {
	Gate   *staff.Gate
	Reads  staff.Reads
	Words  *locales.Localizer
	Assets *assets.Set
	// Page is the middleware that gives a page its policy, Nonce what that policy asks of the page's own scripts.
	Page  echo.MiddlewareFunc
	Nonce func(echo.Context) string
	// Now is the world's own clock: no skipped day of the demo ends a session or a pause.
	Now func() time.Time
	// Secure says that browsers reach us by https. Plain http is for this machine alone, and has a cookie of its own:
	// browsers refuse the protected name there.
	Secure bool
	// Origin is where browsers believe the pages to be, when a proxy in between does not pass the host on.
	Origin string
	// Trusted are the proxies whose word on the caller's address counts.
	Trusted []netip.Prefix
	// Homes are where a person may begin who asked for nothing else, the best first; without one he begins at /account.
	Homes []string
	// Log is told when nobody can be let in; nil: nobody is.
	Log *slog.Logger

	rules Rules
	views *page.Views
	cross *http.CrossOriginProtection
}

// Mount puts the guard before every route of e, those that come later too, and adds the pages of sign-in and account.
func (a *Auth) Mount(e *echo.Echo) (err error) {
	if a.rules, err = LoadRules(); err != nil {
		return err
	}
	if a.views, err = page.Parse(pages); err != nil {
		return err
	}
	a.cross = http.NewCrossOriginProtection()
	if a.Origin != "" {
		if err := a.cross.AddTrustedOrigin(a.Origin); err != nil {
			return fmt.Errorf("trust the desk's own address: %w", err)
		}
	}
	e.Use(a.Guard)
	a.mountSignIn(e)
	a.mountAccount(e)
	return nil
}

// Rules is the table that the guard goes by.
func (a *Auth) Rules() Rules { return a.rules }
