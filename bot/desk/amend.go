package desk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// Change is other words for a message that was written.
type Change struct {
	Line int64
	Text string
	Sure []Hint // those that its officer has seen
}

// Edit puts other words in the place of a message of by's own, or below its file. One that has not gone out goes out with
// the new words; else a job follows it in its lane. The old words stay in the record.
func (d *Desk) Edit(ctx context.Context, by bot.Staff, chat bot.ChatKey, c Change) error {
	c.Text = strings.TrimSpace(text.Clean(c.Text))
	if err := readable(strconv.FormatInt(c.Line, 10), c.Text); err != nil {
		return err
	}
	if err := d.heed(c.Text, c.Sure); err != nil {
		return err
	}
	bench, err := d.bench(ctx)
	if err != nil {
		return err
	}
	return d.begin(ctx, by, chat, (*act).lately, func(ctx context.Context, a *act) error {
		l, err := a.ownLine(ctx, c.Line, "edited")
		if err != nil {
			return err
		}
		if err := a.editable(l, c.Text); err != nil {
			return err
		}
		why, err := a.binds(ctx, bench, c.Text, nil)
		if err != nil {
			return err
		}
		if len(why) > 0 && text.Finish(a.chat.Lang, c.Text) != l.Text {
			return a.askToEdit(ctx, bench, l, c.Text, why)
		}
		return a.amendLine(ctx, c.Line, "edited", reworded(c.Text))
	})
}

// amendment is what becomes of a line.
type amendment func(ctx context.Context, a *act, l Line) (Line, error)

// reworded puts other words in the place of a line's.
func reworded(words string) amendment {
	return func(ctx context.Context, a *act, l Line) (Line, error) {
		if err := a.editable(l, words); err != nil {
			return l, err
		}
		words := text.Finish(a.chat.Lang, words)
		if words == l.Text {
			a.idle = true
			return l, nil
		}
		l.Earlier = append(slices.Clone(l.Earlier), bot.Wording{Text: l.Text, Until: a.now})
		l.Text, l.SearchKey, l.EditedAt = words, text.Fold(words), a.now
		open, err := a.tx.Reword(ctx, l.JobKey, encode(a.carried(l.Message)), a.now)
		if err != nil || open {
			return l, err
		}
		out := a.carried(l.Message)
		out.Amends = l.JobKey
		return l, a.follow(&l, out)
	}
}

// editable fails where the channel cannot put these words in the place of a line's.
func (a *act) editable(l Line, words string) error {
	can := a.can(a.chat.Key)
	switch {
	case l.Text == "" && len(l.Files) > 0:
		return &bot.Error{Kind: bot.Conflict, Key: "desk_amend_file"}
	case !can.Edit:
		return &bot.Error{Kind: bot.Conflict, Key: "desk_amend_never"}
	case len(l.Files) > 0 && !a.fitsCaption(words):
		return &bot.Error{Kind: bot.Invalid, Key: "desk_caption", Params: map[string]string{"Max": strconv.Itoa(can.MaxCaption)}}
	}
	return nil
}

// Delete takes a message of by's own away from the member. Its words stay in the record.
func (d *Desk) Delete(ctx context.Context, by bot.Staff, chat bot.ChatKey, line int64) error {
	return d.amend(ctx, by, chat, line, "deleted", func(ctx context.Context, a *act, l Line) (Line, error) {
		unsent, err := a.tx.Withdraw(ctx, l.JobKey, a.now)
		if err != nil {
			return l, err
		}
		l.DeletedAt = a.now
		if unsent {
			l.AmendKey = ""
			return l, nil
		}
		switch within := d.can(chat).Delete; {
		case within == 0:
			return l, &bot.Error{Kind: bot.Conflict, Key: "desk_amend_never"}
		case a.now.Sub(l.At) > within:
			return l, &bot.Error{Kind: bot.Conflict, Key: "desk_amend_old", Params: map[string]string{"Hours": strconv.Itoa(int(within.Hours()))}}
		}
		return l, a.follow(&l, bot.Outbound{Lang: a.chat.Lang, Amends: l.JobKey, Withdraw: true})
	})
}

// amend changes a message that by has written. He need not hold the chat: whoever has sent something wrong may take it
// back.
func (d *Desk) amend(ctx context.Context, by bot.Staff, chat bot.ChatKey, line int64, what string, change amendment) error {
	return d.begin(ctx, by, chat, (*act).lately, func(ctx context.Context, a *act) error {
		return a.amendLine(ctx, line, what, change)
	})
}

