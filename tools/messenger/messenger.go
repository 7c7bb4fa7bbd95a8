package messenger

import (
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Messenger is the whole other side of a bot.
type Messenger struct {
	Hook   string // where updates go, POST
	Secret string
	Faults Faults
	// Again is the share of updates that are delivered a second time after they were accepted.
	Again float64

	Cuts      atomic.Int64 // messages accepted whose answer was cut
	Delivered atomic.Int64
	Retried   atomic.Int64
	calls     atomic.Int64

	client  *http.Client
	updates atomic.Int64
	ids     atomic.Int64
	mu      sync.Mutex
	members map[int64]*Member
	early   int // messages that came before a 429's waiting time was over
	until   map[string]time.Time
}

// New makes a messenger that delivers to hook over at most connections at once.
func New(hook, secret string, connections int) *Messenger {
	m := &Messenger{Hook: hook, Secret: secret, members: make(map[int64]*Member), until: make(map[string]time.Time)}
	m.updates.Store(time.Now().Unix())
	m.ids.Store(1000)
	m.client = &http.Client{Timeout: 60 * time.Second, Transport: &http.Transport{
		MaxConnsPerHost: connections, MaxIdleConnsPerHost: connections, DisableCompression: true,
	}}
	return m
}

// Listen serves the Bot API on a loopback port and returns its base URL.
func (m *Messenger) Listen() (string, func(), error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: m}
	go server.Serve(listener)
	return "http://" + listener.Addr().String(), func() { server.Close() }, nil
}

// Calls is how many API calls have come in.
func (m *Messenger) Calls() int64 { return m.calls.Load() }

// Early is how many messages came to a chat before the waiting time of a 429 was over.
func (m *Messenger) Early() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.early
}

// Member returns the member with an id, a new one at first.
func (m *Messenger) Member(id int64) *Member {
	m.mu.Lock()
	defer m.mu.Unlock()
	member, known := m.members[id]
	if !known {
		member = newMember(m, id)
		m.members[id] = member
	}
	return member
}

func (m *Messenger) refused(chat string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.until[chat] = time.Now().Add(time.Second)
}

// show puts a message before the member and returns its id; an edit is a message like any other here.
func (m *Messenger) show(p map[string]string) int {
	seen := seenOf(p)
	seen.ID = int(m.ids.Add(1))
	chat, _ := strconv.ParseInt(p["chat_id"], 10, 64)
	m.mu.Lock()
	if seen.At.Before(m.until[p["chat_id"]]) {
		m.early++
	}
	m.mu.Unlock()
	m.Member(chat).see(seen)
	return seen.ID
}
