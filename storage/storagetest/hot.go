package storagetest

import (
	"context"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
)

// Warm is a hot store under test.
type Warm struct {
	converse.Hot
	storage.Signals
	// Pass lets the store's time pass.
	Pass func(time.Duration)
	// Flush forgets everything, as a restarted server does.
	Flush func()
}

// RunHot runs the contract of the hot store.
func RunHot(t *testing.T, open func(t *testing.T) Warm) {
	for sentence, f := range map[string]func(*testing.T, Warm){
		"who listens hears which chats moved and who answers in them, and what is told, each topic for itself": func(t *testing.T, h Warm) {
			moved, told := listen(t, h, storage.Moved), listen(t, h, "told")
			c := chatAt(ann, 1)
			c.Mode = bot.ModeHeld
			h.Put(c)
			equal(t, "moved", heard(t, moved), string(ann)+" held")
			equal(t, "error", h.Publish(t.Context(), "told", []byte("news")), nil)
			equal(t, "told", heard(t, told), "news")
		},
		"who has stopped listening hears the end": func(t *testing.T, h Warm) {
			ctx, stop := context.WithCancel(t.Context())
			ear, err := h.Subscribe(ctx, "told")
			equal(t, "error", err, nil)
			stop()
			for range ear { // ends when the channel closes
			}
		},
		"a chat that was never put is not found, and counted": func(t *testing.T, h Warm) {
			_, recent, err := h.Load(t.Context(), ann)
			wantKind(t, err, bot.NotFound)
			equal(t, "recent", recent, 1)
		},
		"a chat comes back as it was put last": func(t *testing.T, h Warm) {
			last := chatAt(ann, -2)
			last.Chosen, last.Blocked, last.Member, last.Mode, last.Lang = true, true, "m1", bot.ModeHeld, bot.Ar
			last.MutedUntil = noon.Add(time.Hour)
			h.Put(chatAt(ann, 1))
			h.Put(chatAt(bob, 3))
			h.Put(last)
			equal(t, "chat", eventually(t, h, last), last)
			equal(t, "other", eventually(t, h, chatAt(bob, 3)), chatAt(bob, 3))
		},
		"what the caller changes later is not seen": func(t *testing.T, h Warm) {
			c := chatAt(ann, 1)
			h.Put(c)
			got := eventually(t, h, c)
			got.State[0] = 'X'
			again := eventually(t, h, c)
			equal(t, "state", string(again.State), string(chatAt(ann, 1).State))
		},
		"messages are counted within the running minute, each chat for itself": func(t *testing.T, h Warm) {
			var got []int
			for _, key := range []bot.ChatKey{ann, ann, bob, ann} {
				_, n, _ := h.Load(t.Context(), key)
				got = append(got, n)
			}
			equal(t, "counts", got, []int{1, 2, 1, 3})
			h.Pass(time.Minute)
			_, n, _ := h.Load(t.Context(), ann)
			equal(t, "next minute", n, 1)
		},
		"a silent chat is kept for a day": func(t *testing.T, h Warm) {
			h.Put(chatAt(ann, 1))
			eventually(t, h, chatAt(ann, 1))
			h.Pass(23 * time.Hour)
			_, _, err := h.Load(t.Context(), ann)
			if err != nil {
				t.Errorf("after 23 hours: %v", err)
			}
			h.Pass(2 * time.Hour)
			_, _, err = h.Load(t.Context(), ann)
			wantKind(t, err, bot.NotFound)
		},
		"a flushed store knows nothing and goes on": func(t *testing.T, h Warm) {
			h.Put(chatAt(ann, 1))
			eventually(t, h, chatAt(ann, 1))
			h.Flush()
			_, recent, err := h.Load(t.Context(), ann)
			wantKind(t, err, bot.NotFound)
			equal(t, "recent", recent, 1)
			h.Put(chatAt(ann, 2))
			eventually(t, h, chatAt(ann, 2))
		},
	} {
		t.Run(sentence, func(t *testing.T) { f(t, open(t)) })
	}
}

// eventually loads until the chat is there in the wanted revision: writing may follow later.
func eventually(t *testing.T, h Warm, want bot.Chat) bot.Chat {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for range 2000 {
		if got, _, err := h.Load(t.Context(), want.Key); err == nil && got.Rev == want.Rev {
			return got
		}
		<-tick.C
	}
	t.Fatalf("chat %s at revision %d did not come", want.Key, want.Rev)
	return bot.Chat{}
}

// listen subscribes and waits until that has been taken up.
func listen(t *testing.T, h Warm, topic string) <-chan []byte {
	t.Helper()
	ear, err := h.Subscribe(t.Context(), topic)
	equal(t, "error", err, nil)
	for range 200 {
		_ = h.Publish(t.Context(), topic, []byte("ready"))
		select {
		case <-ear:
			return drained(ear)
		case <-time.After(10 * time.Millisecond):
		}
	}
	t.Fatal("nothing is heard on " + topic)
	return nil
}

// drained lets the other calls of listen pass.
func drained(ear <-chan []byte) <-chan []byte {
	for {
		select {
		case <-ear:
		case <-time.After(30 * time.Millisecond):
			return ear
		}
	}
}

func heard(t *testing.T, ear <-chan []byte) string {
	t.Helper()
	select {
	case m := <-ear:
		return string(m)
	case <-time.After(5 * time.Second):
		t.Error("heard nothing")
		return ""
	}
}
