package webhook

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"net/http"

	"github.com/labstack/echo/v4"
)

const (
	requestKey = "javab.request"
	nonceKey   = "javab.nonce"
)

// identify gives a request its id, ours alone: an id that came with it could be anything, and goes into the log.
func identify(c echo.Context) string {
	var raw [8]byte
	_, _ = rand.Read(raw[:])
	id := hex.EncodeToString(raw[:])
	c.Set(requestKey, id)
	c.Response().Header()["X-Request-Id"] = []string{id}
	return id
}

// RequestID returns the id under which the log tells of this request.
func RequestID(c echo.Context) string {
	id, _ := c.Get(requestKey).(string)
	return id
}

// The header values that never change are shared, not made for each answer.
var (
	nosniff  = []string{"nosniff"}
	noStore  = []string{"no-store"}
	noFrames = []string{"default-src 'none'; frame-ancestors 'none'"}
	referrer = []string{"same-origin"}
	noPowers = []string{"camera=(), geolocation=(), microphone=(), payment=(), usb=()"}
	twoYears = []string{"max-age=63072000"}
)

// secure sets what every answer carries; pages replace the policy by their own (Page).
func secure(h http.Header, https bool) {
	h["X-Content-Type-Options"] = nosniff
	h["Cache-Control"] = noStore
	h["Content-Security-Policy"] = noFrames
	h["Referrer-Policy"] = referrer
	h["Permissions-Policy"] = noPowers
	if https {
		h["Strict-Transport-Security"] = twoYears
	}
}

// Page is the middleware of everything that a browser shows: scripts and styles come from us, or carry the nonce of
// this one answer.
func Page(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		var raw [16]byte
		_, _ = rand.Read(raw[:])
		nonce := base64.RawStdEncoding.EncodeToString(raw[:])
		c.Set(nonceKey, nonce)
		c.Response().Header().Set("Content-Security-Policy", "default-src 'self'; script-src 'self' 'nonce-"+nonce+
			"'; style-src 'self' 'nonce-"+nonce+"'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "+
			"frame-ancestors 'none'; form-action 'self'")
		return next(c)
	}
}

// Nonce returns what a page puts on its inline scripts and styles; empty outside Page.
func Nonce(c echo.Context) string {
	nonce, _ := c.Get(nonceKey).(string)
	return nonce
}
