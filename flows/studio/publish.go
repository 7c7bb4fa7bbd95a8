package studio

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"javab/bot"
	"javab/flows"
)

// Publish proves the content as somebody would publish it, and makes it live or, when the rules ask for a second person,
// a Request. It is refused while a draft clashes, has an error, while a dialogue takes another path, and until he has
// said that he has seen warnings and changed words; the Outcome tells which. Of two who publish at once one gets
// bot.Conflict, and his drafts stay. progress may be nil.
func (s *Studio) Publish(ctx context.Context, who bot.StaffID, p Publishing, progress func(done, all int)) (Outcome, error) {
	p.Note = strings.TrimSpace(p.Note)
	if len(p.Note) > maxNote {
		return Outcome{}, refused("studio_note")
	}
	b, err := s.bench(ctx, who)
	if err != nil {
		return Outcome{}, err
	}
	if len(b.drafts) == 0 {
		return Outcome{}, refused("studio_nothing")
	}
	l, err := s.lay(ctx, b)
	if err != nil {
		return Outcome{}, err
	}
	out, err := s.prove(ctx, l, p, progress)
	if err != nil {
		return out, err
	}
	n := &next{by: who, note: p.Note, from: b.head.Live, files: l.files, drafts: b.proven(), act: "studio.published"}
	for _, d := range b.drafts {
		n.bodies = append(n.bodies, d.Body)
	}
	err = s.release(ctx, n)
	out.Version, out.Waiting, out.Due = n.number, n.request, n.due
	return out, err
}

// maxNote is how many bytes a note may have.
const maxNote = 2000

// prove refuses content that must not go live. What the dialogues say now is put into the content.
func (s *Studio) prove(ctx context.Context, l layer, p Publishing, progress func(done, all int)) (out Outcome, err error) {
	if out.Clashes = l.clashes; len(l.clashes) > 0 {
		return out, conflict("studio_clash")
	}
	_, out.Problems = s.Loader.Load(l.files)
	switch {
	case flows.HasErrors(out.Problems):
		return out, refused("studio_errors")
	case len(out.Problems) > 0 && !p.Warnings:
		return out, refused("studio_warnings")
	}
	if out.Rehearsal, err = s.rehearse(ctx, l.files, progress); err != nil {
		return out, err
	}
	switch {
	case len(out.Rehearsal.Of(Path, Broken)) > 0:
		return out, refused("studio_path")
	case len(out.Rehearsal.Of(Words)) > 0 && !p.Words:
		return out, refused("studio_words")
	}
	for _, d := range out.Rehearsal.Of(Words) {
		l.files[d.File] = d.Body
	}
	return out, nil
}

// next is content that has been proven and may go live.
type next struct {
	by     bot.StaffID
	note   string
	act    string // in the audit
	from   int    // the version that it was made of; when another is live, it must be proven anew
	files  Folder
	drafts map[string]Proven // which it takes in
	bodies [][]byte          // and how they read

	number  int
	request string
	waiting
}

// release makes proven content live, or lets it wait for a second person: version, live pointer, drafts and audit in one
// transaction.
func (s *Studio) release(ctx context.Context, n *next) error {
	files, fresh := s.laidOut(n)
	err := s.Store.Do(ctx, func(tx Tx) error {
		n.number, n.request, n.waiting = 0, "", waiting{}
		head, err := tx.StudioHead(ctx)
		if err != nil {
			return fmt.Errorf("read where the content stands: %w", err)
		}
		if head.Live != n.from {
			return conflict("studio_moved")
		}
		if err := tx.KeepBodies(ctx, fresh); err != nil {
			return fmt.Errorf("keep the new bodies: %w", err)
		}
		if head.Rules.Second && n.by != "" {
			return s.ask(ctx, tx, head, n, files)
		}
		n.number, err = s.goLive(ctx, tx, head, Version{By: n.by, Note: n.note, Files: files}, n.act)
		if err != nil {
			return err
		}
		return s.takeIn(ctx, tx, n.by, n.number, n.drafts)
	})
	if err == nil && n.number > 0 {
		s.tell(ctx, n.number)
	}
	return err
}

