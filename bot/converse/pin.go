package converse

import (
	"context"
	"errors"
	"fmt"
	"time"

	"javab/flows"
)

// choose finds the version that the chat is played with: live, unless it is inside a flow that has saved something there
// with another. A version that is not at hand is asked for once; when it cannot be had, the chat goes on with what is
// live, and the engine leads it back from wherever live has no such step.
func (r *run) choose() error {
	r.script, r.played = r.live, r.live.Version
	since, number := r.state.PinnedSince(), r.state.Bundle
	if since == 0 || number == 0 || number == r.live.Version || r.now.Sub(time.Unix(since, 0)) >= flows.PinnedFor {
		return nil
	}
	script, atHand := r.turn.Content.Version(number)
	switch {
	case atHand:
		r.script, r.played = script, number
	case r.fetched != number:
		return &absent{number}
	}
	return nil
}

// pin notes with which version the chat stays, when it does.
func (r *run) pin() {
	since := r.state.PinnedSince()
	if since == 0 {
		r.state.Bundle, r.chat.Pinned, r.chat.PinnedAt = 0, 0, time.Time{}
		return
	}
	r.state.Bundle, r.chat.Pinned, r.chat.PinnedAt = r.script.Version, r.script.Version, time.Unix(since, 0)
}

// absent is a version that a chat is pinned to and that is not at hand.
type absent struct{ version int }

func (e *absent) Error() string {
	return fmt.Sprintf("version %d of the content is not at hand", e.version)
}

// fetching calls f, and once more after it has brought to hand the version that f lacked. Inside f a transaction may be
// open, in which the store cannot be asked.
func (d *delivery) fetching(ctx context.Context, f func() error) error {
	err := f()
	lacked, is := errors.AsType[*absent](err)
	if !is {
		return err
	}
	if err := d.turn.Content.Fetch(ctx, lacked.version); err != nil {
		return fmt.Errorf("fetch version %d of the content: %w", lacked.version, err)
	}
	d.fetched = lacked.version
	return f()
}
