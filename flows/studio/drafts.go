package studio

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"javab/bot"
	"javab/flows"
	"javab/flows/content"
)

// Save keeps a new body of a file as somebody's draft, and returns the problems of the whole content with it. rev is that
// of the Sheet which he changed: bot.Conflict when that draft is no longer the present one, since another tab of his has
// saved, discarded or published it meanwhile. The first save begins a draft over the version that he has read, which has
// Moved when the file was published anew since. 0 makes a file that was not there: bot.Conflict when it is by now. A body
// that is the live one again is no draft.
func (s *Studio) Save(ctx context.Context, who bot.StaffID, name string, rev int, body []byte) (Sheet, []flows.Problem, error) {
	body, err := tidy(name, body)
	if err != nil {
		return Sheet{}, nil, err
	}
	return s.draft(ctx, who, name, rev, func(d *Draft) { d.Body, d.Gone = body, false })
}

// Add keeps new files as somebody's drafts, all of them or none: bot.Conflict when one is there already, live or as a draft of
// his.
func (s *Studio) Add(ctx context.Context, who bot.StaffID, files Folder) error {
	return s.Store.Do(ctx, func(tx Tx) error {
		head, err := tx.StudioHead(ctx)
		if err != nil {
			return fmt.Errorf("read where the content stands: %w", err)
		}
		for _, name := range slices.Sorted(maps.Keys(files)) {
			body, err := tidy(name, files[name])
			if err != nil {
				return err
			}
			switch _, err := tx.StudioDraft(ctx, who, name); {
			case err == nil:
				return conflict("studio_drafted", "File", name)
			case bot.KindOf(err) != bot.NotFound:
				return fmt.Errorf("read the draft of %s: %w", name, err)
			}
			if err := s.begin(ctx, tx, head, Draft{By: who, Name: name}, 0, func(d *Draft) { d.Body = body }); err != nil {
				return err
			}
		}
		return nil
	})
}

// Remove makes a draft that takes a file away.
func (s *Studio) Remove(ctx context.Context, who bot.StaffID, name string, rev int) (Sheet, []flows.Problem, error) {
	return s.draft(ctx, who, name, rev, func(d *Draft) { d.Body, d.Gone = nil, true })
}

// draft changes somebody's draft of a file, or begins one.
func (s *Studio) draft(ctx context.Context, who bot.StaffID, name string, rev int, change func(*Draft)) (Sheet, []flows.Problem, error) {
	err := s.Store.Do(ctx, func(tx Tx) error {
		head, err := tx.StudioHead(ctx)
		if err != nil {
			return fmt.Errorf("read where the content stands: %w", err)
		}
		d, err := tx.StudioDraft(ctx, who, name)
		switch {
		case bot.KindOf(err) == bot.NotFound:
			return s.begin(ctx, tx, head, Draft{By: who, Name: name}, rev, change)
		case err != nil:
			return fmt.Errorf("read the draft of %s: %w", name, err)
		case d.Rev != rev:
			return conflict("studio_saved_elsewhere", "File", name)
		}
		change(&d)
		return s.keep(ctx, tx, d)
	})
	if err != nil {
		return Sheet{}, nil, err
	}
	return s.checked(ctx, who, name)
}

// begin makes the first draft of a file, over the version that its author has read.
func (s *Studio) begin(ctx context.Context, tx Tx, head Head, d Draft, rev int, change func(*Draft)) error {
	if rev > head.Last { // the draft that he changed was taken away or published
		return conflict("studio_saved_elsewhere", "File", d.Name)
	}
	if rev > 0 {
		read, err := tx.StudioVersion(ctx, rev)
		if err != nil {
			return fmt.Errorf("read version %d: %w", rev, err)
		}
		d.Base = read.Hash(d.Name)
	}
	d.From = rev
	live, err := s.liveIn(ctx, tx, head)
	if err != nil {
		return err
	}
	if live.Hash(d.Name) != d.Base && (rev == 0 || d.Base == "") {
		return conflict("studio_exists", "File", d.Name)
	}
	change(&d)
	if d.Gone && d.Base == "" {
		return noFile(d.Name)
	}
	if d.Hash() == d.Base {
		return nil
	}
	e := s.entry(d.By, "studio.drafted", "file "+d.Name)
	if err := tx.Audit(ctx, e); err != nil {
		return err
	}
	return s.keep(ctx, tx, d)
}

// keep writes a draft under a rev that it never had. One that says what was there before is taken away.
func (s *Studio) keep(ctx context.Context, tx Tx, d Draft) error {
	if d.Hash() == d.Base {
		return tx.DropStudioDraft(ctx, d.By, d.Name)
	}
	d.At = s.Clock()
	d.Rev = max(d.Rev+1, int(d.At.UnixMilli())) // a draft that is begun anew is not taken for the former one
	return tx.SaveStudioDraft(ctx, d)
}

