package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"javab/bot"
	"javab/bot/desk"
	"javab/bot/training"
	"javab/storage"
)

// deskNotes are what the desk calls what is done there.
var deskNotes = training.Notes{
	Flow: desk.NoteFlow, Claimed: desk.ActClaimed, TakenBy: desk.ActTakenOver, Transferred: desk.ActTransferred, Closed: desk.ActClosed,
	Held: desk.ActHeldBack, Refused: desk.ActRefused, Changed: desk.ActChanged, Withdrawn: desk.ActWithdrawn,
}

// The clockwork of a sandbox, and how long its manager thinks before he says no.
const (
	playEvery  = time.Second
	coachTakes = 20 * time.Second
)

// practiceLines is how long the record of an exercise can get: whoever writes more has ended it.
const practiceLines = 600

// open lets the member come to the desk by the way that everybody goes, and makes him known there.
func (s *sandbox) open(ctx context.Context) error {
	s.mu.Lock() // nobody plays before he is there
	defer s.mu.Unlock()
	for i, move := range s.persona.Opening {
		if err := s.settled(ctx); err != nil {
			return err
		}
		did, err := s.act(ctx, move)
		if err != nil {
			return err
		}
		if !did {
			return lost(fmt.Errorf("persona %s in %s: nothing to press for opening[%d]", s.persona.ID, s.practice.Lang, i))
		}
	}
	if err := s.settled(ctx); err != nil {
		return err
	}
	hand, err := s.store.ReadHandOver(ctx, s.chat)
	if err != nil {
		return lost(fmt.Errorf("persona %s in %s does not come to the desk: %w", s.persona.ID, s.practice.Lang, err))
	}
	s.came = hand.At
	if err := s.enrol(ctx); err != nil {
		return err
	}
	thread, err := s.thread(ctx)
	if err != nil {
		return err
	}
	s.actor.Begin(thread.Lines[len(thread.Lines)-1].ID, s.env.Clock())
	return nil
}

// lost says that a persona does not find the desk: the content that is live leads him elsewhere.
func lost(where error) error {
	return &bot.Error{Kind: bot.Conflict, Key: "training_opening", Err: where}
}

// enrol puts the member into the register of the sandbox and says that the chat is his.
func (s *sandbox) enrol(ctx context.Context) error {
	who, lang := s.persona.Member, s.practice.Lang
	m := bot.Member{
		ID: "practice", Name: who.Name.In(lang), Company: who.Company.In(lang), Phone: who.Phone, Verified: who.Phone != "",
		MembershipNo: who.Number, NationalID: who.NationalID, CreatedAt: s.env.Clock(),
	}
	if err := s.store.Do(ctx, func(tx storage.Tx) error { return tx.SaveMember(ctx, m, "") }); err != nil {
		return fmt.Errorf("put a persona into the register: %w", err)
	}
	return s.desk.Link(ctx, s.coach, s.chat, m.ID, m.MembershipNo)
}

