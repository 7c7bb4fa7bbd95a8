package messenger

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Member is one person at the messenger: two queues of updates, as Telegram keeps them, and what he has seen.
type Member struct {
	ID       int64
	m        *Messenger
	messages *queue
	presses  *queue

	mu    sync.Mutex
	seen  []Seen // all of it
	fresh []Seen // without copies of the message just before, which a person sees through
	news  chan struct{}
}

func newMember(m *Messenger, id int64) *Member {
	member := &Member{ID: id, m: m, news: make(chan struct{}, 1)}
	member.messages = newQueue(m)
	member.presses = newQueue(m)
	return member
}

func (p *Member) see(s Seen) {
	p.mu.Lock()
	p.seen = append(p.seen, s)
	if n := len(p.fresh); !p.m.SeeThrough || n == 0 || !s.Copies(p.fresh[n-1]) {
		p.fresh = append(p.fresh, s)
	}
	p.mu.Unlock()
	select {
	case p.news <- struct{}{}:
	default:
	}
}

// Seen returns all messages so far, in the order in which they came.
func (p *Member) Seen() []Seen {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.seen)
}

// Fresh returns the messages so far that were no copies of one just before.
func (p *Member) Fresh() []Seen {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.fresh)
}

// Count is how many fresh messages the member has seen.
func (p *Member) Count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.fresh)
}

// Await waits until the member has seen more than n fresh messages and returns the last of them.
func (p *Member) Await(n int, limit time.Duration) (Seen, error) {
	deadline := time.After(limit)
	for {
		p.mu.Lock()
		if len(p.fresh) > n {
			last := p.fresh[len(p.fresh)-1]
			p.mu.Unlock()
			return last, nil
		}
		p.mu.Unlock()
		select {
		case <-p.news:
		case <-deadline:
			return Seen{}, fmt.Errorf("member %d saw nothing new after message %d", p.ID, n)
		}
	}
}

func (p *Member) user() map[string]any {
	return map[string]any{"id": p.ID, "is_bot": false, "first_name": "Member", "language_code": "en"}
}

// Say sends a text and returns when it was accepted.
func (p *Member) Say(text string) <-chan time.Time { return p.messages.put(p.Saying(text).Raw) }

// Press taps a button of a message he sees.
func (p *Member) Press(on Seen, b Button) <-chan time.Time {
	return p.presses.put(p.Pressing(on, b).Raw)
}

// Update is one update as the messenger delivers it.
type Update struct {
	ID  int64
	Raw []byte
}

// Saying is the update of a text, for who delivers it himself.
func (p *Member) Saying(text string) Update {
	return p.m.update("message", map[string]any{
		"message_id": p.m.ids.Add(1), "date": time.Now().Unix(), "text": text, "from": p.user(),
		"chat": map[string]any{"id": p.ID, "type": "private"},
	})
}

// Pressing is the update of a tap on a button, for who delivers it himself.
func (p *Member) Pressing(on Seen, b Button) Update {
	return p.m.update("callback_query", map[string]any{
		"id": strconv.FormatInt(rand.Int64(), 10), "from": p.user(), "data": b.Data, "chat_instance": "1",
		"message": map[string]any{
			"message_id": on.ID, "date": time.Now().Unix(), "text": on.Text,
			"chat": map[string]any{"id": p.ID, "type": "private"},
		},
	})
}

func (m *Messenger) update(kind string, body any) Update {
	id := m.updates.Add(1)
	raw, err := json.Marshal(map[string]any{"update_id": id, kind: body})
	if err != nil {
		panic(err)
	}
	return Update{id, raw}
}

// queue delivers one chat's updates in order: the next only after the last was accepted.
type queue struct {
	m      *Messenger
	mu     sync.Mutex
	items  []item
	active bool
}

type item struct {
	raw      []byte
	accepted chan time.Time
}

func newQueue(m *Messenger) *queue { return &queue{m: m} }

func (q *queue) put(raw []byte) <-chan time.Time {
	it := item{raw, make(chan time.Time, 1)}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, it)
	if !q.active {
		q.active = true
		go q.run()
	}
	return it.accepted
}

func (q *queue) run() {
	for {
		q.mu.Lock()
		if len(q.items) == 0 {
			q.active = false
			q.mu.Unlock()
			return
		}
		it := q.items[0]
		q.items = q.items[1:]
		q.mu.Unlock()
		q.m.deliver(it.raw)
		it.accepted <- time.Now()
		if rand.Float64() < q.m.Again {
			q.m.deliver(it.raw)
		}
	}
}

// deliver repeats until 2xx: at once, then after 2, 4, 8 ... 60 seconds; a Retry-After replaces the waiting time.
func (m *Messenger) deliver(raw []byte) {
	wait, refused := time.Duration(0), false
	for {
		status, after, err := m.Post(raw)
		if err == nil && status/100 == 2 {
			m.Delivered.Add(1)
			if refused {
				m.Waiting.Add(-1)
			}
			return
		}
		if !refused {
			refused = true
			m.Waiting.Add(1)
		}
		if status == http.StatusServiceUnavailable && after > 0 {
			m.Refused.Add(1)
		} else {
			m.Failed.Add(1)
		}
		switch {
		case after > 0:
			time.Sleep(after)
		case wait == 0:
			wait = 2 * time.Second
		default:
			time.Sleep(wait)
			wait = min(2*wait, time.Minute)
		}
	}
}

// Post delivers an update once and returns the answer.
func (m *Messenger) Post(raw []byte) (status int, after time.Duration, err error) {
	return m.PostAs(m.Secret, raw)
}

// PostAs is Post with another secret.
func (m *Messenger) PostAs(secret string, raw []byte) (status int, after time.Duration, err error) {
	request, err := http.NewRequest(http.MethodPost, m.Hook, bytes.NewReader(raw))
	if err != nil {
		return 0, 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	response, err := m.client.Do(request)
	if err != nil {
		return 0, 0, err
	}
	defer response.Body.Close()
	io.Copy(io.Discard, response.Body)
	seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
	return response.StatusCode, time.Duration(seconds) * time.Second, nil
}
