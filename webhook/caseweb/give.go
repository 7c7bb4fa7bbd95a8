package caseweb

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
)

// showFile gives one file of a case. It is in the audit before.
func (p *Cases) showFile(c echo.Context) error {
	f, err := p.file(c)
	if err != nil {
		return p.Refuse(c, err)
	}
	i := slices.IndexFunc(f.Attached, func(one bot.File) bool { return one.ID == c.Param("id") && one.State == bot.FileStored })
	if i < 0 {
		return p.Refuse(c, &bot.Error{Kind: bot.NotFound, Key: "desk_file_lost"})
	}
	one := f.Attached[i]
	if err := p.Shelf.Taken(c.Request().Context(), f.By, f.Case, one.ID); err != nil {
		return p.Refuse(c, err)
	}
	body, err := p.Shelf.Open(one.ID)
	if err != nil {
		return p.Refuse(c, err)
	}
	defer body.Close()
	page.FileHead(c, page.Saved, one.MIME, page.FileName(one))
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, body)
	return nil
}

// showFiles gives all files of a case in one archive, written as it is read: no file lies in memory whole.
func (p *Cases) showFiles(c echo.Context) error {
	f, err := p.file(c)
	if err != nil {
		return p.Refuse(c, err)
	}
	if !f.Stored() {
		return p.Refuse(c, &bot.Error{Kind: bot.NotFound, Key: "desk_file_lost"})
	}
	if err := p.Shelf.Taken(c.Request().Context(), f.By, f.Case, "all"); err != nil {
		return p.Refuse(c, err)
	}
	page.FileHead(c, page.Saved, "application/zip", f.Case.Number.String()+".zip")
	c.Response().WriteHeader(http.StatusOK)
	return p.pack(c.Response(), f.Attached)
}

// pack writes an archive of the files that are there. Two of one name are told apart by their numbers.
func (p *Cases) pack(w io.Writer, files []bot.File) error {
	archive := zip.NewWriter(w)
	taken := map[string]bool{}
	for _, one := range files {
		if one.State != bot.FileStored {
			continue
		}
		body, err := p.Shelf.Open(one.ID)
		if bot.KindOf(err) == bot.NotFound {
			continue // lost since the row was written: the others are worth having
		}
		if err != nil {
			return fmt.Errorf("open file %s: %w", one.ID, err)
		}
		entry, err := archive.CreateHeader(&zip.FileHeader{Name: apart(page.FileName(one), taken), Method: zip.Deflate})
		if err == nil {
			_, err = io.Copy(entry, body)
		}
		if err := errors.Join(err, body.Close()); err != nil {
			return fmt.Errorf("pack file %s: %w", one.ID, err)
		}
	}
	return archive.Close()
}

// apart is a name that no file before it has.
func apart(name string, taken map[string]bool) string {
	ending := path.Ext(name)
	stem := strings.TrimSuffix(name, ending)
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s (%d)%s", stem, n, ending)
	}
	taken[strings.ToLower(name)] = true
	return name
}

// showLetter gives an approved letter to an outside body as text.
func (p *Cases) showLetter(c echo.Context) error {
	number, err := numberOf(c)
	if err != nil {
		return p.Refuse(c, err)
	}
	words, err := p.Acts.Export(c.Request().Context(), p.Person(c), number, c.Param("id"))
	if err != nil {
		return p.Refuse(c, err)
	}
	page.FileHead(c, page.Saved, "text/plain; charset=utf-8", number.String()+".txt")
	return c.String(http.StatusOK, words)
}
