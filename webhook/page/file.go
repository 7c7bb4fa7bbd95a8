package page

import (
	"mime"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/locales/text"
)

// File is a file as a page tells of it.
type File struct {
	Name  string // as its sender called it; may be empty
	Kind  string
	Size  string // empty while it is not known
	State string // why it cannot be had; empty: it can
}

// File tells of a file in the reader's language.
func (s Screen) File(f bot.File) File {
	told := File{Name: f.Name, Kind: s.T("desk.file.document")}
	switch f.Kind {
	case "photo", "voice", "audio", "video":
		told.Kind = s.T("desk.file." + f.Kind)
	}
	if f.Size > 0 {
		told.Size = s.Say("desk.file.size", "N", s.N(int(max(1, f.Size/1024))))
	}
	switch f.State {
	case bot.FileStored:
	case bot.FileRefused, bot.FileLost:
		told.State = s.T("desk.file." + string(f.State))
	default:
		told.State = s.T("desk.file.waiting")
	}
	return told
}

// endings are those of files that came without a name.
var endings = map[string]string{
	"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "audio/ogg": ".ogg", "video/mp4": ".mp4",
}

// FileName is what a file is called when it is saved: as its sender did, without what could lead out of a folder.
func FileName(f bot.File) string {
	if name := text.FileName(f.Name); name != "" {
		return name
	}
	return "file" + endings[f.MIME]
}

// The ways in which a browser takes a file: saved, or shown in a page.
const (
	Saved = "attachment"
	Shown = "inline"
)

// FileHead is the head of an answer that is a file: under its name, in a sandbox if it should be opened all the same, in no
// cache.
func FileHead(c echo.Context, way, kind, name string) {
	head := c.Response().Header()
	head.Set("Content-Type", kind)
	head.Set("Content-Disposition", mime.FormatMediaType(way, map[string]string{"filename": name}))
	head.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Cache-Control", "no-store")
}
