package desk

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"javab/bot"
)

// Reply is what an officer writes to the member. ID is the page's own: the same reply is sent once.
type Reply struct {
	ID    string
	Text  string
	Files []bot.File
	Ready string // the ready reply that it is, "id@version"
}

// Note is what an officer writes to his colleagues. Nothing that takes a Note makes a Job: it reaches no channel.
type Note struct {
	ID       string
	Text     string
	Mentions []bot.StaffID
}

// maxReply is how many letters one reply holds: what is longer was not typed.
const maxReply = 20_000

// Reply sends a message to the member. A chat that nobody holds is claimed by it.
func (d *Desk) Reply(ctx context.Context, by bot.Staff, chat bot.ChatKey, r Reply) error {
	r.Text = strings.TrimSpace(r.Text)
	if err := readable(r.ID, r.Text); err != nil {
		return err
	}
	if len(r.Files) > 0 {
		return &bot.Error{Kind: bot.Invalid, Key: "desk_files"}
	}
	return d.named(ctx, d.do(ctx, by, chat, func(ctx context.Context, a *act) error {
		key := "o" + r.ID
		if known, err := a.again(ctx, key, r.Text); known || err != nil {
			return err
		}
		if err := a.mine(); err != nil {
			return err
		}
		if a.chat.Blocked {
			return &bot.Error{Kind: bot.Conflict, Key: "chat_blocked"}
		}
		if !a.holds() {
			if err := a.claim(ctx); err != nil {
				return err
			}
		}
		if a.hand.AnsweredAt.IsZero() {
			a.hand.AnsweredAt = a.now
		}
		a.send(key, r.Text, r.line(a.by))
		return a.tx.Keep(ctx, Kept{Staff: a.by.ID, Chat: chat, Mode: ModeReply})
	}))
}

// line is the reply in the record: signed, and with the ready reply that it is.
func (r Reply) line(by bot.Staff) bot.Message {
	m := bot.Message{Author: by.Author()}
	if id, version, ok := strings.Cut(r.Ready, "@"); ok {
		m.Flow, m.Step = "replies", id
		m.Bundle, _ = strconv.Atoi(version)
	}
	return m
}

// Note adds a note that colleagues read and members never.
func (d *Desk) Note(ctx context.Context, by bot.Staff, chat bot.ChatKey, n Note) error {
	n.Text = strings.TrimSpace(n.Text)
	if err := readable(n.ID, n.Text); err != nil {
		return err
	}
	return d.do(ctx, by, chat, func(ctx context.Context, a *act) error {
		key := "n" + n.ID
		if known, err := a.again(ctx, key, n.Text); known || err != nil {
			return err
		}
		a.keep(bot.Message{Direction: bot.Note, Author: by.Author(), Text: n.Text, JobKey: key})
		a.audit = append(a.audit, bot.AuditEntry{
			At: a.now, By: by.ID, What: "chat.noted", Subject: "chat " + string(chat), After: mentions(n.Mentions),
		})
		return a.tx.Keep(ctx, Kept{Staff: by.ID, Chat: chat, Mode: ModeNote})
	})
}

func mentions(list []bot.StaffID) string {
	ids := make([]string, len(list))
	for i, id := range list {
		ids[i] = string(id)
	}
	return strings.Join(ids, " ")
}

func readable(id, words string) error {
	switch {
	case id == "" || len(id) > 64:
		return &bot.Error{Kind: bot.Invalid, Key: "desk_id"}
	case words == "":
		return &bot.Error{Kind: bot.Invalid, Key: "desk_empty"}
	case utf8.RuneCountInString(words) > maxReply:
		return &bot.Error{Kind: bot.Invalid, Key: "desk_long", Params: map[string]string{"Max": strconv.Itoa(maxReply)}}
	}
	return nil
}

// again reports whether this line was written before. The same key with other words, or in another chat, is a conflict:
// somebody would believe that he said what he did not.
func (a *act) again(ctx context.Context, key, words string) (bool, error) {
	written, err := a.tx.Written(ctx, key)
	switch {
	case bot.KindOf(err) == bot.NotFound:
		return false, nil
	case err != nil:
		return false, err
	case written.Chat != a.chat.Key || written.Text != words || written.Author != a.by.Author():
		return false, &bot.Error{Kind: bot.Conflict, Key: "desk_repeated"}
	}
	a.idle = true
	return true, nil
}

// Seen notes how far by has read a chat.
func (d *Desk) Seen(ctx context.Context, by bot.Staff, chat bot.ChatKey, upTo int64) error {
	return d.Store.Do(ctx, func(tx Tx) error { return tx.Mark(ctx, by.ID, chat, upTo) })
}

// Keep keeps what by has begun to write, so that no page that closes loses it.
func (d *Desk) Keep(ctx context.Context, by bot.Staff, chat bot.ChatKey, mode, words string) error {
	if mode != ModeReply && mode != ModeNote || utf8.RuneCountInString(words) > maxReply {
		return &bot.Error{Kind: bot.Invalid, Key: "desk_long", Params: map[string]string{"Max": strconv.Itoa(maxReply)}}
	}
	return d.Store.Do(ctx, func(tx Tx) error {
		return tx.Keep(ctx, Kept{Staff: by.ID, Chat: chat, Mode: mode, Text: words, At: d.Clock()})
	})
}
