package webhook

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
)

// Receiver reads what one messenger delivers. It is pure: bytes in, words out.
type Receiver interface {
	// Verify compares the secret that came with a delivery, in constant time. An empty one is always refused.
	Verify(got string) error
	// Key returns the delivery's own id, also of one that Parse refuses.
	Key(raw []byte) (string, error)
	// Parse returns the delivery in our words. It may keep raw: the bytes are never reused.
	Parse(raw []byte) (bot.Inbound, error)
}

// Acceptor handles a delivery whole. Nil means that it is committed (or was before); bot.Unavailable that nothing was
// kept; any other error that our own program could not handle it and the acceptor has put it into quarantine.
type Acceptor interface {
	Handle(ctx context.Context, in bot.Inbound) error
}

// Quarantine keeps deliveries that never became an Inbound. Nil means kept: the messenger will not send it again.
type Quarantine interface {
	Keep(ctx context.Context, d Unreadable) error
}

// Unreadable is a delivery that could not be read.
type Unreadable struct {
	Receipt bot.ReceiptKey
	Raw     []byte // of a body over MaxBody only the beginning
	Reason  string
	At      time.Time
}

// Channel is one messenger's way in.
type Channel struct {
	ID bot.ChannelID
	// Secret says where the messenger puts the secret: in the header, or in the path.
	Secret   bot.SecretPlace
	Receiver Receiver
}

const (
	// SecretHeader is where a messenger of the Telegram family puts the webhook's secret.
	SecretHeader = "X-Telegram-Bot-Api-Secret-Token"
	// RetryAfter is told with every 503, in seconds. A missing or zero one makes the messenger double its own delay up
	// to two minutes, and a press dies after 150 s.
	RetryAfter = "5"
	// HandleLimit bounds one delivery, from the first byte of its body to the commit.
	HandleLimit = 5 * time.Second
)

// Hooks answers the messengers. 200 means committed, a duplicate, or in quarantine; 503 that nothing was kept. The
// body of an answer is always empty, since messengers carry out a method named there.
type Hooks struct {
	Channels   []Channel
	Acceptor   Acceptor
	Quarantine Quarantine
	Metrics    *Metrics
	Now        func() time.Time
	Log        *slog.Logger
}

// Mount adds the routes. They carry no middleware and no access log: the path may hold a secret.
func (h *Hooks) Mount(e *echo.Echo) {
	byID := make(map[string]*Channel, len(h.Channels))
	for i := range h.Channels {
		byID[string(h.Channels[i].ID)] = &h.Channels[i]
	}
	serve := func(c echo.Context) error {
		channel, known := byID[c.Param("channel")]
		if !known {
			return c.NoContent(http.StatusNotFound)
		}
		return h.serve(c, channel)
	}
	e.POST("/hook/:channel", serve)
	e.POST("/hook/:channel/:secret", serve)
}

func (h *Hooks) serve(c echo.Context, channel *Channel) error {
	if err := channel.Receiver.Verify(secretOf(c, channel.Secret)); err != nil {
		h.Metrics.refused(channel.ID)
		return c.NoContent(http.StatusUnauthorized)
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), HandleLimit)
	defer cancel()
	body, err := readBody(ctx, c)
	if err != nil {
		return c.NoContent(http.StatusBadRequest)
	}
	if !h.take(ctx, channel, body) {
		c.Response().Header().Set("Retry-After", RetryAfter)
		return c.NoContent(http.StatusServiceUnavailable)
	}
	return c.NoContent(http.StatusOK)
}

// secretOf returns the secret from its one right place; a secret elsewhere counts as none.
func secretOf(c echo.Context, place bot.SecretPlace) string {
	if place == bot.SecretPath {
		return c.Param("secret")
	}
	if c.Param("secret") != "" {
		return ""
	}
	return c.Request().Header.Get(SecretHeader)
}

