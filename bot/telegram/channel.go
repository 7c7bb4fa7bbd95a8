package telegram

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"javab/bot"
)

// Config is one account of the chamber on one messenger.
type Config struct {
	Dialect Dialect
	Token   string
	// API replaces the dialect's base URL: a local Bot API server, the emulator, a relay.
	API string
	// Proxy is the way out, "http://..." or "socks5://..."; empty for none.
	Proxy string
	// Secrets are the webhook's secret and the one before it.
	Secrets []string
	// Bodies opens the bodies of kept files, to send them.
	Bodies func(id string) (io.ReadCloser, error)
	// Client replaces the HTTP client, for tests. Proxy is then ignored.
	Client *http.Client
}

// Channel is one account, ready to use. Its parts are concrete; who uses one declares what he needs of it.
type Channel struct {
	ID   bot.ChannelID
	Caps bot.Caps
	// Account is the middle part of the chats' keys: the bot's own number, which stands in its token and needs no call.
	Account  string
	Receiver *Receiver
	Sender   *Sender
	Files    *Files
	Profile  *Profile
}

var tokenForm = regexp.MustCompile(`^[0-9]{1,20}:[A-Za-z0-9_-]{3,200}$`)

// Open makes a channel without calling anyone: a messenger that cannot be reached is no reason not to start.
func Open(c Config) (*Channel, error) {
	client, err := dial(c)
	if err != nil {
		return nil, fmt.Errorf("channel %s: %w", c.Dialect.Channel, err)
	}
	account, _, _ := strings.Cut(c.Token, ":")
	return &Channel{
		ID: c.Dialect.Channel, Caps: c.Dialect.Caps, Account: account,
		Receiver: &Receiver{Dialect: c.Dialect, Account: account, Secrets: c.Secrets},
		Sender:   &Sender{client: client, dialect: c.Dialect, bodies: c.Bodies},
		Files:    &Files{client: client, idle: idleLimit},
		Profile:  &Profile{client: client, dialect: c.Dialect},
	}, nil
}

func dial(c Config) (*client, error) {
	if !tokenForm.MatchString(c.Token) {
		return nil, fmt.Errorf("the token has not the form 123456:letters; copy it again from the messenger's bot father")
	}
	base := strings.TrimRight(c.API, "/")
	if base == "" {
		base = c.Dialect.API
	}
	if u, err := url.Parse(base); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("the API address %q is no http or https URL", base)
	}
	web := c.Client
	if web == nil {
		proxy, err := proxyOf(c.Proxy)
		if err != nil {
			return nil, err
		}
		web = &http.Client{Transport: transport(proxy), CheckRedirect: stay}
	}
	buffers := &sync.Pool{New: func() any { return new(buffer) }}
	return &client{web: web, base: base, token: c.Token, buffers: buffers}, nil
}

// stay refuses redirects: the path holds the token.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func proxyOf(address string) (*url.URL, error) {
	if address == "" {
		return nil, nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("the proxy is no URL like socks5://host:1080")
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
		return u, nil
	}
	return nil, fmt.Errorf("the proxy's scheme %q is not known; use http or socks5", u.Scheme)
}

// transport keeps as many connections as a busy hour uses. The default keeps two per host, so that a bot at work pays a
// TLS handshake for nearly every call. Idle ones go before the 75 s after which servers commonly hang up.
func transport(proxy *url.URL) *http.Transport {
	t := &http.Transport{
		MaxIdleConns:        256,
		MaxIdleConnsPerHost: 128,
		IdleConnTimeout:     45 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second,
		DisableCompression:  true, // answers are a few hundred bytes
	}
	if proxy != nil {
		t.Proxy = http.ProxyURL(proxy)
	}
	return t
}
