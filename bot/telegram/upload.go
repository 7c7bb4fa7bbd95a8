package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"javab/bot"
)

// document sends a file of ours by the library's client, which knows how to write uploads.
func (s *Sender) document(ctx context.Context, chat string, m bot.Outbound) (bot.Ref, error) {
	if int64(len(m.Document.Body)) > s.dialect.Caps.MaxUp {
		return "", &bot.SendError{Fault: bot.FaultTooLong, Err: errors.New("the document is too large")}
	}
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	markup := s.markup(chat, m, true)
	params := &tg.SendDocumentParams{
		ChatID:      chatID(chat),
		Document:    &models.InputFileUpload{Filename: m.Document.Name, Data: bytes.NewReader(m.Document.Body)},
		ReplyMarkup: markup,
	}
	if strings.TrimSpace(m.Plain()) != "" && s.fitsCaption(m) {
		params.Caption, params.ParseMode = s.dialect.render(m.Segments)
	}
	ref, err := s.client.upload(ctx, params)
	if err == nil {
		s.noteKeyboard(chat, markup)
	}
	return ref, err
}

// upload lets the library write the form. What it makes of the answer is not used: its models refuse whole messages
// for one field they do not know, after the message has been sent.
func (c *client) upload(ctx context.Context, params *tg.SendDocumentParams) (bot.Ref, error) {
	wire := &uploader{client: c}
	library, err := tg.New(c.token, tg.WithSkipGetMe(), tg.WithServerURL(c.base), tg.WithHTTPClient(callLimit, wire), tg.WithErrorsHandler(func(error) {}))
	if err != nil {
		return "", c.fault(bot.FaultRejected, err)
	}
	if _, err = library.SendDocument(ctx, params); wire.accepted {
		return wire.message.ref(), nil
	}
	if e, ok := errors.AsType[*bot.SendError](err); ok {
		return "", e
	}
	return "", c.fault(bot.FaultRejected, err)
}

// uploader is the library's way to the network for one upload. It sends the form with its length, since stricter
// servers than Telegram's refuse chunks, and reads the answer as every other call's is read.
type uploader struct {
	client   *client
	accepted bool
	message  sent
}

func (u *uploader) Do(req *http.Request) (*http.Response, error) {
	form, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, u.client.fault(bot.FaultRejected, err)
	}
	whole, err := http.NewRequestWithContext(req.Context(), req.Method, req.URL.String(), bytes.NewReader(form))
	if err != nil {
		return nil, u.client.fault(bot.FaultRejected, err)
	}
	whole.Header = req.Header
	a, err := exchange[sent](u.client, whole)
	if err != nil {
		return nil, err
	}
	u.accepted, u.message = true, a.Result
	answer, err := json.Marshal(map[string]any{"ok": true, "result": a.Result})
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(bytes.NewReader(answer))}, err
}
