package app

import (
	"cmp"
	"context"
	"errors"
	"math"
	"time"

	"javab/bot"
)

// errEnough refuses a file of a chat that has sent what it may in a day.
var errEnough = errors.New("the chat has sent its files of a day")

const quotaTime = 24 * time.Hour

// quota refuses a file for the files that its chat sent before it. What counts is their order, so that a file that is
// fetched again is judged as it was the first time; what was not kept takes no room, but is one of the number.
func (h *house) quota(ctx context.Context, chat bot.ChatKey, f bot.File) error {
	files := cmp.Or(h.config.FileLimit, math.MaxInt32)
	room := cmp.Or(int64(h.config.FileLimitMB)<<20, math.MaxInt64)
	sent, err := h.store.ReadFiles(ctx, chat, h.env.Clock().Add(-quotaTime), files)
	if err != nil {
		return err
	}
	for _, earlier := range sent {
		if earlier.ID == f.ID {
			if f.Size > room {
				return errEnough
			}
			return nil
		}
		if earlier.State != bot.FileRefused && earlier.State != bot.FileLost {
			room -= earlier.Size
		}
	}
	if len(sent) == files { // it is not among the first
		return errEnough
	}
	return nil // it waited for longer than a day
}