// settled waits until everything that was said has reached the member.
func (s *sandbox) settled(ctx context.Context) error {
	for {
		waits, err := s.store.Backlog(ctx)
		if err != nil || waits.Jobs[bot.JobSend].N == 0 {
			return err
		}
		select {
		case <-s.finished:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// act carries out what the member does. A button that is not there is not pressed: it reports false.
func (s *sandbox) act(ctx context.Context, m training.Move) (bool, error) {
	s.moves++
	id, lang := strconv.Itoa(s.moves), s.practice.Lang
	in := bot.Inbound{
		Receipt: bot.ReceiptKey{Source: sandboxAccount, ID: id}, Chat: s.chat, At: s.env.Clock(), Ref: "in" + id, Kind: bot.KindText,
		From: bot.Sender{ID: "1", Name: s.persona.Member.Name.In(lang), Lang: string(lang)}, Text: m.Say.In(lang),
	}
	if m.Say.Empty() {
		wanted := labelled(m.Tap.In(lang))
		if m.Press != "" {
			wanted = ofCase(m.Press)
		}
		press, there := s.phone.press(wanted)
		if !there {
			return false, nil
		}
		in.Kind, in.Press = bot.KindPress, &press
	}
	return true, s.turn.Handle(ctx, in)
}

// play lets the member, the manager and time do what they do, until ctx ends.
func (s *sandbox) play(ctx context.Context) error {
	tick, rounds := time.NewTicker(playEvery), time.NewTicker(roundEvery)
	defer tick.Stop()
	defer rounds.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			full, failed := s.answer(ctx)
			err = errors.Join(failed, s.decide(ctx))
			if full {
				err = errors.Join(err, s.ends(ctx))
			}
		case <-rounds.C:
			now := s.env.Clock()
			err = errors.Join(s.desk.Round(ctx, now), s.house.approvals.Round(ctx, now), s.keeper.Round(ctx))
		}
		if err != nil && ctx.Err() == nil {
			s.outside.Warn("an exercise stumbled", "persona", s.persona.ID, "err", err)
		}
	}
}

// answer lets the member take notice of what has happened, and do what has come due. It reports whether the record is full.
func (s *sandbox) answer(ctx context.Context) (full bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found != nil {
		return false, nil // the exercise is over: the record stays as it was judged
	}
	chat, err := s.store.ReadChat(ctx, s.chat)
	if err != nil {
		return false, err
	}
	if chat.Rev != s.rev {
		thread, err := s.thread(ctx)
		if err != nil {
			return false, err
		}
		full = len(thread.Lines) >= practiceLines
		read := arrived(thread.Lines)
		s.actor.Hear(s.lines(read))
		if len(read) == len(thread.Lines) {
			s.rev = chat.Rev
		}
	}
	for _, move := range s.actor.Due(s.env.Clock()) {
		if _, err := s.act(ctx, move); err != nil {
			return full, err
		}
	}
	return full, nil
}

// arrived are the lines before the first that has not reached the member yet.
func arrived(lines []desk.Line) []desk.Line {
	if i := slices.IndexFunc(lines, func(l desk.Line) bool { return l.Sent == desk.SentQueued }); i >= 0 {
		return lines[:i]
	}
	return lines
}

// thread is the chat as the manager of the sandbox sees it: he sees everything.
func (s *sandbox) thread(ctx context.Context) (desk.Thread, error) {
	return s.store.Thread(ctx, s.coach, s.chat, 0, practiceLines)
}

// lines are those of a chat as an exercise looks at them.
func (s *sandbox) lines(of []desk.Line) []training.Line {
	list := make([]training.Line, len(of))
	for i, l := range of {
		list[i] = training.Line{ID: l.ID, Message: l.Message, Choices: s.phone.choices(l.Ref)}
	}
	return list
}

// finish ends the exercise and goes through its checklist; one that has ended stays as it was judged.
func (s *sandbox) finish(ctx context.Context) (training.Exercise, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found != nil {
		return s.practice, nil
	}
	thread, err := s.thread(ctx)
	if err != nil {
		return training.Exercise{}, fmt.Errorf("read what happened in an exercise: %w", err)
	}
	s.found = training.Judge(s.persona, training.Record{
		Lang: s.practice.Lang, Lines: s.lines(thread.Lines), Began: s.came, Hand: thread.HandOver,
		Did: s.actor.Did, Content: s.actor.Content(), Notes: deskNotes,
	})
	s.practice.Met, s.practice.Of = training.Score(s.found)
	s.practice.Ended = s.world()
	return s.practice, nil
}

// decide lets the manager answer what waits for his yes, after a while: with the wish to say it otherwise.
func (s *sandbox) decide(ctx context.Context) error {
	asked, err := s.store.AskedIn(ctx, s.chat)
	for _, a := range asked {
		if err == nil && s.env.Clock().Sub(a.AskedAt) >= coachTakes {
			err = s.house.approvals.Change(ctx, s.coach, a.ID, s.refuses)
		}
	}
	return err
}
