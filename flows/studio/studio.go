package studio

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"time"

	"javab/bot"
	"javab/flows"
	"javab/flows/content"
)

// Studio is where content is changed. Its fields are set once; it is safe for use from anywhere.
type Studio struct {
	Store Store
	Clock func() time.Time
	ID    func() string // of a new request or proposal
	Play  Play
	// Loader reads contents, also for others: what one of them has read need not be read, nor kept, a second time.
	Loader *content.Loader
	// BuiltIn is the content that this program came with.
	BuiltIn Folder
	// Moved is told, after the commit, that another version is live. Losing it is harmless: everybody looks by himself.
	Moved func(ctx context.Context, live int)
	// Log is told what nobody waits for an answer to: what Round could not let out.
	Log *slog.Logger

	kept shelf
}

// bench is the content as one admin sees it: what is live, and his drafts over it.
type bench struct {
	head   Head
	live   Version
	files  Folder // of the live version
	drafts map[string]Draft
}

// bench lays out what somebody works on.
func (s *Studio) bench(ctx context.Context, who bot.StaffID) (*bench, error) {
	head, err := s.Store.ReadStudio(ctx)
	if err != nil {
		return nil, fmt.Errorf("read where the content stands: %w", err)
	}
	b := &bench{head: head, drafts: map[string]Draft{}}
	if b.live, b.files, err = s.version(ctx, head.Live); err != nil {
		return nil, err
	}
	drafts, err := s.Store.ReadStudioDrafts(ctx, who)
	if err != nil {
		return nil, fmt.Errorf("read the drafts of %s: %w", who, err)
	}
	for _, d := range drafts {
		b.drafts[d.Name] = d
	}
	return b, nil
}

// moved reports whether live's body is no longer the one that a draft began with.
func (b *bench) moved(d Draft) bool { return d.Base != b.live.Hash(d.Name) }

// Version returns a version and its files.
func (s *Studio) Version(ctx context.Context, number int) (Version, Folder, error) {
	return s.version(ctx, number)
}

// version reads a version whole. What was read once is kept: it never changes.
func (s *Studio) version(ctx context.Context, number int) (Version, Folder, error) {
	v, known := s.kept.version(number)
	if !known {
		var err error
		if v, err = s.Store.ReadVersion(ctx, number); err != nil {
			return Version{}, nil, fmt.Errorf("read version %d: %w", number, err)
		}
		s.kept.keep(v)
	}
	folder, err := s.folder(ctx, v.Files)
	if err != nil {
		return Version{}, nil, fmt.Errorf("read version %d: %w", number, err)
	}
	return v, folder, nil
}

// folder reads the bodies of files.
func (s *Studio) folder(ctx context.Context, files map[string]File) (Folder, error) {
	bodies, err := s.bodies(ctx, hashesOf(files))
	if err != nil {
		return nil, err
	}
	folder := make(Folder, len(files))
	for name, f := range files {
		folder[name] = bodies[f.Hash]
	}
	return folder, nil
}

// reads reports whether this program can read a content. What was proven by an older program, or by a newer one that has
// run before, need not be such.
func (s *Studio) reads(files Folder) bool {
	_, problems := s.Loader.Load(files)
	return !flows.HasErrors(problems)
}

// errLost is a body that a version names and nobody has.
var errLost = errors.New("a body of the content is lost")

// bodies returns bodies by their hashes, or fails.
func (s *Studio) bodies(ctx context.Context, hashes []Hash) (map[Hash][]byte, error) {
	found, missing := s.kept.bodies(hashes)
	if len(missing) == 0 {
		return found, nil
	}
	read, err := s.Store.ReadBodies(ctx, missing)
	if err != nil {
		return nil, err
	}
	for _, hash := range missing {
		body, there := read[hash]
		if !there || HashOf(body) != hash {
			return nil, fmt.Errorf("%w: %s", errLost, hash)
		}
	}
	s.kept.add(read)
	maps.Copy(found, read)
	return found, nil
}

// body returns one body; of the empty hash it is nothing.
func (s *Studio) body(ctx context.Context, hash Hash) ([]byte, error) {
	if hash == "" {
		return nil, nil
	}
	found, err := s.bodies(ctx, []Hash{hash})
	return found[hash], err
}

// entry is a line of the audit.
func (s *Studio) entry(by bot.StaffID, what, subject string) bot.AuditEntry {
	return bot.AuditEntry{At: s.Clock(), By: by, What: what, Subject: subject}
}

// refused is the error for what cannot be meant.
func refused(key string, pairs ...string) error {
	return &bot.Error{Kind: bot.Invalid, Key: key, Params: paired(pairs)}
}

// conflict is the error for what somebody else was quicker with.
func conflict(key string, pairs ...string) error {
	return &bot.Error{Kind: bot.Conflict, Key: key, Params: paired(pairs)}
}

func paired(pairs []string) map[string]string {
	params := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		params[pairs[i]] = pairs[i+1]
	}
	return params
}
