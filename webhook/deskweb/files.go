package deskweb

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/locales/text"
	"javab/webhook/page"
)

// Shelf is where the files of chats lie, sealed.
type Shelf interface {
	// File returns a file that a line of the chat names which by may read.
	File(ctx context.Context, by bot.Staff, chat bot.ChatKey, id string) (bot.File, error)
	// Taken writes into the audit that by takes the file out of the desk.
	Taken(ctx context.Context, by bot.Staff, chat bot.ChatKey, f bot.File) error
	Open(id string) (io.ReadSeekCloser, error)
	// Keep keeps a body and returns its file with size, hash and type as found.
	Keep(f bot.File, body io.Reader) (bot.File, error)
}

// pictures are the types that a browser shows and nothing else: they hold no script.
var pictures = []string{"image/jpeg", "image/png", "image/webp"}

func picture(f bot.File) bool { return slices.Contains(pictures, f.MIME) }

// showFile gives a file to somebody who may read the line that it came with. A preview is part of reading the chat; what
// leaves the desk is in the audit before.
func (d *Desk) showFile(c echo.Context) error {
	ctx, by, chat, preview := c.Request().Context(), d.Person(c), chatOf(c), c.QueryParam("preview") != ""
	f, err := d.Shelf.File(ctx, by, chat, c.Param("id"))
	if err == nil {
		err = ready(f, preview)
	}
	if err == nil && !preview && fromStart(c.Request()) {
		err = d.Shelf.Taken(ctx, by, chat, f)
	}
	if err != nil {
		return d.Refuse(c, err)
	}
	body, err := d.Shelf.Open(f.ID)
	if err != nil {
		return d.Refuse(c, err)
	}
	defer body.Close()
	way := page.Saved
	if preview { // nothing else stands in a page
		way = page.Shown
	}
	page.FileHead(c, way, f.MIME, page.FileName(f))
	c.Response().Header().Set("ETag", `"`+f.SHA256+`"`)
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, body)
	return nil
}

// ready says why a file cannot be given.
func ready(f bot.File, preview bool) error {
	switch {
	case f.State == bot.FileRefused:
		return &bot.Error{Kind: bot.NotFound, Key: "desk_file_refused"}
	case f.State == bot.FileLost:
		return &bot.Error{Kind: bot.NotFound, Key: "desk_file_lost"}
	case f.State != bot.FileStored:
		return &bot.Error{Kind: bot.Conflict, Key: "desk_file_waiting"}
	case preview && !picture(f):
		return &bot.Error{Kind: bot.NotFound, Key: "desk_file_picture"}
	}
	return nil
}

// fromStart reports whether a request asks for a file from its beginning: what follows it is the same download.
func fromStart(r *http.Request) bool {
	asked := r.Header.Get("Range")
	return asked == "" || strings.HasPrefix(strings.ReplaceAll(asked, " ", ""), "bytes=0-")
}

// uploads keeps the files of a form. They lie under names that follow from the form and from what is in them: the form
// sent again names the same files, and one with others never takes their place.
func (d *Desk) uploads(c echo.Context, by bot.Staff) ([]bot.File, error) {
	form, err := c.MultipartForm()
	switch _, large := errors.AsType[*http.MaxBytesError](err); {
	case errors.Is(err, http.ErrNotMultipart):
		return nil, nil
	case large:
		return nil, &bot.Error{Kind: bot.Invalid, Key: "desk_file_size", Params: map[string]string{"Max": "20"}, Err: err}
	case err != nil:
		return nil, &bot.Error{Kind: bot.Invalid, Key: "desk_id", Err: err}
	}
	var files []bot.File
	for i, part := range form.File["file"] {
		if part.Size == 0 && part.Filename == "" {
			continue // what a browser sends of an empty field
		}
		f, err := d.keepFile(part, string(by.ID)+" "+c.FormValue("id")+" "+string(rune('0'+i)))
		if err != nil {
			return nil, err
		}
		if c.FormValue("photo") != "" && picture(f) {
			f.Kind = "photo"
		}
		files = append(files, f)
	}
	return files, nil
}

func (d *Desk) keepFile(part *multipart.FileHeader, place string) (bot.File, error) {
	body, err := part.Open()
	if err != nil {
		return bot.File{}, err
	}
	defer body.Close()
	sum := sha256.New()
	sum.Write([]byte(place + "\n"))
	if _, err := io.Copy(sum, body); err != nil {
		return bot.File{}, err
	}
	if _, err := body.Seek(0, io.SeekStart); err != nil {
		return bot.File{}, err
	}
	f := bot.File{
		ID: "o" + hex.EncodeToString(sum.Sum(nil)[:16]), Kind: "document", Name: text.FileName(part.Filename), MIME: part.Header.Get("Content-Type"),
	}
	if f, err = d.Shelf.Keep(f, body); err != nil {
		return f, err
	}
	f.Name = page.FileName(f)
	return f, nil
}
