// Package redisstore keeps the working state of conversations in Redis, shared by the instances.
//
// It knows that Redis may be slow, gone or empty at any moment, and never makes a turn wait for it longer than 150 ms.
// It never holds anything that matters: no lock, no queue, no truth; SQL has all of it.
package redisstore

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
	"javab/storage/vault"
)

// The bounds of the hot state.
const (
	ttl       = 24 * time.Hour
	loadLimit = 150 * time.Millisecond
	putLimit  = time.Second
	pause     = 5 * time.Second // of the breaker
	backlog   = 4096            // chats that wait to be put; more are dropped
	batch     = 64              // chats put in one pipeline
)

// Config says where Redis is.
type Config struct {
	URL   string
	Vault *vault.Vault
	Now   func() time.Time
	// Prefix stands before every key; "javab:" when empty.
	Prefix string
}

// Hot is a converse.Hot in Redis.
type Hot struct {
	client  redis.UniversalClient
	vault   *vault.Vault
	now     func() time.Time
	prefix  string
	breaker *storage.Breaker
	puts    chan *bot.Chat
	ahead   sync.Map // bot.ChatKey -> *bot.Chat that Redis has not got yet: a quick member would meet his old state
	quit    context.CancelFunc
	worker  sync.WaitGroup
}

var _ converse.Hot = (*Hot)(nil)

// errAway is what callers hear while the breaker is open.
var errAway = errors.New("redis is away")

// Open makes a client; Redis need not be there yet.
func Open(c Config) (*Hot, error) {
	client, err := connect(c.URL)
	if err != nil {
		return nil, err
	}
	h := &Hot{
		client: client, vault: c.Vault, now: c.Now, prefix: c.Prefix, puts: make(chan *bot.Chat, backlog),
		breaker: &storage.Breaker{Now: c.Now, Limit: 2, Pause: pause},
	}
	if h.prefix == "" {
		h.prefix = "javab:"
	}
	ctx, quit := context.WithCancel(context.Background())
	h.quit = quit
	h.worker.Go(func() { h.work(ctx) })
	return h, nil
}

// Close puts what waits, as far as Redis takes it, and ends the connections.
func (h *Hot) Close() error {
	h.quit()
	h.worker.Wait()
	return h.client.Close()
}

// Ping tells whether Redis answers, for `doctor`.
func (h *Hot) Ping(ctx context.Context) error { return h.client.Ping(ctx).Err() }

func (h *Hot) chatKey(key bot.ChatKey) string { return h.prefix + "chat:" + string(key) }

// countKey names the running minute, so that a counter which lost its expiry still ends.
func (h *Hot) countKey(key bot.ChatKey) string {
	return h.prefix + "n:" + string(key) + ":" + strconv.FormatInt(h.now().Unix()/60, 10)
}

// Load implements converse.Hot. A chat that is not here is bot.NotFound, beside a count that is good; while Redis is
// away the count is 0: limits open, members are served.
func (h *Hot) Load(ctx context.Context, key bot.ChatKey) (bot.Chat, int, error) {
	if !h.breaker.Allow() {
		return bot.Chat{}, 0, storage.Unavailable(errAway)
	}
	ctx, cancel := context.WithTimeout(ctx, loadLimit)
	defer cancel()
	pipe := h.client.Pipeline()
	value := pipe.Get(ctx, h.chatKey(key))
	count := pipe.Incr(ctx, h.countKey(key))
	pipe.PExpire(ctx, h.countKey(key), time.Minute)
	_, err := pipe.Exec(ctx)
	missed := errors.Is(err, redis.Nil)
	h.breaker.Report(err == nil || missed)
	if chat, newer := h.ahead.Load(key); newer && (err == nil || missed) {
		c := *chat.(*bot.Chat)
		c.State = bytes.Clone(c.State)
		return c, int(count.Val()), nil
	}
	if err != nil && !missed {
		return bot.Chat{}, 0, storage.Unavailable(err)
	}
	recent := int(count.Val())
	if missed {
		return bot.Chat{}, recent, storage.NotFound("chat", string(key))
	}
	chat, err := h.open(key, []byte(value.Val()))
	return chat, recent, err
}

func (h *Hot) open(key bot.ChatKey, value []byte) (bot.Chat, error) {
	plain, err := h.vault.Open("hot.chat", string(key), value)
	if err != nil {
		return bot.Chat{}, err
	}
	return decode(key, plain)
}

// Put implements converse.Hot. What Redis cannot take in time is dropped: an old copy only fails the compare of rev.
func (h *Hot) Put(chat bot.Chat) {
	h.ahead.Store(chat.Key, &chat)
	select {
	case h.puts <- &chat:
	default:
		h.ahead.CompareAndDelete(chat.Key, &chat)
	}
}

// work writes what was put, in order, as many at once as wait.
func (h *Hot) work(ctx context.Context) {
	for {
		select {
		case chat := <-h.puts:
			h.write(h.waiting(chat))
		case <-ctx.Done():
			for len(h.puts) > 0 && h.write(h.waiting(<-h.puts)) {
			}
			return
		}
	}
}

// waiting gathers the chats behind the first one.
func (h *Hot) waiting(first *bot.Chat) []*bot.Chat {
	chats := []*bot.Chat{first}
	for len(chats) < batch {
		select {
		case c := <-h.puts:
			chats = append(chats, c)
		default:
			return chats
		}
	}
	return chats
}

// write puts chats in one pipeline and reports whether Redis took them.
func (h *Hot) write(chats []*bot.Chat) bool {
	defer func() {
		for _, c := range chats {
			h.ahead.CompareAndDelete(c.Key, c)
		}
	}()
	if !h.breaker.Allow() {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), putLimit)
	defer cancel()
	pipe := h.client.Pipeline()
	for _, c := range chats {
		pipe.Set(ctx, h.chatKey(c.Key), h.vault.Seal("hot.chat", string(c.Key), encode(*c)), ttl)
		pipe.Publish(ctx, h.prefix+storage.Moved, string(c.Key)+" "+string(c.Mode))
	}
	_, err := pipe.Exec(ctx)
	h.breaker.Report(err == nil)
	return err == nil
}
