package staff

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"javab/bot"
)

// Chats are the messenger chats that people of the staff have linked to their accounts. Linking gives a chat a right and
// takes none away: a member's own chat stays what it was.
type Chats interface {
	// StaffOf returns whose chat it is; bot.NotFound when it is nobody's.
	StaffOf(ctx context.Context, chat bot.ChatKey) (bot.StaffID, error)
	// LinkChat makes a chat somebody's, whosever it was before.
	LinkChat(ctx context.Context, l LinkedChat) error
	// UnlinkChats takes one chat from somebody, or all of his when none is named, and returns those that were his.
	UnlinkChats(ctx context.Context, of bot.StaffID, chat bot.ChatKey) ([]bot.ChatKey, error)
	// SaveLinkCode takes somebody's former code away and keeps this one; one without a hash is none.
	SaveLinkCode(ctx context.Context, c LinkCode) error
	// TakeLinkCode returns a code by its hash and forgets it; bot.NotFound when there is no such code.
	TakeLinkCode(ctx context.Context, hash string) (LinkCode, error)
}

// LinkedChat is a chat in which somebody of the staff is known.
type LinkedChat struct {
	Chat  bot.ChatKey
	Staff bot.StaffID
	At    time.Time
}

// LinkCode is what makes the chat in which it is sent its owner's. Of the code itself only the hash is kept.
type LinkCode struct {
	Hash  string
	Staff bot.StaffID
	Until time.Time
}

const (
	// LinkCodeFor is how long a code is good.
	LinkCodeFor = 15 * time.Minute

	linkLetters = 8 // 40 bits: tries are few, and the code is good for minutes
	linkTries   = 5 // of one chat
	linkPeriod  = time.Hour
)

// LinkCode makes a code that links the chat in which it is sent to the session's owner, and shows it this once. The one
// that he had asked for before is good no more.
func (g *Gate) LinkCode(ctx context.Context, token string, from From) (code string, err error) {
	s, who, err := g.current(ctx, token)
	if err != nil {
		return "", err
	}
	if s.Stage != StageOpen || !s.Fresh(g.Clock()) {
		return "", stale
	}
	raw := rand.Text()[:linkLetters]
	err = g.Store.Do(ctx, func(tx Tx) error {
		if err := alive(ctx, tx, s); err != nil {
			return err
		}
		if err := tx.SaveLinkCode(ctx, LinkCode{LinkHash(raw), who.ID, g.Clock().Add(LinkCodeFor)}); err != nil {
			return err
		}
		return tx.Audit(ctx, bot.AuditEntry{At: g.Clock(), By: who.ID, What: "staff.link_code", Subject: subject(who.ID), From: from.Address})
	})
	if err != nil {
		return "", fmt.Errorf("make a link code for %s: %w", who.ID, err)
	}
	return raw[:4] + "-" + raw[4:], nil
}

// LinkHash is under which a link code is kept, in whatever form it was typed.
func LinkHash(code string) string { return hashed(plain(code)) }

// Unlink takes a chat from the session's owner. One that is not his is left as it is.
func (g *Gate) Unlink(ctx context.Context, token string, chat bot.ChatKey, from From) error {
	s, who, err := g.current(ctx, token)
	if err != nil {
		return err
	}
	if s.Stage != StageOpen || s.Locked(g.Clock()) || chat == "" {
		return ErrOver
	}
	return g.Store.Do(ctx, func(tx Tx) error {
		note := bot.AuditEntry{At: g.Clock(), By: who.ID, Subject: subject(who.ID), From: from.Address}
		return unlink(ctx, tx, who.ID, chat, note)
	})
}

// unlink takes a chat, or all of them, from somebody, and writes each down as the note says.
func unlink(ctx context.Context, tx Tx, of bot.StaffID, chat bot.ChatKey, note bot.AuditEntry) error {
	gone, err := tx.UnlinkChats(ctx, of, chat)
	if err != nil {
		return fmt.Errorf("unlink the chats of %s: %w", of, err)
	}
	for _, one := range gone {
		note.What, note.Before = "staff.chat_unlinked", "chat "+string(one)
		if err := tx.Audit(ctx, note); err != nil {
			return err
		}
	}
	return nil
}

// Linking is how the sending of a link code ended.
type Linking string

