package telegram

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"

	"javab/bot"
)

// Profile is how the account stands at its messenger: where updates go, and what members see of the bot. One instance
// of the program uses it.
type Profile struct {
	client  *client
	dialect Dialect
	polling atomic.Bool // the webhook has been removed by us
}

// Identity is who the token says we are.
type Identity struct {
	ID       string
	Username string
	Name     string
}

// Me asks who we are: the check of a token. A refused one is bot.FaultUnauthorized.
func (p *Profile) Me(ctx context.Context) (Identity, error) {
	me, err := call[struct {
		ID       ident  `json:"id"`
		Username string `json:"username"`
		Name     string `json:"first_name"`
	}](ctx, p.client, "getMe", struct{}{})
	return Identity{ID: string(me.ID), Username: me.Username, Name: me.Name}, err
}

// Info is how deliveries stand.
type Info struct {
	URL         string // without its secret
	Pending     int    // updates that wait at the messenger
	LastError   string
	LastErrorAt time.Time
}

type webhookInfo struct {
	URL         string   `json:"url"`
	Pending     int      `json:"pending_update_count"`
	LastError   string   `json:"last_error_message"`
	LastErrorAt int64    `json:"last_error_date"`
	Connections int      `json:"max_connections"`
	Updates     []string `json:"allowed_updates"`
}

func (p *Profile) webhook(ctx context.Context) (webhookInfo, error) {
	return call[webhookInfo](ctx, p.client, "getWebhookInfo", struct{}{})
}

// Info asks how deliveries stand, for doctor and for the operator's page.
func (p *Profile) Info(ctx context.Context) (Info, error) {
	info, err := p.webhook(ctx)
	url, _, _ := strings.Cut(info.URL, "?")
	if slash := strings.LastIndexByte(url, '/'); p.dialect.Caps.Secret == bot.SecretPath && slash > 0 {
		url = url[:slash] + "/***"
	}
	return Info{URL: url, Pending: info.Pending, LastError: p.client.scrubText(info.LastError), LastErrorAt: unix(info.LastErrorAt)}, err
}

// connections is how many deliveries may be under way at once; the messenger's own default is 40.
const connections = 100

// Webhook lets the messenger deliver to url. It asks first and changes only what differs, never dropping what waits.
// A messenger does not tell which secret it has, so the URL carries the secret's fingerprint (8 hex digits) as a query
// that nobody reads: a changed secret is a changed URL. Where the secret belongs into the path it goes there.
func (p *Profile) Webhook(ctx context.Context, url, secret string) error {
	want := &tg.SetWebhookParams{AllowedUpdates: p.dialect.updates}
	if p.dialect.Caps.Secret == bot.SecretPath {
		want.URL = strings.TrimRight(url, "/") + "/" + secret
	} else {
		sum := sha256.Sum256([]byte(secret))
		want.URL, want.SecretToken, want.MaxConnections = url+"?k="+hex.EncodeToString(sum[:4]), secret, connections
	}
	have, err := p.webhook(ctx)
	if err != nil {
		return err
	}
	p.polling.Store(false)
	if have.URL == want.URL && (want.MaxConnections == 0 || have.Connections == want.MaxConnections) && sameKinds(have.Updates, want.AllowedUpdates) {
		return nil
	}
	_, err = call[bool](ctx, p.client, "setWebhook", want)
	return err
}

// sameKinds compares lists of kinds in any order.
func sameKinds(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

const (
	pollWait  = 25 * time.Second
	pollBatch = 100
)

type poll struct {
	Offset  int64    `json:"offset,omitempty"`
	Limit   int      `json:"limit"`
	Timeout int      `json:"timeout"`
	Updates []string `json:"allowed_updates,omitempty"`
}

// Poll waits for updates and returns them as they would be delivered, with the cursor that confirms them: the caller
// passes it on only when all of them are committed. The first call removes the webhook and keeps what waits. A cursor
// that is no number begins where the messenger stands.
func (p *Profile) Poll(ctx context.Context, cursor string) ([][]byte, string, error) {
	if !p.polling.Load() {
		if _, err := call[bool](ctx, p.client, "deleteWebhook", &tg.DeleteWebhookParams{}); err != nil {
			return nil, cursor, err
		}
		p.polling.Store(true)
	}
	offset, _ := strconv.ParseInt(cursor, 10, 64)
	updates, err := callWithin[[]json.RawMessage](ctx, p.client, pollWait+callLimit, "getUpdates", &poll{
		Offset: offset, Limit: pollBatch, Timeout: int(pollWait.Seconds()), Updates: p.dialect.updates,
	})
	if err != nil {
		p.polling.Store(false) // perhaps someone has set a webhook
		return nil, cursor, err
	}
	raws := make([][]byte, len(updates))
	for i, u := range updates {
		raws[i] = u
		var head update
		_ = json.Unmarshal(u, &head) // an update that cannot be read still has its id, or is passed by with the next
		if n, err := strconv.ParseInt(string(head.ID), 10, 64); err == nil && n >= offset {
			offset = n + 1
		}
	}
	if offset == 0 {
		return raws, cursor, nil
	}
	return raws, strconv.FormatInt(offset, 10), nil
}
