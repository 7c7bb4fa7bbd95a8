package webhook

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/labstack/echo/v4"
)

// Config is what the web side of a process consists of. Pages are mounted on the result by whoever composes it.
type Config struct {
	Hooks *Hooks
	// Ready reports nil when the database and its schema are usable. It is asked by /readyz.
	Ready   func(ctx context.Context) error
	Metrics *Metrics
	Access  Access
	// OwnListener says that /metrics is served elsewhere, and not here.
	OwnListener bool
	// Secure says that browsers reach us by https: they are told to stay with it.
	Secure bool
	Log    *slog.Logger
}

const (
	readyLimit  = 2 * time.Second
	headerLimit = 5 * time.Second
	idleLimit   = 2 * time.Minute // longer than the messenger's pause between retries
	maxHeader   = 32 << 10
)

// New returns the routes of messengers and operators.
func New(cfg Config) *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = answerError(cfg.Log)
	e.Use(cfg.Metrics.timed, guard(cfg))
	cfg.Hooks.Mount(e)
	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	e.GET("/readyz", ready(cfg.Ready))
	if !cfg.OwnListener {
		e.GET("/metrics", echo.WrapHandler(cfg.Metrics.Handler(cfg.Access)))
	}
	return e
}

// NewServer returns a server for h. It sets no limit on writing, since streams of events stay open; slow bodies are
// bounded where they are read.
func NewServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headerLimit, IdleTimeout: idleLimit, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// ready answers load balancers. The messengers' route stays open whatever it says: they need our 503, not a proxy's.
func ready(check func(context.Context) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, cancel := context.WithTimeout(c.Request().Context(), readyLimit)
		defer cancel()
		if err := check(ctx); err != nil {
			c.Response().Header().Set("Retry-After", RetryAfter)
			return c.String(http.StatusServiceUnavailable, "not ready\n")
		}
		return c.String(http.StatusOK, "ready\n")
	}
}

// guard stands around every route: it gives the request an id and the answer its headers, and turns a panic into a 500.
// Panic values may hold what members wrote: the log gets the place, never the value.
func guard(cfg Config) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) (err error) {
			id := identify(c)
			secure(c.Response().Header(), cfg.Secure)
			defer func() {
				if p := recover(); p != nil {
					if p == http.ErrAbortHandler {
						panic(p)
					}
					cfg.Log.Error("handler panicked", "route", c.Path(), "request", id, "stack", string(debug.Stack()))
					err = echo.ErrInternalServerError
				}
			}()
			return next(c)
		}
	}
}

// answerError answers with the status alone; what happened is in the log, under the id that the answer carries. The log
// gets the route's pattern: a path may hold a secret.
func answerError(log *slog.Logger) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		code := http.StatusInternalServerError
		if he, ok := errors.AsType[*echo.HTTPError](err); ok {
			code = he.Code
		}
		if code >= http.StatusInternalServerError {
			log.Error("request failed", "route", c.Path(), "request", RequestID(c), "err", err.Error())
		}
		if c.Response().Committed {
			return
		}
		_ = c.String(code, http.StatusText(code)+"\n")
	}
}
