package contentweb

import (
	"context"
	"maps"

	"javab/bot"
	"javab/flows/studio"
	"javab/flows/texts"
)

// live is a list as members have it, beside the reader's draft.
type live struct {
	drafted bool                   // the reader has a draft of the file
	now     map[string]texts.Entry // by their ids
}

// live reads the live entries of a collection, when the reader's file is another one. A file that is not live, or cannot be
// read, has none.
func (w *Web) live(ctx context.Context, sheet studio.Sheet, of collection) (live, error) {
	l := live{drafted: sheet.Drafted, now: map[string]texts.Entry{}}
	if !sheet.Drafted {
		return l, nil
	}
	_, folder, err := w.Sheets.Version(ctx, sheet.Live)
	if err != nil {
		return l, err
	}
	entries, err := texts.Entries(folder[of.File], of.List)
	if bot.KindOf(err) == bot.Invalid {
		err = nil
	}
	for _, e := range entries {
		l.now[e.ID] = e
	}
	return l, err
}

// Changed reports whether the reader's draft has an entry otherwise than members have it.
func (l live) Changed(e texts.Entry) bool {
	return l.drafted && !maps.Equal(l.now[e.ID].Fields, e.Fields)
}
