package deskweb

import (
	"slices"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/desk"
)

// lingers is how long somebody counts as being in a chat after his browser's last beat, which comes every 15 s.
const lingers = 40 * time.Second

// hub knows who looks at which chat, in every instance of the program, and wakes the streams of this one.
type hub struct {
	mu      sync.Mutex
	streams map[*stream]bool
	here    map[bot.ChatKey]map[seat]stay
}

// seat is one tab of somebody's browser.
type seat struct {
	by  bot.StaffID
	tab string
}

// stay is how somebody is in a chat.
type stay struct {
	browser string
	writing string
	until   time.Time
}

// take is told of every signal. Whose browser shows the chat has shown that he may see it; of the others a change
// reaches those who see the chat in their lists.
func (h *hub) take(s Signal, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s.Kind == SessionEnded {
		h.doubt(s.By)
		return
	}
	if s.Kind == QueueStopped {
		h.stopped(s)
		return
	}
	if s.Kind == CaseChanged {
		h.worked(s)
		return
	}
	if s.Kind == ApprovalsMoved {
		h.decides(s)
		return
	}
	if s.Kind == ChatViewed && !h.seat(s, now) {
		return
	}
	h.hide(s)
	of := bot.HandOver{Unit: s.Unit, Confidential: s.Confidential, Holder: s.By, Named: s.Named, About: s.About}
	for one := range h.streams {
		open := h.opened(one, s.Chat, now)
		if open && s.By != one.by.ID || s.Kind == ChatChanged && (open || desk.Sees(one.by, of)) {
			one.tell(s, open)
		}
	}
}

// stopped tells those who serve a queue that it was paused or goes on.
func (h *hub) stopped(s Signal) {
	for one := range h.streams {
		if desk.Looks(one.by) && one.by.Serves(s.Unit) {
			one.tell(s, false)
		}
	}
}

// worked tells those who see a case that something was done to it.
func (h *hub) worked(s Signal) {
	for one := range h.streams {
		if one.by.Sees(s.Unit, s.Confidential, s.About, s.By) {
			one.tell(s, false)
		}
	}
}

// decides tells those who say yes or no that something waits for one, or no longer: each reads his own list.
func (h *hub) decides(s Signal) {
	for one := range h.streams {
		if one.by.Role == bot.RoleManager || one.by.Role == bot.RoleHead {
			one.tell(s, false)
		}
	}
}

// hide takes those whom a chat complains about out of it: what others do there is not for them.
func (h *hub) hide(s Signal) {
	for place := range h.here[s.Chat] {
		if slices.Contains(s.About, place.by) {
			delete(h.here[s.Chat], place)
		}
	}
}

// doubt lets somebody's streams ask whether the session that opened them still holds.
func (h *hub) doubt(by bot.StaffID) {
	for one := range h.streams {
		if one.by.ID != by {
			continue
		}
		select {
		case one.doubt <- struct{}{}:
		default:
		}
	}
}

// seat puts somebody into a chat or out of it, and reports whether others see a difference.
func (h *hub) seat(s Signal, now time.Time) bool {
	if h.here == nil {
		h.here = map[bot.ChatKey]map[seat]stay{}
	}
	place := seat{s.By, s.Tab}
	old, was := h.here[s.Chat][place]
	was = was && old.until.After(now)
	if s.Gone {
		delete(h.here[s.Chat], place)
		if len(h.here[s.Chat]) == 0 {
			delete(h.here, s.Chat)
		}
		return was
	}
	if h.here[s.Chat] == nil {
		h.here[s.Chat] = map[seat]stay{}
	}
	h.here[s.Chat][place] = stay{s.Browser, s.Writing, now.Add(lingers)}
	return !was || old.writing != s.Writing
}

// opened reports whether a stream's browser shows the chat.
func (h *hub) opened(one *stream, chat bot.ChatKey, now time.Time) bool {
	for place, how := range h.here[chat] {
		if place.by == one.by.ID && how.browser == one.browser && how.until.After(now) {
			return true
		}
	}
	return false
}

// leave forgets whose browser has been silent too long; it returns the chats where somebody was missed.
func (h *hub) leave(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for chat, seats := range h.here {
		gone := false
		for place, how := range seats {
			if !how.until.After(now) {
				delete(seats, place)
				gone = true
			}
		}
		if len(seats) == 0 {
			delete(h.here, chat)
		}
		for one := range h.streams {
			if gone && h.opened(one, chat, now) {
				one.tell(Signal{Kind: ChatViewed, Chat: chat}, true)
			}
		}
	}
}

func (h *hub) join(one *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.streams == nil {
		h.streams = map[*stream]bool{}
	}
	h.streams[one] = true
}

func (h *hub) part(one *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.streams, one)
}

// presence is who else is in a chat.
type presence struct {
	screen
	Viewers []viewer
	Writing []string // names
}

type viewer struct{ ID, Name, Initial string }

// Anyone reports whether somebody else is there.
func (p presence) Anyone() bool { return len(p.Viewers) > 0 }
