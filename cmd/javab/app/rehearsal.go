package app

import (
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"sync"

	"javab/flows/studio"
)

// playAll plays every dialogue of a content on half of the processors: members are served meanwhile.
func playAll(ctx context.Context, files fs.FS, progress func(done, all int)) ([]studio.Played, error) {
	t, err := openTheatre(files)
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
