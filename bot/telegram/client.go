package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"time"

	"javab/bot"
)

// client makes calls. All errors that leave it are scrubbed *bot.SendError.
type client struct {
	web     *http.Client
	base    string
	token   string
	buffers *sync.Pool
}

type buffer = bytes.Buffer

const (
	callLimit  = 15 * time.Second // a try ends well before the lease of its job
	maxAnswer  = 16 * megabyte    // 100 updates of 64 KiB, with room
	keepBuffer = 64 << 10         // larger ones are left to the collector
)

// answer is what the API says to any call.
type answer[T any] struct {
	OK          bool   `json:"ok"`
	Result      T      `json:"result"`
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter int64 `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// call makes one call with parameters of the library's types, as one JSON body of known length.
func call[T any](ctx context.Context, c *client, method string, params any) (T, error) {
	return callWithin[T](ctx, c, callLimit, method, params)
}

func callWithin[T any](ctx context.Context, c *client, limit time.Duration, method string, params any) (result T, err error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	payload, err := json.Marshal(params)
	if err != nil {
		return result, c.fault(bot.FaultRejected, fmt.Errorf("write parameters: %w", err))
	}
	result, err = try[T](ctx, c, method, payload)
	if err != nil && bot.FaultOf(err) == bot.FaultAmbiguous && repeatable(method) && ctx.Err() == nil {
		result, err = try[T](ctx, c, method, payload)
	}
	return result, err
}

// repeatable reports whether a call that may have arrived can be made again at once: all but the ones that would put a
// second message into the chat.
func repeatable(method string) bool { return !strings.HasPrefix(method, "send") }

func try[T any](ctx context.Context, c *client, method string, payload []byte) (result T, err error) {
	// A bytes.Reader gives the request its length and a GetBody: without the latter net/http cannot repeat a call that
	// met a connection which the server had just closed, although nothing was written.
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/bot"+c.token+"/"+method, bytes.NewReader(payload))
	if err != nil {
		return result, c.fault(bot.FaultRejected, err)
	}
	req.Header.Set("Content-Type", "application/json")
	a, err := exchange[T](c, req)
	return a.Result, err
}

// exchange makes a request and reads its answer; a refusal is an error.
func exchange[T any](c *client, req *http.Request) (a answer[T], err error) {
	status, header, body, err := c.do(req)
	if err != nil {
		return a, err
	}
	defer c.put(body)
	if err := json.Unmarshal(body.Bytes(), &a); err != nil && !a.OK {
		var refusal answer[json.RawMessage] // a result of another shape must not hide what the refusal says
		if json.Unmarshal(body.Bytes(), &refusal) != nil {
			return a, c.refusedPlain(status, header, body.String())
		}
		a.Code, a.Description, a.Parameters = refusal.Code, refusal.Description, refusal.Parameters
	}
	if !a.OK {
		return a, c.refused(status, header, a.Code, a.Description, a.Parameters.RetryAfter, a.Parameters.MigrateTo)
	}
	return a, nil
}

// do sends a request and reads the whole answer, so that the connection can be used again. Without a connection nothing
// was written; from then on the call may have arrived.
func (c *client) do(req *http.Request) (int, http.Header, *buffer, error) {
	connected := false
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected = true }}
	resp, err := c.web.Do(req.WithContext(httptrace.WithClientTrace(req.Context(), trace)))
	if err != nil {
		fault := bot.FaultTransient
		if connected {
			fault = bot.FaultAmbiguous
		}
		return 0, nil, nil, c.fault(fault, err)
	}
	defer resp.Body.Close()
	body := c.buffers.Get().(*buffer)
	body.Reset()
	if _, err := body.ReadFrom(io.LimitReader(resp.Body, maxAnswer)); err != nil {
		c.put(body)
		return 0, nil, nil, c.fault(bot.FaultAmbiguous, err)
	}
	return resp.StatusCode, resp.Header, body, nil
}

func (c *client) put(b *buffer) {
	if b.Cap() <= keepBuffer {
		c.buffers.Put(b)
	}
}
