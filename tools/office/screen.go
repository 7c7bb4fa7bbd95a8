package office

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Screen is an officer's page at the desk: a list, a chat beside it, and the stream that tells what has changed. It asks
// for what webhook/assets/js/desk asks for, when that asks for it.
type Screen struct {
	*Officer
	// Pointed says that the pointer rests on the list: rows change in place, and none comes or goes under it.
	Pointed bool
	// Shown hears of each piece of the page that was read: of the open chat, or of the list. May be nil.
	Shown func(thread bool, html string)

	mu     sync.Mutex
	open   string // the chat beside the list
	form   string // id of its box
	rows   []string
	alone  http.Client // without a limit of time, for the stream
	talk   chan struct{}
	chats  chan rows
	list   chan struct{} // it is to be read again
	soon   bool          // it is going to be
	before time.Time     // when it was
	errors int
}

// rows are what a signal says of the list: what has changed, and what of it somebody holds.
type rows struct{ Chats, Taken []string }

// How often a page does things by itself.
const (
	beats    = 15 * time.Second
	refreshs = time.Minute
	calm     = 5 * time.Second         // between two readings of the list because of others
	follows  = 1500 * time.Millisecond // after a reply, until it has been sent
)

// NewScreen opens the desk and shows the waiting.
func NewScreen(ctx context.Context, o *Officer) (*Screen, error) {
	s := &Screen{Officer: o, talk: make(chan struct{}, 1), chats: make(chan rows, 64), list: make(chan struct{}, 1)}
	s.alone = *o.client
	s.alone.Timeout = 0
	return s, s.refresh(ctx)
}

// Live reads the stream and the page until ctx ends.
func (s *Screen) Live(ctx context.Context) error {
	r, err := s.request(ctx, "/desk/events?browser="+s.Name, nil, false)
	if err != nil {
		return err
	}
	response, err := s.alone.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the stream of %s: %d", s.Name, response.StatusCode)
	}
	go s.follow(ctx)
	go s.watch(ctx)
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		if data, is := strings.CutPrefix(lines.Text(), "data: "); is {
			if err := s.hear([]byte(data)); err != nil {
				return err
			}
		}
	}
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("the stream of %s has ended: %w", s.Name, lines.Err())
}

// hear is told what has changed.
func (s *Screen) hear(data []byte) error {
	var news struct {
		Open, Here []string
		rows
	}
	if err := json.Unmarshal(data, &news); err != nil {
		return fmt.Errorf("read a signal: %w", err)
	}
	if slices.Contains(news.Open, s.Chat()) {
		s.again()
	}
	if len(news.Chats) > 0 {
		select {
		case s.chats <- news.rows:
		default: // the page is slower than its signals
		}
	}
	return nil
}

// again asks for the open chat's lines to be read.
func (s *Screen) again() {
	select {
	case s.talk <- struct{}{}:
	default:
	}
}

// Chat is the one that is open.
func (s *Screen) Chat() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open
}

// Rows are the chats that the list shows.
func (s *Screen) Rows() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.rows)
}

// Lists reports whether the list shows a chat.
func (s *Screen) Lists(chat string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Contains(s.rows, chat)
}

// Errors is how many pieces of the page could not be read.
func (s *Screen) Errors() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.errors
}

// follow keeps the open chat's lines as they are, and tells that somebody looks at them.
func (s *Screen) follow(ctx context.Context) {
	beat := time.NewTicker(beats)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
			s.beat(ctx)
		case <-s.talk:
			s.read(ctx)
		}
	}
}

func (s *Screen) beat(ctx context.Context) {
	if chat := s.Chat(); chat != "" {
		s.note(ctx, s.Beat(ctx, chat, "tab-"+s.Name))
	}
}

// read is the open chat's lines.
func (s *Screen) read(ctx context.Context) {
	chat := s.Chat()
	if chat == "" {
		return
	}
	a, err := s.ask(ctx, "/desk/part/"+url.PathEscape(chat)+"?tab=waiting&part=talk", nil, true)
	s.note(ctx, err)
	s.show(true, a.body)
	if last := lastLine.FindStringSubmatch(a.body); last != nil {
		_, err := s.ask(ctx, chatURL(chat)+"/seen", url.Values{"up_to": {last[1]}}, true)
		s.note(ctx, err)
	}
	if strings.Contains(a.body, `data-sent="queued"`) {
		time.AfterFunc(follows, s.again)
	}
}

// watch keeps the list as it is.
func (s *Screen) watch(ctx context.Context) {
	all := time.NewTicker(refreshs)
	defer all.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-all.C:
			s.note(ctx, s.refresh(ctx))
			s.again()
		case <-s.list:
			s.reread(ctx)
		case told := <-s.chats:
			s.changed(ctx, told)
		}
	}
}