// laidOut names the bodies of the next version, and returns those that may be new. Since is filled in by goLive.
func (s *Studio) laidOut(n *next) (map[string]File, map[Hash][]byte) {
	files, bodies := make(map[string]File, len(n.files)), make(map[Hash][]byte)
	for name, body := range n.files {
		hash := HashOf(body)
		files[name] = File{Hash: hash}
		bodies[hash] = body
	}
	for _, body := range n.bodies {
		bodies[HashOf(body)] = body
	}
	known, _ := s.kept.bodies(hashesOf(files))
	for hash := range known { // what was read from the store is in the store
		delete(bodies, hash)
	}
	return files, bodies
}

func hashesOf(files map[string]File) []Hash {
	hashes := make([]Hash, 0, len(files))
	for _, f := range files {
		hashes = append(hashes, f.Hash)
	}
	return hashes
}

// goLive adds a version made of the live one and moves the pointer to it.
func (s *Studio) goLive(ctx context.Context, tx Tx, head Head, v Version, act string) (int, error) {
	before, err := s.liveIn(ctx, tx, head)
	if err != nil {
		return 0, err
	}
	v.Number, v.From, v.At, v.Files = head.Last+1, head.Live, s.Clock(), maps.Clone(v.Files)
	for name, f := range v.Files {
		if was, there := before.Files[name]; there && was.Hash == f.Hash {
			f.Since = was.Since
		} else {
			f.Since = v.Number
		}
		v.Files[name] = f
	}
	if err := tx.AddVersion(ctx, v); err != nil {
		return 0, fmt.Errorf("keep version %d: %w", v.Number, err)
	}
	head.Live, head.Last = v.Number, v.Number
	if err := tx.SaveStudioHead(ctx, head); err != nil {
		return 0, fmt.Errorf("make version %d live: %w", v.Number, err)
	}
	e := s.entry(v.By, act, fmt.Sprint("version ", v.Number))
	e.Reason = v.Note
	if v.From > 0 {
		e.Before = fmt.Sprint("version ", v.From)
	}
	return v.Number, tx.Audit(ctx, e)
}

// liveIn is the live version inside a transaction; nothing before the first.
func (s *Studio) liveIn(ctx context.Context, tx Tx, head Head) (Version, error) {
	if head.Live == 0 {
		return Version{}, nil
	}
	v, err := tx.StudioVersion(ctx, head.Live)
	if err != nil {
		return Version{}, fmt.Errorf("read version %d: %w", head.Live, err)
	}
	return v, nil
}

// proven is what the drafts of the bench say.
func (b *bench) proven() map[string]Proven {
	drafts := make(map[string]Proven, len(b.drafts))
	for name, d := range b.drafts {
		drafts[name] = Proven{d.Rev, d.Hash()}
	}
	return drafts
}

// takeIn ends the drafts that a version has taken in. One that was changed meanwhile goes on from where it was proven.
func (s *Studio) takeIn(ctx context.Context, tx Tx, by bot.StaffID, number int, drafts map[string]Proven) error {
	for name, proven := range drafts {
		d, err := tx.StudioDraft(ctx, by, name)
		if bot.KindOf(err) == bot.NotFound {
			continue
		}
		if err != nil {
			return fmt.Errorf("read the draft of %s: %w", name, err)
		}
		if d.Rev == proven.Rev || d.Hash() == proven.Hash {
			err = tx.DropStudioDraft(ctx, by, name)
		} else {
			d.From, d.Base = number, proven.Hash
			err = tx.SaveStudioDraft(ctx, d)
		}
		if err != nil {
			return fmt.Errorf("end the draft of %s: %w", name, err)
		}
	}
	return nil
}

// tell lets everybody look for the new live version.
func (s *Studio) tell(ctx context.Context, live int) {
	if s.Moved != nil {
		s.Moved(context.WithoutCancel(ctx), live)
	}
}
