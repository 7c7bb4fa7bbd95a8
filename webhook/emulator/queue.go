package emulator

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// post is the sorting office: every update waits in a queue of its own chat, presses and changes of standing in others,
// so that a press can overtake a text and one chat's trouble holds up no other.
type post struct {
	hook    hook
	lastID  int64 // of updates
	queues  map[string]*queue
	line    []*queue // those that wait to be loaded, first come first served
	loaded  int
	history []*delivery
	more    chan struct{} // closed when an update comes
	poller  int           // generation of getUpdates: a new one ends the one before
	success time.Time     // of the last delivery that was answered 2xx
}

type queue struct {
	name     string
	items    []*delivery
	failures int
}

type delivery struct {
	id      int64
	chat    int64
	raw     []byte
	expires time.Time
}

const (
	maxUpdate   = 64 << 10 // the messenger loses larger ones
	keepHistory = 10_000
)

func (p *post) reset(first int64) {
	p.hook.end()
	p.hook = hook{}
	p.lastID = max(p.lastID, first-1)
	p.queues = make(map[string]*queue)
	p.line, p.history, p.loaded = nil, nil, 0
	if p.more == nil {
		p.more = make(chan struct{})
	}
}

func (p *post) pending() int {
	n := 0
	for _, q := range p.queues {
		n += len(q.items)
	}
	return n
}

// push makes an update and puts it into its queue, if the bot asked for its kind.
func (s *Server) push(c *chat, name, kind string, life time.Duration, u update) {
	if len(s.hook.updates) > 0 && !s.opts.Bale && !slices.Contains(s.hook.updates, kind) {
		return
	}
	s.lastID++
	u.ID = s.lastID
	raw, err := json.Marshal(u)
	s.stats.Updates++
	if err != nil || len(raw) > maxUpdate {
		s.stats.Dropped++
		return
	}
	c.tell(Event{Type: "update", Update: raw})
	d := &delivery{id: u.ID, chat: c.member.ID, raw: raw, expires: s.opts.Now().Add(life)}
	if len(s.history) >= keepHistory {
		s.history = slices.Delete(s.history, 0, keepHistory/4)
	}
	s.history = append(s.history, d)
	s.enqueue(name, d)
}

func (s *Server) enqueue(name string, d *delivery) {
	q := s.queues[name]
	if q == nil {
		q = &queue{name: name}
		s.queues[name] = q
		if s.hook.url != "" {
			s.line = append(s.line, q)
		}
	}
	q.items = append(q.items, d)
	close(s.more)
	s.more = make(chan struct{})
	s.pump()
}

// Inject delivers bytes as they are, whatever they hold, in a queue of their own.
func (s *Server) Inject(raw []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastID++
	s.stats.Updates++
	s.enqueue(fmt.Sprintf("injected:%d", s.lastID), &delivery{id: s.lastID, raw: raw, expires: s.opts.Now().Add(messageLife)})
}

// Redeliver delivers an update once more, at once and beside whatever waits. It reports whether it is still known.
func (s *Server) Redeliver(id int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range slices.Backward(s.history) {
		if d.id == id {
			s.repeat(d)
			return true
		}
	}
	return false
}

func (s *Server) repeat(d *delivery) {
	s.nextPush++
	again := *d
	s.enqueue(fmt.Sprintf("again:%d", s.nextPush), &again)
}

// LastUpdate is the id of the newest update, to be kept for Options.FirstUpdate of the next run.
func (s *Server) LastUpdate() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lastID
}

// Pending is how many updates wait for the bot.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pending()
}
