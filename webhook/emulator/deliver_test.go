package emulator

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// hookServer is a bot: it keeps what arrives and answers as told.
type hookServer struct {
	mu     sync.Mutex
	got    []update
	raw    []string
	secret string
	answer func(update) (int, http.Header, string)
	url    string
}

func newHook(t *testing.T, w *world, answer func(update) (int, http.Header, string), more ...any) *hookServer {
	t.Helper()
	h := &hookServer{answer: answer}
	web := httptest.NewServer(h)
	t.Cleanup(func() {
		w.Close()
		web.Close()
	})
	h.url = web.URL + "/hook"
	params := map[string]any{"url": h.url, "secret_token": "s3cret"}
	for i := 0; i+1 < len(more); i += 2 {
		params[more[i].(string)] = more[i+1]
	}
	if r := w.call(t, "setWebhook", params); !r.OK {
		t.Fatalf("%+v", r)
	}
	return h
}

func (h *hookServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	var u update
	_ = json.Unmarshal(raw, &u)
	h.mu.Lock()
	h.got = append(h.got, u)
	h.raw = append(h.raw, string(raw))
	h.secret = r.Header.Get("X-Telegram-Bot-Api-Secret-Token")
	h.mu.Unlock()
	if h.answer == nil {
		return
	}
	status, header, body := h.answer(u)
	for name := range header {
		w.Header().Set(name, header.Get(name))
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func (h *hookServer) all() []update {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.got)
}

func (h *hookServer) texts() string {
	var texts []string
	for _, u := range h.all() {
		switch {
		case u.Message != nil:
			texts = append(texts, u.Message.Text)
		case u.Edited != nil:
			texts = append(texts, "edit "+u.Edited.Text)
		case u.Callback != nil:
			texts = append(texts, "press "+u.Callback.Data)
		case u.Standing != nil:
			texts = append(texts, u.Standing.New.Status)
		}
	}
	return strings.Join(texts, ",")
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 6000 {
		if holds() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("never: " + what)
}

func TestOneChatsMessagesArriveInOrderEachAfterTheAnswerToTheOneBefore(t *testing.T) {
	w := newWorld(t)
	h := newHook(t, w, nil)
	var want []string
	for i := range 20 {
		text := fmt.Sprint("m", i)
		want = append(want, text)
		_, _ = w.Say(sara, text)
	}
	eventually(t, "all delivered", func() bool { return w.Pending() == 0 })
	if got := h.texts(); got != strings.Join(want, ",") {
		t.Errorf("arrived as %s", got)
	}
	ids := h.all()
	if h.secret != "s3cret" || !slices.IsSortedFunc(ids, func(a, b update) int { return int(a.ID - b.ID) }) {
		t.Errorf("secret %q, ids out of order", h.secret)
	}
}

func TestAPressOvertakesATextThatIsStuck(t *testing.T) {
	w := newWorld(t)
	h := newHook(t, w, func(u update) (int, http.Header, string) {
		if u.Message != nil {
			return 503, http.Header{"Retry-After": {"3600"}}, ""
		}
		return 200, nil, ""
	})
	_, _ = w.Say(sara, "stuck")
	_, _ = w.Forge(sara, 0, "y")
	_ = w.Block(sara, true)
	eventually(t, "the press and the block arrive", func() bool {
		return strings.Contains(h.texts(), "press y") && strings.Contains(h.texts(), "kicked")
	})
	if w.Pending() != 1 {
		t.Errorf("%d wait", w.Pending())
	}
}

func TestTheFirstRetryComesAtOnceAndThePausesDouble(t *testing.T) {
	w := newWorld(t)
	q := &queue{}
	var pauses []string
	for range 9 {
		p := w.pause(q, outcome{status: 500})
		if p >= time.Duration(minPause)*w.opts.Second {
			p = -1
		}
		pauses = append(pauses, p.String())
	}
	if got := strings.Join(pauses, " "); got != "0s 2ms 4ms 8ms 16ms 32ms -1ns -1ns -1ns" {
		t.Errorf("pauses %s", got)
	}
	q = &queue{failures: 5}
	if p := w.pause(q, outcome{status: 503, after: 5}); p != 5*time.Millisecond || q.failures != 5 {
		t.Errorf("Retry-After waits %s and counts to %d", p, q.failures)
	}
	if p := w.pause(q, outcome{status: 503, after: 99999}); p != 3600*time.Millisecond {
		t.Errorf("an endless Retry-After waits %s", p)
	}
}

func TestAnUpdateIsDroppedWhenItsNextTryWouldLiePastItsTime(t *testing.T) {
	w := newWorld(t)
	h := newHook(t, w, func(update) (int, http.Header, string) { return 503, http.Header{"Retry-After": {"200"}}, "" })
	w.opts.Second = time.Second // the press has 150 seconds
	_, _ = w.Forge(sara, 0, "y")
	eventually(t, "the press is dropped", func() bool { return w.Stats().Dropped == 1 && w.Pending() == 0 })
	if len(h.all()) != 1 {
		t.Errorf("tried %d times", len(h.all()))
	}
}

// 79 chats in trouble let the others through, 80 stop everyone: twice the connections are loaded, no more.
func TestWhenTwiceTheConnectionsAreStuckNobodyGetsThrough(t *testing.T) {
	for _, c := range []struct{ stuck, through int }{{7, 1}, {8, 0}} {
		w := newWorld(t)
		h := newHook(t, w, func(u update) (int, http.Header, string) {
			if u.Message.Text == "bad" {
				return 503, http.Header{"Retry-After": {"3600"}}, ""
			}
			return 200, nil, ""
		}, "max_connections", 4)
		for i := range c.stuck {
			id := int64(1000 + i)
			w.Join(Member{ID: id, First: "x"})
			_, _ = w.Say(id, "bad")
		}
		eventually(t, "the stuck ones are tried", func() bool { return len(h.all()) >= c.stuck })
		_, _ = w.Say(sara, "good")
		if c.through > 0 {
			eventually(t, "the good one gets through", func() bool { return w.Stats().Delivered == c.through })
			continue
		}
		time.Sleep(50 * time.Millisecond)
		if n := w.Stats().Delivered; n != 0 {
			t.Errorf("%d stuck: %d delivered", c.stuck, n)
		}
	}
}

func TestOnlyTheKindsThatWereAskedForComeAndAnOmittedListKeepsTheOldOne(t *testing.T) {
	w := newWorld(t)
	h := newHook(t, w, nil, "allowed_updates", []string{"message"})
	_, _ = w.Say(sara, "a")
	_, _ = w.Forge(sara, 0, "y")
	if r := w.call(t, "setWebhook", map[string]any{"url": h.url, "secret_token": "s3cret"}); !r.OK {
		t.Fatal(r)
	}
	_ = w.Block(sara, true)
	_, _ = w.Say(sara, "b")
	eventually(t, "both texts", func() bool { return w.Pending() == 0 && strings.Contains(h.texts(), "b") })
	if strings.ContainsAny(h.texts(), "pk") {
		t.Errorf("arrived: %s", h.texts())
	}
}

func TestAnUpdateCanComeAgainAtOnceOrByAShareOfAll(t *testing.T) {
	w := newWorld(t)
	h := newHook(t, w, nil)
	w.AddFault(Fault{Method: "deliver", Repeat: true, Times: 1})
	_, _ = w.Say(sara, "a")
	eventually(t, "it came twice", func() bool { return h.texts() == "a,a" })
	if !w.Redeliver(h.all()[0].ID) || w.Redeliver(1) {
		t.Error("what is known and what is not")
	}
	eventually(t, "it came again", func() bool { return h.texts() == "a,a,a" })
	if ids := h.all(); ids[0].ID != ids[2].ID {
		t.Error("under another id")
	}
}

func TestInjectedBytesArriveAsTheyAreAndLargeUpdatesVanish(t *testing.T) {
	w := newWorld(t)
	h := newHook(t, w, nil)
	w.Inject([]byte(`{"cut`))
	_, _ = w.Say(sara, strings.Repeat("a", maxUpdate))
	eventually(t, "the bytes", func() bool { h.mu.Lock(); defer h.mu.Unlock(); return len(h.raw) == 1 && h.raw[0] == `{"cut` })
	if s := w.Stats(); s.Dropped != 1 {
		t.Errorf("%+v", s)
	}
}

func TestAnAnswerThatNamesAMethodIsCarriedOut(t *testing.T) {
	w := newWorld(t)
	newHook(t, w, func(update) (int, http.Header, string) {
		return 200, nil, `{"method":"sendMessage","chat_id":77,"text":"by answer"}`
	})
	_, _ = w.Say(sara, "a")
	eventually(t, "the answer's message", func() bool { return len(w.said(t)) == 1 && w.said(t)[0].Text == "by answer" })
}

func TestAWebhookThatIsGoneForADayIsRemoved(t *testing.T) {
	w := newWorld(t)
	newHook(t, w, func(update) (int, http.Header, string) { return 410, nil, "" })
	_, _ = w.Say(sara, "a")
	eventually(t, "the first failure is told", func() bool {
		r := w.call(t, "getWebhookInfo", nil)
		return strings.Contains(string(r.Result), "410 Gone") && strings.Contains(string(r.Result), `"pending_update_count":1`)
	})
	w.pass(goneLimit - time.Hour)
	_, _ = w.Say(sara, "b")
	w.pass(2 * time.Hour)
	eventually(t, "the webhook is removed", func() bool { return strings.Contains(string(w.call(t, "getWebhookInfo", nil).Result), `"url":""`) })
}

func TestIdsGoOnRisingInTheNextRun(t *testing.T) {
	w := begun(t)
	if first := w.LastUpdate(); first != w.now().Unix() {
		t.Errorf("began at %d", first)
	}
	next := newWorld(t, func(o *Options) { o.FirstUpdate = w.LastUpdate() + 1 })
	_, _ = next.Say(sara, "a")
	if next.LastUpdate() != w.LastUpdate()+1 {
		t.Errorf("%d after %d", next.LastUpdate(), w.LastUpdate())
	}
	next.Reset()
	if next.LastUpdate() != w.LastUpdate()+1 {
		t.Error("a reset took ids back")
	}
}

func TestPollingHandsOutInOrderAndForgetsWhatIsConfirmed(t *testing.T) {
	w := newWorld(t)
	for _, text := range []string{"a", "b"} {
		_, _ = w.Say(sara, text)
		_, _ = w.Forge(sara, 0, text)
	}
	poll := func(params map[string]any) []update {
		var got []update
		r := w.call(t, "getUpdates", params)
		if err := json.Unmarshal(r.Result, &got); err != nil {
			t.Fatalf("%+v, %v", r, err)
		}
		return got
	}
	got := poll(map[string]any{"limit": 3})
	if len(got) != 3 || got[1].Callback == nil || got[2].Message.Text != "b" {
		t.Fatalf("%+v", got)
	}
	if got = poll(map[string]any{"offset": got[2].ID}); len(got) != 2 {
		t.Errorf("%d left", len(got))
	}
	if got = poll(map[string]any{"offset": -1}); len(got) != 1 || got[0].Callback == nil {
		t.Errorf("the last one: %+v", got)
	}
	go func() {
		time.Sleep(20 * time.Millisecond)
		_, _ = w.Say(sara, "later")
	}()
	if got = poll(map[string]any{"offset": got[0].ID + 1, "timeout": 5}); len(got) != 1 || got[0].Message.Text != "later" {
		t.Errorf("waited for %+v", got)
	}
}

func TestTwoPollersAndAPollerBesideAWebhookAreAConflict(t *testing.T) {
	w := newWorld(t)
	first := make(chan result, 1)
	go func() { first <- w.call(t, "getUpdates", map[string]any{"timeout": 30}) }()
	time.Sleep(50 * time.Millisecond)
	if r := w.call(t, "getUpdates", nil); !r.OK {
		t.Errorf("%+v", r)
	}
	if r := <-first; r.Code != 409 {
		t.Errorf("the first poller: %+v", r)
	}
	newHook(t, w, nil)
	if r := w.call(t, "getUpdates", nil); r.Code != 409 {
		t.Errorf("%+v", r)
	}
}
