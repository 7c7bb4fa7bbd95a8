package converse

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"javab/bot"
	"javab/flows"
	"javab/locales/text"
)

// Turn handles what members send. Its fields are set once; it is safe for concurrent use.
type Turn struct {
	Store   Store
	Hot     Hot
	Content Content
	Matcher Matcher
	Actions Actions
	Post    Post
	Clock   func() time.Time
	Random  func() uint64 // cryptographic: revisions, draft ids and button tokens come from it
	Limit   int           // messages a minute that one chat is answered; 0: no limit
	Log     *slog.Logger

	failures failures
}

// Content gives the versions that turns are played with: the live one, but to a chat that is pinned to another.
type Content interface {
	// Live is what plays every chat that is not pinned.
	Live() Script
	// Version returns a version that is at hand. It never waits.
	Version(number int) (Script, bool)
	// Fetch brings a version to hand. It may read the store, so no transaction may be open. A version that is lost or
	// cannot be played is no error: it is not at hand afterwards, and its chats go on with what is live.
	Fetch(ctx context.Context, number int) error
}

// Script is a version of the content as a turn plays it.
type Script struct {
	Version int
	Program *flows.Program
	// Notices are what the turn itself says, where no script can: the texts of NoticeIDs.
	Notices map[string]bot.Text
}

// NoticeIDs are the texts that a Script must have.
var NoticeIDs = []string{noticeTooFast, noticeApology, noticeAway, noticeMuted}

const (
	noticeTooFast = "too_fast" // more messages a minute than one chat is answered
	noticeApology = "apology"  // we could not handle this; an officer will look at it
	noticeAway    = "away"     // nothing can be stored now; what was sent is not lost

	noticeMuted = "desk.muted" // until {date}, {time} no officer reads the chat
)

func (s Script) notice(id string, lang bot.Lang) bot.Outbound {
	words := text.Finish(lang, s.Notices[id].In(lang))
	return bot.Outbound{Lang: lang, Segments: []bot.Segment{{Text: words}}}
}

// Matcher says which answers or flows a free text may mean.
type Matcher interface {
	Match(ask Ask) flows.Match
}

// Ask is a free text as the matcher is asked about it.
type Ask struct {
	Lang bot.Lang // that is spoken with the member
	Text string
	Last string // the answer that he read last, "answers/<id>"; empty when there is none
	Free bool   // he is in the middle of nothing, and in nothing confidential: this can only be a question
}

// Actions is what scripts can ask for, and the queue of humans.
type Actions interface {
	Do(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error)
	HandOver(ctx context.Context, tx Tx, h bot.HandOver) error
	// Wake gives a chat back to the officer who has put it off, and returns the lines that say so.
	Wake(ctx context.Context, tx Tx, chat bot.Chat, at time.Time) ([]bot.Message, error)
}

// Post carries out what a commit has made due. None of its methods waits for a messenger.
type Post interface {
	Reserve(channel bot.ChannelID) bot.Lease
	Carry(channel bot.ChannelID, lease bot.Lease, born []bot.Job)
	Wake(lane bot.ChatKey)
	Ack(chat bot.ChatKey, pressID string)
	// Excuse tells a member that nothing could be stored: without a job, best effort and seldom.
	Excuse(chat bot.ChatKey, pressID string, m bot.Outbound)
}

// requestLimit bounds a whole turn: the messenger waits much longer, but others wait behind it.
const requestLimit = 5 * time.Second

// Handle commits the inbound and all that follows from it, once. Nil means that it is stored, or was before; a
// QuarantineError that it is kept for a repair: both may be acknowledged. A bot.Error of kind Unavailable means that
// nothing was stored and the delivery must come again.
func (t *Turn) Handle(ctx context.Context, in bot.Inbound) error {
	ctx, cancel := context.WithTimeout(ctx, requestLimit)
	defer cancel()
	err := refusal(ctx, t.guarded(in, func() error { return t.try(ctx, in) }))
	switch {
	case err == nil:
		t.failures.committed(in.Receipt, t.Clock())
		return nil
	case bot.KindOf(err) != bot.Unavailable:
		return t.quarantine(ctx, in, err)
	case t.failures.stubborn(in.Receipt, t.Clock()):
		return t.quarantine(ctx, in, fmt.Errorf("failed again and again while others were stored: %w", err))
	default:
		t.excuse(ctx, in)
		return err
	}
}

