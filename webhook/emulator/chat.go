package emulator

import (
	"encoding/json"
	"slices"
	"time"
)

// Member is a person who may write to the bot.
type Member struct {
	ID       int64  `json:"id"`
	First    string `json:"first_name"`
	Last     string `json:"last_name,omitempty"`
	Username string `json:"username,omitempty"`
	Language string `json:"language_code,omitempty"`
	Phone    string `json:"phone_number,omitempty"`
	// OldClient, in Bale's dialect, presses buttons in a way that cannot be answered.
	OldClient bool `json:"old_client,omitempty"`
}

func (m Member) user() User {
	return User{ID: m.ID, First: m.First, Last: m.Last, Username: m.Username, Language: m.Language}
}

// chat is the bot's conversation with one member; its id is the member's.
type chat struct {
	member   Member
	began    bool // the member has written first
	blocked  bool
	messages []*Message
	keyboard json.RawMessage // below the member's text field
	events   []Event
	lastSeq  int64
	changed  chan struct{} // closed at the next event
}

func (c *chat) room() Room {
	return Room{ID: c.member.ID, Type: "private", First: c.member.First, Last: c.member.Last}
}

func (c *chat) find(id int64) *Message {
	for _, m := range slices.Backward(c.messages) {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// Event is something a member sees happen in the chat, or ("update") the bytes that went to the bot because of it.
// Types: message, edit, delete, typing, answer, keyboard, blocked, unblocked, update.
type Event struct {
	Seq      int64           `json:"seq"`
	Type     string          `json:"type"`
	Message  *Message        `json:"message,omitempty"`
	ID       int64           `json:"message_id,omitempty"`
	Press    string          `json:"press,omitempty"`
	Text     string          `json:"text,omitempty"`
	Keyboard json.RawMessage `json:"keyboard,omitempty"` // none: it was taken away
	Update   json.RawMessage `json:"update,omitempty"`
}

// What is kept of a chat for those who look later.
const (
	keepEvents   = 1000
	keepMessages = 1000
)

func (c *chat) tell(e Event) {
	c.lastSeq++
	e.Seq = c.lastSeq
	if len(c.events) >= keepEvents {
		c.events = slices.Delete(c.events, 0, keepEvents/4)
	}
	c.events = append(c.events, e)
	close(c.changed)
	c.changed = make(chan struct{})
}

// put adds a message of either side to a chat.
func (s *Server) put(c *chat, m *Message) {
	s.nextID++
	m.ID, m.Chat, m.Date = s.nextID, c.room(), s.date()
	if len(c.messages) >= keepMessages {
		c.messages = slices.Delete(c.messages, 0, keepMessages/4)
	}
	c.messages = append(c.messages, m)
	c.tell(Event{Type: "message", Message: m.copy()})
}

// press is a tap that waits for its answer.
type press struct {
	chat     *chat
	at       time.Time
	answered bool
	deaf     bool
}

// View is what a member's screen shows.
type View struct {
	Member   Member          `json:"member"`
	Blocked  bool            `json:"blocked"`
	Messages []Message       `json:"messages"`
	Keyboard json.RawMessage `json:"keyboard,omitempty"`
	LastSeq  int64           `json:"last_seq"`
}

// View returns what the member sees now.
func (s *Server) View(id int64) (View, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.member(id)
	if err != nil {
		return View{}, err
	}
	v := View{Member: c.member, Blocked: c.blocked, Keyboard: c.keyboard, LastSeq: c.lastSeq, Messages: make([]Message, len(c.messages))}
	for i, m := range c.messages {
		v.Messages[i] = *m
	}
	return v, nil
}

// Events returns what happened in the chat after seq, and a channel that closes when there is more.
func (s *Server) Events(id, seq int64) ([]Event, <-chan struct{}, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.member(id)
	if err != nil {
		return nil, nil, err
	}
	from, _ := slices.BinarySearchFunc(c.events, seq+1, func(e Event, seq int64) int { return int(e.Seq - seq) })
	return slices.Clone(c.events[from:]), c.changed, nil
}
