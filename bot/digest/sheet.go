package digest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"javab/bot"
)

// Sheet is a digest as a page shows it: the same lines that its reader is sent, for whoever is sent none too.
type Sheet struct {
	Head  string
	Lines []Said // none: nothing of all that
	Quiet string // says so
	// Linked says that its reader has linked a chat, and is sent his digest there. Unlinked are others who lead the same units
	// and are sent none: they have theirs on their own page alone.
	Linked   bool
	Unlinked []bot.Staff
}

// Said is a line in words.
type Said struct {
	Line
	Words string
	Rest  []string // how many have no number
}

// Sheet counts the newest digest of somebody as it stands now: what happened since it was sent is in it too.
func (h *Herald) Sheet(ctx context.Context, by bot.Staff, lang bot.Lang) (Sheet, error) {
	if !by.Supervises() {
		return Sheet{}, &bot.Error{Kind: bot.Forbidden, Key: "desk_manager"}
	}
	now := h.Clock()
	span, _ := h.span(by, now)
	lines, err := h.gather(ctx, by, Span{From: span.From, To: now.Add(time.Millisecond)})
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Head: h.head(lang, now), Quiet: h.say(lang, textQuiet)}
	for _, l := range lines {
		s.Lines = append(s.Lines, Said{l, h.counted(lang, l.id, l.N), h.rest(lang, l)})
	}
	return s, h.links(ctx, by, &s)
}

// links finds who of those who lead the reader's units is sent his digest.
func (h *Herald) links(ctx context.Context, by bot.Staff, s *Sheet) error {
	everybody, err := h.Store.AllStaff(ctx)
	if err != nil {
		return fmt.Errorf("read staff: %w", err)
	}
	for _, one := range everybody {
		beside := one.Supervises() && !one.Disabled && (by.Role == bot.RoleHead || slices.ContainsFunc(one.Units, by.Serves))
		if one.ID != by.ID && !beside {
			continue
		}
		chats, err := h.Store.StaffChats(ctx, one.ID)
		if err != nil {
			return fmt.Errorf("read the chats of %s: %w", one.ID, err)
		}
		switch {
		case one.ID == by.ID:
			s.Linked = len(chats) > 0
		case len(chats) == 0:
			s.Unlinked = append(s.Unlinked, one)
		}
	}
	return nil
}