// Take handles a delivery that was asked for (long polling) as one that was sent, and reports whether it is kept, one way
// or the other: only then may the messenger be told that it came.
func (h *Hooks) Take(ctx context.Context, id bot.ChannelID, raw []byte) bool {
	at := slices.IndexFunc(h.Channels, func(c Channel) bool { return c.ID == id })
	if at < 0 {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, HandleLimit)
	defer cancel()
	return h.take(ctx, &h.Channels[at], body{raw: raw})
}

// take reports whether the delivery is kept, one way or the other.
func (h *Hooks) take(ctx context.Context, channel *Channel, body body) bool {
	if body.over {
		return h.quarantine(ctx, channel.ID, Unreadable{Receipt: body.receipt(channel.ID), Raw: body.raw, Reason: fmt.Sprintf("body over %d bytes", MaxBody)})
	}
	in, err := parse(channel.Receiver, body.raw)
	if err != nil {
		return h.quarantine(ctx, channel.ID, Unreadable{Receipt: receiptOf(channel, body), Raw: body.raw, Reason: err.Error()})
	}
	return h.handle(ctx, channel.ID, in)
}

// parse reads a delivery. A reader that panics, or that finds no receipt key, has not read it.
func parse(r Receiver, raw []byte) (in bot.Inbound, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("reader panicked: %v", p)
		}
	}()
	in, err = r.Parse(raw)
	if err == nil && in.Receipt.ID == "" {
		err = errors.New("the delivery carries no id")
	}
	return in, err
}

// receiptOf names an unreadable delivery by its own id where it can be found, else by its bytes.
func receiptOf(channel *Channel, b body) (key bot.ReceiptKey) {
	defer func() {
		if recover() != nil {
			key = b.receipt(channel.ID)
		}
	}()
	id, err := channel.Receiver.Key(b.raw)
	if err != nil || id == "" {
		return b.receipt(channel.ID)
	}
	return bot.ReceiptKey{Source: channel.ID, ID: id}
}

func (h *Hooks) handle(ctx context.Context, channel bot.ChannelID, in bot.Inbound) bool {
	began := h.Now()
	err := h.guarded(ctx, in)
	h.Metrics.turn(h.Now().Sub(began))
	switch {
	case err == nil:
		h.Metrics.update(channel, in.Kind, resultAccepted)
		return true
	case away(err):
		h.Metrics.update(channel, in.Kind, resultUnavailable)
		h.Log.WarnContext(ctx, "delivery not kept", "receipt", in.Receipt.String())
		return false
	default:
		h.Metrics.update(channel, in.Kind, resultQuarantined)
		h.Log.ErrorContext(ctx, "delivery in quarantine", "receipt", in.Receipt.String(), "chat", string(in.Chat))
		return true
	}
}

// guarded handles a delivery and keeps it in quarantine when the acceptor itself breaks, which it should never do.
func (h *Hooks) guarded(ctx context.Context, in bot.Inbound) (err error) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		err = fmt.Errorf("acceptor panicked handling %s", in.Receipt)
		kept := h.Quarantine.Keep(ctx, Unreadable{Receipt: in.Receipt, Raw: in.Raw, Reason: fmt.Sprintf("panic: %v", p), At: h.Now()})
		if kept != nil {
			err = &bot.Error{Kind: bot.Unavailable, Key: "unavailable", Err: kept}
		}
	}()
	return h.Acceptor.Handle(ctx, in)
}

// away reports that nothing was kept. A deadline counts: the acceptor had no time left to put anything into quarantine.
func away(err error) bool {
	return bot.KindOf(err) == bot.Unavailable || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

func (h *Hooks) quarantine(ctx context.Context, channel bot.ChannelID, d Unreadable) bool {
	d.At = h.Now()
	if err := h.Quarantine.Keep(ctx, d); err != nil {
		h.Metrics.update(channel, kindUnread, resultUnavailable)
		h.Log.WarnContext(ctx, "unreadable delivery not kept", "receipt", d.Receipt.String())
		return false
	}
	h.Metrics.update(channel, kindUnread, resultQuarantined)
	h.Log.ErrorContext(ctx, "unreadable delivery in quarantine", "receipt", d.Receipt.String())
	return true
}
