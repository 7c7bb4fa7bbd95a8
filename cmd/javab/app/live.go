package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"time"

	"javab/bot"
	"javab/flows/studio"
	"javab/storage"
)

// openStudio makes the content of the database the one that is played, and that of the program its first version where
// there is none. What the database has and this program cannot read is not played: an earlier version is, or, when no
// version can be read at all, the program's own content.
func (h *house) openStudio(ctx context.Context, scripts fs.FS) error {
	own, err := studio.ReadFolder(scripts)
	if err != nil {
		return fmt.Errorf("read the program's own content: %w", err)
	}
	if h.library, err = h.env.reader.open(own, h.env.Clock()); err != nil { // what is broken shall not become a version
		return err
	}
	h.studio = &studio.Studio{
		Store: storage.As[studio.Tx](h.store), Clock: h.env.Clock, ID: func() string { return fmt.Sprintf("%016x", h.env.Random()) },
		Play: h.playLive, Loader: &h.library.reader.loader, BuiltIn: own, Moved: h.tellLive, Log: h.log,
	}
	live, err := h.studio.Found(ctx)
	if err != nil {
		return err
	}
	return h.library.begin(ctx, h.studio, own, live, h.log)
}

// liveTopic is the line on which instances hear that another version is live: its number.
const liveTopic = "live"

// tellLive lets this instance and all others play the version that is live now. That a signal is lost is harmless:
// everybody looks by himself.
func (h *house) tellLive(ctx context.Context, live int) {
	h.follow(ctx)
	if err := h.hot.Publish(ctx, liveTopic, []byte(strconv.Itoa(live))); err != nil {
		h.log.Warn("that another version is live was not told", "version", live, "err", err)
	}
}

// follow plays the version that is live, if it is not played already.
func (h *house) follow(ctx context.Context) {
	if err := h.library.follow(ctx, h.env.Clock()); err != nil && ctx.Err() == nil {
		h.log.Warn("the live version was not taken up", "err", err)
	}
}

// lookEvery is how often an instance looks for the live version by itself, tidyEvery how often it looks which versions chats
// stay with, and restEvery how often its reader rests.
const (
	lookEvery = time.Second
	tidyEvery = time.Minute
	restEvery = 10 * time.Minute
)

// followLive plays whatever version is live until ctx ends.
func (h *house) followLive(ctx context.Context) error {
	told, err := h.hot.Subscribe(ctx, liveTopic)
	if err != nil {
		h.log.Warn("the live version is looked for only from time to time", "err", err)
	}
	look, tidy, rest := time.NewTicker(lookEvery), time.NewTicker(tidyEvery), time.NewTicker(restEvery)
	defer look.Stop()
	defer tidy.Stop()
	defer rest.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
		case <-rest.C:
			h.library.reader.rest()
		case <-tidy.C:
			if err := h.library.tidy(ctx, h.store, h.env.Clock()); err != nil && ctx.Err() == nil {
				h.log.Warn("the versions of chats were not looked after", "err", err)
			}
		case _, open := <-told:
			if !open {
				told = nil
			}
		}
		h.follow(ctx)
	}
}

// openLive is the library of an installation as it is played now, for commands beside a server. A database in which no
// content was ever published, or none that this program can read, has the program's own.
func openLive(ctx context.Context, e Environment, store storage.Store, scripts fs.FS) (*library, error) {
	s := &studio.Studio{Store: storage.As[studio.Tx](store), Clock: e.Clock}
	files, number, err := s.Export(ctx, 0)
	if err == nil {
		l, loaded := e.reader.open(files, e.Clock())
		if loaded == nil {
			l.number(number)
			return l, nil
		}
		_, broken := errors.AsType[*contentError](loaded)
		if !broken {
			return nil, loaded
		}
	} else if bot.KindOf(err) != bot.NotFound {
		return nil, err
	}
	return e.reader.open(scripts, e.Clock())
}
