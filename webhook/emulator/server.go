package emulator

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Options say which messenger is played. Now and Token are needed, all else has a default.
type Options struct {
	Token    string
	Username string // of the bot
	Name     string // of the bot
	// Bale plays Bale's dialect: the secret in the path, edits answered with message 0, status 440, bare refusals for pace.
	Bale bool
	Now  func() time.Time
	// FirstUpdate is the first update's id. It must be past the ids of an earlier run, whose receipts would swallow the
	// updates of this one; the default is the time in seconds.
	FirstUpdate int64
	// Seed makes ids and shares of faults repeatable.
	Seed uint64
	// Second is how long a second of the delivery's pauses lasts; tests shorten it.
	Second time.Duration
	// Client delivers to the webhook.
	Client *http.Client
}

// Server is the messenger. It is an http.Handler; Close ends its deliveries.
type Server struct {
	opts  Options
	calls map[string]method
	sim   http.Handler
	ctx   context.Context
	stop  context.CancelFunc
	work  sync.WaitGroup

	mu       sync.Mutex
	rand     *rand.Rand
	skipped  time.Duration
	chats    map[int64]*chat
	presses  map[string]*press
	files    map[string]*file
	nextID   int64 // of messages
	nextFile int
	nextPush int64 // id of the next press
	profile  map[string]string
	commands map[string]json.RawMessage
	faults   []*Fault
	patience map[int64]time.Time // chats that were told to wait, until when
	stats    Stats
	peers    map[string]struct{}
	post
}

// New makes a messenger with no members yet.
func New(o Options) *Server {
	if o.Username == "" {
		o.Username = "javab_demo_bot"
	}
	if o.Name == "" {
		o.Name = "Javab"
	}
	if o.FirstUpdate == 0 {
		o.FirstUpdate = o.Now().Unix()
	}
	if o.Second == 0 {
		o.Second = time.Second
	}
	s := &Server{opts: o, calls: index(o.Bale)}
	if o.Client == nil {
		s.opts.Client = s.deliveryClient()
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.reset()
	s.sim = s.simRoutes()
	return s
}

// reset forgets everything but the count of updates. The caller holds mu, or is New.
func (s *Server) reset() {
	s.rand = rand.New(rand.NewPCG(s.opts.Seed, 1))
	s.skipped = 0
	s.chats = make(map[int64]*chat)
	s.presses = make(map[string]*press)
	s.files = make(map[string]*file)
	s.profile = make(map[string]string)
	s.commands = make(map[string]json.RawMessage)
	s.patience = make(map[int64]time.Time)
	s.peers = make(map[string]struct{})
	s.faults = nil
	s.stats = Stats{Calls: make(map[string]int)}
	if s.nextID == 0 {
		s.nextID = s.opts.FirstUpdate
		s.nextPush = s.opts.FirstUpdate
	}
	s.post.reset(s.opts.FirstUpdate)
}

// Close ends deliveries and waits for those under way.
func (s *Server) Close() {
	s.stop()
	s.mu.Lock()
	s.hook.end()
	s.mu.Unlock()
	s.work.Wait()
}

// Advance moves the messenger's calendar, by which messages are dated. Presses still expire by the real clock.
func (s *Server) Advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skipped += d
}

// Skipped is how far the calendar has been moved, so that the product's clock can follow.
func (s *Server) Skipped() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.skipped
}

func (s *Server) date() int64 { return s.opts.Now().Add(s.skipped).Unix() }

// ServeHTTP serves the API, the files and the members' side.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch path := r.URL.Path; {
	case strings.HasPrefix(path, "/sim/"):
		if !local(r.Host) || !local(originHost(r)) {
			http.Error(w, "the members' side is for this machine alone", http.StatusForbidden)
			return
		}
		s.sim.ServeHTTP(w, r)
	case strings.HasPrefix(path, "/file/bot"):
		s.serveFile(w, r, strings.TrimPrefix(path, "/file/bot"))
	case strings.HasPrefix(path, "/bot"):
		token, method, _ := strings.Cut(strings.TrimPrefix(path, "/bot"), "/")
		s.serveMethod(w, r, token, method)
	default:
		http.NotFound(w, r)
	}
}

// local reports whether a host is this machine. The members' side asks nobody who he is, so that a page from elsewhere
// must not reach it, neither by a name that it makes point here nor by a request across origins.
func local(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// originHost is the host of the page that asks; where there is none, the one that is asked.
func originHost(r *http.Request) string {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return r.Host
	}
	u, err := url.Parse(origin)
	if err != nil {
		return ""
	}
	return u.Host
}

func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request, token, method string) {
	if token != s.opts.Token {
		writeAnswer(w, nil, refuse(http.StatusUnauthorized, "Unauthorized"))
		return
	}
	p, err := readParams(r)
	if err != nil {
		writeAnswer(w, nil, refuse(http.StatusBadRequest, "Bad Request: "+err.Error()))
		return
	}
	call, known := s.find(method)
	if !known {
		writeAnswer(w, nil, refuse(http.StatusNotFound, "Not Found: method not found"))
		return
	}
	fault := s.arrive(r.RemoteAddr, call.name, p)
	if !fault.wait(r.Context()) {
		return
	}
	if fault.Hangup {
		panic(http.ErrAbortHandler)
	}
	if fault.refusal != nil {
		writeAnswer(w, nil, fault.refusal)
		return
	}
	result, refusal := call.run(s, r.Context(), p)
	if fault.Cut {
		panic(http.ErrAbortHandler)
	}
	writeAnswer(w, result, refusal)
}

// refusal is an error of the API.
type refusal struct {
	code       int
	text       string
	retryAfter int
	plain      bool // Bale's bare text instead of JSON
}

func (r *refusal) Error() string { return fmt.Sprintf("%d %s", r.code, r.text) }

func refuse(code int, text string) *refusal { return &refusal{code: code, text: text} }

func bad(text string) *refusal { return refuse(http.StatusBadRequest, "Bad Request: "+text) }

type answer struct {
	OK          bool           `json:"ok"`
	Result      any            `json:"result,omitempty"`
	Code        int            `json:"error_code,omitempty"`
	Description string         `json:"description,omitempty"`
	Parameters  map[string]int `json:"parameters,omitempty"`
}

func writeAnswer(w http.ResponseWriter, result any, r *refusal) {
	if r == nil {
		writeJSON(w, http.StatusOK, answer{OK: true, Result: result})
		return
	}
	if r.plain {
		w.WriteHeader(r.code)
		_, _ = w.Write([]byte(r.text))
		return
	}
	a := answer{Code: r.code, Description: r.text}
	if r.retryAfter > 0 {
		a.Parameters = map[string]int{"retry_after": r.retryAfter}
	}
	writeJSON(w, r.code, a)
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}