// checked returns a file after it was saved, and the problems of the whole content.
func (s *Studio) checked(ctx context.Context, who bot.StaffID, name string) (Sheet, []flows.Problem, error) {
	b, err := s.bench(ctx, who)
	if err != nil {
		return Sheet{}, nil, err
	}
	l, err := s.lay(ctx, b)
	if err != nil {
		return Sheet{}, nil, err
	}
	_, problems := s.Loader.Load(l.files)
	sheet, err := s.reopen(ctx, b, who, name)
	sheet.count(problems)
	return sheet, problems, err
}

// reopen is a file after its draft was kept. One that is no more, neither live nor a draft, is told by its name alone.
func (s *Studio) reopen(ctx context.Context, b *bench, who bot.StaffID, name string) (Sheet, error) {
	sheet, err := s.open(ctx, b, who, name)
	if bot.KindOf(err) == bot.NotFound {
		return Sheet{Name: name, Live: b.head.Live}, nil
	}
	return sheet, err
}

// Discard takes somebody's drafts of files away.
func (s *Studio) Discard(ctx context.Context, who bot.StaffID, names ...string) error {
	return s.Store.Do(ctx, func(tx Tx) error {
		if _, err := tx.StudioHead(ctx); err != nil {
			return err
		}
		for _, name := range names {
			if err := s.drop(ctx, tx, who, name); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Studio) drop(ctx context.Context, tx Tx, who bot.StaffID, name string) error {
	if _, err := tx.StudioDraft(ctx, who, name); err != nil {
		if bot.KindOf(err) == bot.NotFound {
			return nil
		}
		return fmt.Errorf("read the draft of %s: %w", name, err)
	}
	if err := tx.DropStudioDraft(ctx, who, name); err != nil {
		return err
	}
	return tx.Audit(ctx, s.entry(who, "studio.discarded", "file "+name))
}

// Problems returns what is wrong with the content as somebody would publish it.
func (s *Studio) Problems(ctx context.Context, who bot.StaffID) ([]flows.Problem, error) {
	b, err := s.bench(ctx, who)
	if err != nil {
		return nil, err
	}
	l, err := s.lay(ctx, b)
	if err != nil {
		return nil, err
	}
	_, problems := s.Loader.Load(l.files)
	return problems, nil
}

// Check returns the problems of a content in which one file reads otherwise, without saving it: what an editor asks after
// each keystroke.
func (s *Studio) Check(ctx context.Context, who bot.StaffID, name string, body []byte) ([]flows.Problem, error) {
	layer, err := s.tried(ctx, who, name, body)
	if err != nil {
		return nil, err
	}
	_, problems := s.Loader.Load(layer)
	return problems, nil
}

// Bundle returns such a content ready to be played, nil when it has errors. A draft of another file that has errors is played
// as it is live: whoever tries a script is not kept from it by an answer that he has not finished.
func (s *Studio) Bundle(ctx context.Context, who bot.StaffID, name string, body []byte) (*content.Bundle, error) {
	layer, err := s.tried(ctx, who, name, body)
	if err != nil {
		return nil, err
	}
	bundle, problems := s.Loader.Load(layer)
	if bundle != nil {
		return bundle, nil
	}
	b, err := s.bench(ctx, who)
	if err != nil {
		return nil, err
	}
	for _, p := range problems {
		if _, drafted := b.drafts[p.File]; !drafted || p.File == name || p.Severity != flows.Error {
			continue
		}
		if body, live := b.files[p.File]; live {
			layer[p.File] = body
		} else {
			delete(layer, p.File)
		}
	}
	bundle, _ = s.Loader.Load(layer)
	return bundle, nil
}

// Script returns a body as a script, whatever is wrong with it; nil when it is none. One that was just checked is not read
// again. Nobody may change it.
func (s *Studio) Script(name string, body []byte) *flows.Script { return s.Loader.Script(name, body) }

// tried is the content as somebody would publish it, with one more body in its place.
func (s *Studio) tried(ctx context.Context, who bot.StaffID, name string, body []byte) (Folder, error) {
	layer, err := s.Draft(ctx, who)
	if err != nil {
		return nil, err
	}
	layer[name], err = tidy(name, body)
	return layer, err
}

// Draft returns the content as somebody would publish it, whatever is wrong with it: for a trial, a graph, a list of
// texts.
func (s *Studio) Draft(ctx context.Context, who bot.StaffID) (Folder, error) {
	b, err := s.bench(ctx, who)
	if err != nil {
		return nil, err
	}
	l, err := s.lay(ctx, b)
	return l.files, err
}
