package redisstore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"javab/bot"
	"javab/storage"
	"javab/storage/redisstore"
	"javab/storage/storagetest"
	"javab/storage/vault"
)

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)} }

func open(tb testing.TB, url, prefix string, now func() time.Time) *redisstore.Hot {
	tb.Helper()
	v, err := vault.New(bytes.Repeat([]byte("master key "), 4))
	if err != nil {
		tb.Fatal(err)
	}
	h, err := redisstore.Open(redisstore.Config{URL: url, Vault: v, Now: now, Prefix: prefix})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = h.Close() })
	return h
}

func TestMiniredisKeepsTheContract(t *testing.T) {
	storagetest.RunHot(t, func(t *testing.T) storagetest.Warm {
		server, now := miniredis.RunT(t), newClock()
		hot := open(t, "redis://"+server.Addr(), "", now.Now)
		return storagetest.Warm{
			Hot: hot, Signals: hot,
			Pass: func(d time.Duration) {
				hot.Settle()
				now.pass(d)
				server.FastForward(d) // its clock stands still by itself
			},
			Flush: func() { hot.Settle(); server.FlushAll() },
		}
	})
}

// On a real server time passes only in its TTLs: they are shortened instead, and only the test's own keys are touched.
func TestRedisKeepsTheContract(t *testing.T) {
	url := storagetest.Server(t, "TEST_REDIS", "redis://127.0.0.1:6379")
	options, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(options)
	defer client.Close()
	storagetest.RunHot(t, func(t *testing.T) storagetest.Warm {
		now := newClock()
		prefix := fmt.Sprintf("javab-test-%d:", time.Now().UnixNano())
		own := func(f func(key string)) {
			keys, err := client.Keys(context.Background(), prefix+"*").Result()
			if err != nil {
				t.Fatal(err)
			}
			for _, key := range keys {
				f(key)
			}
		}
		flush := func() { own(func(key string) { client.Del(context.Background(), key) }) }
		t.Cleanup(flush)
		hot := open(t, url, prefix, now.Now)
		return storagetest.Warm{
			Hot: hot, Signals: hot,
			Pass: func(d time.Duration) {
				hot.Settle()
				now.pass(d)
				own(func(key string) {
					left := client.PTTL(context.Background(), key).Val()
					client.PExpire(context.Background(), key, left-d)
				})
			},
			Flush: func() { hot.Settle(); flush() },
		}
	})
}

func TestAValueIsSealedAndSmall(t *testing.T) {
	server := miniredis.RunT(t)
	h := open(t, "redis://"+server.Addr(), "", newClock().Now)
	chat := bot.Chat{
		Key: "tg:javab_bot:123456789", Rev: 1, Lang: bot.Fa, Mode: bot.ModeBot, Member: "01JDM3V6Q2X0Y8Z7W5T4R3P2N1",
		State: []byte(`{"phone":"+989121234567","pad":"` + strings.Repeat("x", 440) + `"}`), Since: newClock().now,
	}
	h.Put(chat)
	_ = h.Close() // puts what waits
	value, err := server.Get("javab:chat:" + string(chat.Key))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(value, "9121234567") {
		t.Error("the phone can be read in Redis")
	}
	if len(value) > 600 {
		t.Errorf("%d bytes, want at most 600", len(value))
	}
	if over := len(value) - len(chat.State); over > 100 {
		t.Errorf("%d bytes over the state itself", over)
	}
	if ttl := server.TTL("javab:chat:" + string(chat.Key)); ttl != 24*time.Hour {
		t.Errorf("kept for %s", ttl)
	}
}

func TestAValueOfAnotherChatOrKeyIsAMiss(t *testing.T) {
	server := miniredis.RunT(t)
	h := open(t, "redis://"+server.Addr(), "", newClock().Now)
	for _, value := range []string{"garbage", "", strings.Repeat("\x00", 60)} {
		_ = server.Set("javab:chat:tg:b:1", value)
		if chat, _, err := h.Load(t.Context(), "tg:b:1"); err == nil {
			t.Errorf("%q was read as %+v", value, chat)
		}
	}
}

