package app

import (
	"context"
	"io/fs"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"javab/flows/scripts"
	"javab/flows/studio"
	"javab/storage/storagetest"
)

// instance is one of several programs on the same database and Redis.
func instance(t *testing.T, vars ...string) *house {
	t.Helper()
	e := Environment{Clock: time.Now, Random: rand.Uint64, Dir: t.TempDir()}
	config, err := LoadConfig(append(vars, "JAVAB_KEY=k3y-of-the-instances-0123456789abcdef", "JAVAB_LOG=error"), e.Dir)
	if err != nil {
		t.Fatal(err)
	}
	h, err := openHouse(t.Context(), e, config, scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.close() })
	h.studio.Play = func(context.Context, fs.FS, func(done, all int)) ([]studio.Played, error) { return nil, nil } // is tried elsewhere
	return h
}

// publishes makes another version at an instance.
func publishes(t *testing.T, h *house, line string) {
	t.Helper()
	sheet, err := h.studio.Open(t.Context(), "s1", "home.yaml")
	if err == nil {
		_, _, err = h.studio.Save(t.Context(), "s1", sheet.Name, sheet.Rev, append(sheet.Body, line...))
	}
	if err == nil {
		_, err = h.studio.Publish(t.Context(), "s1", studio.Publishing{Warnings: true, Words: true}, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// playedAt tells when an instance plays a version; the zero time is never.
func playedAt(h *house, version int) <-chan time.Time {
	at := make(chan time.Time, 1)
	go func() {
		defer close(at)
		for begun := time.Now(); time.Since(begun) < time.Minute; time.Sleep(time.Millisecond) {
			if h.library.Live().Version == version {
				at <- time.Now()
				return
			}
		}
	}()
	return at
}

func TestAPublishedVersionReachesTheOtherInstanceAlsoWhenRedisIsCut(t *testing.T) {
	redis := miniredis.RunT(t)
	vars := []string{"JAVAB_DATABASE=" + storagetest.Schema(t), "JAVAB_REDIS=redis://" + redis.Addr()}
	here, there := instance(t, vars...), instance(t, vars...)
	ctx, stop := context.WithCancel(t.Context())
	following, live := make(chan error, 1), make(chan time.Time, 1)
	moved := here.studio.Moved
	here.studio.Moved = func(ctx context.Context, version int) {
		live <- time.Now() // it has just been committed
		moved(ctx, version)
	}
	go func() { following <- there.followLive(ctx) }()
	for _, way := range []struct {
		named string
		cut   bool
	}{{named: "with Redis"}, {named: "with Redis cut", cut: true}} {
		if way.cut {
			redis.Close()
		}
		seen := playedAt(there, here.library.Live().Version+1)
		publishes(t, here, "# "+way.named+"\n")
		at, begun := <-seen, <-live
		if at.IsZero() {
			t.Errorf("%s: it never came", way.named)
		}
		t.Logf("%s: after %s", way.named, at.Sub(begun).Round(time.Millisecond)) // two seconds are promised, on an idle machine
	}
	stop()
	if err := <-following; err != nil {
		t.Error(err)
	}
}
