package studioweb

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"javab/flows/studio"
	"javab/webhook/page"
)

// version is one version in a list.
type version struct {
	studio.Listed
	screen
	Who, Agreed string
	When        page.Moment
	Back        string // the page to which a roll-back leads
}

// versions are all of them, the latest first.
func (w *Web) versions(c echo.Context, s screen, staff page.Staff) (list []version, err error) {
	all, err := w.Past.Versions(c.Request().Context())
	for _, v := range all {
		list = append(list, version{
			Listed: v, screen: s, Who: staff.Name(v.By), Agreed: staff.Name(v.Agreed), When: s.When(v.At),
			Back: c.Request().URL.Path,
		})
	}
	return list, err
}

// history is the versions of the content, seen from one file, with the difference of two of them.
type history struct {
	*flow
	List     []version
	From, To int
	Between  difference // of the file itself
	Others   []altered
}

// altered is a file that differs between two contents.
type altered struct {
	screen
	Name           string
	Added, Removed bool
}

// difference is an altered file with what has changed in it, by meaning and line by line.
type difference struct {
	altered
	Meaning []meant
	Lines   []change
}

func (s screen) altered(c studio.Change) altered {
	return altered{screen: s, Name: c.Name, Added: c.Before == nil, Removed: c.After == nil}
}

func (s screen) difference(c studio.Change) difference {
	return difference{s.altered(c), s.meaning(c.Name, c.Before, c.After), compare(string(c.Before), string(c.After))}
}

// Changed reports whether any line differs.
func (d difference) Changed() bool { return changed(d.Lines) }

func (w *Web) showVersions(c echo.Context) error {
	f, err := w.flow(c, "studio.versions")
	if err != nil {
		return w.Refuse(c, err)
	}
	staff, err := page.ReadStaff(c.Request().Context(), w.People)
	if err != nil {
		return w.Refuse(c, err)
	}
	h := &history{flow: f}
	if h.List, err = w.versions(c, f.screen, staff); err == nil {
		err = h.choose(c)
	}
	if err != nil {
		return w.Refuse(c, err)
	}
	return w.views.Render(c, http.StatusOK, "versions", h)
}

// choose reads the two versions that are compared: those of the address, else the live one and the one before it.
func (h *history) choose(c echo.Context) error {
	h.To, _ = strconv.Atoi(c.QueryParam("to"))
	h.From, _ = strconv.Atoi(c.QueryParam("from"))
	if h.To == 0 {
		h.To = h.File.Live
	}
	if h.From == 0 {
		for _, v := range h.List {
			if v.Number < h.To {
				h.From = v.Number
				break
			}
		}
	}
	if h.From == 0 || h.From == h.To {
		return nil
	}
	_, before, err := h.web.Past.Version(c.Request().Context(), h.From)
	if err != nil {
		return err
	}
	_, after, err := h.web.Past.Version(c.Request().Context(), h.To)
	if err != nil {
		return err
	}
	for _, change := range studio.Compare(before, after) {
		if change.Name == h.File.Name {
			h.Between = h.difference(change)
		} else {
			h.Others = append(h.Others, h.altered(change))
		}
	}
	return nil
}

// Of is where the two versions of another file are compared.
func (h *history) Of(name string) string {
	return urlOf(name) + "/versions?" + url.Values{"from": {strconv.Itoa(h.From)}, "to": {strconv.Itoa(h.To)}}.Encode()
}

// Compared reports whether there are two versions to compare.
func (h *history) Compared() bool { return h.From != 0 && h.From != h.To }

// showDiff answers with what the reader's draft changes, as a piece of the page.
func (w *Web) showDiff(c echo.Context) error {
	f, err := w.flow(c, "studio.diff")
	if err != nil {
		return w.Refuse(c, err)
	}
	_, live, err := w.Past.Version(c.Request().Context(), f.File.Live)
	if err != nil {
		return w.Refuse(c, err)
	}
	name := f.File.Name
	return w.views.Render(c, http.StatusOK, "difference", f.difference(studio.Change{Name: name, Before: live[name], After: f.File.Body}))
}
