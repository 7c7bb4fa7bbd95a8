package desk

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"javab/bot"
	"javab/locales/text"
)

// Reply is what an officer writes to the member. ID is the page's own: the same reply is sent once.
type Reply struct {
	ID    string
	Text  string
	Files []bot.File
	Ready string // the ready reply that it is, "id@version"
	Sure  []Hint // those that he has seen
}

// Note is what an officer writes to his colleagues. Nothing that takes a Note makes a Job: it reaches no channel.
type Note struct {
	ID       string
	Text     string
	Mentions []bot.StaffID
}

// What one reply may hold: longer words were not typed, and a form has room for no more files.
const (
	maxReply = 20_000
	maxFiles = 10
)

// Reply sends a message to the member: the words, and each file as a message of its own. Words that fit below a file are
// the caption of the first one, others go before it. The files are kept already. A chat that nobody holds is claimed by it.
// What by may not say alone is held back until it is approved.
func (d *Desk) Reply(ctx context.Context, by bot.Staff, chat bot.ChatKey, r Reply) error {
	r.Text = strings.TrimSpace(text.Clean(r.Text))
	if err := r.readable(); err != nil {
		return err
	}
	if err := d.heed(r.Text, r.Sure); err != nil {
		return err
	}
	bench, err := d.bench(ctx)
	if err != nil {
		return err
	}
	return d.named(ctx, d.do(ctx, by, chat, func(ctx context.Context, a *act) error {
		lines, held := a.lines(r), heldOf(r)
		for _, written := range [][]bot.Message{lines, {a.heldLine(held)}} {
			if known, err := a.again(ctx, written); known || err != nil {
				return err
			}
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
		if held.Why, err = a.binds(ctx, bench, r.Text, r.Files); err != nil {
			return err
		}
		switch {
		case len(held.Why) > 0:
			if err := a.askFor(ctx, bench, held); err != nil {
				return err
			}
		default:
			if err := a.answer(ctx, lines); err != nil {
				return err
			}
		}
		return a.tx.Keep(ctx, Kept{Staff: a.by.ID, Chat: chat, Mode: ModeReply})
	}))
}

// answer sends messages to the member. The first of a hand-over is its first human answer: that of the question which led
// to it, too.
func (a *act) answer(ctx context.Context, lines []bot.Message) error {
	first := a.running() && a.hand.AnsweredAt.IsZero()
	for _, line := range lines {
		a.send(line)
	}
	if !first {
		return nil
	}
	a.hand.AnsweredAt = a.now
	ready := ""
	if lines[0].Flow == bot.ReadyFlow {
		ready = lines[0].Step
	}
	return a.tx.Replied(ctx, a.hand.ID, lines[0].JobKey, ready)
}

func (r Reply) readable() error {
	switch {
	case len(r.Files) > maxFiles:
		return &bot.Error{Kind: bot.Invalid, Key: "desk_files", Params: map[string]string{"Max": strconv.Itoa(maxFiles)}}
	case len(r.Files) > 0 && r.Text == "":
		return readable(r.ID, "files alone")
	}
	return readable(r.ID, r.Text)
}

// lines are the messages that a reply is, in order.
func (a *act) lines(r Reply) (list []bot.Message) {
	files := r.Files
	if r.Text != "" {
		line := r.line(a.by)
		line.Text = r.Text
		if len(files) > 0 && a.fitsCaption(r.Text) {
			line.Files, files = files[:1], files[1:]
		}
		list = append(list, line)
	}
	for _, f := range files {
		list = append(list, bot.Message{Author: a.by.Author(), Files: []bot.File{f}})
	}
	for i := range list {
		list[i].JobKey = "o" + r.ID
		if i > 0 {
			list[i].JobKey += "." + strconv.Itoa(i)
		}
	}
	return list
}

// fitsCaption reports whether words have room below a file in the chat.
func (a *act) fitsCaption(words string) bool {
	return text.Len16(text.Finish(a.chat.Lang, words)) <= a.can(a.chat.Key).MaxCaption
}

// line is the reply in the record: signed, and with the ready reply that it is.
func (r Reply) line(by bot.Staff) bot.Message {
	m := bot.Message{Author: by.Author()}
	if id, version, ok := strings.Cut(r.Ready, "@"); ok {
		m.Flow, m.Step = bot.ReadyFlow, id
		m.Bundle, _ = strconv.Atoi(version)
	}
	return m
}

// Note adds a note that colleagues read and members never.
func (d *Desk) Note(ctx context.Context, by bot.Staff, chat bot.ChatKey, n Note) error {
	n.Text = strings.TrimSpace(text.Clean(n.Text))
	if err := readable(n.ID, n.Text); err != nil {
		return err
	}
	return d.do(ctx, by, chat, func(ctx context.Context, a *act) error {
		key := "n" + n.ID
		note := bot.Message{Direction: bot.Note, Author: by.Author(), Text: n.Text, JobKey: key}
		if known, err := a.again(ctx, []bot.Message{note}); known || err != nil {
			return err
		}
		a.keep(note)
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

// again reports whether these lines were written before. The same keys with other words or files, or in another chat, are
// a conflict: somebody would believe that he said what he did not.
func (a *act) again(ctx context.Context, lines []bot.Message) (bool, error) {
	for i, line := range lines {
		written, err := a.tx.Written(ctx, line.JobKey)
		switch {
		case bot.KindOf(err) == bot.NotFound && i == 0:
			return false, nil
		case err != nil && bot.KindOf(err) != bot.NotFound:
			return false, err
		case err != nil || written.Chat != a.chat.Key || !sameLine(written, line):
			return false, &bot.Error{Kind: bot.Conflict, Key: "desk_repeated"}
		}
	}
	a.idle = true
	return true, nil
}

// sameLine compares what somebody writes with what was written: the words as they first were, without the marks of
// direction that were added to them.
func sameLine(written, line bot.Message) bool {
	words := written.Text
	if len(written.Earlier) > 0 {
		words = written.Earlier[0].Text
	}
	sameFile := func(a, b bot.File) bool { return a.ID == b.ID }
	return written.Author == line.Author && text.Unmark(words) == text.Unmark(line.Text) && slices.EqualFunc(written.Files, line.Files, sameFile)
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
