package contentweb

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows/studio"
	"javab/flows/texts"
	"javab/webhook/page"
)

// offers is the page of what the program brings with it that is newer than what the chamber has passed.
type offers struct {
	screen
	Done    string // what became of one just now: taken or dismissed
	All     []offer
	Drafted []offer // of which the reader has a draft, which would be in the way
}

// offer is one file of them.
type offer struct {
	screen
	studio.Offer
	Told []string // what else is new, by meaning
	Rows []passage
	More int // sentences that are not shown
}

// Stem is the file's name up to its first dot; Ending is what follows, with the dot.
func (o offer) Stem() string {
	stem, _, _ := strings.Cut(o.Name, ".")
	return stem
}

// Ending is the rest of the name: of a dialogue also its language.
func (o offer) Ending() string { return strings.TrimPrefix(o.Name, o.Stem()) }

// Standing says, by the id of its words, what the program has done with the file.
func (o offer) Standing() string {
	switch {
	case o.Theirs == nil:
		return "gone"
	case o.Base == nil:
		return "new"
	default:
		return "changed"
	}
}

// Whole reports whether the file can be taken as a whole only, in place of the chamber's.
func (o offer) Whole() bool { return len(o.Clashes) > 0 && o.Clashes[0].Whole() }

// Asks is how many sentences want a choice.
func (o offer) Asks() int { return len(asked(o.Offer)) }

// Lost is how many sentences of one of the two have no place any more.
func (o offer) Lost() (n int) {
	for _, c := range o.Clashes {
		if c.Gone {
			n++
		}
	}
	return n
}

// Seen names what the reader sees, so that nobody takes what he has not read.
func (o offer) Seen() studio.Hash { return seen(o.Offer) }

func seen(o studio.Offer) studio.Hash {
	return studio.HashOf([]byte(studio.HashOf(o.Mine) + studio.HashOf(o.Theirs)))
}

// asked are the clashes in which somebody must choose: what has no place any more leaves no choice.
func asked(o studio.Offer) (list []texts.Clash) {
	for _, c := range o.Clashes {
		if !c.Whole() && !c.Gone {
			list = append(list, c)
		}
	}
	return list
}

func (w *Web) showOffers(c echo.Context) error {
	o := &offers{screen: w.screen(c, "forms.offers")}
	if done := c.QueryParam("done"); slices.Contains(answers, done) {
		o.Done = done
	}
	return w.renderOffers(c, http.StatusOK, o)
}

func (w *Web) renderOffers(c echo.Context, status int, o *offers) error {
	ctx := c.Request().Context()
	all, err := w.Defaults.Offers(ctx)
	if err != nil {
		return w.Refuse(c, err)
	}
	drafts, err := w.Sheets.Draft(ctx, o.By.ID)
	if err != nil {
		return w.Refuse(c, err)
	}
	for _, one := range all {
		shown := offer{screen: o.screen, Offer: one}
		if body, there := drafts[one.Name]; there != (one.Mine != nil) || !bytes.Equal(body, one.Mine) {
			o.Drafted = append(o.Drafted, shown)
			continue
		}
		shown.lay()
		o.All = append(o.All, shown)
	}
	return w.views.Render(c, status, "offers", o)
}

// The answers to an offer, as the buttons send them and as the page tells afterwards.
const (
	take    = "take"
	dismiss = "dismiss"
)

var answers = []string{take, dismiss}

// choiceOf begins the name of the field in which somebody chooses between two sentences.
const choiceOf = "of:"

// answerOffer takes one file, or passes it.
func (w *Web) answerOffer(c echo.Context) error {
	form, err := c.FormParams()
	if err != nil {
		return w.Refuse(c, &bot.Error{Kind: bot.Invalid, Key: "content_unreadable", Err: err})
	}
	do := form.Get("do")
	err = w.answer(c.Request().Context(), w.Person(c).ID, do, form)
	w.offered.forget()
	if err != nil {
		o := &offers{screen: w.screen(c, "forms.offers")}
		o.Said = o.Explain(err)
		return w.renderOffers(c, page.StatusOf(err), o)
	}
	return page.Lead(c, "/studio/offers?"+url.Values{"done": {do}}.Encode())
}

func (w *Web) answer(ctx context.Context, who bot.StaffID, do string, form url.Values) error {
	all, err := w.Defaults.Offers(ctx)
	if err != nil {
		return err
	}
	name := form.Get("file")
	i := slices.IndexFunc(all, func(o studio.Offer) bool { return o.Name == name })
	if i < 0 || !slices.Contains(answers, do) {
		return &bot.Error{Kind: bot.NotFound, Key: "studio_file_not_found", Params: map[string]string{"File": name}}
	}
	o := all[i]
	switch {
	case form.Get("seen") != string(seen(o)):
		return &bot.Error{Kind: bot.Conflict, Key: "studio_moved"}
	case do == dismiss:
		return w.Defaults.Dismiss(ctx, who, name)
	case len(o.Clashes) == 0 || o.Clashes[0].Whole():
		return w.Defaults.Take(ctx, who, name)
	}
	return w.takeChosen(ctx, who, o, form)
}

// takeChosen makes a draft of both together, with the sentence that was chosen wherever they clash. When the chamber's
// own stands everywhere nothing is left to take, and the offer is passed.
func (w *Web) takeChosen(ctx context.Context, who bot.StaffID, o studio.Offer, form url.Values) error {
	var edits []texts.Edit
	for _, c := range asked(o) {
		switch studio.Choice(form.Get(choiceOf + studio.Key(c))) {
		case studio.Theirs:
			edits = append(edits, texts.Edit{Path: c.Path, Lang: c.Lang, Text: c.Theirs})
		case studio.Mine:
		default:
			return &bot.Error{Kind: bot.Invalid, Key: "studio_unchosen", Params: map[string]string{"File": o.Name}}
		}
	}
	body, err := texts.Set(o.Merged, edits)
	if err != nil {
		return err
	}
	if bytes.Equal(body, o.Mine) {
		return w.Defaults.Dismiss(ctx, who, o.Name)
	}
	sheet, err := w.Sheets.Open(ctx, who, o.Name)
	switch {
	case err != nil:
		return err
	case sheet.Drafted:
		return &bot.Error{Kind: bot.Conflict, Key: "studio_drafted", Params: map[string]string{"File": o.Name}}
	case !bytes.Equal(sheet.Body, o.Mine):
		return &bot.Error{Kind: bot.Conflict, Key: "studio_moved"}
	}
	_, _, err = w.Sheets.Save(ctx, who, o.Name, sheet.Rev, body)
	return err
}

// isScript reports whether a file of the content is a script; the others are lists, and dialogues.
func isScript(name string) bool {
	return strings.HasSuffix(name, ".yaml") && !strings.Contains(name, "/")
}
