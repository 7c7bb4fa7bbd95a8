package deliver

import (
	"context"
	"sync"
	"time"

	"javab/bot"
)

// While nothing can be stored, members would see nothing at all. They are told so without a job, which could not be
// stored either: each chat once in excuseEvery, all together at most excusesASecond.
const (
	excuseEvery    = 10 * time.Minute
	excusesASecond = 10
	maxExcused     = 10_000 // chats remembered
)

// excused remembers who was told.
type excused struct {
	mu     sync.Mutex
	chats  map[bot.ChatKey]time.Time
	second time.Time // the running second, and how many were told in it
	told   int
}

// take reports whether the chat may be told now, and notes it.
func (e *excused) take(chat bot.ChatKey, now time.Time) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if second := now.Truncate(time.Second); !second.Equal(e.second) {
		e.second, e.told = second, 0
	}
	if last, known := e.chats[chat]; known && now.Sub(last) < excuseEvery || e.told >= excusesASecond {
		return false
	}
	if e.chats == nil || len(e.chats) >= maxExcused {
		e.chats = make(map[bot.ChatKey]time.Time)
	}
	e.chats[chat] = now
	e.told++
	return true
}

// Excuse tells a member that what he sent could not be stored yet, best effort. A press is answered in a word on the
// button itself: it will have expired when the messenger delivers it again.
func (c *Courier) Excuse(chat bot.ChatKey, pressID string, m bot.Outbound) {
	sender, known := c.Senders[chat.Channel()]
	if !known || pressID == "" && !c.excused.take(chat, c.Clock()) {
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), ackTimeout)
		defer cancel()
		err := error(nil)
		if pressID != "" {
			err = sender.AckPress(ctx, pressID, m.Plain())
		} else {
			_, err = sender.Send(ctx, chat.Native(), m)
		}
		if err != nil {
			c.Log.Debug("excuse not delivered", "chat", chat, "fault", bot.FaultOf(err))
		}
	}()
}
