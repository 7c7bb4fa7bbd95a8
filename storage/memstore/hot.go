package memstore

import (
	"context"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
)

// HotTTL is how long the hot state of a silent chat is kept.
const HotTTL = 24 * time.Hour

// HotMax is how many chats Hot keeps when Max is not set: about 100 MB at worst.
const HotMax = 100_000

// Hot is the working state of an embedded installation. It is bounded by two generations: when the young one has
// filled half of Max, the old one goes and the young one takes its place, so that the chats that speak stay.
type Hot struct {
	Now func() time.Time
	Max int
	Wire

	mu         sync.Mutex
	young, old map[bot.ChatKey]warm
	minute     int64
	recent     map[bot.ChatKey]int
}

type warm struct {
	chat bot.Chat
	at   time.Time
}

var _ converse.Hot = (*Hot)(nil)

// Load implements converse.Hot. A chat that is not here is bot.NotFound, beside a count that is good.
func (h *Hot) Load(_ context.Context, key bot.ChatKey) (bot.Chat, int, error) {
	now := h.Now()
	h.mu.Lock()
	defer h.mu.Unlock()
	recent := h.count(key, now)
	kept, ok := h.young[key]
	if !ok {
		kept, ok = h.old[key]
	}
	if !ok || now.Sub(kept.at) >= HotTTL {
		return bot.Chat{}, recent, storage.NotFound("chat", string(key))
	}
	return rowOfChat(kept.chat), recent, nil
}

// count adds one to the chat's messages of the running minute.
func (h *Hot) count(key bot.ChatKey, now time.Time) int {
	if minute := now.Unix() / 60; minute != h.minute || h.recent == nil {
		h.minute, h.recent = minute, map[bot.ChatKey]int{}
	}
	h.recent[key]++
	return h.recent[key]
}

// Put implements converse.Hot.
func (h *Hot) Put(chat bot.Chat) {
	at := h.Now()
	defer h.Publish(context.Background(), storage.Moved, []byte(string(chat.Key)+" "+string(chat.Mode)))
	h.mu.Lock()
	defer h.mu.Unlock()
	limit := h.Max
	if limit == 0 {
		limit = HotMax
	}
	if h.young == nil || len(h.young) >= max(1, limit/2) {
		h.young, h.old = map[bot.ChatKey]warm{}, h.young
	}
	h.young[chat.Key] = warm{chat: rowOfChat(chat), at: at}
}

// Flush forgets everything, as a lost Redis does.
func (h *Hot) Flush() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.young, h.old, h.recent = nil, nil, nil
}
