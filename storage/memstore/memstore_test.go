package memstore_test

import (
	"fmt"
	"testing"
	"time"

	"javab/bot"
	"javab/storage"
	"javab/storage/memstore"
	"javab/storage/storagetest"
)

func TestMemoryKeepsTheContract(t *testing.T) {
	storagetest.Run(t, func(*testing.T) storage.Store { return memstore.New() })
}

func TestTheHotStoreKeepsTheContract(t *testing.T) {
	storagetest.RunHot(t, func(*testing.T) storagetest.Warm {
		now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
		h := &memstore.Hot{Now: func() time.Time { return now }}
		return storagetest.Warm{Hot: h, Signals: h, Pass: func(d time.Duration) { now = now.Add(d) }, Flush: h.Flush}
	})
}

func TestTheHotStoreIsBoundedAndKeepsThoseWhoSpeak(t *testing.T) {
	h := &memstore.Hot{Now: func() time.Time { return time.Unix(0, 0) }, Max: 100}
	for i := range 1000 {
		h.Put(bot.Chat{Key: bot.ChatKey(fmt.Sprint(i))})
		if i%10 == 0 {
			h.Put(bot.Chat{Key: "busy"})
		}
	}
	kept := 0
	for i := range 1000 {
		if _, _, err := h.Load(t.Context(), bot.ChatKey(fmt.Sprint(i))); err == nil {
			kept++
		}
	}
	if kept > 100 || kept < 40 {
		t.Errorf("%d chats are kept, want at most 100 and at least the newest half of them", kept)
	}
	if _, _, err := h.Load(t.Context(), "busy"); err != nil {
		t.Errorf("the busy chat: %v", err)
	}
}
