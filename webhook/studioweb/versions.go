package studioweb

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
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
	Lines    []change // of the file itself
	Meaning  []meant
	Files    []altered
}

// altered is another file that differs between two versions.
type altered struct {
	Name           string
	Added, Removed bool
}

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
	name := h.File.Name
	h.Lines, h.Meaning = compare(string(before[name]), string(after[name])), h.meaning(name, before[name], after[name])
	h.Files = apart(before, after, name)
	return nil
}

// apart lists the files but one that differ.
func apart(before, after studio.Folder, but string) (list []altered) {
	names := map[string]bool{}
	for name := range before {
		names[name] = true
	}
	for name := range after {
		names[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		was, had := before[name]
		is, has := after[name]
		if name != but && (had != has || string(was) != string(is)) {
			list = append(list, altered{Name: name, Added: !had, Removed: !has})
		}
	}
	return list
}

// Of is where the two versions of another file are compared.
func (h *history) Of(name string) string {
	return urlOf(name) + "/versions?" + url.Values{"from": {strconv.Itoa(h.From)}, "to": {strconv.Itoa(h.To)}}.Encode()
}

// Changed reports whether the two versions of the file differ.
func (h *history) Changed() bool { return changed(h.Lines) }

// Compared reports whether there are two versions to compare.
func (h *history) Compared() bool { return h.From != 0 && h.From != h.To }

// difference is what somebody's draft changes of the live version.
type difference struct {
	screen
	Meaning []meant
	Lines   []change
}

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
	d := difference{screen: f.screen, Meaning: f.meaning(name, live[name], f.File.Body), Lines: compare(string(live[name]), f.Text())}
	return w.views.Render(c, http.StatusOK, "difference", d)
}

// Changed reports whether the draft differs.
func (d difference) Changed() bool { return changed(d.Lines) }
