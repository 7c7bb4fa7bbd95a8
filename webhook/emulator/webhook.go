package emulator

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// hook is where updates are delivered to; without a url they wait for getUpdates.
type hook struct {
	url         string
	secret      string
	connections int
	updates     []string
	lastError   string
	lastErrorAt int64
	gone        time.Time     // since when the webhook answers 410
	slots       chan struct{} // deliveries under way
	ctx         context.Context
	cancel      context.CancelFunc // ends what is under way when the webhook is changed
}

func (h *hook) end() {
	if h.cancel != nil {
		h.cancel()
	}
}

const defaultConnections = 40

var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

func (s *Server) setWebhook(p params) (any, *refusal) {
	if p.text("url") == "" {
		return s.deleteWebhook(p)
	}
	if r := s.checkWebhook(p); r != nil {
		return nil, r
	}
	updates := s.hook.updates // an omitted list keeps the old one
	if r := p.object("allowed_updates", &updates); r != nil {
		return nil, r
	}
	s.hook.end()
	s.hook = hook{url: p.text("url"), updates: updates, connections: int(p.number("max_connections"))}
	s.hook.ctx, s.hook.cancel = context.WithCancel(s.ctx)
	if s.hook.connections == 0 {
		s.hook.connections = defaultConnections
	}
	if !s.opts.Bale {
		s.hook.secret = p.text("secret_token")
	}
	s.hook.slots = make(chan struct{}, s.hook.connections)
	s.loaded = 0
	s.line = s.line[:0]
	if p.flag("drop_pending_updates") {
		s.queues = make(map[string]*queue)
	}
	for name, q := range s.queues {
		if len(q.items) == 0 {
			delete(s.queues, name) // its worker had just emptied it, and ends with the old webhook
			continue
		}
		q.failures = 0
		s.line = append(s.line, q)
	}
	slices.SortFunc(s.line, func(a, b *queue) int { return int(a.items[0].id - b.items[0].id) })
	s.pump()
	return true, nil
}

func (s *Server) checkWebhook(p params) *refusal {
	u, err := url.Parse(p.text("url"))
	if err != nil || u.Host == "" {
		return bad("bad webhook: invalid webhook URL specified")
	}
	local := u.Hostname() == "localhost" || strings.HasPrefix(u.Hostname(), "127.")
	switch {
	case local:
	case u.Scheme != "https":
		return bad("bad webhook: An HTTPS URL must be provided for webhook")
	case !slices.Contains([]string{"", "443", "80", "88", "8443"}, u.Port()):
		return bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
	}
	if secret := p.text("secret_token"); secret != "" && !secretForm.MatchString(secret) {
		return bad("secret token contains unallowed characters")
	}
	if n := p.number("max_connections"); n < 0 || n > 100 {
		return bad("max_connections must be between 1 and 100")
	}
	return nil
}

func (s *Server) deleteWebhook(p params) (any, *refusal) {
	s.hook.end()
	s.hook = hook{updates: s.hook.updates}
	if p.flag("drop_pending_updates") {
		s.queues = make(map[string]*queue)
	}
	return true, nil
}

func (s *Server) getWebhookInfo(params) (any, *refusal) {
	info := map[string]any{
		"url": s.hook.url, "has_custom_certificate": false, "pending_update_count": s.pending(),
	}
	if s.hook.url != "" {
		info["max_connections"] = s.hook.connections
	}
	if len(s.hook.updates) > 0 && !s.opts.Bale {
		info["allowed_updates"] = s.hook.updates
	}
	if s.hook.lastErrorAt != 0 {
		info["last_error_date"], info["last_error_message"] = s.hook.lastErrorAt, s.hook.lastError
	}
	return info, nil
}
