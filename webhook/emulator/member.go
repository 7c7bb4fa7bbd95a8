package emulator

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// How long an update is worth delivering.
const (
	messageLife = 24 * time.Hour
	standLife   = 24 * time.Hour
)

var (
	errNoMember  = errors.New("no such member")
	errNoMessage = errors.New("no such message")
	errNoButton  = errors.New("the message has no such button")
)

func (s *Server) member(id int64) (*chat, error) {
	if c := s.chats[id]; c != nil {
		return c, nil
	}
	return nil, errNoMember
}

// Join adds a member, or changes what is known of one.
func (s *Server) Join(m Member) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.chats[m.ID]; c != nil {
		c.member = m
		return
	}
	s.chats[m.ID] = &chat{member: m, changed: make(chan struct{})}
}

// Members lists the members in no particular order.
func (s *Server) Members() []Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]Member, 0, len(s.chats))
	for _, c := range s.chats {
		all = append(all, c.member)
	}
	return all
}

// Say writes a text as the member and returns the message's id.
func (s *Server) Say(id int64, text string) (int64, error) {
	m := &Message{Text: text}
	if strings.HasPrefix(text, "/") {
		command, _, _ := strings.Cut(text, " ")
		m.Entities = []Entity{{Type: "bot_command", Length: units(command)}}
	}
	return s.write(id, m)
}

// SendContact sends a phone card: the member's own, or (with own false) one of somebody else.
func (s *Server) SendContact(id int64, phone string, own bool) (int64, error) {
	card := &Contact{Phone: phone}
	if own {
		card.UserID = id
	}
	return s.write(id, &Message{Contact: card})
}

// SendLocation sends a point on the map.
func (s *Server) SendLocation(id int64, latitude, longitude float64) (int64, error) {
	return s.write(id, &Message{Location: &Location{latitude, longitude}})
}

// write puts a member's message into the chat and on its way to the bot. Whoever writes has unblocked the bot.
func (s *Server) write(id int64, m *Message) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.member(id)
	if err != nil {
		return 0, err
	}
	s.unblock(c)
	c.began = true
	m.From = c.member.user()
	if m.Contact != nil && m.Contact.UserID == id {
		m.Contact.First = c.member.First
		if m.Contact.Phone == "" {
			m.Contact.Phone = c.member.Phone
		}
	}
	s.put(c, m)
	s.push(c, chatQueue(id), "message", messageLife, update{Message: m.copy()})
	return m.ID, nil
}

// EditText changes a text that the member wrote before.
func (s *Server) EditText(id, message int64, text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.member(id)
	if err != nil {
		return err
	}
	m := c.find(message)
	if m == nil || m.From.Bot {
		return errNoMessage
	}
	if m.Text == "" {
		m.Caption = text
	} else {
		m.Text = text
	}
	m.EditDate = s.date()
	c.tell(Event{Type: "edit", Message: m.copy()})
	s.push(c, chatQueue(id), "edited_message", messageLife, update{Edited: m.copy()})
	return nil
}

// Press taps a button, and returns the press's id. It need not be on the newest message.
func (s *Server) Press(id, message int64, data string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.member(id)
	if err != nil {
		return "", err
	}
	m := c.find(message)
	if m == nil {
		return "", errNoMessage
	}
	if !strings.Contains(string(m.Markup), strconv.Quote(data)) {
		return "", errNoButton
	}
	return s.tap(c, m, data), nil
}

// Forge sends a press that no button made; message may be 0 for one that the messenger no longer shows.
func (s *Server) Forge(id, message int64, data string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.member(id)
	if err != nil {
		return "", err
	}
	return s.tap(c, c.find(message), data), nil
}

func (s *Server) tap(c *chat, m *Message, data string) string {
	s.unblock(c)
	c.began = true
	s.nextPush++
	prefix := "4"
	if s.opts.Bale {
		prefix = "2"
		if c.member.OldClient {
			prefix = "1"
		}
	}
	id := fmt.Sprintf("%s%018d", prefix, s.nextPush)
	s.presses[id] = &press{chat: c, at: s.opts.Now(), deaf: prefix == "1"}
	call := &callback{ID: id, From: c.member.user(), Instance: strconv.FormatInt(c.member.ID, 10), Data: data}
	if m != nil {
		call.Message = m.copy()
	}
	s.push(c, fmt.Sprintf("press:%d", c.member.ID), "callback_query", pressLife, update{Callback: call})
	return id
}

// Block makes the member block the bot, or take that back.
func (s *Server) Block(id int64, blocked bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.member(id)
	switch {
	case err != nil:
		return err
	case !blocked:
		s.unblock(c)
	case !c.blocked:
		c.blocked = true
		c.tell(Event{Type: "blocked"})
		s.pushStanding(c, "member", "kicked")
	}
	return nil
}

func (s *Server) unblock(c *chat) {
	if !c.blocked {
		return
	}
	c.blocked = false
	c.tell(Event{Type: "unblocked"})
	s.pushStanding(c, "kicked", "member")
}

// pushStanding tells the bot that it was blocked or not; Bale never does.
func (s *Server) pushStanding(c *chat, old, now string) {
	if s.opts.Bale {
		return
	}
	change := &memberChange{
		Chat: c.room(), From: c.member.user(), Date: s.date(),
		Old: standing{User: s.me(), Status: old}, New: standing{User: s.me(), Status: now},
	}
	s.push(c, fmt.Sprintf("standing:%d", c.member.ID), "my_chat_member", standLife, update{Standing: change})
}

// SetLanguage changes the language of the member's app.
func (s *Server) SetLanguage(id int64, code string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.member(id)
	if err == nil {
		c.member.Language = code
	}
	return err
}

func chatQueue(id int64) string { return fmt.Sprintf("chat:%d", id) }
