package desk

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"javab/bot"
	"javab/bot/approve"
	"javab/bot/converse"
)

// Desk carries out what officers do. Each act commits the message, the chat, the jobs and the audit in one transaction:
// whoever was told that it is done can pull the plug. Its fields are set once; it is safe for concurrent use.
type Desk struct {
	Store   Store
	Hot     Hot
	Post    Post
	Content Content
	Hours   Hours
	Clock   func() time.Time
	Random  func() uint64 // cryptographic: revisions come from it
	Log     *slog.Logger
	Caps    func(bot.ChannelID) bot.Caps // what a channel can do with messages that were sent; nil: nothing
	// Left is told of a chat that has gone to another unit, as it stood in the one that it left; nil: nobody is.
	Left func(ctx context.Context, before bot.HandOver)
	// Approvals holds what an officer may not say alone; nil: he may say everything.
	Approvals *approve.Office
	// Lexicons gives the words that replies are looked through for; nil: for none.
	Lexicons Lexicons

	watch atomic.Pointer[watch] // what Look saw last
}

// Hot is told of every chat that moved: working state and the desks' signal in one.
type Hot interface{ Put(chat bot.Chat) }

// Post carries out what a commit has made due.
type Post interface {
	Reserve(channel bot.ChannelID) bot.Lease
	Carry(channel bot.ChannelID, lease bot.Lease, born []bot.Job)
	Wake(lane bot.ChatKey)
}

// act is one act on one chat while its transaction runs. The chat is locked.
type act struct {
	*Desk
	tx     Tx
	by     bot.Staff // no id: the program itself
	now    time.Time
	rev    int64
	chat   bot.Chat
	hand   bot.HandOver
	before bot.HandOver // the same, as it was found
	rows   converse.Rows
	audit  []bot.AuditEntry
	live   bool // the hand-over is not over yet: it is written too
	waits  bool // rows hold an errand
	opened bool // a job was opened again
	idle   bool // nothing is to be written
}

// do runs an act on a chat that is in people's hands.
func (d *Desk) do(ctx context.Context, by bot.Staff, chat bot.ChatKey, f func(context.Context, *act) error) error {
	return d.begin(ctx, by, chat, (*act).handed, f)
}

// begin runs an act. f may run twice; it sees the chat as it is now and says what becomes of it.
func (d *Desk) begin(ctx context.Context, by bot.Staff, chat bot.ChatKey, find opening, f func(context.Context, *act) error) error {
	channel := chat.Channel()
	now, rev, lease := d.Clock(), int64(d.Random()>>1)|1, d.Post.Reserve(channel)
	var done *act
	var born []bot.Job
	err := d.Store.Do(ctx, func(tx Tx) (err error) {
		done, born = &act{Desk: d, tx: tx, by: by, now: now, rev: rev}, nil
		if err := done.open(ctx, chat, find); err != nil {
			return err
		}
		if err := f(ctx, done); err != nil || done.idle {
			return err
		}
		born, err = done.write(ctx, lease)
		return err
	})
	if err != nil {
		born = nil
	}
	d.Post.Carry(channel, lease, born)
	if err != nil || done.idle {
		return err
	}
	d.afterwards(ctx, done, born)
	return nil
}

// afterwards is what nobody waits for.
func (d *Desk) afterwards(ctx context.Context, done *act, born []bot.Job) {
	sends := 0
	for _, job := range done.rows.Jobs {
		if job.Kind.ToMember() {
			sends++
		}
	}
	if len(born) < sends || done.opened {
		d.Post.Wake(done.chat.Key)
	}
	if done.waits {
		d.Post.Wake("")
	}
	d.Hot.Put(done.chat)
	if d.Left != nil && done.before.Unit != done.hand.Unit {
		d.Left(ctx, done.before)
	}
}

// open locks the chat and finds its hand-over.
func (a *act) open(ctx context.Context, key bot.ChatKey, find opening) (err error) {
	if a.chat, err = a.tx.Chat(ctx, key); err != nil {
		return fmt.Errorf("lock chat %s: %w", key, err)
	}
	if err := find(a, ctx); err != nil {
		return err
	}
	a.live, a.before = a.running(), a.hand
	return nil
}

func hidden(key bot.ChatKey) error {
	return &bot.Error{Kind: bot.NotFound, Key: "chat_not_found", Params: map[string]string{"id": string(key)}}
}

// write commits the act: the hand-over, the chat with what was said in it, and the audit last, whose head is locked.
func (a *act) write(ctx context.Context, lease bot.Lease) ([]bot.Job, error) {
	if a.live {
		if err := a.tx.SaveHandOver(ctx, a.hand); err != nil {
			return nil, fmt.Errorf("save hand-over %s: %w", a.hand.ID, err)
		}
	}
	a.chat.Rev = a.rev
	a.rows.Chat = &a.chat
	born, err := a.tx.Append(ctx, a.rows, lease)
	if err != nil {
		return nil, fmt.Errorf("write to chat %s: %w", a.chat.Key, err)
	}
	for _, entry := range a.audit {
		if err := a.tx.Audit(ctx, entry); err != nil {
			return nil, fmt.Errorf("audit %s: %w", entry.What, err)
		}
	}
	return born, nil
}

// noted is a line of the record that only the desk reads, and an entry of the audit: by did what, and why.
func (a *act) noted(what, reason string, before, after bot.StaffID) {
	author := a.by.Author()
	if a.by.ID == "" {
		author = bot.ByBot
	}
	a.keep(bot.Message{Direction: bot.Note, Author: author, Text: reason, Flow: NoteFlow, Step: what})
	a.audit = append(a.audit, bot.AuditEntry{
		At: a.now, By: a.by.ID, What: "chat." + what, Subject: "chat " + string(a.chat.Key),
		Before: string(before), After: string(after), Reason: reason,
	})
}

// NoteFlow is the flow of the lines that the desk itself writes; their step is the act, or the id of what was said.
const NoteFlow = "desk"

// The acts, as they stand in the record and, after "chat.", in the audit.
const (
	ActClaimed     = "claimed"
	ActTransferred = "transferred"
	ActReleased    = "released"
	ActTakenOver   = "taken_over"
	ActClosed      = "closed"
	ActSnoozed     = "snoozed"
	ActWoken       = "woken"
	ActNamed       = "named"       // for a colleague who reads the language
	ActWarned      = "warned"      // held without an answer
	ActAsked       = "asked"       // the silent member was asked
	ActUnanswered  = "unanswered"  // back to the queue: no answer
	ActAbsent      = "absent"      // back to the queue: its officer is gone
	ActShift       = "shift_ended" // back to the queue
	ActHandedBack  = "handed_back" // to the bot: the member was silent
	ActAccused     = "accused"     // the chat is kept from whom it complains about
	ActAbsolved    = "absolved"
	ActCautioned   = "cautioned" // the member was asked for a civil tone
	ActMuted       = "muted"
	ActUnmuted     = "unmuted"
	ActLegalHold   = "legal_hold"
	ActLegalLifted = "legal_hold_lifted"
	ActManager     = "manager_called"
	ActLinked      = "linked"
	ActUnlinked    = "unlinked"
	ActHeldBack    = "held_back" // waits for approval; the line has the words
	ActApproved    = "approved"
	ActRefused     = "refused"
	ActChanged     = "change_wanted"
	ActWithdrawn   = "withdrawn"
)