// changed reads the rows that have changed; the list soon when there are many, or when some are not shown.
func (s *Screen) changed(ctx context.Context, told rows) {
	chats := slices.DeleteFunc(told.Chats, s.left(told.Taken))
	rows := s.Rows()
	known := slices.DeleteFunc(slices.Clone(chats), func(chat string) bool { return !slices.Contains(rows, chat) })
	if len(known) < len(chats) || len(known) > 5 {
		s.later()
	}
	if !s.Pointed && len(known) > 5 {
		return
	}
	for _, chat := range known {
		a, err := s.ask(ctx, "/desk/row/"+url.PathEscape(chat)+"?tab=waiting", nil, true)
		s.note(ctx, err)
		s.show(false, a.body)
	}
}

// left takes chats that somebody holds out of the list of those that wait, and tells which they are.
func (s *Screen) left(taken []string) func(string) bool {
	is := func(chat string) bool { return slices.Contains(taken, chat) }
	if slices.ContainsFunc(s.Rows(), is) {
		s.mu.Lock()
		s.rows = slices.DeleteFunc(slices.Clone(s.rows), is)
		s.mu.Unlock()
		s.later()
	}
	return is
}

// later has the list read at once, or when the last time is a while ago.
func (s *Screen) later() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.soon {
		return
	}
	s.soon = true
	time.AfterFunc(max(0, time.Until(s.before.Add(calm))), func() { s.list <- struct{}{} })
}

// reread reads the list. Under a pointer its rows stay as they are; only the counts are taken from it.
func (s *Screen) reread(ctx context.Context) {
	s.mu.Lock()
	s.soon, s.before = false, time.Now()
	rows := s.rows
	s.mu.Unlock()
	s.note(ctx, s.refresh(ctx))
	if s.Pointed {
		s.mu.Lock()
		s.rows = rows
		s.mu.Unlock()
	}
}

// refresh reads the whole list.
func (s *Screen) refresh(ctx context.Context) error {
	a, err := s.ask(ctx, "/desk/list?tab=waiting&chat="+url.QueryEscape(s.Chat()), nil, true)
	if err != nil {
		return err
	}
	var rows []string
	for _, row := range rowChat.FindAllStringSubmatch(a.body, -1) {
		rows = append(rows, row[1])
	}
	s.mu.Lock()
	s.rows = rows
	s.mu.Unlock()
	s.show(false, a.body)
	return nil
}

func (s *Screen) show(thread bool, html string) {
	if s.Shown != nil {
		s.Shown(thread, html)
	}
}

func (s *Screen) note(ctx context.Context, err error) {
	if err == nil || ctx.Err() != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.errors++
}

// Take claims one of the chats that the list shows, at a place of it, and opens it. It returns how long the claim took;
// took is 0 when a colleague has it.
func (s *Screen) Take(ctx context.Context, place int) (took time.Duration, err error) {
	rows := s.Rows()
	if len(rows) == 0 {
		return 0, nil
	}
	chat := rows[place%len(rows)]
	begun := time.Now()
	a, err := s.ask(ctx, chatURL(chat)+"/claim", url.Values{"tab": {"waiting"}}, true)
	took = time.Since(begun)
	if err != nil || a.status != http.StatusOK {
		if err == nil && a.status != http.StatusConflict && a.status != http.StatusNotFound {
			err = fmt.Errorf("claim chat %s: %d", chat, a.status)
		}
		return 0, err
	}
	s.mu.Lock()
	s.open, s.form = chat, idOf(a.body)
	s.mu.Unlock()
	s.beat(ctx)
	s.again()
	return took, s.refresh(ctx)
}

// Say writes to the open chat and returns how long the desk took to take it.
func (s *Screen) Say(ctx context.Context, words string) (time.Duration, error) {
	s.mu.Lock()
	chat, form := s.open, s.form
	s.mu.Unlock()
	begun := time.Now()
	a, err := s.ask(ctx, chatURL(chat)+"/reply", url.Values{"tab": {"waiting"}, "id": {form}, "text": {words}}, true)
	took := time.Since(begun)
	if err == nil && a.status != http.StatusOK {
		err = fmt.Errorf("reply in chat %s: %d", chat, a.status)
	}
	if err != nil {
		return 0, err
	}
	s.mu.Lock()
	s.form = idOf(a.body)
	s.mu.Unlock()
	s.again()
	return took, s.refresh(ctx)
}

// Leave closes the open chat.
func (s *Screen) Leave(ctx context.Context) error {
	chat := s.Chat()
	if chat == "" {
		return nil
	}
	s.mu.Lock()
	s.open, s.form = "", ""
	s.mu.Unlock()
	return s.Close(ctx, chat)
}

// Page reads an address as a browser does that opens it, and returns how long that took and how much came.
func (o *Officer) Page(ctx context.Context, path string, swapped bool) (took time.Duration, bytes int, err error) {
	begun := time.Now()
	a, err := o.ask(ctx, path, nil, swapped)
	if err == nil && a.status != http.StatusOK {
		err = fmt.Errorf("%s: %d", path, a.status)
	}
	return time.Since(begun), len(a.body), err
}
