package messenger

import (
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
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
	// SeeThrough makes members overlook copies of a message, as people do. It is for a bot whose buttons never say the
	// same twice.
	SeeThrough bool
	// Overlook are words of a message that is beside every dialogue, as a notice of an outage is: it is only counted.
	Overlook string
	// Arrived hears of each message to a member before the messenger does anything with it, and may hold it up. It is
	// set before the first update; may be nil.
	Arrived func(chat int64, text string)

	Cuts        atomic.Int64 // messages accepted whose answer was cut
	TooMany     atomic.Int64 // messages refused with 429
	Delivered   atomic.Int64 // updates accepted by the bot
	Refused     atomic.Int64 // answers 503 that said when to come again
	Failed      atomic.Int64 // hang-ups and answers that said nothing of the kind
	Waiting     atomic.Int64 // updates that were refused and are not accepted yet
	Overlooked  atomic.Int64
	Connections atomic.Int64 // opened to the Bot API

	client  *http.Client
	updates atomic.Int64
	ids     atomic.Int64
	mu      sync.Mutex
	members map[int64]*Member
	early   int // messages that came before a 429's waiting time was over
	until   map[string]time.Time
}

// New makes a messenger that delivers over at most connections at once, as soon as it has a Hook.
func New(secret string, connections int) *Messenger {
	m := &Messenger{Secret: secret, members: make(map[int64]*Member), until: make(map[string]time.Time)}
	m.updates.Store(time.Now().Unix())
	m.ids.Store(1000)
	m.client = &http.Client{Timeout: 60 * time.Second, Transport: &http.Transport{
		MaxConnsPerHost: connections, MaxIdleConnsPerHost: connections, DisableCompression: true,
	}}
	return m
}

// Listen serves the Bot API on a loopback port.
func (m *Messenger) Listen() *httptest.Server {
	server := m.server()
	server.Start()
	return server
}

// ListenTLS is Listen over TLS; the server's certificate is its own authority.
func (m *Messenger) ListenTLS() *httptest.Server {
	server := m.server()
	server.StartTLS()
	return server
}

func (m *Messenger) server() *httptest.Server {
	server := httptest.NewUnstartedServer(m)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // killed clients hang up in the middle of everything
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			m.Connections.Add(1)
		}
	}
	return server
}

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

// Forgive forgets all waiting times: a bot that was killed has not heard of the last of them.
func (m *Messenger) Forgive() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.until)
}

func (m *Messenger) refused(chat string) {
	m.TooMany.Add(1)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.until[chat] = time.Now().Add(time.Second)
}

// show puts a message before the member and returns its id. He sees an edit as he sees a new message, under its old id.
func (m *Messenger) show(p map[string]string) int {
	seen := seenOf(p)
	seen.ID, _ = strconv.Atoi(p["message_id"])
	if seen.ID == 0 {
		seen.ID = int(m.ids.Add(1))
	}
	chat, _ := strconv.ParseInt(p["chat_id"], 10, 64)
	m.mu.Lock()
	if seen.At.Before(m.until[p["chat_id"]]) {
		m.early++
	}
	m.mu.Unlock()
	if m.Overlook != "" && strings.Contains(seen.Text, m.Overlook) {
		m.Overlooked.Add(1)
	} else {
		m.Member(chat).see(seen)
	}
	return seen.ID
}
