package telegram

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"javab/bot"
)

// Sender writes to members. Its errors are *bot.SendError.
type Sender struct {
	client  *client
	dialect Dialect
	bodies  func(id string) (io.ReadCloser, error) // of kept files
	// keyboards are the chats in which a contact button may still stand below the text field. It is a courtesy, not
	// state: after a restart such a keyboard stays until its next use.
	keyboards sync.Map
}

// sent is the one thing that is read of a message we sent.
type sent struct {
	ID int64 `json:"message_id"`
}

// ref names a sent message. The API answers some calls with an empty message, and Bale with message 0: no name then.
func (s sent) ref() bot.Ref {
	if s.ID <= 0 {
		return ""
	}
	return bot.Ref(strconv.FormatInt(s.ID, 10))
}

// Send sends m, in several messages if it is too long for one, and returns the names of all, with a space between them;
// the last one has the buttons. With Replace it edits instead, where it can. When a later part fails after the earlier ones have gone out, the
// pause the messenger asks for is waited for here, as far as ctx allows: a repeated job would double those parts.
func (s *Sender) Send(ctx context.Context, chat string, m bot.Outbound) (bot.Ref, error) {
	if m.Replace != "" && s.fitsEdit(m) {
		err := s.Edit(ctx, chat, bot.Ref(m.Replace), m)
		if err == nil {
			return bot.Ref(m.Replace), nil
		}
		if f := bot.FaultOf(err); f != bot.FaultNotFound && f != bot.FaultRejected && f != bot.FaultStale {
			return "", err
		}
	}
	return s.sendNew(ctx, chat, m)
}

// sendNew sends the parts in order; what hangs on a message hangs on its last part.
func (s *Sender) sendNew(ctx context.Context, chat string, m bot.Outbound) (bot.Ref, error) {
	parts := s.parts(m)
	if len(parts) == 0 && !attached(m) {
		return "", refuse("a message without text")
	}
	var names []string
	for i, part := range parts {
		last := i == len(parts)-1 && !attached(m)
		ref, err := s.patiently(ctx, i > 0, func() (bot.Ref, error) { return s.text(ctx, chat, m, part, last) })
		if err != nil {
			return "", err
		}
		names = append(names, string(ref))
	}
	if attached(m) {
		ref, err := s.patiently(ctx, len(parts) > 0, func() (bot.Ref, error) { return s.file(ctx, chat, m) })
		if err != nil {
			return "", err
		}
		names = append(names, string(ref))
	}
	return bot.Ref(strings.TrimSpace(strings.Join(names, " "))), nil
}

// parts cuts the text; one that fits below a file has no parts of its own.
func (s *Sender) parts(m bot.Outbound) [][]bot.Segment {
	text := strings.TrimSpace(m.Plain())
	if text == "" || attached(m) && s.fitsCaption(m) {
		return nil
	}
	return split(m.Segments, s.dialect.Caps.MaxText)
}

func (s *Sender) fitsCaption(m bot.Outbound) bool {
	return units(m.Plain()) <= s.dialect.Caps.MaxCaption
}

// text sends one message.
func (s *Sender) text(ctx context.Context, chat string, m bot.Outbound, part []bot.Segment, last bool) (bot.Ref, error) {
	text, mode := s.dialect.render(part)
	markup := s.markup(chat, m, last)
	message, err := call[sent](ctx, s.client, "sendMessage", &tg.SendMessageParams{
		ChatID: chatID(chat), Text: text, ParseMode: mode, ReplyMarkup: markup,
	})
	if err == nil {
		s.noteKeyboard(chat, markup)
	}
	return message.ref(), err
}

// laterTries bounds the patience with a message's later parts.
const laterTries = 4

func (s *Sender) patiently(ctx context.Context, later bool, send func() (bot.Ref, error)) (ref bot.Ref, err error) {
	for range laterTries {
		ref, err = send()
		e, ok := errors.AsType[*bot.SendError](err)
		if !later || !ok || e.Fault != bot.FaultRateLimited && e.Fault != bot.FaultTransient {
			return ref, err
		}
		select {
		case <-ctx.Done():
			return ref, err
		case <-time.After(max(e.After, 200*time.Millisecond)):
		}
	}
	return ref, err
}

// fitsEdit reports whether m can take the place of a message: one text, with or without inline buttons.
func (s *Sender) fitsEdit(m bot.Outbound) bool {
	return s.dialect.Caps.Edit && !attached(m) && m.AskContact == "" && len(split(m.Segments, s.dialect.Caps.MaxText)) == 1
}

