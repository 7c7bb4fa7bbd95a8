package approve

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"javab/bot"
)

// Office holds what an officer may not decide alone until somebody who may says yes or no. Its fields are set once; it is
// safe for concurrent use.
type Office struct {
	Store    Store
	Content  Content
	Hours    Hours
	Clock    func() time.Time
	Carriers map[bot.ApprovalKind]Carrier
	// Herald tells those who are asked; nil: they find it in their list.
	Herald Herald
	// Decided is told that something was decided, once it is committed; nil: nobody is.
	Decided func(ctx context.Context)
}

// Herald tells people that something waits for them, in the transaction in which they are asked.
type Herald interface {
	Asked(ctx context.Context, tx Tx, a bot.Approval, whom []bot.StaffID) error
}

// Bench reads who decides now. It is read before the transaction in which something is asked.
func (o *Office) Bench(ctx context.Context) (Bench, error) {
	staff, err := o.Store.AllStaff(ctx)
	if err != nil {
		return Bench{}, fmt.Errorf("read staff: %w", err)
	}
	return Bench{staff, o.Clock()}, nil
}

// How far back a text is read with what its author wrote before it and what the member wrote.
const (
	authorWindow = 15 * time.Minute
	authorLines  = 10
	memberLines  = 300
)

// Guard returns what by may not say alone in a chat, in the words themselves or together with what was said before them.
// Of empty words there is nothing.
func (o *Office) Guard(ctx context.Context, tx Tx, by bot.StaffID, chat bot.ChatKey, words string) ([]Finding, error) {
	if strings.TrimSpace(words) == "" {
		return nil, nil
	}
	before, err := tx.Spoken(ctx, chat, bot.Author(by), o.Clock().Add(-authorWindow), authorLines)
	if err != nil {
		return nil, fmt.Errorf("read what %s said in chat %s: %w", by, chat, err)
	}
	guard, beside := o.Content.Guard(), Around{Before: before}
	found := guard.Look(words, beside)
	if !slices.ContainsFunc(found, func(f Finding) bool { return f.Concern == bot.ConcernAmount }) {
		return found, nil // only an amount can be the member's own
	}
	beside.Member, err = tx.Spoken(ctx, chat, bot.ByMember, time.Time{}, memberLines)
	if err != nil {
		return nil, fmt.Errorf("read what the member said in chat %s: %w", chat, err)
	}
	return guard.Look(words, beside), nil
}

// Why are the concerns of findings, each once.
func Why(found []Finding) (all []bot.Concern) {
	for _, f := range found {
		if !slices.Contains(all, f.Concern) {
			all = append(all, f.Concern)
		}
	}
	return all
}

// Ask holds something back until it is decided, in the transaction of whoever would have done it. The caller says what
// and why: ID, Kind, Chat, Case, Unit, Confidential, Author, Text, Files, Why and Payload; the rest is found here. The
// same id is asked for once.
func (o *Office) Ask(ctx context.Context, tx Tx, bench Bench, a bot.Approval) (bot.Approval, error) {
	about, err := tx.About(ctx, a.Chat)
	if err != nil {
		return a, fmt.Errorf("read whom chat %s is about: %w", a.Chat, err)
	}
	a.State, a.AskedAt, a.Hash = bot.ApprovalAsked, o.Clock(), Hash(a)
	a.Level, _ = bench.Level(bot.LevelManager, a, about)
	if a.DueAt, err = o.due(a); err != nil {
		return a, err
	}
	if err := tx.SaveApproval(ctx, a); err != nil {
		return a, fmt.Errorf("save approval %s: %w", a.ID, err)
	}
	if err := o.tell(ctx, tx, bench, a, about); err != nil {
		return a, err
	}
	return a, o.audit(ctx, tx, a, a.Author, "asked", "")
}

// tell lets those know who are asked at an approval's level.
func (o *Office) tell(ctx context.Context, tx Tx, bench Bench, a bot.Approval, about []bot.StaffID) error {
	if o.Herald == nil {
		return nil
	}
	if err := o.Herald.Asked(ctx, tx, a, bench.Asked(a, about)); err != nil {
		return fmt.Errorf("tell who is asked by approval %s: %w", a.ID, err)
	}
	return nil
}

// due is when an approval moves up; never from the highest level.
func (o *Office) due(a bot.Approval) (time.Time, error) {
	if a.Level == bot.LevelHead {
		return time.Time{}, nil
	}
	due, err := o.Hours.For(a.Unit).Add(o.Clock(), o.Content.MovesUpAfter())
	if err != nil {
		return time.Time{}, fmt.Errorf("due date of approval %s: %w", a.ID, err)
	}
	return due, nil
}

// audit names both: who wrote it, and who has just done something to it. Its subject is the chat: whom that is about finds
// nothing of it there.
func (o *Office) audit(ctx context.Context, tx Tx, a bot.Approval, by bot.StaffID, what, reason string) error {
	return tx.Audit(ctx, bot.AuditEntry{
		At: o.Clock(), By: by, What: "approval." + what, Subject: "chat " + string(a.Chat), Before: "author " + string(a.Author),
		After: "approval " + a.ID, Reason: reason,
	})
}
