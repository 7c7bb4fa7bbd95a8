package messenger

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"mime"
	"mime/multipart"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Faults is how badly the API side behaves. The zero value behaves well.
type Faults struct {
	MinDelay, MaxDelay time.Duration
	TooMany            float64 // share of calls answered 429 with a second to wait
	Broken             float64 // share answered 500, nothing sent
	Cut                float64 // share accepted, then hung up on without an answer
}

// ServeHTTP is the Bot API: /bot<token>/<method>.
func (m *Messenger) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	params, err := readParams(r)
	if err != nil {
		fail(w, http.StatusBadRequest, "Bad Request: "+err.Error(), 0)
		return
	}
	switch strings.ToLower(method) {
	case "sendmessage", "editmessagetext":
		m.receive(w, r, params)
	case "getme":
		answer(w, map[string]any{"id": 4242, "is_bot": true, "first_name": "Test", "username": "test_bot"})
	case "getwebhookinfo":
		answer(w, map[string]any{"url": "", "pending_update_count": 0})
	case "getupdates":
		answer(w, []any{})
	default:
		m.Faults.delay()
		answer(w, true)
	}
}

func (f Faults) delay() {
	if f.MaxDelay > 0 {
		time.Sleep(f.MinDelay + rand.N(f.MaxDelay-f.MinDelay+1))
	}
}

// receive takes a message for a member, unless a fault comes first.
func (m *Messenger) receive(w http.ResponseWriter, r *http.Request, p map[string]string) {
	f := m.Faults
	chat, _ := strconv.ParseInt(p["chat_id"], 10, 64)
	if m.Arrived != nil {
		m.Arrived(chat, p["text"])
	}
	f.delay()
	switch dice := rand.Float64(); {
	case dice < f.TooMany:
		if r.Context().Err() == nil { // else nobody hears of it
			m.refused(p["chat_id"])
		}
		fail(w, http.StatusTooManyRequests, "Too Many Requests: retry after 1", 1)
		return
	case dice < f.TooMany+f.Broken:
		fail(w, http.StatusInternalServerError, "Internal Server Error", 0)
		return
	case dice < f.TooMany+f.Broken+f.Cut:
		m.show(p)
		m.Cuts.Add(1)
		panic(http.ErrAbortHandler)
	}
	id := m.show(p)
	answer(w, map[string]any{
		"message_id": id, "date": time.Now().Unix(), "chat": map[string]any{"id": chat, "type": "private"}, "text": p["text"],
	})
}

func answer(w http.ResponseWriter, result any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
}

func fail(w http.ResponseWriter, code int, description string, after int) {
	body := map[string]any{"ok": false, "error_code": code, "description": description}
	if after > 0 {
		body["parameters"] = map[string]any{"retry_after": after}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	json.NewEncoder(w).Encode(body)
}

// readParams reads JSON and multipart alike; objects stay JSON text.
func readParams(r *http.Request) (map[string]string, error) {
	params := make(map[string]string)
	kind, options, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		var raw map[string]json.RawMessage
		if err := json.NewDecoder(r.Body).Decode(&raw); err != nil && err != io.EOF {
			return nil, err
		}
		for key, value := range raw {
			var s string
			if json.Unmarshal(value, &s) == nil {
				params[key] = s
			} else {
				params[key] = string(value)
			}
		}
	case "multipart/form-data":
		reader := multipart.NewReader(r.Body, options["boundary"])
		for {
			part, err := reader.NextPart()
			if err == io.EOF {
				break
			}
			if err != nil {
				return nil, err
			}
			value, err := io.ReadAll(part)
			if err != nil {
				return nil, err
			}
			params[part.FormName()] = string(value)
		}
	}
	return params, nil
}

// Seen is one message as a member sees it.
type Seen struct {
	ID      int
	Text    string
	Buttons []Button
	At      time.Time
}

// Button is one button: below a message, or, without Data, in place of the keyboard, where it sends its own words.
type Button struct {
	Text    string `json:"text"`
	Data    string `json:"callback_data"`
	Contact bool   `json:"request_contact"`
}

var tags = regexp.MustCompile(`</?[a-z]+>`)

func seenOf(p map[string]string) Seen {
	s := Seen{Text: p["text"], At: time.Now()}
	if p["parse_mode"] != "" {
		s.Text = html.UnescapeString(tags.ReplaceAllString(s.Text, ""))
	}
	var markup struct {
		Inline   [][]Button `json:"inline_keyboard"`
		Keyboard [][]Button `json:"keyboard"`
	}
	if json.Unmarshal([]byte(p["reply_markup"]), &markup) == nil {
		for _, row := range slices.Concat(markup.Inline, markup.Keyboard) {
			s.Buttons = append(s.Buttons, row...)
		}
	}
	return s
}

// Copies reports that a message is another one once more. One that asks has buttons: those below it carry what no other
// turn's do, and no bot asks for words from the keyboard twice running in the same words. What asks nothing may well be
// said again.
func (s Seen) Copies(o Seen) bool {
	return len(s.Buttons) > 0 && s.Text == o.Text && slices.Equal(s.Buttons, o.Buttons)
}

func (s Seen) String() string { return fmt.Sprintf("%d %q %v", s.ID, s.Text, s.Buttons) }
