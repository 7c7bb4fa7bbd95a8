package emulator

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// The rules of delivery, from tdlib/telegram-bot-api, WebhookActor.cpp.
const (
	answerLimit   = time.Minute    // that the bot has for an answer
	maxRetryAfter = 3600           // seconds
	maxPause      = 120            // seconds between tries
	minPause      = 60             // at the least, once the pauses have grown
	goneLimit     = 23 * time.Hour // of 410, then the webhook is removed
)

// pump loads queues while there is room: twice as many as connections. The caller holds mu.
func (s *Server) pump() {
	for s.hook.url != "" && s.ctx.Err() == nil && len(s.line) > 0 && s.loaded < 2*s.hook.connections {
		q := s.line[0]
		s.line = s.line[1:]
		s.loaded++
		h := s.hook
		s.work.Go(func() { s.serve(q, h) })
	}
}

// serve delivers one queue, an update at a time and the next only after the one before, until it is empty.
func (s *Server) serve(q *queue, h hook) {
	for {
		d := s.head(q, h)
		if d == nil {
			return
		}
		select {
		case h.slots <- struct{}{}:
		case <-h.ctx.Done():
			return
		}
		result := s.deliver(h, d)
		<-h.slots
		pause := s.settle(q, d, h, result)
		if pause == 0 {
			continue
		}
		select {
		case <-time.After(pause):
		case <-h.ctx.Done():
			return
		}
	}
}

// head returns the update to deliver; none when the queue is empty and unloaded, or the webhook is another by now.
func (s *Server) head(q *queue, h hook) *delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h.ctx.Err() != nil {
		return nil
	}
	if len(q.items) > 0 {
		return q.items[0]
	}
	delete(s.queues, q.name)
	s.loaded--
	s.pump()
	return nil
}

// outcome is how the bot answered.
type outcome struct {
	status int
	after  int // Retry-After, seconds
	body   []byte
	err    error
}

func (o outcome) ok() bool { return o.err == nil && o.status/100 == 2 }

func (o outcome) String() string {
	if o.err != nil {
		return "Connection failed" // what a messenger tells is no more than this
	}
	return fmt.Sprintf("Wrong response from the webhook: %d %s", o.status, http.StatusText(o.status))
}

func (s *Server) deliver(h hook, d *delivery) outcome {
	ctx, cancel := context.WithTimeout(h.ctx, answerLimit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(d.raw))
	if err != nil {
		return outcome{err: err}
	}
	req.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	resp, err := s.opts.Client.Do(req)
	if err != nil {
		return outcome{err: err}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxUpdate))
	after, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
	return outcome{status: resp.StatusCode, after: after, body: body, err: err}
}

// settle takes a delivery's outcome in and returns how long to wait before the queue's next.
func (s *Server) settle(q *queue, d *delivery, h hook, o outcome) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h.ctx.Err() != nil {
		return 0 // delivered to a webhook that is another by now: head ends this
	}
	now := s.opts.Now()
	if o.ok() {
		s.stats.Delivered++
		s.success, s.hook.gone = now, time.Time{}
		q.items, q.failures = q.items[1:], 0
		if s.pick("deliver", d.chat).Repeat {
			s.repeat(d)
		}
		s.carryOut(o.body)
		return 0
	}
	s.stats.Failed++
	s.hook.lastError, s.hook.lastErrorAt = o.String(), now.Unix()
	if s.givenUp(o, now) {
		return 0
	}
	pause := s.pause(q, o)
	if now.Add(pause).After(d.expires) {
		s.stats.Dropped++
		q.items, q.failures = q.items[1:], 0
		return 0
	}
	return pause
}

// givenUp removes a webhook that has answered 410 for 23 hours.
func (s *Server) givenUp(o outcome, now time.Time) bool {
	if o.status != http.StatusGone {
		s.hook.gone = time.Time{}
		return false
	}
	if s.hook.gone.IsZero() {
		s.hook.gone = now
	}
	if now.Sub(s.hook.gone) < goneLimit {
		return false
	}
	s.hook.end()
	s.hook = hook{updates: s.hook.updates}
	return true
}

// pause is how long to wait before the next try: none before the first, then 2, 4, 8 seconds and so on. The webhook's
// own word takes the place of that, and of its growing.
func (s *Server) pause(q *queue, o outcome) time.Duration {
	if o.err == nil && o.after > 0 {
		return time.Duration(min(o.after, maxRetryAfter)) * s.opts.Second
	}
	q.failures++
	if q.failures == 1 {
		return 0
	}
	seconds := maxPause
	if q.failures <= 7 {
		seconds = 1 << (q.failures - 1)
	}
	if seconds > minPause {
		seconds = minPause + s.rand.IntN(maxPause-minPause)
	}
	return time.Duration(seconds) * s.opts.Second
}

// carryOut makes the call that an answer names. Its result reaches nobody, which is why an answer should be empty.
func (s *Server) carryOut(body []byte) {
	var named struct {
		Method string `json:"method"`
	}
	if len(body) == 0 || json.Unmarshal(body, &named) != nil {
		return
	}
	call, known := s.find(named.Method)
	p := params{values: make(map[string]string)}
	if !known || p.readJSON(bytes.NewReader(body)) != nil {
		return
	}
	s.stats.Calls[call.name]++
	s.work.Go(func() { _, _ = call.run(s, s.ctx, p) })
}

// deliveryClient opens connections as slowly as the messenger does: ten per half second, and one in two seconds while
// nothing has been answered for ten.
func (s *Server) deliveryClient() *http.Client {
	gate := &gate{server: s}
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			MaxIdleConnsPerHost: 100,
			IdleConnTimeout:     time.Minute,
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				if err := gate.pass(ctx); err != nil {
					return nil, err
				}
				return dialer.DialContext(ctx, network, address)
			},
		},
	}
}

// gate lets connections through one after the other.
type gate struct {
	server *Server
	mu     sync.Mutex
	opened []time.Time // the last ten
}

func (g *gate) pass(ctx context.Context) error {
	g.mu.Lock()
	wait := g.wait()
	g.mu.Unlock()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(wait):
		return nil
	}
}

// wait reserves the next place and says when it is.
func (g *gate) wait() time.Duration {
	s := g.server
	s.mu.Lock()
	success := s.success
	s.mu.Unlock()
	now := s.opts.Now()
	at := now
	if n := len(g.opened); n > 0 && !success.IsZero() && now.Sub(success) > 10*s.opts.Second {
		at = later(at, g.opened[n-1].Add(2*s.opts.Second))
	}
	if len(g.opened) == 10 {
		at = later(at, g.opened[0].Add(s.opts.Second/2))
		g.opened = g.opened[1:]
	}
	g.opened = append(g.opened, at)
	return at.Sub(now)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
