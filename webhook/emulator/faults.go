package emulator

import (
	"context"
	"maps"
	"net/http"
	"strings"
	"time"
)

// Fault is a rule that spoils calls, or deliveries. All of its conditions must hold.
type Fault struct {
	Method string  `json:"method,omitempty"` // "file" for downloads, "deliver" for deliveries; empty for every call
	Chat   int64   `json:"chat,omitempty"`
	Share  float64 `json:"share,omitempty"` // of the calls; 0 for all
	Times  int     `json:"times,omitempty"` // then the rule ends; 0 for ever

	Status     int    `json:"status,omitempty"` // refuse with it
	RetryAfter int    `json:"retry_after,omitempty"`
	Text       string `json:"text,omitempty"`
	Plain      bool   `json:"plain,omitempty"`  // the refusal is no JSON, as Bale's for pace can be
	Delay      int    `json:"delay,omitempty"`  // milliseconds before the call is carried out
	Cut        bool   `json:"cut,omitempty"`    // carry it out, then hang up without an answer
	Hangup     bool   `json:"hangup,omitempty"` // hang up at once
	Repeat     bool   `json:"repeat,omitempty"` // of a delivery: deliver it again
}

// Stats count what the bot did.
type Stats struct {
	Calls       map[string]int `json:"calls"`
	Connections int            `json:"connections"` // distinct peers that called
	Refused     int            `json:"refused"`     // by a fault
	Early       int            `json:"early"`       // calls to a chat before the time it was told
	Updates     int            `json:"updates"`     // made
	Delivered   int            `json:"delivered"`   // answered 2xx
	Failed      int            `json:"failed"`      // deliveries that were not
	Dropped     int            `json:"dropped"`     // updates past their time, or too large
}

// Stats returns the counts so far.
func (s *Server) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	stats := s.stats
	stats.Calls = maps.Clone(s.stats.Calls)
	stats.Connections = len(s.peers)
	return stats
}

// AddFault adds a rule. Rules are tried in the order in which they came; the first that fits acts.
func (s *Server) AddFault(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

// ClearFaults ends all rules.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
	clear(s.patience)
}

// spoiled is what happens to one call.
type spoiled struct {
	Fault
	refusal *refusal
}

func (f spoiled) wait(ctx context.Context) bool {
	if f.Delay <= 0 {
		return true
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(time.Duration(f.Delay) * time.Millisecond):
		return true
	}
}

// arrive counts a call and says what happens to it.
func (s *Server) arrive(peer, method string, p params) spoiled {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Calls[method]++
	s.peers[peer] = struct{}{}
	id := p.number("chat_id")
	now := s.opts.Now()
	if until, told := s.patience[id]; told && strings.HasPrefix(method, "send") {
		if left := until.Sub(now); left > 0 {
			s.stats.Early++
			return spoiled{refusal: tooMany(int(left/time.Second) + 1)}
		}
		delete(s.patience, id)
	}
	out := spoiled{Fault: s.pick(method, id)}
	switch {
	case out.Status == http.StatusTooManyRequests:
		out.refusal = tooMany(out.RetryAfter)
		if out.RetryAfter > 0 {
			s.patience[id] = now.Add(time.Duration(out.RetryAfter) * time.Second)
		}
	case out.Status != 0:
		out.refusal = refuse(out.Status, http.StatusText(out.Status))
	}
	if out.refusal != nil {
		s.stats.Refused++
		out.refusal.plain = out.Plain
		if out.Text != "" {
			out.refusal.text = out.Text
		}
		if s.opts.Bale {
			out.refusal.retryAfter = 0
		}
	}
	return out
}

func tooMany(after int) *refusal {
	r := refuse(http.StatusTooManyRequests, "Too Many Requests")
	r.retryAfter = after
	return r
}

// pick returns the first rule that fits, and uses it up.
func (s *Server) pick(method string, chat int64) Fault {
	for i, f := range s.faults {
		if f.Method == "" && method == "deliver" || f.Method != "" && !strings.EqualFold(f.Method, method) || f.Chat != 0 && f.Chat != chat {
			continue
		}
		if f.Share > 0 && s.rand.Float64() >= f.Share {
			continue
		}
		if f.Times > 0 {
			if f.Times--; f.Times == 0 {
				s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
			}
		}
		return *f
	}
	return Fault{}
}
