package page

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"

	"javab/bot"
)

// awayKey marks a request whose warning that something is away stands in the log.
const awayKey = "javab.page.away"

// Tell writes an error of a page to the log when it is the program's own fault: nobody but the operators learns what it
// was. That something is away is a warning, one for each request; what was refused to a reader is none of the log's
// business. The line has the pattern of the route and the id that the answer carries, never a path: one may hold a secret.
// Without a log it is silent.
func Tell(log *slog.Logger, c echo.Context, err error) {
	if log == nil || err == nil || gone(c, err) {
		return
	}
	level := slog.LevelError
	switch StatusOf(err) {
	case http.StatusInternalServerError:
		if of, ok := errors.AsType[*echo.HTTPError](err); ok && of.Code < http.StatusInternalServerError {
			return
		}
	case http.StatusServiceUnavailable:
		if c.Get(awayKey) != nil {
			return
		}
		c.Set(awayKey, true)
		level = slog.LevelWarn
	default:
		return
	}
	id := c.Response().Header().Get(echo.HeaderXRequestID)
	log.Log(c.Request().Context(), level, "request failed", "route", c.Path(), "request", id, "err", err.Error())
}

// gone reports whether an error is no more than that the reader has left before the answer: stores tell that they were
// called off as that they are away. What else breaks behind his back is a fault like any other.
func gone(c echo.Context, err error) bool {
	left := errors.Is(c.Request().Context().Err(), context.Canceled)
	return left && (errors.Is(err, context.Canceled) || bot.KindOf(err) == bot.Unavailable)
}

// Tell writes an error to the log of the site when it is the program's own fault. Refuse and Explain do so themselves: it
// is for what goes wrong beside the answer, and for answers that tell of it in words of their own.
func (s *Shell) Tell(c echo.Context, err error) { Tell(s.Log, c, err) }