// amendLine changes a message of a.by's own, and audits it: ids alone, for erasing must leave the chain whole.
func (a *act) amendLine(ctx context.Context, line int64, what string, change amendment) error {
	l, err := a.ownLine(ctx, line, what)
	if err != nil || a.idle {
		return err
	}
	if l, err = change(ctx, a, l); err != nil || a.idle {
		return err
	}
	if err := a.tx.Amend(ctx, line, l.Message); err != nil {
		return fmt.Errorf("amend line %d of chat %s: %w", line, a.chat.Key, err)
	}
	a.lineAudit(what, line)
	return nil
}

// ownLine is a message of a.by's own that still stands. One that is gone already need not be deleted.
func (a *act) ownLine(ctx context.Context, line int64, what string) (Line, error) {
	l, err := a.tx.Line(ctx, a.chat.Key, line)
	switch {
	case err != nil:
		return l, err
	case l.Direction != bot.Out || l.Author != a.by.Author():
		return l, &bot.Error{Kind: bot.Forbidden, Key: "desk_amend_own"}
	case !l.DeletedAt.IsZero() && what == "deleted":
		a.idle = true
	case !l.DeletedAt.IsZero():
		return l, &bot.Error{Kind: bot.Conflict, Key: "desk_amend_deleted"}
	}
	return l, nil
}

// follow sends a change after its message. A chat that blocked us cannot be reached.
func (a *act) follow(l *Line, out bot.Outbound) error {
	if a.chat.Blocked {
		return &bot.Error{Kind: bot.Conflict, Key: "chat_blocked"}
	}
	l.AmendKey = a.key()
	a.rows.Jobs = append(a.rows.Jobs, bot.Job{Kind: bot.JobSend, Lane: a.chat.Key, Key: l.AmendKey, Payload: encode(out), RunAt: a.now})
	return nil
}

func (a *act) lineAudit(what string, line int64) {
	a.audit = append(a.audit, bot.AuditEntry{
		At: a.now, By: a.by.ID, What: "message." + what, Subject: "message " + strconv.FormatInt(line, 10), After: "chat " + string(a.chat.Key),
	})
}

// can is what the chat's channel can do.
func (d *Desk) can(chat bot.ChatKey) bot.Caps {
	if d.Caps == nil {
		return bot.Caps{}
	}
	return d.Caps(chat.Channel())
}

// Retry sends a message, or the change of one, that was given up once more: the same job again, as the line reads now.
func (d *Desk) Retry(ctx context.Context, by bot.Staff, chat bot.ChatKey, line int64) error {
	return d.named(ctx, d.begin(ctx, by, chat, (*act).lately, func(ctx context.Context, a *act) error {
		l, err := a.tx.Line(ctx, chat, line)
		switch {
		case err != nil:
			return err
		case a.chat.Blocked:
			return &bot.Error{Kind: bot.Conflict, Key: "chat_blocked"}
		}
		if err := a.mine(); err != nil {
			return err
		}
		key := l.JobKey
		if l.Sent != SentFailed {
			key = l.AmendKey
		} else if err := a.asNow(ctx, &l); err != nil {
			return err
		}
		if a.opened, err = a.tx.Again(ctx, key, a.now); err != nil {
			return fmt.Errorf("open job %s again: %w", key, err)
		}
		if a.idle = !a.opened; a.opened { // else it is on its way, or has arrived
			a.lineAudit("retried", line)
		}
		return nil
	}))
}

// asNow puts the words that the line has now into its job: it may have been edited after it was given up.
func (a *act) asNow(ctx context.Context, l *Line) error {
	if l.EditedAt.IsZero() {
		return nil
	}
	if _, err := a.tx.Reword(ctx, l.JobKey, encode(a.carried(l.Message)), a.now); err != nil {
		return fmt.Errorf("reword job %s: %w", l.JobKey, err)
	}
	l.AmendKey = ""
	return a.tx.Amend(ctx, l.ID, l.Message)
}

// Downloaded notes that by takes a file out of the desk, before he has it.
func (d *Desk) Downloaded(ctx context.Context, by bot.Staff, chat bot.ChatKey, file string) error {
	return d.Store.Do(ctx, func(tx Tx) error {
		return tx.Audit(ctx, bot.AuditEntry{
			At: d.Clock(), By: by.ID, What: "file.downloaded", Subject: "file " + file, After: "chat " + string(chat),
		})
	})
}