func TestAnAbsentRedisCostsLittleAndThenNothing(t *testing.T) {
	server, now := miniredis.RunT(t), newClock()
	h := open(t, "redis://"+server.Addr(), "", now.Now)
	server.Close()
	for i := range 20 {
		begin := time.Now()
		_, recent, err := h.Load(t.Context(), "tg:b:1")
		if bot.KindOf(err) != bot.Unavailable || recent != 0 {
			t.Fatalf("recent %d, error %v", recent, err)
		}
		if took := time.Since(begin); took > 400*time.Millisecond || i > 2 && took > 20*time.Millisecond {
			t.Errorf("call %d took %s", i, took)
		}
		h.Put(bot.Chat{Key: "tg:b:1"})
	}
	h.Settle() // what was put meanwhile is dropped
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	now.pass(6 * time.Second)
	if _, recent, err := h.Load(t.Context(), "tg:b:1"); bot.KindOf(err) != bot.NotFound || recent != 1 {
		t.Errorf("after its return: recent %d, error %v", recent, err)
	}
}

func TestASilentRedisIsWaitedForNoLongerThanTheLimit(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and never answers
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	h := open(t, "redis://"+listener.Addr().String(), "", newClock().Now)
	begin := time.Now()
	_, _, err = h.Load(t.Context(), "tg:b:1")
	if bot.KindOf(err) != bot.Unavailable {
		t.Errorf("error %v", err)
	}
	if took := time.Since(begin); took > 350*time.Millisecond {
		t.Errorf("waited %s", took)
	}
}

func TestThePutsOfAnAbsentRedisAreDropped(t *testing.T) {
	h := open(t, "redis://127.0.0.1:1", "", newClock().Now)
	begin := time.Now()
	for range 20_000 {
		h.Put(bot.Chat{Key: "tg:b:1"})
	}
	if took := time.Since(begin); took > time.Second {
		t.Errorf("20,000 puts took %s", took)
	}
}

func TestTheDesksHearWhichChatMoved(t *testing.T) {
	server := miniredis.RunT(t)
	h := open(t, "redis://"+server.Addr(), "", newClock().Now)
	sub := server.NewSubscriber()
	defer sub.Close()
	sub.Subscribe("javab:" + storage.Moved)
	h.Put(bot.Chat{Key: "tg:b:7", Mode: bot.ModeWaiting})
	select {
	case m := <-sub.Messages():
		if m.Message != "tg:b:7 waiting" {
			t.Errorf("heard %q", m.Message)
		}
	case <-time.After(30 * time.Second):
		t.Error("heard nothing")
	}
}

func TestAnAddressThatCannotBeReadTellsNoPassword(t *testing.T) {
	for _, url := range []string{
		"redis://u:hunter22@host:1/notanumber", "http://u:hunter22@x", "redis://u:hunter22@h:1?master_name=m&bogus=1",
		"redis://u:hunter22@h:1?addr=h2:1&bogus=1", "redis://u:hunter22@[",
	} {
		_, err := redisstore.Open(redisstore.Config{URL: url, Now: time.Now})
		if err == nil || strings.Contains(err.Error(), "hunter22") {
			t.Errorf("%s: %v", url, err)
		}
	}
	for _, url := range []string{
		"redis://h:1", "rediss://h:1/2", "redis://h:1?master_name=m&addr=h2:1", "redis://h:1?addr=h2:1", "unix:///tmp/x.sock",
	} {
		h, err := redisstore.Open(redisstore.Config{URL: url, Now: time.Now})
		if err != nil {
			t.Errorf("%s: %v", url, errors.Unwrap(err))
			continue
		}
		_ = h.Close()
	}
}

func BenchmarkLoadAndPut(b *testing.B) {
	h := open(b, storagetest.Server(b, "TEST_REDIS", "redis://127.0.0.1:6379"), "javab-bench:", time.Now)
	chat := bot.Chat{Key: "tg:b:1", State: bytes.Repeat([]byte("x"), 400)}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			_, _, _ = h.Load(context.Background(), chat.Key)
			h.Put(chat)
		}
	})
}
