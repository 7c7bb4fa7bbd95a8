package emulator

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	maxText    = 4096
	maxCaption = 1024
	maxUpload  = 50 << 20
	maxDown    = 20 << 20
	pressLife  = 150 * time.Second
	deleteLife = 48 * time.Hour
)

func (s *Server) sendMessage(p params) (any, *refusal) {
	c, r := s.target(p)
	if r != nil {
		return nil, r
	}
	text, entities, r := s.styled(p.text("text"), p.text("parse_mode"))
	switch {
	case r != nil:
		return nil, r
	case strings.TrimSpace(text) == "":
		return nil, bad("message text is empty")
	case units(text) > maxText:
		return nil, bad("message is too long")
	}
	m := &Message{Text: text, Entities: entities}
	return s.say(c, m, p)
}

// styled reads a text in its parse mode. Bale always reads Markdown.
func (s *Server) styled(text, mode string) (string, []Entity, *refusal) {
	switch {
	case s.opts.Bale:
		text, entities := readMarkdown(text)
		return text, entities, nil
	case mode == "":
		return text, nil, nil
	case strings.EqualFold(mode, "HTML"):
		return readHTML(text)
	}
	return "", nil, bad("unsupported parse_mode")
}

// say puts the bot's message into a chat, with what hangs on it.
func (s *Server) say(c *chat, m *Message, p params) (any, *refusal) {
	k, r := s.markup(p)
	if r != nil {
		return nil, r
	}
	if k.Inline != nil {
		m.Markup = json.RawMessage(p.text("reply_markup"))
	}
	m.From, m.plainReply = s.me(), k.Reply != nil
	s.put(c, m)
	switch {
	case k.Reply != nil:
		c.keyboard = json.RawMessage(p.text("reply_markup"))
		c.tell(Event{Type: "keyboard", Keyboard: c.keyboard})
	case k.Remove && c.keyboard != nil:
		c.keyboard = nil
		c.tell(Event{Type: "keyboard"})
	}
	return m.copy(), nil
}

func (s *Server) sendDocument(p params) (any, *refusal) {
	return s.sendFile(p, "document", func(m *Message, f *file) *refusal {
		m.Document = f.shown()
		return nil
	})
}

// maxPhoto bounds a picture that is sent to be seen.
const maxPhoto = 10 << 20

// sendPhoto makes of a picture what the messenger does: sizes without a name. What is no picture is refused; width and
// height of one that is are not looked at here.
func (s *Server) sendPhoto(p params) (any, *refusal) {
	return s.sendFile(p, "photo", func(m *Message, f *file) *refusal {
		switch {
		case f.size > maxPhoto:
			return bad("file is too big")
		case !strings.HasPrefix(http.DetectContentType(f.upload.body), "image/"):
			return bad("IMAGE_PROCESS_FAILED")
		}
		m.Photo = s.sizes(f)
		return nil
	})
}

// sendFile puts a message with a file into a chat: an uploaded one, or one that the messenger has.
func (s *Server) sendFile(p params, kind string, put func(*Message, *file) *refusal) (any, *refusal) {
	c, r := s.target(p)
	if r != nil {
		return nil, r
	}
	caption, entities, r := s.styled(p.text("caption"), p.text("parse_mode"))
	if r != nil {
		return nil, r
	}
	if units(caption) > maxCaption {
		return nil, bad("message caption is too long")
	}
	var f *file
	if up, ok := p.uploads[kind]; ok {
		if len(up.body) == 0 {
			return nil, bad("file must be non-empty")
		}
		if len(up.body) > maxUpload {
			return nil, refuse(413, "Request Entity Too Large")
		}
		f = s.keep(kind, up)
	} else if f = s.files[p.text(kind)]; f == nil {
		return nil, bad("wrong file identifier/HTTP URL specified")
	}
	m := &Message{Caption: caption, CaptionEntities: entities}
	if r := put(m, f); r != nil {
		return nil, r
	}
	return s.say(c, m, p)
}

// actions are what a bot can pretend to be doing.
var actions = [...]string{"typing", "upload_photo", "upload_document", "record_voice", "upload_voice", "find_location"}

func (s *Server) sendChatAction(p params) (any, *refusal) {
	c, r := s.target(p)
	if r != nil {
		return nil, r
	}
	if !slices.Contains(actions[:], p.text("action")) {
		return nil, bad("wrong parameter action in request")
	}
	c.tell(Event{Type: "typing"})
	return true, nil
}

