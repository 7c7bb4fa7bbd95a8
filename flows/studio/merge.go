package studio

import (
	"context"
	"fmt"
	"path"

	"javab/bot"
	"javab/flows/texts"
)

// merge puts a draft together with what was published meanwhile, text by text; where they clash it keeps the draft's.
// Dialogues have no texts of their own: they clash as a whole.
func merge(name string, base, mine, theirs []byte) (merged []byte, clashes []texts.Clash) {
	if path.Ext(name) == ".yaml" {
		return texts.Merge(base, mine, theirs)
	}
	switch {
	case string(mine) == string(theirs), string(base) == string(theirs):
		return mine, nil
	case string(base) == string(mine):
		return theirs, nil
	}
	return mine, []texts.Clash{whole(base, mine, theirs)}
}

// whole is the clash of two files as such.
func whole(base, mine, theirs []byte) texts.Clash {
	return texts.Clash{Base: string(base), Mine: string(mine), Theirs: string(theirs)}
}

// Key names a clash among those of a file, for the choices of Merge.
func Key(c texts.Clash) string {
	if c.Whole() {
		return ""
	}
	return c.Path + " " + string(c.Lang)
}

// Merge puts somebody's draft of a file together with what was published meanwhile, so that it stands over live again.
// choices say, by Key, which text stands where they clash. As long as one is missing nothing is changed, and what clashes
// is returned, side by side; then the draft is saved. Of a file that is gone by then only the name is told.
func (s *Studio) Merge(ctx context.Context, who bot.StaffID, name string, choices map[string]Choice) (Sheet, []texts.Clash, error) {
	b, err := s.bench(ctx, who)
	if err != nil {
		return Sheet{}, nil, err
	}
	d, drafted := b.drafts[name]
	if !drafted {
		return Sheet{}, nil, noFile(name)
	}
	if !b.moved(d) {
		sheet, err := s.open(ctx, b, who, name)
		return sheet, nil, err
	}
	body, clashes, err := s.caughtUp(ctx, b, d)
	if err != nil {
		return Sheet{}, nil, err
	}
	for _, c := range clashes {
		if choice := choices[Key(c)]; choice != Mine && choice != Theirs {
			sheet, err := s.open(ctx, b, who, name)
			return sheet, clashes, err
		}
	}
	body, gone, err := chosen(b, d, body, clashes, choices)
	if err != nil {
		return Sheet{}, nil, fmt.Errorf("merge %s: %w", name, err)
	}
	err = s.Store.Do(ctx, func(tx Tx) error {
		head, err := tx.StudioHead(ctx)
		if err != nil {
			return fmt.Errorf("read where the content stands: %w", err)
		}
		now, err := tx.StudioDraft(ctx, who, name)
		switch {
		case bot.KindOf(err) == bot.NotFound, err == nil && (now.Rev != d.Rev || head.Live != b.head.Live):
			return conflict("studio_saved_elsewhere", "File", name)
		case err != nil:
			return fmt.Errorf("read the draft of %s: %w", name, err)
		}
		now.Body, now.Gone, now.From, now.Base = body, gone, head.Live, b.live.Hash(name)
		if err := s.keep(ctx, tx, now); err != nil {
			return fmt.Errorf("keep the draft of %s: %w", name, err)
		}
		return tx.Audit(ctx, s.entry(who, "studio.merged", "file "+name))
	})
	if err != nil {
		return Sheet{}, nil, err
	}
	if b, err = s.bench(ctx, who); err != nil {
		return Sheet{}, nil, err
	}
	sheet, err := s.reopen(ctx, b, who, name)
	return sheet, nil, err
}

// chosen is a merged body with each clash as it was chosen, and whether the file goes.
func chosen(b *bench, d Draft, body []byte, clashes []texts.Clash, choices map[string]Choice) ([]byte, bool, error) {
	var edits []texts.Edit
	for _, c := range clashes {
		switch {
		case c.Whole() && choices[""] == Theirs:
			theirs, live := b.files[d.Name]
			return theirs, !live, nil
		case c.Whole():
			return d.Body, d.Gone, nil
		case choices[Key(c)] == Theirs && !c.Gone: // what is gone in the chosen structure has no place for a text
			edits = append(edits, texts.Edit{Path: c.Path, Lang: c.Lang, Text: c.Theirs})
		}
	}
	if len(edits) == 0 {
		return body, d.Gone, nil
	}
	body, err := texts.Set(body, edits)
	return body, false, err
}
