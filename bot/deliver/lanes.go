package deliver

import (
	"sync"

	"javab/bot"
)

// lanes remembers where a turn left a message that could not be born leased. A worker that comes to the end of its lane
// looks for more only then: a claim after every message would cost as much as the message. What other instances leave
// behind is found by the poll.
type lanes struct {
	mu   sync.Mutex
	left map[bot.ChatKey]bool
}

func (l *lanes) add(lane bot.ChatKey) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.left == nil {
		l.left = map[bot.ChatKey]bool{}
	}
	l.left[lane] = true
}

// leave forgets a lane and reports whether something was left in it.
func (l *lanes) leave(lane bot.ChatKey) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	left := l.left[lane]
	delete(l.left, lane)
	return left
}
