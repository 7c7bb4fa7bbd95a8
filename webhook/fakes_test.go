package webhook

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
)

const secret = "s3cret-of-the-hook_aaaaaaaaaaaaaaaaaa"

// reader is a small tolerant Receiver; panicOn makes it break on bodies that contain a word.
type reader struct{ panicOn string }

func (reader) Verify(got string) error {
	if got == "" || subtle.ConstantTimeCompare([]byte(got), []byte(secret)) != 1 {
		return errors.New("wrong secret")
	}
	return nil
}

func (reader) Key(raw []byte) (string, error) {
	var envelope struct {
		ID *json.Number `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &envelope); err != nil {
		return "", err
	}
	if envelope.ID == nil {
		return "", nil
	}
	return envelope.ID.String(), nil
}

func (r reader) Parse(raw []byte) (bot.Inbound, error) {
	if r.panicOn != "" && strings.Contains(string(raw), r.panicOn) {
		panic("cannot read " + r.panicOn)
	}
	key, err := r.Key(raw)
	if err != nil {
		return bot.Inbound{}, err
	}
	return bot.Inbound{Receipt: bot.ReceiptKey{Source: "tg", ID: key}, Chat: "tg:b:77", Kind: bot.KindText, Raw: raw}, nil
}

// desk is a fake Acceptor and Quarantine that remembers what it got.
type desk struct {
	mu      sync.Mutex
	handle  func(context.Context, bot.Inbound) error
	keepErr error
	handled []bot.Inbound
	kept    []Unreadable
}

func (d *desk) Handle(ctx context.Context, in bot.Inbound) error {
	d.mu.Lock()
	d.handled = append(d.handled, in)
	d.mu.Unlock()
	if d.handle != nil {
		return d.handle(ctx, in)
	}
	return nil
}

func (d *desk) Keep(_ context.Context, u Unreadable) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.keepErr == nil {
		d.kept = append(d.kept, u)
	}
	return d.keepErr
}

// house is a web side over fakes.
type house struct {
	*desk
	web     *echo.Echo
	metrics *Metrics
	log     *strings.Builder
}

func open(t *testing.T, change func(*Config)) house {
	t.Helper()
	h := house{desk: &desk{}, metrics: NewMetrics(nil), log: &strings.Builder{}}
	log := slog.New(slog.NewTextHandler(h.log, nil))
	cfg := Config{
		Hooks: &Hooks{
			Channels: []Channel{
				{ID: "tg", Secret: bot.SecretHeader, Receiver: reader{panicOn: "BREAK"}},
				{ID: "bale", Secret: bot.SecretPath, Receiver: reader{}},
			},
			Acceptor: h.desk, Quarantine: h.desk, Metrics: h.metrics, Log: log,
			Now: func() time.Time { return time.Unix(1_763_700_000, 0) },
		},
		Ready: func(context.Context) error { return nil }, Metrics: h.metrics, Log: log,
	}
	if change != nil {
		change(&cfg)
	}
	h.web = New(cfg)
	return h
}

func (h house) post(t *testing.T, path, got string, body io.Reader) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, body)
	if got != "" {
		request.Header.Set(SecretHeader, got)
	}
	answer := httptest.NewRecorder()
	h.web.ServeHTTP(answer, request)
	return answer
}

func (h house) deliver(t *testing.T, body string) *httptest.ResponseRecorder {
	t.Helper()
	return h.post(t, "/hook/tg", secret, strings.NewReader(body))
}

// counts reports whether the metrics hold a line, such as `javab_hook_refused_total{channel="tg"} 1`.
func (h house) counts(line string) bool {
	answer := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	h.metrics.Handler(Access{Open: true}).ServeHTTP(answer, request)
	return strings.Contains(answer.Body.String(), "\n"+line+"\n")
}
