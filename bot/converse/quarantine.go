package converse

import (
	"context"
	"fmt"
	"time"

	"javab/bot"
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
// the chat into the queue: one transaction, like the turn it stands for. It returns the QuarantineError, or an
// Unavailable one when not even that could be stored.
func (t *Turn) quarantine(ctx context.Context, in bot.Inbound, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), requestLimit)
	defer cancel()
	t.Log.Error("delivery quarantined", "receipt", in.Receipt.String(), "chat", in.Chat, "error", cause)
	d := t.receive(in)
	channel := in.Chat.Channel()
	lease := t.Post.Reserve(channel)
	var born []bot.Job
	err := t.Store.Do(ctx, func(tx Tx) error {
		var err error
		born, err = d.keep(ctx, tx, cause, lease)
		return err
	})
	if err != nil {
		born = nil
	}
	t.Post.Carry(channel, lease, born)
	if err != nil {
		return &bot.Error{Kind: bot.Unavailable, Key: "database.unreachable", Err: err}
	}
	return &QuarantineError{in.Receipt, cause}
}

// keep is the transaction of a quarantine.
func (d *delivery) keep(ctx context.Context, tx Tx, cause error, lease bot.Lease) ([]bot.Job, error) {
	verdict, err := tx.Accept(ctx, Acceptance{Receipt: d.in.Receipt, At: d.now})
	if err != nil || verdict == Duplicate {
		return nil, err
	}
	err = tx.Quarantine(ctx, Quarantined{
		Receipt: d.in.Receipt, Chat: d.in.Chat, Raw: d.in.Raw, Reason: cause.Error(), Bundle: d.script.Version, At: d.now,
	})
	if err != nil || d.in.Kind == bot.KindEvent || d.in.Chat == "" {
		return nil, err
	}
	r, err := d.apologise(ctx, tx)
	if err != nil {
		return nil, err
	}
	return tx.Append(ctx, r.rows, lease)
}

// apologise tells the member that an officer will look at what he sent, and asks one to. The chat's state stays as it
// is: the next message may well be handled.
func (d *delivery) apologise(ctx context.Context, tx Tx) (*run, error) {
	chat, err := tx.Chat(ctx, d.in.Chat)
	if err != nil {
		return nil, err
	}
	r := &run{delivery: d, chat: chat, from: chat.Rev}
	if r.chat.Lang == "" {
		r.chat.Lang = bot.Fa
	}
	r.hear()
	r.say(d.script.notice(noticeApology, r.chat.Lang), "", "")
	err = d.turn.Actions.HandOver(ctx, tx, bot.HandOver{
		ID: string(d.draft), Chat: chat.Key, Member: chat.Member, Reason: "fault", Bundle: d.script.Version,
		Lang: r.chat.Lang, At: d.now,
	})
	if err != nil {
		return nil, fmt.Errorf("ask an officer: %w", err)
	}
	return r, r.fill(ctx)
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