// excuse tells the member, in the language that he was last seen with, that his message waits at the messenger.
func (t *Turn) excuse(ctx context.Context, in bot.Inbound) {
	switch in.Kind {
	case bot.KindEvent, bot.KindIgnored, bot.KindBlocked, bot.KindUnblocked:
		return
	}
	lang, _ := text.LangOf(in.From.Lang)
	if chat, _, err := t.Hot.Load(context.WithoutCancel(ctx), in.Chat); err == nil && chat.Lang.Valid() {
		lang = chat.Lang
	}
	press := ""
	if in.Press != nil {
		press = in.Press.ID
	}
	t.Post.Excuse(in.Chat, press, t.Content.Live().notice(noticeAway, lang))
}

// guarded calls f. A panic of ours comes back as an error, so that one bad update never stops the program; the log is
// told where it happened.
func (t *Turn) guarded(in bot.Inbound, f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &broken{p}
			t.Log.Error("panic in a turn", "receipt", in.Receipt.String(), "stack", string(debug.Stack()))
		}
	}()
	return f()
}

// broken is a panic of ours. Its value may quote what a member wrote: the quarantine gets it, the log never does.
type broken struct{ value any }

func (e *broken) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// loggable is an error as the log may have it.
func loggable(err error) string {
	if _, is := errors.AsType[*broken](err); is {
		return "panic"
	}
	return err.Error()
}

// try plans and commits.
func (t *Turn) try(ctx context.Context, in bot.Inbound) error {
	d := t.receive(in)
	if in.Kind == bot.KindIgnored {
		return t.file(ctx, d)
	}
	planned, err := t.plan(ctx, d)
	if err != nil {
		return err
	}
	return t.commit(ctx, d, planned)
}

// file records the receipt of a delivery that wants nothing else.
func (t *Turn) file(ctx context.Context, d *delivery) error {
	return t.Store.Do(ctx, func(tx Tx) error {
		_, err := tx.Accept(ctx, Acceptance{Receipt: d.in.Receipt, At: d.now})
		return err
	})
}

// plan steps the script on the chat as it was last seen. Whether that was still true is found out by the commit.
func (t *Turn) plan(ctx context.Context, d *delivery) (*run, error) {
	chat, err := t.lastSeen(ctx, d)
	if err != nil {
		return nil, err
	}
	var planned *run
	err = d.fetching(ctx, func() (err error) {
		planned, err = d.begin(ctx, chat, t.Store.ReadDraft)
		return err
	})
	return planned, err
}

// lastSeen returns the chat from the hot store, else from SQL, else as a new one.
func (t *Turn) lastSeen(ctx context.Context, d *delivery) (bot.Chat, error) {
	chat, recent, err := t.Hot.Load(ctx, d.in.Chat)
	d.recent = recent
	if err == nil && chat.Key != "" {
		return chat, nil
	}
	chat, err = t.Store.ReadChat(ctx, d.in.Chat)
	if bot.KindOf(err) == bot.NotFound {
		return bot.Chat{Key: d.in.Chat}, nil
	}
	return chat, err
}

// commit writes everything in one transaction, then hands over what is due. The closure may run twice: it starts from
// the plan each time and leaves only its last result. Most turns need no closure.
func (t *Turn) commit(ctx context.Context, d *delivery, planned *run) error {
	channel := d.in.Chat.Channel()
	lease := t.Post.Reserve(channel)
	done, settled, err := d.settle(ctx, planned, lease)
	if err == nil && !settled {
		err = d.fetching(ctx, func() error {
			return t.Store.Do(ctx, func(tx Tx) error {
				return t.guarded(d.in, func() (err error) {
					done, err = d.write(ctx, tx, planned.copy(tx.Draft), lease)
					return err
				})
			})
		})
	}
	if err != nil {
		done = outcome{}
	}
	t.Post.Carry(channel, lease, done.born)
	if err != nil {
		return err
	}
	t.afterwards(d, done)
	if !done.duplicate {
		t.Hot.Put(done.chat)
	}
	return nil
}

// afterwards is what nobody waits for: the spinner on the button, the claimers.
func (t *Turn) afterwards(d *delivery, done outcome) {
	if d.in.Press != nil {
		t.Post.Ack(d.in.Chat, d.in.Press.ID)
	}
	if done.waiting {
		t.Post.Wake(d.in.Chat)
	}
	if done.errands {
		t.Post.Wake("")
	}
}

// refusal makes a turn that ran out of time an Unavailable one: it is nobody's fault, and comes again.
func refusal(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) || ctx.Err() != nil {
		return &bot.Error{Kind: bot.Unavailable, Key: "database.slow", Err: err}
	}
	return err
}
