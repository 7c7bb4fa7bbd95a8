package telegram

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"javab/bot"
	"javab/webhook/emulator"
)

// Members at work open few connections: the library's default client opened one per call and paid a TLS handshake for it.
func TestOverTLSManySendsShareTheirConnections(t *testing.T) {
	sim := emulator.New(emulator.Options{Token: token, Now: time.Now})
	defer sim.Close()
	var opened atomic.Int64
	web := httptest.NewUnstartedServer(sim)
	web.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	web.StartTLS()
	defer web.Close()
	sim.Join(emulator.Member{ID: memberID, First: "Sara"})
	if _, err := sim.Say(memberID, "/start"); err != nil {
		t.Fatal(err)
	}
	c, err := Open(Config{Dialect: Telegram(), Token: token, API: web.URL, Client: trusting(web)})
	if err != nil {
		t.Fatal(err)
	}
	const workers, each = 16, 50
	var at sync.WaitGroup
	for range workers {
		at.Go(func() {
			for range each {
				if _, err := c.Sender.Send(t.Context(), member, words("hi")); err != nil {
					t.Error(err)
				}
				if err := c.Sender.AckPress(t.Context(), "4", ""); err != nil {
					t.Error(err)
				}
			}
		})
	}
	at.Wait()
	perCall := float64(opened.Load()) / (2 * workers * each)
	t.Logf("%.4f connections a call", perCall)
	if perCall > 0.05 {
		t.Error("more than 0.05")
	}
}

// trusting is our own transport that trusts a test server.
func trusting(web *httptest.Server) *http.Client {
	own := transport(nil)
	own.TLSClientConfig = web.Client().Transport.(*http.Transport).TLSClientConfig
	return &http.Client{Transport: own, CheckRedirect: stay}
}

// gone tells when the client has let go of a connection.
type gone struct {
	net.Conn
	tell chan<- struct{}
	once sync.Once
}

func (g *gone) Close() error {
	err := g.Conn.Close()
	g.once.Do(func() { g.tell <- struct{}{} })
	return err
}

// A server hangs up on idle connections without notice. The client sees that and calls on a new one.
func TestAConnectionThatTheServerHasClosedMeanwhileFailsNoCall(t *testing.T) {
	sim := emulator.New(emulator.Options{Token: token, Now: time.Now})
	defer sim.Close()
	web := httptest.NewUnstartedServer(sim)
	web.Config.IdleTimeout = 20 * time.Millisecond
	web.Start()
	defer web.Close()
	sim.Join(emulator.Member{ID: memberID, First: "Sara"})
	if _, err := sim.Say(memberID, "/start"); err != nil {
		t.Fatal(err)
	}
	const calls = 5
	closed := make(chan struct{}, calls)
	own := transport(nil)
	own.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, network, address)
		return &gone{Conn: c, tell: closed}, err
	}
	c, err := Open(Config{Dialect: Telegram(), Token: token, API: web.URL, Client: &http.Client{Transport: own, CheckRedirect: stay}})
	if err != nil {
		t.Fatal(err)
	}
	for range calls {
		if _, err := c.Sender.Send(t.Context(), member, words("hi")); err != nil {
			t.Fatal(err)
		}
		<-closed // a call that is written just then is ambiguous, and rightly not made again
	}
}

func TestARedirectIsNotFollowedForThePathHoldsTheToken(t *testing.T) {
	var followed atomic.Bool
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed.Store(true) }))
	defer thief.Close()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, thief.URL+r.URL.Path, http.StatusTemporaryRedirect)
	}))
	defer web.Close()
	c, err := Open(Config{Dialect: Telegram(), Token: token, API: web.URL})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Sender.Send(t.Context(), member, words("hi")); err == nil {
		t.Error("a redirect counts as sent")
	}
	if _, err := c.Files.download(t.Context(), "a", discard{}, 1); err == nil || followed.Load() {
		t.Error("the redirect was followed")
	}
}

// The emulator takes the library as it is: chunked forms, an empty form for a call without parameters, keyboards with
// its own extra fields.
func TestTheUnwrappedLibraryCanTalkToTheEmulator(t *testing.T) {
	w := newWorld(t, Telegram())
	library, err := tg.New(token, tg.WithServerURL(w.web.URL)) // calls getMe
	if err != nil {
		t.Fatal(err)
	}
	keyboard := &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "Yes", CallbackData: "y"}}}}
	m, err := library.SendMessage(t.Context(), &tg.SendMessageParams{ChatID: memberID, Text: "{\"a\": \"b\"}", ReplyMarkup: keyboard})
	if err != nil || m.Text != "{\"a\": \"b\"}" || m.ReplyMarkup == nil || m.ID == 0 {
		t.Fatalf("%+v, %v", m, err)
	}
	press, err := w.sim.Press(memberID, int64(m.ID), "y")
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := library.AnswerCallbackQuery(t.Context(), &tg.AnswerCallbackQueryParams{CallbackQueryID: press}); !ok || err != nil {
		t.Error(ok, err)
	}
	if info, err := library.GetWebhookInfo(t.Context()); err != nil || info.PendingUpdateCount != 2 {
		t.Errorf("%+v, %v", info, err)
	}
	if _, err := library.SendSticker(t.Context(), &tg.SendStickerParams{ChatID: memberID}); err == nil {
		t.Error("a method that nobody here calls exists")
	}
}

// api answers as fast as a server can, so that the client is what a benchmark measures.
func api(b *testing.B) *httptest.Server {
	b.Helper()
	answer := []byte(`{"ok":true,"result":{"message_id":5,"from":{"id":7000000001,"is_bot":true,"first_name":"Javab","username":"javab_demo_bot"},"chat":{"id":77,"type":"private","first_name":"Sara"},"date":1795000000,"text":"choose","reply_markup":{"inline_keyboard":[[{"text":"Yes","callback_data":"f:t:a"}]]}}}`)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var sink [4096]byte
		for {
			if _, err := r.Body.Read(sink[:]); err != nil {
				break
			}
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(answer)
	}))
	b.Cleanup(web.Close)
	return web
}

func BenchmarkSend(b *testing.B) {
	c, err := Open(Config{Dialect: Telegram(), Token: token, API: api(b).URL})
	if err != nil {
		b.Fatal(err)
	}
	m := buttons(bot.Fa, "Yes", "No", "Back")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Sender.Send(b.Context(), member, m); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSendByTheLibrary is what the same costs with the library alone.
func BenchmarkSendByTheLibrary(b *testing.B) {
	library, err := tg.New(token, tg.WithSkipGetMe(), tg.WithServerURL(api(b).URL))
	if err != nil {
		b.Fatal(err)
	}
	keyboard := &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "Yes", CallbackData: "f:t:a"}, {Text: "No", CallbackData: "f:t:b"}, {Text: "Back", CallbackData: "f:t:c"}}}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := library.SendMessage(b.Context(), &tg.SendMessageParams{ChatID: memberID, Text: "choose", ReplyMarkup: keyboard}); err != nil {
			b.Fatal(err)
		}
	}
}
