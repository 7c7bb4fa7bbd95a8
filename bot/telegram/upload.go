package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"

	"javab/bot"
)

// maxPhoto is how large a picture may be to be shown as one; larger ones go as documents.
const maxPhoto = 10 * megabyte

// attached reports whether a file hangs on m.
func attached(m bot.Outbound) bool { return m.Document != nil || m.File != nil }

// parcel is a file on its way: its body is opened for each try.
type parcel struct {
	kind, name, mime string
	size             int64
	open             func() (io.ReadCloser, error)
}

// pack finds the file of m.
func (s *Sender) pack(m bot.Outbound) parcel {
	if d := m.Document; d != nil {
		open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(d.Body)), nil }
		return parcel{"document", d.Name, d.MIME, int64(len(d.Body)), open}
	}
	f := m.File
	p := parcel{"document", f.Name, f.MIME, f.Size, func() (io.ReadCloser, error) { return s.bodies(f.ID) }}
	if f.Kind == "photo" && f.Size <= maxPhoto {
		p.kind = "photo"
	}
	return p
}

// file sends the file of m. A picture that the messenger does not take as one, for its shape, goes as a document.
func (s *Sender) file(ctx context.Context, chat string, m bot.Outbound) (bot.Ref, error) {
	p := s.pack(m)
	if p.size > s.dialect.Caps.MaxUp {
		return "", &bot.SendError{Fault: bot.FaultTooLong, Err: errors.New("the file is too large")}
	}
	markup := s.markup(chat, m, true)
	fields := map[string]string{"chat_id": chat}
	if strings.TrimSpace(m.Plain()) != "" && s.fitsCaption(m) {
		text, mode := s.dialect.render(m.Segments)
		fields["caption"], fields["parse_mode"] = text, string(mode)
	}
	if markup != nil {
		fields["reply_markup"] = string(encode(markup))
	}
	ref, err := s.client.upload(ctx, fields, p)
	if fault := bot.FaultOf(err); err != nil && p.kind == "photo" && (fault == bot.FaultRejected || fault == bot.FaultTooLong) {
		p.kind = "document"
		ref, err = s.client.upload(ctx, fields, p)
	}
	if err == nil {
		s.noteKeyboard(chat, markup)
	}
	return ref, err
}

// uploads are the calls that send a file of a kind.
var uploads = map[string]string{"photo": "sendPhoto", "document": "sendDocument"}

// upload makes a call with a file. The form is streamed, with its length: stricter servers than Telegram's refuse
// chunks. It takes as long as ctx allows.
func (c *client) upload(ctx context.Context, fields map[string]string, p parcel) (bot.Ref, error) {
	head, tail, kind := frame(fields, p)
	body := &uploading{open: func() (io.ReadCloser, error) {
		file, err := p.open()
		if err != nil {
			return nil, err
		}
		return &joined{io.MultiReader(bytes.NewReader(head), file, bytes.NewReader(tail)), file}, nil
	}}
	first, err := body.again()
	if err != nil {
		return "", c.fault(bot.FaultRejected, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/bot"+c.token+"/"+uploads[p.kind], first)
	if err != nil {
		return "", errors.Join(c.fault(bot.FaultRejected, err), first.Close())
	}
	req.GetBody, req.ContentLength = body.again, int64(len(head))+p.size+int64(len(tail))
	req.Header.Set("Content-Type", kind)
	a, err := exchange[sent](c, req)
	if err != nil && body.failed() {
		return "", c.fault(bot.FaultRejected, err) // what we keep cannot be read: trying again will not mend it
	}
	return a.Result.ref(), err
}

// frame writes what stands before and after the file in a form.
func frame(fields map[string]string, p parcel) (head, tail []byte, kind string) {
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	for name, value := range fields {
		if value != "" {
			_ = w.WriteField(name, value) // a buffer takes everything
		}
	}
	_, _ = w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {multipart.FileContentDisposition(p.kind, p.name)}, "Content-Type": {p.mime},
	})
	split := form.Len()
	_ = w.Close()
	return form.Bytes()[:split], form.Bytes()[split:], w.FormDataContentType()
}

func encode(v any) []byte {
	encoded, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own types always marshal
	}
	return encoded
}