// A code links, is none, or comes from a chat that has tried too often.
const (
	Linked       Linking = "ok"
	WrongCode    Linking = "wrong"
	TooManyTries Linking = "too_many"
)

// Link makes a chat its owner's by the code that was sent in it, in the transaction of the turn. Each try counts.
func (g *Gate) Link(ctx context.Context, tx Tx, chat bot.ChatKey, code string) (bot.Staff, Linking, error) {
	now := g.Clock()
	tries, err := tx.CountTry(ctx, "staff.link:"+string(chat), now, now.Add(-linkPeriod))
	if err != nil {
		return bot.Staff{}, "", fmt.Errorf("count a try: %w", err)
	}
	if tries > linkTries {
		return bot.Staff{}, TooManyTries, nil
	}
	who, err := g.owner(ctx, tx, code)
	if err != nil || who.ID == "" {
		return bot.Staff{}, WrongCode, err
	}
	former, err := tx.StaffOf(ctx, chat)
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return bot.Staff{}, "", fmt.Errorf("read whose chat %s is: %w", chat, err)
	}
	if err == nil && former != who.ID {
		note := bot.AuditEntry{At: now, By: who.ID, Subject: subject(former), From: string(chat)}
		if err := unlink(ctx, tx, former, chat, note); err != nil {
			return bot.Staff{}, "", err
		}
	}
	if err := tx.LinkChat(ctx, LinkedChat{chat, who.ID, now}); err != nil {
		return bot.Staff{}, "", fmt.Errorf("link chat %s to %s: %w", chat, who.ID, err)
	}
	return who, Linked, tx.Audit(ctx, bot.AuditEntry{
		At: now, By: who.ID, What: "staff.chat_linked", Subject: subject(who.ID), After: "chat " + string(chat), From: string(chat),
	})
}

// owner takes a code and returns whose it is; nobody, when it is none or good no more.
func (g *Gate) owner(ctx context.Context, tx Tx, code string) (bot.Staff, error) {
	kept, err := tx.TakeLinkCode(ctx, LinkHash(code))
	if err == nil && !g.Clock().Before(kept.Until) {
		return bot.Staff{}, nil
	}
	var who bot.Staff
	if err == nil {
		who, err = tx.Staff(ctx, kept.Staff)
	}
	switch {
	case bot.KindOf(err) == bot.NotFound, who.Disabled:
		return bot.Staff{}, nil
	case err != nil:
		return bot.Staff{}, fmt.Errorf("read a link code: %w", err)
	}
	return who, nil
}

// InChat returns whose chat it is; bot.NotFound when it is nobody's, as is that of somebody who is disabled.
func (g *Gate) InChat(ctx context.Context, tx Tx, chat bot.ChatKey) (bot.Staff, error) {
	id, err := tx.StaffOf(ctx, chat)
	if err != nil {
		return bot.Staff{}, err
	}
	who, err := tx.Staff(ctx, id)
	if err == nil && who.Disabled {
		return bot.Staff{}, &bot.Error{Kind: bot.NotFound, Key: "staff_not_found"}
	}
	return who, err
}

// Proven compares a code of the authenticator that somebody has sent in his own chat, in the transaction of the turn: it is
// good once, tries are slowed down together with those at the door, and wrong ones are written down. Recovery codes are for
// the door alone. A try that comes too early is the bot.Error auth.wait.
func (g *Gate) Proven(ctx context.Context, tx Tx, who bot.StaffID, chat bot.ChatKey, code string) (bool, error) {
	limits := codeLimit(who)
	if err := begin(ctx, tx, g.Clock(), limits); err != nil {
		return false, err
	}
	secrets, err := tx.Secrets(ctx, who)
	if err != nil {
		return false, fmt.Errorf("read the second factor of %s: %w", who, err)
	}
	step, right := stepOf(plain(code), secrets.TOTP, g.Clock(), secrets.Step)
	if !right || secrets.TOTP == "" {
		return false, tx.Audit(ctx, bot.AuditEntry{At: g.Clock(), What: "code.refused", Subject: subject(who), From: string(chat)})
	}
	secrets.Step = step
	if err := tx.SaveSecrets(ctx, who, secrets); err != nil {
		return false, fmt.Errorf("keep that a code was used: %w", err)
	}
	return true, succeeded(ctx, tx, limits)
}
