package app

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"javab/flows/scripts"
	"javab/storage/storagetest"
)

// benchmarkHouse puts the whole program up on an engine, with a messenger that accepts everything, and returns its web
// side and the count of messages that reached the messenger.
func benchmarkHouse(b *testing.B, settings ...string) (http.Handler, *atomic.Int64) {
	b.Helper()
	var sent atomic.Int64
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		if strings.HasSuffix(r.URL.Path, "/sendMessage") {
			sent.Add(1)
		}
		io.WriteString(w, `{"ok":true,"result":{"message_id":7,"date":1,"chat":{"id":1,"type":"private"}}}`)
	}))
	b.Cleanup(api.Close)
	e := System()
	e.Stderr = io.Discard
	e.Env = append([]string{
		"JAVAB_DATA=" + b.TempDir(), "JAVAB_TELEGRAM_TOKEN=4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "JAVAB_TELEGRAM_API=" + api.URL,
		"JAVAB_KEY=k3y-of-the-benchmarks-0123456789abcdef", "JAVAB_HOOK_SECRET=" + benchSecret, "JAVAB_MEMBER_LIMIT=0", "JAVAB_LOG=error",
		"JAVAB_PUBLIC_URL=http://127.0.0.1:1", "JAVAB_SENDERS=64",
	}, settings...)
	config, err := LoadConfig(e.Env, b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	h, err := openHouse(b.Context(), e, config, scripts.FS)
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); h.courier.Run(ctx) }()
	b.Cleanup(func() { stop(); <-done; h.close() })
	return h.routes(), &sent
}

const benchSecret = "bench-bench-bench-bench-bench-bench-bench"

// BenchmarkUpdate is one update through the whole program: webhook, turn, commit, reply at the messenger. 64 members
// are at work; each goes on when his reply has been sent.
func BenchmarkUpdate(b *testing.B) {
	b.Run("SQLite", func(b *testing.B) { benchmarkUpdate(b) })
	b.Run("PostgreSQL", func(b *testing.B) {
		redis := storagetest.Server(b, "TEST_REDIS", "redis://127.0.0.1:6379")
		benchmarkUpdate(b, "JAVAB_DATABASE="+storagetest.Schema(b), "JAVAB_REDIS="+redis)
	})
}

func benchmarkUpdate(b *testing.B, settings ...string) {
	routes, sent := benchmarkHouse(b, settings...)
	var next, number atomic.Int64
	next.Store(time.Now().UnixMilli())
	b.ResetTimer()
	var members sync.WaitGroup
	for chat := range 64 {
		members.Go(func() {
			for n := 0; number.Add(1) <= int64(b.N); n++ {
				post(b, routes, next.Add(1), 900_000+chat, []string{"/menu", "/complaint"}[n%2])
			}
		})
	}
	members.Wait()
	for deadline := time.Now().Add(10 * time.Second); sent.Load() < int64(b.N) && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
}

func post(b *testing.B, routes http.Handler, update int64, chat int, text string) {
	body := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":1795000000,"text":%q,
		"from":{"id":%d,"is_bot":false,"first_name":"M","language_code":"en"},"chat":{"id":%d,"type":"private"}}}`, update, update, text, chat, chat)
	request := httptest.NewRequest(http.MethodPost, "/hook/tg", strings.NewReader(body))
	request.Header.Set("X-Telegram-Bot-Api-Secret-Token", benchSecret)
	response := httptest.NewRecorder()
	routes.ServeHTTP(response, request)
	if response.Code != http.StatusOK {
		b.Errorf("status %d", response.Code)
	}
}
