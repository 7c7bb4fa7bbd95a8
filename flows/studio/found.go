package studio

import (
	"context"
	"fmt"
	"maps"

	"javab/bot"
)

// Found makes the program's own content the first version of an installation that has none. An installation that has
// never changed a word follows the content of a newer program; any other is offered it (Offers). However many instances
// start at once, one does it, and the others find it done. It returns the number of the live version.
func (s *Studio) Found(ctx context.Context) (live int, err error) {
	files, bodies := make(map[string]File, len(s.BuiltIn)), make(map[Hash][]byte, len(s.BuiltIn))
	passed := make(map[string]Hash, len(s.BuiltIn))
	for name, body := range s.BuiltIn {
		hash := HashOf(body)
		files[name], bodies[hash], passed[name] = File{Hash: hash}, body, hash
	}
	known, err := s.known(ctx, passed)
	if err != nil {
		return 0, err
	}
	err = s.Store.Do(ctx, func(tx Tx) error {
		head, err := tx.StudioHead(ctx)
		if err != nil {
			return fmt.Errorf("read where the content stands: %w", err)
		}
		before, err := s.liveIn(ctx, tx, head)
		if err != nil {
			return err
		}
		live = head.Live
		if head.Live > 0 && (!unchanged(before, head.Defaults) || unchanged(before, passed) || known) {
			return nil
		}
		if err := tx.KeepBodies(ctx, bodies); err != nil {
			return fmt.Errorf("keep the built-in content: %w", err)
		}
		head.Defaults = passed
		live, err = s.goLive(ctx, tx, head, Version{Files: files}, "studio.founded")
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("found the content: %w", err)
	}
	return live, nil
}

// known reports whether the program's own content was live once: then this program is older than the one that runs
// beside it, and would only take the content back.
func (s *Studio) known(ctx context.Context, passed map[string]Hash) (bool, error) {
	versions, err := s.Store.ReadVersions(ctx)
	if err != nil {
		return false, fmt.Errorf("read the versions: %w", err)
	}
	for _, v := range versions {
		if v.By != "" {
			continue
		}
		whole, err := s.Store.ReadVersion(ctx, v.Number)
		if bot.KindOf(err) == bot.NotFound {
			continue
		}
		if err != nil {
			return false, fmt.Errorf("read version %d: %w", v.Number, err)
		}
		if unchanged(whole, passed) {
			return true, nil
		}
	}
	return false, nil
}

// unchanged reports whether a version has just these bodies.
func unchanged(v Version, bodies map[string]Hash) bool {
	return maps.EqualFunc(v.Files, bodies, func(f File, hash Hash) bool { return f.Hash == hash })
}
