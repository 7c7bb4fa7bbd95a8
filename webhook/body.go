package webhook

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
)

const (
	// MaxBody is the largest delivery that is read: the messenger's own limit is 64 KiB, and four times that is far
	// from what a parser or a quarantine row minds.
	MaxBody = 256 << 10
	// maxDrain bounds how much of an oversized body is read on for its hash. Only a holder of the secret gets here.
	maxDrain = 128 << 20
)

// body is a delivery as it came.
type body struct {
	raw  []byte
	over bool   // raw is only the beginning
	sum  []byte // SHA-256 of the whole, when it is over
}

// receipt names a delivery without an id by its bytes: the same bytes again are the same delivery.
func (b body) receipt(channel bot.ChannelID) bot.ReceiptKey {
	sum := b.sum
	if sum == nil {
		whole := sha256.Sum256(b.raw)
		sum = whole[:]
	}
	return bot.ReceiptKey{Source: channel, ID: "sha256-" + hex.EncodeToString(sum)}
}

// longAgo is a read deadline that ends a read at once.
var longAgo = time.Unix(1, 0)

// readBody reads a delivery within the time of ctx. The bytes are the delivery's own and never a shared buffer's: a
// commit that outlives its request must not find another member's words in them.
func readBody(ctx context.Context, c echo.Context) (body, error) {
	request := c.Request()
	control := http.NewResponseController(c.Response())
	stop := context.AfterFunc(ctx, func() { _ = control.SetReadDeadline(longAgo) })
	defer stop()
	if n := request.ContentLength; n >= 0 && n <= MaxBody {
		raw := make([]byte, n)
		_, err := io.ReadFull(request.Body, raw)
		return body{raw: raw}, err
	}
	return readUnknown(request.Body)
}

// readUnknown reads a body of unknown or excessive length: whole when it fits, else its beginning, and on through the
// hash, so that memory stays bounded.
func readUnknown(r io.Reader) (body, error) {
	var head bytes.Buffer
	if _, err := io.Copy(&head, io.LimitReader(r, MaxBody)); err != nil {
		return body{}, fmt.Errorf("read body: %w", err)
	}
	sum := sha256.New()
	sum.Write(head.Bytes())
	rest, err := io.Copy(sum, io.LimitReader(r, maxDrain))
	if err != nil {
		return body{}, fmt.Errorf("read on in a body over the cap: %w", err)
	}
	if rest == 0 {
		return body{raw: head.Bytes()}, nil
	}
	return body{raw: head.Bytes(), over: true, sum: sum.Sum(nil)}, nil
}
