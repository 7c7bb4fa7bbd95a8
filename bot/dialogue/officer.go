package dialogue

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"javab/bot"
	"javab/bot/desk"
)

// Desk is what the officers of a conversation work with.
type Desk struct {
	Store   desk.Store
	Content desk.Content
	Hours   desk.Hours
}

// serve carries out what an officer does: "sara" says something, "sara claims" ...
func (c *Conversation) serve(ctx context.Context, act, words string) ([]Block, error) {
	name, act, _ := strings.Cut(act, " ")
	verb, object, _ := strings.Cut(act, " ")
	if name == "" {
		return nil, fmt.Errorf("which officer? such as: officer sara claims")
	}
	by, err := c.hire(ctx, name)
	if err != nil {
		return nil, err
	}
	c.count++
	if err := c.carryOut(ctx, by, verb, object, words); err != nil {
		return nil, err
	}
	if err := c.send(ctx); err != nil {
		return nil, err
	}
	blocks, err := c.show(ctx)
	if err != nil {
		return nil, err
	}
	more, err := c.timers(ctx)
	return append(blocks, more...), err
}

func (c *Conversation) carryOut(ctx context.Context, by bot.Staff, verb, object, words string) error {
	id := strconv.Itoa(c.count)
	switch verb {
	case "":
		return c.desk.Reply(ctx, by, chat, desk.Reply{ID: id, Text: words})
	case "claims":
		return c.desk.Claim(ctx, by, chat)
	case "notes":
		return c.desk.Note(ctx, by, chat, desk.Note{ID: id, Text: words})
	case "releases":
		return c.desk.Release(ctx, by, chat, words)
	case "transfers":
		return c.desk.Transfer(ctx, by, chat, desk.To{Unit: bot.UnitID(object), Reason: words})
	case "closes":
		outcome, greets := strings.CutSuffix(object, " and greets")
		return c.desk.Close(ctx, by, chat, desk.Ending{Outcome: outcome, Greet: greets})
	case "pauses":
		return c.desk.Pause(ctx, by, bot.UnitID(object), words)
	case "resumes":
		return c.desk.Resume(ctx, by, bot.UnitID(object), words)
	case "invites", "asks", "approves", "refuses":
		return c.approving(ctx, by, verb, object, words)
	case "comes":
		return nil
	}
	if act, err := c.act(ctx, verb, object, words); act != nil || err != nil {
		return cmp.Or(err, c.treat(ctx, by, act))
	}
	return fmt.Errorf("an officer can say something, or: claims, notes, releases, transfers UNIT, closes OUTCOME, closes OUTCOME and greets, pauses UNIT, resumes UNIT, invites CODE (his own link code), asks (for approval of what he says), asks in confidence, approves, refuses, comes (and is there to decide); to the case: begins, proposes, tells, refers UNIT, replies, calls OUTCOME, reopens")
}

// hire makes sure that there is such an officer. He serves all units.
func (c *Conversation) hire(ctx context.Context, name string) (bot.Staff, error) {
	by := bot.Staff{
		ID: bot.StaffID(name), Login: name, Name: name, Role: bot.RoleHead, Langs: bot.Langs[:], Capacity: 1,
		Status: bot.Available, SeenAt: c.now, Confidential: true,
	}
	err := c.desk.Store.Do(ctx, func(tx desk.Tx) error { return tx.SaveStaff(ctx, by) })
	if err != nil {
		return by, fmt.Errorf("hire officer %s: %w", name, err)
	}
	return by, nil
}
