package studioweb

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows/studio"
	"javab/webhook/page"
)

// flow is a script on its page, or another file on its own.
type flow struct {
	screen
	File  studio.Sheet
	Flow  string // empty when it is no script
	Head  string // what the flow is called
	Said  string
	Other []string // colleagues who have drafts of it too

	Published int // the version that the reader has just published
	Before    int // the version that was live before the present one; 0 when the file is in none

	at string // the page that is asked for
}

func (w *Web) flow(c echo.Context, title string) (*flow, error) {
	f := &flow{screen: w.screen(c, title), Flow: flowOf(fileOf(c)), at: c.Request().URL.Path}
	ctx := c.Request().Context()
	sheet, err := w.Sheets.Open(ctx, f.By.ID, fileOf(c))
	if err != nil {
		return nil, err
	}
	staff, err := page.ReadStaff(ctx, w.People)
	if err != nil {
		return nil, err
	}
	f.File = sheet
	if f.Flow != "" {
		f.Head = cmp.Or(w.titleOf(sheet.Name, sheet.Body, f.Lang), f.Flow)
	}
	for _, id := range sheet.Others {
		f.Other = append(f.Other, staff.Name(id))
	}
	live, _, err := w.Past.Version(ctx, sheet.Live)
	if err != nil {
		return nil, err
	}
	if f.Published = justPublished(c, sheet.Live); !sheet.New {
		f.Before = live.From
	}
	f.Title = cmp.Or(f.Head, sheet.Name) + " · " + f.T(title)
	return f, nil
}

// showFile shows a script with its picture and trial, any other file as text.
func (w *Web) showFile(c echo.Context) error {
	f, err := w.flow(c, "studio.title")
	if err != nil {
		return w.Refuse(c, err)
	}
	if f.Flow == "" {
		return w.views.Render(c, http.StatusOK, "text", f)
	}
	return w.views.Render(c, http.StatusOK, "flow", f)
}

// Text is the body of the file.
func (f *flow) Text() string { return string(f.File.Body) }

// URL leads to the file.
func (f *flow) URL() string { return urlOf(f.File.Name) }

// Number is how versions are called.
func (s screen) Edition(version int) string { return s.Say("studio.edition", "N", s.N(version)) }

// Speech are the languages in which the script can be looked at.
func (f *flow) Speech() (list []page.Choice) {
	for _, lang := range bot.Langs {
		list = append(list, page.Choice{ID: string(lang), Label: f.T("studio.lang." + string(lang)), Current: lang == f.Lang})
	}
	return list
}

// spoken are the strings that the scripts of the page say, counted those with a number.
var (
	spoken = []string{
		"studio.saving", "studio.saved", "studio.unsaved", "studio.offline", "studio.clean", "studio.severity.error", "studio.severity.warning",
		"studio.trial.step", "studio.trial.clock", "studio.trial.really", "studio.trial.passed",
		"studio.trial.kept", "studio.help.action.takes", "studio.help.action.ends", "studio.elsewhere", "studio.kept.browser", "studio.graph.stale",
	}
	ofPublishing = []string{"studio.rehearsing", "studio.rehearsed", "studio.failed"}

	counted = []string{"studio.problems"}
	samples = map[string]int{"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
)

// Spoken is what the scripts of the page say.
func (f *flow) Spoken() (string, error) {
	return f.speak(slices.Concat(spoken, ofPublishing, phrases, helped), counted)
}

// speak is what the scripts of a page say, as JSON: {n} stands for a number.
func (s screen) speak(spoken, counted []string) (string, error) {
	words := map[string]any{}
	for _, id := range spoken {
		words[id] = s.web.Shell.Words.T(s.Lang, id, map[string]any{"Done": "{Done}", "All": "{All}", "Takes": "{Takes}", "Ends": "{Ends}", "Name": "{Name}", "Time": "{Time}"})
	}
	for _, id := range counted {
		forms := map[string]string{}
		for form, n := range samples {
			forms[form] = s.web.Shell.Words.Count(s.Lang, id, n, map[string]any{"N": "{n}"})
		}
		words[id] = forms
	}
	body, err := json.Marshal(words)
	return string(body), err
}

// Views are the parts of the page, of which a phone shows one at a time.
func (f *flow) Views() (list []page.Choice) {
	for _, id := range []string{"write", "graph", "trial", "problems"} {
		list = append(list, page.Choice{ID: id, Label: f.T("studio.view." + id), Current: id == "write"})
	}
	return list
}

// Files are the kinds of files that can be sent in a trial.
func (f *flow) Files() (list []page.Choice) {
	for _, kind := range []string{"photo", "document", "voice", "video"} {
		list = append(list, page.Choice{ID: kind, Label: f.T("studio.trial.file." + kind)})
	}
	return list
}

// Who is the reader: what a browser keeps is kept for one person.
func (f *flow) Who() bot.StaffID { return f.By.ID }

// Back is the page to which whoever publishes returns.
func (f *flow) Back() string { return f.URL() }

// Parts lead from one page of the file to the others.
func (f *flow) Parts() (list []page.Choice) {
	parts := []string{"", "/texts", "/versions", "/funnel"}
	if f.Flow == "" {
		parts = []string{"", "/versions"}
	}
	for _, part := range parts {
		id := "studio.part" + strings.ReplaceAll(part, "/", ".")
		list = append(list, page.Choice{ID: f.URL() + part, Label: f.T(id), Current: f.at == f.URL()+part})
	}
	return list
}
