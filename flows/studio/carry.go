package studio

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"javab/bot"
)

// Export returns a version as a folder of files, and its number; 0 asks for the live one.
func (s *Studio) Export(ctx context.Context, number int) (Folder, int, error) {
	if number == 0 {
		live, err := s.Live(ctx)
		if err != nil {
			return nil, 0, fmt.Errorf("read where the content stands: %w", err)
		}
		number = live
	}
	_, files, err := s.version(ctx, number)
	if bot.KindOf(err) == bot.NotFound {
		err = &bot.Error{Kind: bot.NotFound, Key: "studio_version_not_found", Params: map[string]string{"Version": fmt.Sprint(number)}}
	}
	return files, number, err
}

// Push publishes a folder as the whole content, as Publish does with drafts. from is the version that the folder was made
// of: when another is live by now, it is refused. The shell, which is nobody of the staff, needs no second person.
func (s *Studio) Push(ctx context.Context, who bot.StaffID, files fs.FS, from int, p Publishing, progress func(done, all int)) (Outcome, error) {
	if p.Note = strings.TrimSpace(p.Note); len(p.Note) > maxNote {
		return Outcome{}, refused("studio_note")
	}
	folder, err := readWhole(files)
	if err != nil {
		return Outcome{}, err
	}
	live, err := s.Live(ctx)
	if err != nil {
		return Outcome{}, fmt.Errorf("read where the content stands: %w", err)
	}
	if live != from {
		return Outcome{}, conflict("studio_moved")
	}
	_, before, err := s.version(ctx, live)
	if err != nil {
		return Outcome{}, err
	}
	if len(Compare(before, folder)) == 0 {
		return Outcome{}, refused("studio_nothing")
	}
	out, err := s.prove(ctx, layer{files: folder}, p, progress)
	if err != nil {
		return out, err
	}
	n := &next{by: who, note: p.Note, from: from, files: folder, act: "studio.published"}
	err = s.release(ctx, n)
	out.Version, out.Waiting, out.Due = n.number, n.request, n.due
	return out, err
}

// readWhole reads a folder that shall be the whole content: one without a single file is a mistake.
func readWhole(files fs.FS) (Folder, error) {
	folder, err := ReadFolder(files)
	if err != nil {
		return nil, err
	}
	if len(folder) == 0 {
		return nil, refused("studio_no_files")
	}
	return folder, nil
}
