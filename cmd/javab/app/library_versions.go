package app

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/flows"
	"javab/flows/content"
	"javab/flows/studio"
)

// versions is where a library finds what it does not hold. studio.Studio has them.
type versions interface {
	Live(ctx context.Context) (int, error)
	Version(ctx context.Context, number int) (studio.Version, studio.Folder, error)
}

// held are the versions that were live and that chats may still be inside of.
type held struct {
	from versions
	log  *slog.Logger

	taking  sync.Mutex // held while a version is read
	refused int        // the live version that cannot be read
	since   time.Time  // when that was found out

	mu      sync.RWMutex
	scripts map[int]heldVersion
}

// heldVersion is a version as chats that stay with it are played. One that cannot be played has neither.
type heldVersion struct {
	converse.Script
	bundle *content.Bundle
}

// refusedFor is how long a live version that cannot be read is left alone before it is tried again.
const refusedFor = time.Minute

// begin takes up the version that is live at the start. own is the content that the library was opened with.
func (l *library) begin(ctx context.Context, from versions, own studio.Folder, live int, log *slog.Logger) error {
	l.held.from, l.held.log = from, log
	for number := live; number > 0; number-- {
		_, files, err := from.Version(ctx, number)
		switch {
		case bot.KindOf(err) == bot.NotFound:
			continue
		case err != nil:
			return err
		}
		if len(studio.Compare(files, own)) == 0 {
			l.number(number)
			return nil
		}
		bundle, problems := l.reader.loader.Load(files)
		if bundle != nil {
			l.publishAs(bundle, number, l.opened)
			return nil
		}
		log.Error("a version of the content cannot be read, an earlier one is played", "version", number, "err", &contentError{problems})
		l.held.refused, l.held.since = live, l.opened
	}
	l.number(0) // it is none of the versions
	return nil
}

// number says which version the content is that the library was opened with.
func (l *library) number(number int) {
	now := *l.live.Load()
	now.script.Version = number
	l.live.Store(&now)
}

// follow takes up the version that is live, unless it is played already. One that cannot be read leaves what is played as
// it is.
func (l *library) follow(ctx context.Context, now time.Time) error {
	h := &l.held
	h.taking.Lock()
	defer h.taking.Unlock()
	live, err := h.from.Live(ctx)
	if err != nil || live == l.Live().Version || live == h.refused && now.Sub(h.since) < refusedFor {
		return err
	}
	_, files, err := h.from.Version(ctx, live)
	if err != nil {
		return err
	}
	bundle, problems := l.reader.loader.Load(files)
	if bundle == nil {
		h.refused, h.since = live, now
		return fmt.Errorf("version %d: %w", live, &contentError{problems})
	}
	l.publishAs(bundle, live, now)
	return nil
}

// publishAs makes a bundle live under its number. What was live stays at hand for the chats inside of it.
func (l *library) publishAs(bundle *content.Bundle, number int, now time.Time) {
	before := l.live.Load()
	l.hold(before.script.Version, l.pinned(before.bundle, before.script.Version))
	l.publish(bundle, number, now)
}

// pinned is a version as it is played with chats that stay with it: its own scripts over the answers and units of what is
// live.
func (l *library) pinned(bundle *content.Bundle, version int) heldVersion {
	env := bundle.Env()
	env.Lists = currentLists{bundle, l}
	script := scripted(bundle, version)
	script.Program = flows.Compile(bundle.Scripts, env)
	return heldVersion{script, bundle}
}

// current are the lists that are always live, whatever version plays a chat.
var current = map[string]bool{"answers": true, "topics": true, "units": true}

// currentLists are the lists of a version, but for those that are always live.
type currentLists struct {
	*content.Bundle
	library *library
}

// of is where a list is found.
func (c currentLists) of(list string) *content.Bundle {
	if current[list] {
		return c.library.live.Load().bundle
	}
	return c.Bundle
}

// List implements flows.Lists.
func (c currentLists) List(name string) ([]flows.Item, bool) { return c.of(name).List(name) }

// Item implements flows.Lists.
func (c currentLists) Item(list, id string) (flows.Item, bool) { return c.of(list).Item(list, id) }

func (l *library) hold(number int, version heldVersion) {
	h := &l.held
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.scripts == nil {
		h.scripts = map[int]heldVersion{}
	}
	h.scripts[number] = version
}

// Version implements converse.Content.
func (l *library) Version(number int) (converse.Script, bool) {
	version, _ := l.at(number)
	return version.Script, version.Program != nil
}

// at returns what is held under a number, and whether it is known at all.
func (l *library) at(number int) (heldVersion, bool) {
	l.held.mu.RLock()
	defer l.held.mu.RUnlock()
	version, known := l.held.scripts[number]
	return version, known
}

// former finds a category that live no longer has, and that somebody who stays with a former version has chosen: the
// newest such version says what it is.
func (l *library) former(kind bot.CaseKind, id string) (bot.Category, bool) {
	l.held.mu.RLock()
	defer l.held.mu.RUnlock()
	for _, number := range slices.Backward(slices.Sorted(maps.Keys(l.held.scripts))) {
		if bundle := l.held.scripts[number].bundle; bundle != nil {
			if category, known := bundle.Category(kind, id); known {
				return category, true
			}
		}
	}
	return bot.Category{}, false
}

// Fetch implements converse.Content.
func (l *library) Fetch(ctx context.Context, number int) error {
	h := &l.held
	if h.from == nil { // content that was never published has one version
		return nil
	}
	h.taking.Lock()
	defer h.taking.Unlock()
	if _, known := l.at(number); known { // another turn was quicker
		return nil
	}
	_, files, err := h.from.Version(ctx, number)
	if bot.KindOf(err) == bot.Unavailable {
		return err
	}
	if err == nil {
		bundle, problems := l.reader.loader.Load(files)
		if bundle != nil {
			l.hold(number, l.pinned(bundle, number))
			return nil
		}
		err = &contentError{problems}
	}
	h.log.Error("a version of the content is lost, its chats go on with what is live", "version", number, "err", err)
	l.hold(number, heldVersion{})
	return nil
}

// pins says with which versions chats stay.
type pins interface {
	PinnedChats(ctx context.Context, since time.Time) (map[int]int, error)
}

// tidy lets go of the versions that no chat stays with. Should a turn that has just been committed want one of them, it is
// fetched again.
func (l *library) tidy(ctx context.Context, chats pins, now time.Time) error {
	pinned, err := chats.PinnedChats(ctx, now.Add(-flows.PinnedFor))
	if err != nil {
		return fmt.Errorf("count the chats of versions: %w", err)
	}
	h := &l.held
	h.mu.Lock()
	defer h.mu.Unlock()
	for number := range h.scripts {
		if pinned[number] == 0 {
			delete(h.scripts, number)
		}
	}
	return nil
}
