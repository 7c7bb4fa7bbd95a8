package emulator

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"
)

// method is one call of the API. run takes the lock itself: getUpdates waits.
type method struct {
	name string
	run  func(*Server, context.Context, params) (any, *refusal)
}

// locked makes a method of one that works under the lock.
func locked(name string, run func(*Server, params) (any, *refusal)) method {
	return method{name, func(s *Server, _ context.Context, p params) (any, *refusal) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return run(s, p)
	}}
}

// methods are the calls that Javab makes. One that it does not make is not here.
func methods() []method {
	return []method{
		locked("getMe", (*Server).getMe),
		locked("setWebhook", (*Server).setWebhook),
		locked("deleteWebhook", (*Server).deleteWebhook),
		locked("getWebhookInfo", (*Server).getWebhookInfo),
		{"getUpdates", (*Server).getUpdates},
		locked("sendMessage", (*Server).sendMessage),
		locked("sendDocument", (*Server).sendDocument),
		locked("sendPhoto", (*Server).sendPhoto),
		locked("sendChatAction", (*Server).sendChatAction),
		locked("editMessageText", (*Server).editMessageText),
		locked("editMessageCaption", (*Server).editMessageCaption),
		locked("deleteMessage", (*Server).deleteMessage),
		locked("answerCallbackQuery", (*Server).answerCallbackQuery),
		locked("getFile", (*Server).getFile),
		locked("getMyCommands", (*Server).getMyCommands),
		locked("setMyCommands", (*Server).setMyCommands),
		locked("getMyName", getText("name")),
		locked("setMyName", setText("name", 64)),
		locked("getMyDescription", getText("description")),
		locked("setMyDescription", setText("description", 512)),
		locked("getMyShortDescription", getText("short_description")),
		locked("setMyShortDescription", setText("short_description", 120)),
	}
}

// Methods lists the calls that exist.
func Methods() []string {
	var names []string
	for _, m := range methods() {
		names = append(names, m.name)
	}
	return names
}

// index names the calls in small letters: the API does not look at case. Bale has no profile to publish.
func index(bale bool) map[string]method {
	calls := make(map[string]method)
	for _, m := range methods() {
		if !bale || !strings.Contains(m.name, "etMy") {
			calls[strings.ToLower(m.name)] = m
		}
	}
	return calls
}

func (s *Server) find(name string) (method, bool) {
	m, ok := s.calls[strings.ToLower(name)]
	return m, ok
}

func (s *Server) me() User {
	number, _, _ := strings.Cut(s.opts.Token, ":")
	id, _ := strconv.ParseInt(number, 10, 64)
	return User{ID: id, Bot: true, First: s.opts.Name, Username: s.opts.Username}
}

func (s *Server) getMe(params) (any, *refusal) { return s.me(), nil }

func getText(what string) func(*Server, params) (any, *refusal) {
	return func(s *Server, p params) (any, *refusal) {
		text, ok := s.profile[what+"/"+p.text("language_code")]
		if !ok {
			text = s.profile[what+"/"]
		}
		return map[string]string{what: text}, nil
	}
}

func setText(what string, limit int) func(*Server, params) (any, *refusal) {
	return func(s *Server, p params) (any, *refusal) {
		if utf8.RuneCountInString(p.text(what)) > limit {
			return nil, bad("bot " + what + " is too long")
		}
		s.profile[what+"/"+p.text("language_code")] = p.text(what)
		return true, nil
	}
}

func (s *Server) getMyCommands(p params) (any, *refusal) {
	if list, ok := s.commands[p.text("language_code")]; ok {
		return list, nil
	}
	return []any{}, nil
}

func (s *Server) setMyCommands(p params) (any, *refusal) {
	var list []struct {
		Command     string `json:"command"`
		Description string `json:"description"`
	}
	if r := p.object("commands", &list); r != nil {
		return nil, r
	}
	if len(list) > 100 {
		return nil, bad("BOT_COMMANDS_TOO_MUCH")
	}
	for _, c := range list {
		if !commandName(c.Command) {
			return nil, bad("BOT_COMMAND_INVALID")
		}
		if n := utf8.RuneCountInString(c.Description); n < 1 || n > 256 {
			return nil, bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	encoded, _ := json.Marshal(list)
	s.commands[p.text("language_code")] = encoded
	return true, nil
}

func commandName(name string) bool {
	if len(name) < 1 || len(name) > 32 {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool {
		return r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
}

// target finds the chat that a call writes to.
func (s *Server) target(p params) (*chat, *refusal) {
	id, err := strconv.ParseInt(p.text("chat_id"), 10, 64)
	c := s.chats[id]
	switch {
	case p.text("chat_id") == "":
		return nil, bad("chat_id is empty")
	case err != nil || c == nil:
		if s.opts.Bale {
			return nil, refuse(440, "no such user")
		}
		return nil, bad("chat not found")
	case c.blocked && s.opts.Bale:
		return nil, refuse(http.StatusForbidden, "permission_denied")
	case c.blocked:
		return nil, refuse(http.StatusForbidden, "Forbidden: bot was blocked by the user")
	case !c.began:
		return nil, refuse(http.StatusForbidden, "Forbidden: bot can't initiate conversation with a user")
	}
	return c, nil
}
