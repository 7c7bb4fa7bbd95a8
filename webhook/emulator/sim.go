package emulator

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// simRoutes is the members' side and the faults, for pages and programs outside of this process.
func (s *Server) simRoutes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /sim/stats", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, http.StatusOK, s.Stats()) })
	mux.HandleFunc("POST /sim/faults", take(func(f Fault) (any, error) { s.AddFault(f); return done, nil }))
	mux.HandleFunc("DELETE /sim/faults", func(w http.ResponseWriter, _ *http.Request) { s.ClearFaults(); writeJSON(w, http.StatusOK, done) })
	mux.HandleFunc("POST /sim/skip", take(s.simSkip))
	mux.HandleFunc("POST /sim/reset", s.simReset)
	mux.HandleFunc("POST /sim/updates", s.simInject)
	mux.HandleFunc("POST /sim/redeliver", take(s.simRedeliver))
	mux.HandleFunc("GET /sim/chats", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, http.StatusOK, s.Members()) })
	mux.HandleFunc("PUT /sim/chats/{id}", inChat(func(id int64, m Member) (any, error) { m.ID = id; s.Join(m); return m, nil }))
	mux.HandleFunc("GET /sim/chats/{id}", inChat(func(id int64, _ struct{}) (any, error) { return s.View(id) }))
	mux.HandleFunc("GET /sim/chats/{id}/events", s.simEvents)
	mux.HandleFunc("GET /sim/chats/{id}/files/{file}", s.simFile)
	mux.HandleFunc("POST /sim/chats/{id}/text", inChat(s.simSay))
	mux.HandleFunc("POST /sim/chats/{id}/edit", inChat(s.simEdit))
	mux.HandleFunc("POST /sim/chats/{id}/press", inChat(s.simPress))
	mux.HandleFunc("POST /sim/chats/{id}/contact", inChat(s.simContact))
	mux.HandleFunc("POST /sim/chats/{id}/location", inChat(s.simLocation))
	mux.HandleFunc("POST /sim/chats/{id}/block", inChat(s.simBlock))
	mux.HandleFunc("POST /sim/chats/{id}/language", inChat(s.simLanguage))
	mux.HandleFunc("POST /sim/chats/{id}/files", s.simUpload)
	return mux
}

type ok struct {
	OK bool `json:"ok"`
}

var done = ok{true}

// maxAsk bounds what a member's side sends as JSON.
const maxAsk = 1 << 20

// take serves a request whose body is a JSON object; an empty body is an empty one.
func take[T any](act func(T) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var ask T
		err := json.NewDecoder(io.LimitReader(r.Body, maxAsk)).Decode(&ask)
		if err != nil && err != io.EOF {
			fail(w, fmt.Errorf("read the request: %w", err))
			return
		}
		reply(w)(act(ask))
	}
}

// inChat is take for a request about one chat.
func inChat[T any](act func(int64, T) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := chatOf(r)
		if err != nil {
			fail(w, err)
			return
		}
		take(func(ask T) (any, error) { return act(id, ask) })(w, r)
	}
}

func chatOf(r *http.Request) (int64, error) { return strconv.ParseInt(r.PathValue("id"), 10, 64) }

func reply(w http.ResponseWriter) func(any, error) {
	return func(result any, err error) {
		if err != nil {
			fail(w, err)
			return
		}
		writeJSON(w, http.StatusOK, result)
	}
}

func fail(w http.ResponseWriter, err error) {
	status := http.StatusBadRequest
	if err == errNoMember || err == errNoMessage {
		status = http.StatusNotFound
	}
	writeJSON(w, status, map[string]string{"error": err.Error()})
}

type simMessage struct {
	ID int64 `json:"message_id"`
}

func (s *Server) simSkip(ask struct {
	Seconds int64 `json:"seconds"`
},
) (any, error) {
	s.Advance(time.Duration(ask.Seconds) * time.Second)
	return done, nil
}

func (s *Server) simReset(w http.ResponseWriter, _ *http.Request) {
	s.Reset()
	writeJSON(w, http.StatusOK, done)
}

// Reset forgets members, messages, webhook and faults. Ids of updates and messages go on rising.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reset()
}

func (s *Server) simInject(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxAsk))
	if err != nil {
		fail(w, err)
		return
	}
	s.Inject(raw)
	writeJSON(w, http.StatusOK, done)
}

func (s *Server) simRedeliver(ask struct {
	Update int64 `json:"update_id"`
},
) (any, error) {
	return ok{s.Redeliver(ask.Update)}, nil
}

func (s *Server) simSay(id int64, ask struct {
	Text string `json:"text"`
},
) (any, error) {
	message, err := s.Say(id, ask.Text)
	return simMessage{message}, err
}

func (s *Server) simEdit(id int64, ask struct {
	Message int64  `json:"message_id"`
	Text    string `json:"text"`
},
) (any, error) {
	return done, s.EditText(id, ask.Message, ask.Text)
}

// maxTaps bounds one request's taps.
const maxTaps = 100

// simPress taps a button, several times where asked: two presses at once are what a double tap is.
func (s *Server) simPress(id int64, ask struct {
	Message int64  `json:"message_id"`
	Data    string `json:"data"`
	Times   int    `json:"times"`
	Forge   bool   `json:"forge"`
},
) (any, error) {
	tap := s.Press
	if ask.Forge {
		tap = s.Forge
	}
	var presses []string
	for range min(max(ask.Times, 1), maxTaps) {
		press, err := tap(id, ask.Message, ask.Data)
		if err != nil {
			return nil, err
		}
		presses = append(presses, press)
	}
	return map[string][]string{"presses": presses}, nil
}

func (s *Server) simContact(id int64, ask struct {
	Phone string `json:"phone_number"`
	Own   bool   `json:"own"`
},
) (any, error) {
	message, err := s.SendContact(id, ask.Phone, ask.Own)
	return simMessage{message}, err
}

func (s *Server) simLocation(id int64, ask Location) (any, error) {
	message, err := s.SendLocation(id, ask.Latitude, ask.Longitude)
	return simMessage{message}, err
}

func (s *Server) simBlock(id int64, ask struct {
	Blocked bool `json:"blocked"`
},
) (any, error) {
	return done, s.Block(id, ask.Blocked)
}

func (s *Server) simLanguage(id int64, ask struct {
	Code string `json:"language_code"`
},
) (any, error) {
	return done, s.SetLanguage(id, ask.Code)
}
