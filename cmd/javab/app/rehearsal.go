package app

import (
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"javab/flows/studio"
)

// playAll plays every dialogue of a content.
func playAll(ctx context.Context, files fs.FS, progress func(done, all int)) ([]studio.Played, error) {
	l, err := new(reader).open(files, opening)
	if err != nil {
		return nil, err
	}
	return playBy(ctx, files, progress, l, 0)
}

// spread is how long a rehearsal takes at least, its dialogues one after the other at an even pace, where members are
// served: played without a rest, they let one member in a hundred wait nearly twice as long. Nobody who publishes should
// wait for more than ten seconds.
const spread = 8 * time.Second

// playLive is playAll beside members who are served, one rehearsal at a time. What it reads and trains is at hand when the
// content is published.
func (h *house) playLive(ctx context.Context, files fs.FS, progress func(done, all int)) ([]studio.Played, error) {
	h.rehearsing.Lock()
	defer h.rehearsing.Unlock()
	h.rehearsing.giveRoom()
	begun := time.Now()
	l, err := h.library.reader.open(files, opening)
	if err != nil {
		return nil, err
	}
	if err := l.learn(ctx); err != nil {
		return nil, err
	}
	return playBy(ctx, files, progress, l, spread-time.Since(begun))
}

// playBy plays every dialogue on half of the processors, spread over at least that long.
func playBy(ctx context.Context, files fs.FS, progress func(done, all int), l *library, over time.Duration) ([]studio.Played, error) {
	t, err := openTheatre(l)
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "*.chat")
	if err != nil {
		return nil, fmt.Errorf("list dialogues: %w", err)
	}
	results, work, finished := make([]studio.Played, len(names)), make(chan int), make(chan struct{})
	var players sync.WaitGroup
	for range max(1, runtime.GOMAXPROCS(0)/2) {
		players.Go(func() {
			for i := range work {
				results[i] = asPlayed(t.playFile(ctx, files, names[i]))
				finished <- struct{}{}
			}
		})
	}
	go func() {
		defer close(work)
		begun := time.Now()
		for i := range names {
			select {
			case <-time.After(time.Until(begun.Add(over * time.Duration(i) / time.Duration(len(names))))):
				work <- i
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() { players.Wait(); close(finished) }()
	done := 0
	for range finished {
		done++
		progress(done, len(names))
	}
	return results, ctx.Err()
}

// What is played is forgotten at once. While rehearsals follow on one another, and for roomFor after the last of them, the
// heap may grow by heapRoom per cent of what is in use before it is collected: to collect it as often as beside the members'
// turns alone takes from those.
const (
	heapRoom = 300
	roomFor  = time.Minute
)

// rehearsals are those of a house, one at a time.
type rehearsals struct {
	sync.Mutex
	restore *time.Timer // what lets the heap grow as before the first of them; nil until then
}

// giveRoom is for who holds the lock.
func (r *rehearsals) giveRoom() {
	before := debug.SetGCPercent(heapRoom)
	if r.restore != nil {
		r.restore.Reset(roomFor)
		return
	}
	r.restore = time.AfterFunc(roomFor, func() {
		debug.SetGCPercent(before)
		debug.FreeOSMemory() // of what was played, and of what it took to train
	})
}

// asPlayed tells how a dialogue went in the words of the studio.
func asPlayed(p played) studio.Played {
	told := studio.Played{File: p.File, Verdict: studio.Verdict(p.Verdict), Cause: p.Error}
	for _, d := range p.Differences {
		told.Where = append(told.Where, studio.Difference{Line: d.Line, Path: d.Path, Want: d.Want, Got: d.Got})
	}
	if p.now != nil {
		told.Body = p.now.Format()
	}
	return told
}
