package storagetest

import (
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
)

// Warm is a hot store under test.
type Warm struct {
	converse.Hot
	// Pass lets the store's time pass.
	Pass func(time.Duration)
	// Flush forgets everything, as a restarted server does.
	Flush func()
}

// RunHot runs the contract of the hot store.
func RunHot(t *testing.T, open func(t *testing.T) Warm) {
	for sentence, f := range map[string]func(*testing.T, Warm){
		"a chat that was never put is not found, and counted": func(t *testing.T, h Warm) {
			_, recent, err := h.Load(t.Context(), ann)
			wantKind(t, err, bot.NotFound)
			equal(t, "recent", recent, 1)
		},
		"a chat comes back as it was put last": func(t *testing.T, h Warm) {
			last := chatAt(ann, -2)
			last.Chosen, last.Blocked, last.Member, last.Mode, last.Lang = true, true, "m1", bot.ModeHeld, bot.Ar
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
