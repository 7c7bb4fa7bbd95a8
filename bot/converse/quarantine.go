package converse

import (
	"context"
	"fmt"
	"strings"
	"time"

	"javab/bot"
	"javab/flows"
	"javab/locales/text"
)

// QuarantineError says that a delivery was kept for a repair, and why it could not be handled.
type QuarantineError struct {
	Receipt bot.ReceiptKey
	Cause   error
}

func (e *QuarantineError) Error() string {
	return fmt.Sprintf("quarantined %s: %v", e.Receipt, e.Cause)
}

func (e *QuarantineError) Unwrap() error { return e.Cause }

// quarantine keeps a delivery that our own program could not handle, tells the member that a person will look, and puts
// the chat into the queue: one transaction, like the turn it stands for. When that fails by our own fault too, the
// delivery alone is kept. It returns the QuarantineError, or an Unavailable one when not even that could be stored.
func (t *Turn) quarantine(ctx context.Context, in bot.Inbound, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), requestLimit)
	defer cancel()
	t.Log.Error("delivery quarantined", "receipt", in.Receipt.String(), "chat", in.Chat, "error", loggable(cause))
	d := t.receive(in)
	err := t.apologise(ctx, d, cause)
	if err != nil && bot.KindOf(err) != bot.Unavailable {
		t.Log.Error("no apology", "receipt", in.Receipt.String(), "chat", in.Chat, "error", loggable(err))
		err = t.Store.Do(ctx, func(tx Tx) error {
			_, err := d.keep(ctx, tx, cause)
			return err
		})
	}
	if err != nil {
		return &bot.Error{Kind: bot.Unavailable, Key: "database.unreachable", Err: err}
	}
	return &QuarantineError{in.Receipt, cause}
}

// apologise keeps the delivery, asks an officer and tells the member so, in one transaction.
func (t *Turn) apologise(ctx context.Context, d *delivery, cause error) error {
	channel := d.in.Chat.Channel()
	lease := t.Post.Reserve(channel)
	var done outcome
	err := t.Store.Do(ctx, func(tx Tx) error {
		var err error
		done, err = d.sorry(ctx, tx, cause, lease)
		return err
	})
	if err != nil {
		done = outcome{}
	}
	t.Post.Carry(channel, lease, done.born)
	if err == nil {
		t.afterwards(d, done)
	}
	return err
}

// keep records the delivery for a repair, and reports whether it was news.
func (d *delivery) keep(ctx context.Context, tx Tx, cause error) (bool, error) {
	verdict, err := tx.Accept(ctx, Acceptance{Receipt: d.in.Receipt, At: d.now})
	if err != nil || verdict == Duplicate {
		return false, err
	}
	return true, tx.Quarantine(ctx, Quarantined{
		Receipt: d.in.Receipt, Chat: d.in.Chat, Raw: d.in.Raw, Reason: cause.Error(), Bundle: d.played, At: d.now,
	})
}

// sorry is the transaction of apologise. The chat's state stays as it is: the next message may well be handled.
func (d *delivery) sorry(ctx context.Context, tx Tx, cause error, lease bot.Lease) (outcome, error) {
	news, err := d.keep(ctx, tx, cause)
	if err != nil || !news || d.in.Kind == bot.KindEvent || d.in.Chat == "" {
		return outcome{}, err
	}
	chat, err := tx.Chat(ctx, d.in.Chat)
	if err != nil {
		return outcome{}, err
	}
	r := &run{delivery: d, script: d.live, chat: chat, from: chat.Rev, drafts: tx.Draft}
	_ = r.load() // a state that cannot be read may be what is wrong: then the record does without it
	r.hear(r.unsaid())
	r.say(r.script.notice(noticeApology, r.chat.Lang), r.state.Flow, r.state.Step)
	err = d.turn.Actions.HandOver(ctx, tx, bot.HandOver{
		ID: string(d.draft), Chat: chat.Key, Member: chat.Member, Reason: "fault", Flow: r.state.Flow, Step: r.state.Step,
		Draft: r.state.Draft, Bundle: d.played, Lang: r.chat.Lang, At: d.now,
	})
	if err != nil {
		return outcome{}, fmt.Errorf("ask an officer: %w", err)
	}
	if err := r.fill(ctx); err != nil {
		return outcome{}, err
	}
	born, err := tx.Append(ctx, r.rows, lease)
	return r.outcome(born), err
}

// unsaid is what the member wrote, without what nothing may keep: never the button's words, since the engine that knows them
// may be what is broken. When it cannot even say what is secret, whatever looks like it is.
func (r *run) unsaid() (words string) {
	defer func() {
		if recover() == nil {
			return
		}
		words = r.in.Text
		if _, digits := text.OnlyDigits(words); digits || strings.HasPrefix(words, "/") {
			words = flows.Dots
		}
	}()
	return r.script.Program.Unsaid(r.state, r.in.Text)
}

// Refuse keeps a delivery that no adapter could read: it is acknowledged, and waits for `javab replay`.
func (t *Turn) Refuse(ctx context.Context, receipt bot.ReceiptKey, raw []byte, reason string, at time.Time) error {
	return t.Store.Do(ctx, func(tx Tx) error {
		verdict, err := tx.Accept(ctx, Acceptance{Receipt: receipt, At: at})
		if err != nil || verdict == Duplicate {
			return err
		}
		return tx.Quarantine(ctx, Quarantined{Receipt: receipt, Raw: raw, Reason: reason, At: at})
	})
}
