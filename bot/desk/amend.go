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

// Edit puts other words in the place of a message of by's own. One that has not gone out goes out with the new words;
// else a job follows it in its lane. The old words stay in the record.
func (d *Desk) Edit(ctx context.Context, by bot.Staff, chat bot.ChatKey, line int64, words string) error {
	words = strings.TrimSpace(text.Clean(words))
	if err := readable(strconv.FormatInt(line, 10), words); err != nil {
		return err
	}
	return d.amend(ctx, by, chat, line, "edited", func(ctx context.Context, a *act, l Line) (Line, error) {
		switch {
		case l.Text == "" && len(l.Files) > 0:
			return l, &bot.Error{Kind: bot.Conflict, Key: "desk_amend_file"}
		case !d.can(chat).Edit:
			return l, &bot.Error{Kind: bot.Conflict, Key: "desk_amend_never"}
		}
		words := text.Finish(a.chat.Lang, words)
		if words == l.Text {
			a.idle = true
			return l, nil
		}
		l.Earlier = append(slices.Clone(l.Earlier), bot.Wording{Text: l.Text, Until: a.now})
		l.Text, l.SearchKey, l.EditedAt = words, text.Fold(words), a.now
		open, err := a.tx.Reword(ctx, l.JobKey, encode(a.plain(words)), a.now)
		if err != nil || open {
			return l, err
		}
		out := a.plain(words)
		out.Amends = l.JobKey
		return l, a.follow(&l, out)
	})
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

// amend changes a message that by has written, and audits it: ids alone, for erasing must leave the chain whole. He need
// not hold the chat: whoever has sent something wrong may take it back.
func (d *Desk) amend(ctx context.Context, by bot.Staff, chat bot.ChatKey, line int64, what string, change func(context.Context, *act, Line) (Line, error)) error {
	return d.begin(ctx, by, chat, (*act).lately, func(ctx context.Context, a *act) error {
		l, err := a.tx.Line(ctx, chat, line)
		switch {
		case err != nil:
			return err
		case l.Direction != bot.Out || l.Author != by.Author():
			return &bot.Error{Kind: bot.Forbidden, Key: "desk_amend_own"}
		case !l.DeletedAt.IsZero() && what == "deleted":
			a.idle = true
			return nil
		case !l.DeletedAt.IsZero():
			return &bot.Error{Kind: bot.Conflict, Key: "desk_amend_deleted"}
		}
		if l, err = change(ctx, a, l); err != nil || a.idle {
			return err
		}
		if err := a.tx.Amend(ctx, line, l.Message); err != nil {
			return fmt.Errorf("amend line %d of chat %s: %w", line, chat, err)
		}
		a.lineAudit(what, line)
		return nil
	})
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
	if _, err := a.tx.Reword(ctx, l.JobKey, encode(a.plain(l.Text)), a.now); err != nil {
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
