package staffchat

import (
	"context"
	"fmt"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/staff"
	"javab/locales/text"
)

// Room is the staff's side of the messenger. Its fields are set once; it is safe for concurrent use.
type Room struct {
	Store  Store
	Office Office
	Gate   *staff.Gate // proves codes
	Words  Words
	Hot    Hot
	Post   Post
	Clock  func() time.Time
	Random func() uint64 // cryptographic: revisions come from it
}

// Office decides; approve.Office does it.
type Office interface {
	Approve(ctx context.Context, by bot.Staff, id, hash string) error
	Change(ctx context.Context, by bot.Staff, id, reason string) error
	Refuse(ctx context.Context, by bot.Staff, id, reason string) error
}

// Words are the sentences of the content that is live.
type Words interface {
	// Text returns one of the texts of TextIDs.
	Text(id string) bot.Text
	UnitName(unit bot.UnitID) bot.Text
}

// Hot is told of every chat that moved.
type Hot interface{ Put(chat bot.Chat) }

// Post is told of a lane that has something to carry.
type Post interface{ Wake(lane bot.ChatKey) }

// Flow is the name under which the record keeps what is said here.
const Flow = "staff"

// Tell says a message in all chats that somebody has linked, once in each under its key: it may be called again. what says
// in the record what it was about.
func (r *Room) Tell(ctx context.Context, whom bot.StaffID, key, what string, m Message) error {
	linked, err := r.Store.StaffChats(ctx, whom)
	if err != nil {
		return fmt.Errorf("read the chats of %s: %w", whom, err)
	}
	for _, l := range linked {
		if err := r.tell(ctx, l.Chat, key, what, m); err != nil {
			return fmt.Errorf("tell %s in chat %s: %w", whom, l.Chat, err)
		}
	}
	return nil
}

// Message writes what is said in a chat of that language.
type Message = func(lang bot.Lang) bot.Outbound

// tell says a message in one chat, once under its key. Whoever has blocked the bot is told nothing.
func (r *Room) tell(ctx context.Context, key bot.ChatKey, once, what string, m Message) error {
	var told bot.Chat
	rev, now := int64(r.Random()>>1)|1, r.Clock()
	err := r.Store.Do(ctx, func(tx Tx) error {
		told = bot.Chat{}
		receipt := bot.ReceiptKey{Source: bot.SourceInternal, ID: once + ":" + string(key)}
		verdict, err := tx.Accept(ctx, converse.Acceptance{Receipt: receipt, At: now})
		if err != nil || verdict == converse.Duplicate {
			return err
		}
		chat, err := tx.Chat(ctx, key)
		if err != nil || chat.Blocked {
			return err
		}
		chat.Rev = rev
		if _, err := tx.Append(ctx, line(chat, receipt.ID, what, m(chat.Lang), now), bot.Lease{}); err != nil {
			return err
		}
		told = chat
		return nil
	})
	if err != nil || told.Key == "" {
		return err
	}
	r.Post.Wake(told.Key)
	r.Hot.Put(told)
	return nil
}

// line is a message with the job that sends it. The record has dots in the place of private words.
func line(chat bot.Chat, key, what string, m bot.Outbound, now time.Time) converse.Rows {
	m.Lang, m.Segments = chat.Lang, text.FinishSegments(chat.Lang, m.Segments)
	said := m.Plain()
	if m.Private {
		said = dots
	}
	return converse.Rows{
		Chat: &chat,
		Messages: []bot.Message{{
			Chat: chat.Key, At: now, Direction: bot.Out, Author: bot.ByBot, Kind: bot.KindText, Text: said, JobKey: key,
			Flow: Flow, Step: what,
		}},
		Jobs: []bot.Job{{Kind: bot.JobSend, Lane: chat.Key, Key: key, Payload: encode(m), RunAt: now}},
	}
}

// dots stand in the record where the words of a member's matter were.
const dots = "•••"
