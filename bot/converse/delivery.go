package converse

import (
	"context"
	"encoding/base32"
	"encoding/binary"
	"time"

	"javab/bot"
	"javab/flows"
)

// delivery is one Inbound with everything that must be the same however often its closure runs: the instant, the ids,
// the content.
type delivery struct {
	turn    *Turn
	in      bot.Inbound
	now     time.Time
	live    Script
	played  int // the version that was played last
	fetched int // the version that was brought to hand for it
	recent  int // messages of this chat within the running minute
	matched map[spoken]flows.Match

	rev   int64
	token string
	draft bot.DraftID
}

// spoken is a text in the language that was spoken with the member when the matcher was asked about it.
type spoken struct {
	lang bot.Lang
	text string
}

func (t *Turn) receive(in bot.Inbound) *delivery {
	d := &delivery{turn: t, in: in, now: t.Clock(), live: t.Content.Live()}
	d.played = d.live.Version
	d.rev = int64(t.Random() >> 1)
	if d.rev == 0 {
		d.rev = 1 // 0 is the revision of a chat that is not there
	}
	d.token = letters(t.Random())[:tokenLength]
	d.draft = bot.DraftID(letters(t.Random()))
	return d
}

// tokenLength is long enough that an old button is never taken for a new one, and short in a button's 64 bytes.
const tokenLength = 6

// letters spells 64 random bits in lower-case letters and digits.
func letters(random uint64) string {
	return spelling.EncodeToString(binary.BigEndian.AppendUint64(nil, random))
}

var spelling = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

// event is the stem of all keys that this delivery makes: unique for ever, the same at each try.
func (d *delivery) event() string { return d.in.Receipt.String() }

// settle commits a turn that asks nothing of the program. It reports false, and has written nothing, when there is more
// to it: an action to carry out, a hand-over, a chat to wake, a form to seal, or a chat that has moved since the plan.
func (d *delivery) settle(ctx context.Context, r *run, lease bot.Lease) (outcome, bool, error) {
	if r.do != nil || r.handed != nil || r.wakes || r.sealed != "" {
		return outcome{}, false, nil
	}
	verdict, born, err := d.turn.Store.CommitTurn(ctx, d.acceptance(r), r.rows, lease)
	switch {
	case err != nil || verdict == Moved:
		return outcome{}, false, err
	case verdict == Duplicate:
		return outcome{duplicate: true}, true, nil
	}
	return r.outcome(born), true, nil
}

func (d *delivery) acceptance(r *run) Acceptance {
	return Acceptance{Receipt: d.in.Receipt, At: d.now, Chat: r.chat, From: r.from}
}

// write is the transaction of a turn.
func (d *delivery) write(ctx context.Context, tx Tx, r *run, lease bot.Lease) (outcome, error) {
	verdict, err := tx.Accept(ctx, d.acceptance(r))
	if err != nil || verdict == Duplicate {
		return outcome{duplicate: true}, err
	}
	if verdict == Moved {
		if r, err = d.again(ctx, tx); err != nil {
			return outcome{}, err
		}
	}
	acted, err := r.act(ctx, tx)
	if err != nil {
		return outcome{}, err
	}
	if acted || verdict == Moved {
		r.rows.Chat = &r.chat
	}
	born, err := tx.Append(ctx, r.rows, lease)
	return r.outcome(born), err
}

// again plans once more on the chat as it is, now that its row is locked.
func (d *delivery) again(ctx context.Context, tx Tx) (*run, error) {
	chat, err := tx.Chat(ctx, d.in.Chat)
	if err != nil {
		return nil, err
	}
	return d.begin(ctx, chat, tx.Draft)
}

// outcome is what a committed turn leaves to be done.
type outcome struct {
	duplicate bool
	chat      bot.Chat
	born      []bot.Job // leased to this instance
	waiting   bool      // some messages must be claimed
	errands   bool      // some jobs are no messages
}
