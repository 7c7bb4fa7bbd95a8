package deliver

import (
	"errors"
	"sync"
	"time"

	"javab/bot"
)

// A refusal for pace in one chat pauses that chat (its lane waits for the job). Refusals in several chats at once mean
// that the bot as a whole is too fast: then the channel pauses.
const (
	strikeChats  = 3
	strikeWindow = 5 * time.Second
)

// strikes remembers which chats were refused lately.
type strikes struct {
	mu    sync.Mutex
	chats map[bot.ChatKey]time.Time
}

// add notes a refusal and reports whether it is the channel that is too fast.
func (s *strikes) add(chat bot.ChatKey, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.chats == nil {
		s.chats = make(map[bot.ChatKey]time.Time)
	}
	for other, at := range s.chats {
		if now.Sub(at) > strikeWindow {
			delete(s.chats, other)
		}
	}
	s.chats[chat] = now
	return len(s.chats) >= strikeChats
}

// waitOf is how long the messenger wants us to wait; five seconds when it does not say.
func waitOf(err error) time.Duration {
	if e, ok := errors.AsType[*bot.SendError](err); ok && e.After > 0 {
		return e.After
	}
	return 5 * time.Second
}
