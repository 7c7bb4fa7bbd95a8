package deskweb

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
)

const (
	ping  = 20 * time.Second // keeps an idle stream known to be alive
	pause = time.Second      // between two signals for lists
)

// stream is one browser that listens. Its tabs share it.
type stream struct {
	by      bot.Staff
	browser string
	wake    chan struct{} // something is to be sent at once
	doubt   chan struct{} // its session may have ended
	mu      sync.Mutex
	now     news // of chats that the browser shows
	later   news // of lists
}

// news is what a stream has not yet been told. Only ids travel: the browser asks for what it shows.
type news struct {
	Open  []bot.ChatKey `json:"open,omitempty"`  // threads that have changed
	Here  []bot.ChatKey `json:"here,omitempty"`  // threads in which somebody came, went or writes
	Chats []bot.ChatKey `json:"chats,omitempty"` // rows that have changed
	// Taken are those of them that somebody holds: they are no longer in the queue, and nobody need ask for their rows there.
	Taken  []bot.ChatKey `json:"taken,omitempty"`
	Queues bool          `json:"queues,omitempty"` // one was paused or goes on
	Cases  []bot.ChatKey `json:"cases,omitempty"`  // chats of cases to which something was done
	// Approvals says that something waits for a manager's yes, or no longer.
	Approvals bool `json:"approvals,omitempty"`
}

func (n news) empty() bool {
	return len(n.Open)+len(n.Here)+len(n.Chats)+len(n.Cases) == 0 && !n.Queues && !n.Approvals
}

// tell notes a signal. What happens in an open thread is told at once, the rest with the next second's.
func (s *stream) tell(signal Signal, open bool) {
	s.mu.Lock()
	s.later.Queues = s.later.Queues || signal.Kind == QueueStopped
	s.later.Approvals = s.later.Approvals || signal.Kind == ApprovalsMoved
	if signal.Kind == CaseChanged {
		s.later.Cases = with(s.later.Cases, signal.Chat)
	}
	if signal.Kind == ChatChanged {
		s.later.Chats = with(s.later.Chats, signal.Chat)
		s.later.Taken = slices.DeleteFunc(s.later.Taken, func(chat bot.ChatKey) bool { return chat == signal.Chat })
		if signal.By != "" {
			s.later.Taken = append(s.later.Taken, signal.Chat)
		}
	}
	if open && signal.Kind == ChatChanged {
		s.now.Open = with(s.now.Open, signal.Chat)
	}
	if open && signal.Kind == ChatViewed {
		s.now.Here = with(s.now.Here, signal.Chat)
	}
	urgent := !s.now.empty()
	s.mu.Unlock()
	if urgent {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	}
}

func with(chats []bot.ChatKey, chat bot.ChatKey) []bot.ChatKey {
	if slices.Contains(chats, chat) {
		return chats
	}
	return append(chats, chat)
}

func (s *stream) take(lists bool) news {
	s.mu.Lock()
	defer s.mu.Unlock()
	told := s.now
	s.now = news{}
	if lists {
		told.Chats, told.Taken, told.Queues, told.Approvals = s.later.Chats, s.later.Taken, s.later.Queues, s.later.Approvals
		told.Cases, s.later = s.later.Cases, news{}
	}
	return told
}

// events is the stream of one browser.
func (d *Desk) events(c echo.Context) error {
	one := &stream{by: d.Person(c), browser: short(c.QueryParam("browser")), wake: make(chan struct{}, 1), doubt: make(chan struct{}, 1)}
	if err := d.Alive(c, one.by); err != nil {
		return d.Refuse(c, err)
	}
	d.hub.join(one)
	defer d.hub.part(one)
	w := c.Response()
	w.Header().Set(echo.HeaderContentType, "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	if err := write(w, "retry: 2000\n\n"); err != nil {
		return nil // the browser has gone
	}
	return d.pump(c, one)
}

func (d *Desk) pump(c echo.Context, one *stream) error {
	lists, alive := time.NewTicker(pause), time.NewTicker(ping)
	defer lists.Stop()
	defer alive.Stop()
	for {
		var told news
		select {
		case <-c.Request().Context().Done():
			return nil
		case <-d.Done:
			return nil
		case <-one.wake:
			told = one.take(false)
		case <-lists.C:
			told = one.take(true)
		case <-one.doubt:
			if d.Alive(c, one.by) != nil {
				return nil
			}
		case <-alive.C:
			if d.Alive(c, one.by) != nil {
				return nil // his session has ended: so does the stream
			}
			if write(c.Response(), ": here\n\n") != nil {
				return nil
			}
		}
		if told.empty() {
			continue
		}
		if write(c.Response(), "data: "+lineOf(told)+"\n\n") != nil {
			return nil
		}
	}
}

func lineOf(n news) string {
	body, _ := json.Marshal(n)
	return string(body)
}

func write(w *echo.Response, text string) error {
	_, err := io.WriteString(w, text)
	w.Flush()
	return err
}

// Run hands the program's signals to the streams until ctx ends.
func (d *Desk) Run(ctx context.Context) error {
	signals, err := d.Signals.Subscribe(ctx)
	if err != nil {
		return fmt.Errorf("listen to the desks' signals: %w", err)
	}
	sweep := time.NewTicker(lingers / 4)
	defer sweep.Stop()
	for {
		select {
		case s, open := <-signals:
			if !open {
				return ctx.Err()
			}
			d.hub.take(s, d.Now())
		case <-sweep.C:
			d.hub.leave(d.Now())
		}
	}
}
