package telegram

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"javab/bot"
	"javab/webhook/emulator"
)

const (
	token    = "7000000001:AAfakefakefakefakefakefakefakefake_-x"
	memberID = 77
	member   = "77"
)

// world is the adapter before the emulator, over real HTTP.
type world struct {
	*Channel
	sim *emulator.Server
	web *httptest.Server
}

func newWorld(t *testing.T, d Dialect) *world {
	t.Helper()
	sim := emulator.New(emulator.Options{Token: token, Bale: d.Channel == "bale", Now: time.Now, Second: 5 * time.Millisecond})
	web := httptest.NewServer(sim)
	t.Cleanup(func() {
		sim.Close()
		web.CloseClientConnections()
		web.Close()
	})
	channel, err := Open(Config{Dialect: d, Token: token, API: web.URL, Secrets: []string{"s3cret-s3cret-s3cret-s3cret-s3cret"}})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{Channel: channel, sim: sim, web: web}
	sim.Join(emulator.Member{ID: memberID, First: "Sara", Phone: "+989121234567", Language: "fa"})
	if _, err := sim.Say(memberID, "/start"); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) send(t *testing.T, m bot.Outbound) bot.Ref {
	t.Helper()
	ref, err := w.Sender.Send(t.Context(), member, m)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

// said returns what the bot has said to the member.
func (w *world) said(t *testing.T) []emulator.Message {
	t.Helper()
	view, err := w.sim.View(memberID)
	if err != nil {
		t.Fatal(err)
	}
	var out []emulator.Message
	for _, m := range view.Messages {
		if m.From.Bot {
			out = append(out, m)
		}
	}
	return out
}

func (w *world) last(t *testing.T) emulator.Message {
	t.Helper()
	all := w.said(t)
	if len(all) == 0 {
		t.Fatal("the bot has said nothing")
	}
	return all[len(all)-1]
}

func words(s string) bot.Outbound {
	return bot.Outbound{Lang: bot.En, Segments: []bot.Segment{{Text: s}}}
}

func buttons(lang bot.Lang, labels ...string) bot.Outbound {
	m := words("choose")
	m.Lang = lang
	for i, label := range labels {
		m.Choices = append(m.Choices, bot.Choice{Label: label, Data: "f:t:" + string(rune('a'+i)), Beside: i > 0})
	}
	return m
}

func wantFault(t *testing.T, err error, want bot.SendFault) {
	t.Helper()
	if err == nil || bot.FaultOf(err) != want {
		t.Fatalf("got %v, want %s", err, want)
	}
}

// bin is a webhook that keeps what it gets and answers as told.
type bin struct {
	url string
	got chan delivered
}

type delivered struct {
	path   string
	secret string
	body   []byte
}

func newBin(t *testing.T) *bin {
	t.Helper()
	b := &bin{got: make(chan delivered, 100)}
	web := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var body [64 << 10]byte
		n := 0
		for {
			m, err := r.Body.Read(body[n:])
			n += m
			if err != nil {
				break
			}
		}
		b.got <- delivered{r.URL.RequestURI(), r.Header.Get("X-Telegram-Bot-Api-Secret-Token"), body[:n]}
	}))
	t.Cleanup(web.Close)
	b.url = web.URL
	return b
}

func (b *bin) next(t *testing.T) delivered {
	t.Helper()
	select {
	case d := <-b.got:
		return d
	case <-time.After(30 * time.Second):
		t.Fatal("nothing was delivered")
		return delivered{}
	}
}

// nowhere is an address at which nobody listens.
func nowhere(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}
