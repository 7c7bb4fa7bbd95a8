package app

import (
	"context"
	"errors"
	"io"
	"strconv"
	"time"

	"javab/bot"
	"javab/storage/files"
)

// shelf is the files of chats as the desk's pages give and take them.
type shelf struct{ *house }

// File implements deskweb.Shelf.
func (s shelf) File(ctx context.Context, by bot.Staff, chat bot.ChatKey, id string) (bot.File, error) {
	return s.store.File(ctx, by, chat, id)
}

// Taken implements deskweb.Shelf.
func (s shelf) Taken(ctx context.Context, by bot.Staff, chat bot.ChatKey, f bot.File) error {
	return s.desk.Downloaded(ctx, by, chat, f.ID)
}

// Open implements deskweb.Shelf.
func (s shelf) Open(id string) (io.ReadSeekCloser, error) {
	body, err := s.files.Open(id)
	if bot.KindOf(err) == bot.NotFound {
		return nil, &bot.Error{Kind: bot.NotFound, Key: "desk_file_lost", Err: err}
	}
	return body, err
}

// Keep implements deskweb.Shelf.
func (s shelf) Keep(f bot.File, body io.Reader) (bot.File, error) {
	kept, err := s.files.Save(f, body)
	for cause, key := range map[error]string{
		files.ErrType: "desk_file_type", files.ErrSize: "desk_file_size", files.ErrEmpty: "desk_file_empty",
	} {
		if errors.Is(err, cause) {
			return f, &bot.Error{Kind: bot.Invalid, Key: key, Err: err, Params: map[string]string{
				"Name": f.Name, "Max": strconv.Itoa(files.MaxSize >> 20),
			}}
		}
	}
	return kept, err
}

// body opens a kept file, to send it.
func (h *house) body(id string) (io.ReadCloser, error) { return h.files.Open(id) }

// caps is what a channel can do; nothing when it is not set up.
func (h *house) caps(id bot.ChannelID) bot.Caps {
	c, err := h.channel(id)
	if err != nil {
		return bot.Caps{}
	}
	return c.Caps
}

// Orphans are looked for rarely, since the names of all files are read each time; but also where the program is started
// anew every day.
const (
	firstSweep = time.Hour
	sweepEvery = 24 * time.Hour
	sweepSlice = 1000
)

// sweep removes the bodies that a crash has left without the message that names them.
func (h *house) sweep(ctx context.Context) {
	for wait := firstSweep; sleep(ctx, wait); wait = sweepEvery {
		n, err := h.files.Sweep(h.env.world()(), func(yield func(string)) error { return h.eachFile(ctx, yield) })
		if err != nil {
			h.log.Warn("orphaned files not removed", "error", err)
		} else if n > 0 {
			h.log.Info("orphaned files removed", "files", n)
		}
	}
}

// eachFile walks the ids of all files.
func (h *house) eachFile(ctx context.Context, yield func(string)) error {
	for after := ""; ; {
		ids, err := h.store.FileIDs(ctx, after, sweepSlice)
		if err != nil {
			return err
		}
		for _, id := range ids {
			yield(id)
		}
		if len(ids) < sweepSlice {
			return nil
		}
		after = ids[len(ids)-1]
	}
}
