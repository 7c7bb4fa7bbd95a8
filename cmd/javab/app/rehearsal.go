package app

import (
	"context"
	"fmt"
	"io/fs"
	"runtime"
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

// breather is how many times as long as it has played a dialogue a player rests, where members are served: without, one in
// a hundred of them waited half as long again while somebody published.
const breather = 3

// playLive is playAll beside members who are served: what it reads and trains is at hand when the content is published.
func (h *house) playLive(ctx context.Context, files fs.FS, progress func(done, all int)) ([]studio.Played, error) {
	l, err := h.library.reader.open(files, opening)
	if err != nil {
		return nil, err
	}
	if err := l.learn(ctx); err != nil {
		return nil, err
	}
	return playBy(ctx, files, progress, l, breather)
}

// playBy plays every dialogue on half of the processors, with rests as many times as long.
func playBy(ctx context.Context, files fs.FS, progress func(done, all int), l *library, rest time.Duration) ([]studio.Played, error) {
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
				begun := time.Now()
				results[i] = asPlayed(t.playFile(ctx, files, names[i]))
				finished <- struct{}{}
				time.Sleep(rest * time.Since(begun))
			}
		})
	}
	go func() {
		defer close(work)
		for i := range names {
			select {
			case work <- i:
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
