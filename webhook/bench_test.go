package webhook

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"javab/bot"
)

// nothing is an Acceptor and Quarantine that costs nothing; still a ResponseWriter that keeps nothing.
type nothing struct{}

func (nothing) Handle(context.Context, bot.Inbound) error { return nil }
func (nothing) Keep(context.Context, Unreadable) error    { return nil }

type still struct{ header http.Header }

func (s still) Header() http.Header         { return s.header }
func (s still) Write(p []byte) (int, error) { return len(p), nil }
func (s still) WriteHeader(int)             {}

// free is a Receiver that reads nothing, so that only the way around it is measured.
type free struct{ reader }

func (free) Parse(raw []byte) (bot.Inbound, error) {
	return bot.Inbound{Receipt: bot.ReceiptKey{Source: "tg", ID: "1"}, Kind: bot.KindText, Raw: raw}, nil
}

func delivery(tb testing.TB) func() {
	metrics, log := NewMetrics(nil), slog.New(slog.DiscardHandler)
	web := New(Config{
		Hooks: &Hooks{
			Channels: []Channel{{ID: "tg", Secret: bot.SecretHeader, Receiver: free{}}},
			Acceptor: nothing{}, Quarantine: nothing{}, Metrics: metrics, Log: log, Now: time.Now,
		},
		Metrics: metrics, Log: log,
	})
	request, err := http.NewRequestWithContext(tb.Context(), http.MethodPost, "/hook/tg", nil)
	if err != nil {
		tb.Fatal(err)
	}
	body := `{"update_id":1,"message":{"text":"` + strings.Repeat("x", 900) + `"}}`
	request.Header.Set(SecretHeader, secret)
	request.ContentLength = int64(len(body))
	w, reader := still{http.Header{}}, strings.NewReader(body)
	return func() {
		reader.Reset(body)
		clear(w.header)
		request.Body = io.NopCloser(reader)
		web.ServeHTTP(w, request)
	}
}

// BenchmarkDelivery is everything between net/http and the acceptor, for an update of 1 KB. The bar is 15 us.
func BenchmarkDelivery(b *testing.B) {
	one := delivery(b)
	b.ReportAllocs()
	for b.Loop() {
		one()
	}
}

func TestADeliveryAllocatesLittleOnItsWay(t *testing.T) {
	if n := testing.AllocsPerRun(200, delivery(t)); n > 40 {
		t.Errorf("%v allocations beside the reader and the turn", n)
	}
}
