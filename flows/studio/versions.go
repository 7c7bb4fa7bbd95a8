package studio

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"javab/bot"
	"javab/flows"
)

// Versions returns all versions without their files, the latest first, with how many chats stay with each.
func (s *Studio) Versions(ctx context.Context) ([]Listed, error) {
	head, err := s.Store.ReadStudio(ctx)
	if err != nil {
		return nil, fmt.Errorf("read where the content stands: %w", err)
	}
	versions, err := s.Store.ReadVersions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the versions: %w", err)
	}
	chats, err := s.Store.PinnedChats(ctx, s.Clock().Add(-flows.PinnedFor))
	if err != nil {
		return nil, fmt.Errorf("count the chats of the versions: %w", err)
	}
	list := make([]Listed, len(versions))
	for i, v := range versions {
		list[i] = Listed{v, v.Number == head.Live, chats[v.Number]}
	}
	return list, nil
}

// Live is the number of the live version.
func (s *Studio) Live(ctx context.Context) (int, error) {
	head, err := s.Store.ReadStudio(ctx)
	return head.Live, err
}

// Change is a file that is not the same in two contents. A body that is nil is no file.
type Change struct {
	Name   string
	Before []byte
	After  []byte
}

// Between returns the files that differ between two versions, by name.
func (s *Studio) Between(ctx context.Context, a, b int) ([]Change, error) {
	_, before, err := s.version(ctx, a)
	if err != nil {
		return nil, err
	}
	_, after, err := s.version(ctx, b)
	if err != nil {
		return nil, err
	}
	return Compare(before, after), nil
}

// Compare returns the files that differ between two contents, by name.
func Compare(before, after Folder) (list []Change) {
	all := maps.Clone(before)
	if all == nil {
		all = Folder{}
	}
	maps.Copy(all, after)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		was, wasThere := before[name]
		is, isThere := after[name]
		if wasThere != isThere || !bytes.Equal(was, is) {
			list = append(list, Change{name, was, is})
		}
	}
	return list
}

// RollBack makes an older version live again, or a newer one from which somebody had rolled back. Only the pointer moves.
// It asks for no second person: it is the way out of what went wrong, and whatever it leads to was proven before. A
// version that this program cannot read is refused.
func (s *Studio) RollBack(ctx context.Context, who bot.StaffID, number int, note string) error {
	note = strings.TrimSpace(note)
	if len(note) > maxNote {
		return refused("studio_note")
	}
	_, files, err := s.version(ctx, number)
	if bot.KindOf(err) == bot.NotFound {
		return &bot.Error{Kind: bot.NotFound, Key: "studio_version_not_found", Params: map[string]string{"Version": fmt.Sprint(number)}}
	}
	if err != nil {
		return err
	}
	if !s.reads(files) {
		return refused("studio_unreadable")
	}
	err = s.Store.Do(ctx, func(tx Tx) error {
		head, err := tx.StudioHead(ctx)
		if err != nil {
			return fmt.Errorf("read where the content stands: %w", err)
		}
		if head.Live == number {
			return conflict("studio_live", "Version", fmt.Sprint(number))
		}
		e := s.entry(who, "studio.rolled_back", fmt.Sprint("version ", number))
		e.Before, e.Reason = fmt.Sprint("version ", head.Live), note
		head.Live = number
		if err := tx.SaveStudioHead(ctx, head); err != nil {
			return fmt.Errorf("make version %d live: %w", number, err)
		}
		return tx.Audit(ctx, e)
	})
	if err == nil {
		s.tell(ctx, number)
	}
	return err
}
