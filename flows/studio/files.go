package studio

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"javab/bot"
	"javab/flows"
	"javab/flows/texts"
)

// Files returns every file of the content by name, each with the reader's draft when he has one. Bodies are left out.
func (s *Studio) Files(ctx context.Context, who bot.StaffID) ([]Sheet, error) {
	b, err := s.bench(ctx, who)
	if err != nil {
		return nil, err
	}
	layer, err := s.lay(ctx, b)
	if err != nil {
		return nil, err
	}
	others, err := s.others(ctx, who)
	if err != nil {
		return nil, err
	}
	history, err := s.history(ctx)
	if err != nil {
		return nil, err
	}
	_, problems := s.Loader.Load(layer.files)
	names := slices.Sorted(maps.Keys(b.files))
	for name := range b.drafts {
		if _, live := b.files[name]; !live {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	sheets := make([]Sheet, len(names))
	for i, name := range names {
		sheets[i] = b.sheet(name, layer)
		sheets[i].Body, sheets[i].Others = nil, others[name]
		sheets[i].dated(history)
		sheets[i].count(problems)
	}
	return sheets, nil
}

// Open returns one file as somebody sees it; bot.NotFound when it is neither live nor in a draft of his.
func (s *Studio) Open(ctx context.Context, who bot.StaffID, name string) (Sheet, error) {
	b, err := s.bench(ctx, who)
	if err != nil {
		return Sheet{}, err
	}
	return s.open(ctx, b, who, name)
}

func (s *Studio) open(ctx context.Context, b *bench, who bot.StaffID, name string) (Sheet, error) {
	if _, drafted := b.drafts[name]; !drafted && b.live.Hash(name) == "" {
		return Sheet{}, noFile(name)
	}
	layer, err := s.lay(ctx, b)
	if err != nil {
		return Sheet{}, err
	}
	others, err := s.others(ctx, who)
	if err != nil {
		return Sheet{}, err
	}
	history, err := s.history(ctx)
	if err != nil {
		return Sheet{}, err
	}
	sheet := b.sheet(name, layer)
	sheet.Others = others[name]
	sheet.dated(history)
	return sheet, nil
}

func noFile(name string) error {
	return &bot.Error{Kind: bot.NotFound, Key: "studio_file_not_found", Params: map[string]string{"File": name}}
}

// layer is the content as it would be published: live, with the drafts of one admin.
type layer struct {
	files   Folder
	clashes map[string][]texts.Clash
}

// lay puts the drafts over live. A draft whose base has moved is merged with what is live now; one that clashes stands as
// it is, so that its author can check what he wrote.
func (s *Studio) lay(ctx context.Context, b *bench) (layer, error) {
	l := layer{maps.Clone(b.files), map[string][]texts.Clash{}}
	for name, d := range b.drafts {
		body, gone := d.Body, d.Gone
		if b.moved(d) {
			merged, clashes, err := s.caughtUp(ctx, b, d)
			if err != nil {
				return layer{}, err
			}
			if len(clashes) > 0 {
				l.clashes[name] = clashes
			} else {
				body = merged
			}
		}
		if gone {
			delete(l.files, name)
		} else {
			l.files[name] = body
		}
	}
	return l, nil
}

// caughtUp merges a draft with what is live now; a file that both took away has no body. One that one takes away and the other
// changes clashes as a whole.
func (s *Studio) caughtUp(ctx context.Context, b *bench, d Draft) (merged []byte, clashes []texts.Clash, err error) {
	theirs, live := b.files[d.Name]
	switch {
	case d.Gone && !live:
		return nil, nil, nil
	case d.Gone || !live:
		return d.Body, []texts.Clash{whole(nil, d.Body, theirs)}, nil
	}
	base, err := s.body(ctx, d.Base)
	if err != nil {
		return nil, nil, fmt.Errorf("read what the draft of %s began with: %w", d.Name, err)
	}
	merged, clashes = merge(d.Name, base, d.Body, theirs)
	return merged, clashes, nil
}

// sheet is a file of the bench.
func (b *bench) sheet(name string, l layer) Sheet {
	live, isLive := b.live.Files[name]
	sheet := Sheet{
		Name: name, Body: b.files[name], Rev: b.head.Live, Base: b.head.Live, Live: b.head.Live, New: !isLive, Changed: live.Since,
	}
	if d, drafted := b.drafts[name]; drafted {
		sheet.Body, sheet.Rev, sheet.Base, sheet.Drafted, sheet.Gone, sheet.At = d.Body, d.Rev, d.From, true, d.Gone, d.At
		sheet.Moved = b.moved(d)
		_, sheet.Clashes = l.clashes[name]
	}
	return sheet
}

// dated adds who made the live body, and when.
func (sheet *Sheet) dated(history map[int]Version) {
	made := history[sheet.Changed]
	sheet.By = made.By
	if !sheet.Drafted {
		sheet.At = made.At
	}
}

func (sheet *Sheet) count(problems []flows.Problem) {
	for _, p := range problems {
		switch {
		case p.File != sheet.Name:
		case p.Severity == flows.Error:
			sheet.Errors++
		default:
			sheet.Warnings++
		}
	}
}

// others are the authors of drafts, but one, by file.
func (s *Studio) others(ctx context.Context, but bot.StaffID) (map[string][]bot.StaffID, error) {
	drafts, err := s.Store.ReadStudioDrafts(ctx, "")
	if err != nil {
		return nil, fmt.Errorf("read all drafts: %w", err)
	}
	found := map[string][]bot.StaffID{}
	for _, d := range drafts {
		if d.By != but {
			found[d.Name] = append(found[d.Name], d.By)
		}
	}
	return found, nil
}

// history is all versions without their files, by number.
func (s *Studio) history(ctx context.Context) (map[int]Version, error) {
	versions, err := s.Store.ReadVersions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the versions: %w", err)
	}
	found := make(map[int]Version, len(versions))
	for _, v := range versions {
		found[v.Number] = v
	}
	return found, nil
}
