package studio

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"javab/bot"
)

// Play plays every dialogue of a content. It is handed in, since it takes the whole program.
type Play func(ctx context.Context, files fs.FS, progress func(done, all int)) ([]Played, error)

// Played is what came of one dialogue.
type Played struct {
	File    string
	Verdict Verdict
	Where   []Difference
	Body    []byte // the dialogue as it reads now; for Words
	Cause   string // why it could not be played; for Broken
}

// Verdict is how a dialogue went.
type Verdict string

// A dialogue went as it is written, in other words, another way, or could not be played.
const (
	Same   Verdict = "same"
	Words  Verdict = "words"
	Path   Verdict = "path"
	Broken Verdict = "broken"
)

// Difference is one place where a dialogue goes otherwise than it is written.
type Difference struct {
	Line int
	Path bool
	Want string
	Got  string
}

// Rehearsal is all dialogues of a content, played.
type Rehearsal struct{ Dialogues []Played }

// Of returns the dialogues with a verdict.
func (r Rehearsal) Of(verdicts ...Verdict) (list []Played) {
	for _, d := range r.Dialogues {
		if slices.Contains(verdicts, d.Verdict) {
			list = append(list, d)
		}
	}
	return list
}

// Rehearse plays the dialogues of the content as somebody would publish it.
func (s *Studio) Rehearse(ctx context.Context, who bot.StaffID, progress func(done, all int)) (Rehearsal, error) {
	files, err := s.Draft(ctx, who)
	if err != nil {
		return Rehearsal{}, err
	}
	return s.rehearse(ctx, files, progress)
}

func (s *Studio) rehearse(ctx context.Context, files Folder, progress func(done, all int)) (Rehearsal, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	played, err := s.Play(ctx, files, progress)
	if err != nil {
		return Rehearsal{}, fmt.Errorf("play the dialogues: %w", err)
	}
	return Rehearsal{played}, nil
}
