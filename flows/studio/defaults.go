package studio

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"javab/bot"
	"javab/flows/texts"
)

// Offer is a file of the program's own content that is newer than the one which the chamber has passed, in three views.
// A body that is nil is no file.
type Offer struct {
	Name   string
	Base   []byte // the program's own, as the chamber knows it
	Mine   []byte // live
	Theirs []byte // the program's own now
	Merged []byte // both together, with the chamber's own where they clash
	// Clashes are where they do.
	Clashes []texts.Clash
}

// Offers returns what the program's own content has new, by name. What is taken and published is no longer offered, since
// nothing of it is new any more.
func (s *Studio) Offers(ctx context.Context) ([]Offer, error) {
	head, err := s.Store.ReadStudio(ctx)
	if err != nil {
		return nil, fmt.Errorf("read where the content stands: %w", err)
	}
	_, live, err := s.version(ctx, head.Live)
	if err != nil {
		return nil, err
	}
	names := maps.Clone(head.Defaults)
	for name := range s.BuiltIn {
		names[name] = head.Defaults[name]
	}
	var offers []Offer
	for _, name := range slices.Sorted(maps.Keys(names)) {
		offer, isNew, err := s.offer(ctx, name, head.Defaults[name], live)
		if err != nil {
			return nil, err
		}
		if isNew {
			offers = append(offers, offer)
		}
	}
	return offers, nil
}

// offer lays out one file; it reports false when the program's own has nothing new.
func (s *Studio) offer(ctx context.Context, name string, passed Hash, live Folder) (Offer, bool, error) {
	theirs, isTheirs := s.BuiltIn[name]
	mine, isMine := live[name]
	if isTheirs && HashOf(theirs) == passed || !isTheirs && passed == "" || isTheirs == isMine && bytes.Equal(theirs, mine) {
		return Offer{}, false, nil
	}
	base, err := s.body(ctx, passed)
	if err != nil {
		return Offer{}, false, fmt.Errorf("read the former built-in %s: %w", name, err)
	}
	o := Offer{Name: name, Base: base, Mine: mine, Theirs: theirs}
	switch {
	case passed == "" && !isMine, isMine && HashOf(mine) == passed: // nobody has touched it
		o.Merged = theirs
	case isTheirs && isMine && passed != "":
		if o.Merged, o.Clashes = merge(name, base, mine, theirs); len(o.Clashes) == 0 && bytes.Equal(o.Merged, mine) {
			return Offer{}, false, nil
		}
	default:
		o.Merged, o.Clashes = mine, []texts.Clash{whole(base, mine, theirs)}
	}
	return o, true, nil
}

// Take makes drafts of what is offered: both together, or, where they clash, the program's own. A draft that somebody has
// of such a file is in the way.
func (s *Studio) Take(ctx context.Context, who bot.StaffID, names ...string) error {
	return s.offered(ctx, names, func(tx Tx, head Head, o Offer) error {
		switch _, err := tx.StudioDraft(ctx, who, o.Name); {
		case err == nil:
			return conflict("studio_drafted", "File", o.Name)
		case bot.KindOf(err) != bot.NotFound:
			return fmt.Errorf("read the draft of %s: %w", o.Name, err)
		}
		d := Draft{By: who, Name: o.Name, From: head.Live, Body: o.Merged}
		if len(o.Clashes) > 0 {
			d.Body = o.Theirs
		}
		if d.Gone = d.Body == nil; o.Mine != nil {
			d.Base = HashOf(o.Mine)
		}
		if err := s.keep(ctx, tx, d); err != nil {
			return fmt.Errorf("keep the draft of %s: %w", o.Name, err)
		}
		return tx.Audit(ctx, s.entry(who, "studio.drafted", "file "+o.Name))
	})
}

// Dismiss passes what is offered: it is not offered again until the program's own changes once more.
func (s *Studio) Dismiss(ctx context.Context, who bot.StaffID, names ...string) error {
	return s.offered(ctx, names, func(tx Tx, _ Head, o Offer) error {
		head, err := tx.StudioHead(ctx)
		if err != nil {
			return err
		}
		head.Defaults = maps.Clone(head.Defaults)
		if o.Theirs == nil {
			delete(head.Defaults, o.Name)
		} else {
			head.Defaults[o.Name] = HashOf(o.Theirs)
			if err := tx.KeepBodies(ctx, map[Hash][]byte{HashOf(o.Theirs): o.Theirs}); err != nil {
				return fmt.Errorf("keep the built-in %s: %w", o.Name, err)
			}
		}
		if err := tx.SaveStudioHead(ctx, head); err != nil {
			return fmt.Errorf("pass the built-in %s: %w", o.Name, err)
		}
		return tx.Audit(ctx, s.entry(who, "studio.dismissed", "file "+o.Name))
	})
}

// offered does something with each of the offers that are named, all in one transaction.
func (s *Studio) offered(ctx context.Context, names []string, act func(Tx, Head, Offer) error) error {
	offers, err := s.Offers(ctx)
	if err != nil {
		return err
	}
	return s.Store.Do(ctx, func(tx Tx) error {
		head, err := tx.StudioHead(ctx)
		if err != nil {
			return fmt.Errorf("read where the content stands: %w", err)
		}
		for _, name := range names {
			i := slices.IndexFunc(offers, func(o Offer) bool { return o.Name == name })
			if i < 0 {
				return noFile(name)
			}
			if err := act(tx, head, offers[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