func (s *Server) editMessageText(p params) (any, *refusal) {
	c, r := s.target(p)
	if r != nil {
		return nil, r
	}
	m := c.find(p.number("message_id"))
	if m == nil {
		return nil, bad("message to edit not found")
	}
	if !m.From.Bot || m.Text == "" || m.plainReply {
		return nil, bad("message can't be edited")
	}
	text, entities, r := s.styled(p.text("text"), p.text("parse_mode"))
	if r != nil {
		return nil, r
	}
	k, r := s.markup(p)
	switch {
	case r != nil:
		return nil, r
	case k.Reply != nil || k.Remove:
		return nil, bad("inline keyboard expected")
	case strings.TrimSpace(text) == "":
		return nil, bad("message text is empty")
	case units(text) > maxText:
		return nil, bad("MESSAGE_TOO_LONG")
	}
	markup := json.RawMessage(p.text("reply_markup"))
	if text == m.Text && slices.Equal(entities, m.Entities) && string(markup) == string(m.Markup) {
		return nil, bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	m.Text, m.Entities, m.Markup = text, entities, nil
	if len(markup) > 0 {
		m.Markup = markup
	}
	return s.edited(c, m)
}

// editMessageCaption changes the words below a file of the bot.
func (s *Server) editMessageCaption(p params) (any, *refusal) {
	c, r := s.target(p)
	if r != nil {
		return nil, r
	}
	m := c.find(p.number("message_id"))
	switch {
	case m == nil:
		return nil, bad("message to edit not found")
	case !m.From.Bot || m.Document == nil && len(m.Photo) == 0:
		return nil, bad("there is no caption in the message to edit")
	}
	caption, entities, r := s.styled(p.text("caption"), p.text("parse_mode"))
	switch {
	case r != nil:
		return nil, r
	case units(caption) > maxCaption:
		return nil, bad("message caption is too long")
	case caption == m.Caption && slices.Equal(entities, m.CaptionEntities):
		return nil, bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	m.Caption, m.CaptionEntities = caption, entities
	return s.edited(c, m)
}

// edited shows a changed message to the member; Bale says little of it to the bot.
func (s *Server) edited(c *chat, m *Message) (any, *refusal) {
	m.EditDate = s.date()
	c.tell(Event{Type: "edit", Message: m.copy()})
	if s.opts.Bale {
		return Message{Chat: m.Chat, From: m.From}, nil
	}
	return m.copy(), nil
}

func (s *Server) deleteMessage(p params) (any, *refusal) {
	c, r := s.target(p)
	if r != nil {
		return nil, r
	}
	m := c.find(p.number("message_id"))
	if m == nil {
		return nil, bad("message to delete not found")
	}
	if s.date()-m.Date > int64(deleteLife/time.Second) {
		return nil, bad("message can't be deleted for everyone")
	}
	c.messages = slices.DeleteFunc(c.messages, func(other *Message) bool { return other == m })
	c.tell(Event{Type: "delete", ID: m.ID})
	return true, nil
}

// answerCallbackQuery answers a press once; the second answer finds a query that is gone.
func (s *Server) answerCallbackQuery(p params) (any, *refusal) {
	id := p.text("callback_query_id")
	given := s.presses[id]
	if given == nil || given.answered || given.deaf || s.opts.Now().Sub(given.at) > pressLife {
		return nil, bad("query is too old and response timeout expired or query ID is invalid")
	}
	if units(p.text("text")) > 200 {
		return nil, bad("MESSAGE_TOO_LONG")
	}
	given.answered = true
	given.chat.tell(Event{Type: "answer", Press: id, Text: p.text("text")})
	return true, nil
}

// markup reads and checks what hangs on a message.
func (s *Server) markup(p params) (keyboard, *refusal) {
	var k keyboard
	if r := p.object("reply_markup", &k); r != nil {
		return k, r
	}
	buttons := 0
	for _, row := range k.Inline {
		if len(row) > 8 {
			return k, bad("too many buttons in a row")
		}
		for _, b := range row {
			buttons++
			switch {
			case strings.TrimSpace(b.Text) == "":
				return k, bad("BUTTON_TEXT_INVALID")
			case b.Data == "" && b.URL == "":
				return k, bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
			case len(b.Data) > 64:
				return k, bad("BUTTON_DATA_INVALID")
			}
		}
	}
	for _, row := range k.Reply {
		buttons += len(row)
		if slices.ContainsFunc(row, func(b replyButton) bool { return strings.TrimSpace(b.Text) == "" }) {
			return k, bad("keyboard button text must be non-empty")
		}
	}
	if buttons > 100 {
		return k, bad("reply markup is too long")
	}
	return k, nil
}

// units counts UTF-16 code units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}