// Edit puts m in the place of a message of ours, part by part; parts that are left over go. Of one with a file the words
// below it are changed. A message that says the same already is fine.
func (s *Sender) Edit(ctx context.Context, chat string, ref bot.Ref, m bot.Outbound) error {
	ids, err := messageIDs(ref)
	if err != nil {
		return err
	}
	if attached(m) {
		return s.editCaption(ctx, chat, ids[len(ids)-1], m)
	}
	parts := split(m.Segments, s.dialect.Caps.MaxText)
	if len(parts) > len(ids) {
		return &bot.SendError{Fault: bot.FaultTooLong, Err: errors.New("the new words need more messages than the old ones")}
	}
	for i, part := range parts {
		if err := s.editOne(ctx, chat, ids[i], m, part, i == len(parts)-1); err != nil {
			return err
		}
	}
	return s.deleteAll(ctx, chat, ids[len(parts):])
}

func (s *Sender) editOne(ctx context.Context, chat string, id int, m bot.Outbound, part []bot.Segment, last bool) error {
	text, mode := s.dialect.render(part)
	params := &tg.EditMessageTextParams{ChatID: chatID(chat), MessageID: id, Text: text, ParseMode: mode}
	if last && len(m.Choices) > 0 {
		params.ReplyMarkup = inlineKeyboard(m.Lang, m.Choices)
	}
	_, err := call[sent](ctx, s.client, "editMessageText", params)
	return unlessSame(err)
}

func (s *Sender) editCaption(ctx context.Context, chat string, id int, m bot.Outbound) error {
	if !s.fitsCaption(m) {
		return &bot.SendError{Fault: bot.FaultTooLong, Err: errors.New("the new words do not fit below the file")}
	}
	text, mode := s.dialect.render(m.Segments)
	params := &tg.EditMessageCaptionParams{ChatID: chatID(chat), MessageID: id, Caption: text, ParseMode: mode}
	_, err := call[sent](ctx, s.client, "editMessageCaption", params)
	return unlessSame(err)
}

// unlessSame drops the error of an edit that would change nothing.
func unlessSame(err error) error {
	if err != nil && bot.FaultOf(err) == bot.FaultNotModified {
		return nil
	}
	return err
}

// Delete removes a message of ours. One that is gone already is fine.
func (s *Sender) Delete(ctx context.Context, chat string, ref bot.Ref) error {
	ids, err := messageIDs(ref)
	if err != nil {
		return err
	}
	return s.deleteAll(ctx, chat, ids)
}

func (s *Sender) deleteAll(ctx context.Context, chat string, ids []int) error {
	for _, id := range ids {
		_, err := call[bool](ctx, s.client, "deleteMessage", &tg.DeleteMessageParams{ChatID: chatID(chat), MessageID: id})
		if err != nil && bot.FaultOf(err) != bot.FaultNotFound {
			return err
		}
	}
	return nil
}

// AckPress ends the waiting sign on a button, and shows a text for a moment when there is one (at most 200 letters). A
// press that cannot be answered any more is no error.
func (s *Sender) AckPress(ctx context.Context, pressID, text string) error {
	if pressID == "" || !s.dialect.Caps.AckPress {
		return nil
	}
	_, err := call[bool](ctx, s.client, "answerCallbackQuery", &tg.AnswerCallbackQueryParams{CallbackQueryID: pressID, Text: text})
	if err != nil && bot.FaultOf(err) == bot.FaultStale {
		return nil
	}
	return err
}

// Typing shows for some seconds that an answer is on its way.
func (s *Sender) Typing(ctx context.Context, chat string) error {
	_, err := call[bool](ctx, s.client, "sendChatAction", &tg.SendChatActionParams{ChatID: chatID(chat), Action: models.ChatActionTyping})
	return err
}

// chatID writes a chat's id as the API does, as a number where it is one.
func chatID(chat string) any {
	if n, err := strconv.ParseInt(chat, 10, 64); err == nil {
		return n
	}
	return chat
}

// messageIDs reads the names of a message's parts.
func messageIDs(ref bot.Ref) (ids []int, err error) {
	for name := range strings.FieldsSeq(string(ref)) {
		id, err := strconv.Atoi(name)
		if err != nil || id <= 0 {
			return nil, noMessage()
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil, noMessage()
	}
	return ids, nil
}

func noMessage() error {
	return &bot.SendError{Fault: bot.FaultNotFound, Err: errors.New("no message of that name")}
}

func refuse(why string) error { return &bot.SendError{Fault: bot.FaultRejected, Err: errors.New(why)} }
