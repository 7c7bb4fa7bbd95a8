package contentweb

import (
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows/texts"
	"javab/locales/text"
)

// shown is what a member reads of an entry, in one language.
type shown struct {
	Lang   bot.Lang
	Called string
	Question,
	Text,
	Button string
}

// Dir is the direction of the language.
func (s shown) Dir() string { return cell{Lang: s.Lang}.Dir() }

// pictured are the fields of which a member's screen is made: what he asked, what is said to him, and the button.
var pictured = map[string]struct{ question, text, button string }{
	"answers":  {"q", "a", "title"},
	"services": {"", "intro", "title"},
	"replies":  {"", "text", "title"},
	"requests": {"", "ready", "name"},
}

// preview is the entry as members see it, in each language.
func (f *form) preview() {
	of, known := pictured[f.In.ID]
	if !known {
		return
	}
	source, _ := find("variables")
	settings, err := texts.Entries(f.folder[source.File], source.List)
	if err != nil {
		settings = nil // a file that cannot be read has no settings; the studio says what is wrong with it
	}
	for _, lang := range bot.Langs {
		said := f.said(in(of.text, lang))
		if said == "" {
			continue
		}
		for _, v := range settings {
			said = strings.ReplaceAll(said, "{"+v.ID+"}", text.Isolate(v.Fields[string(lang)]))
		}
		one := shown{Lang: lang, Called: f.called(lang), Text: said, Button: f.said(in(of.button, lang))}
		if of.question != "" {
			one.Question = f.said(in(of.question, lang))
		}
		f.Shown = append(f.Shown, one)
	}
}

// tried is what the bot makes of a sentence, as the page shows it.
type tried struct {
	Sentence      string
	Lang          bot.Lang
	Before, After guesses
}

// Speaks reports whether a sentence is tried in a language.
func (f *form) Speaks(lang string) bool {
	if f.Tried != nil {
		return string(f.Tried.Lang) == lang
	}
	return string(f.Lang) == lang
}

// Guesses gives what a sentence may be about its title.
func (f *form) Guesses(title string, g guesses) guesses {
	g.Title = f.T(title)
	return g
}

// guesses are what a sentence may be about.
type guesses struct {
	Title  string
	Action string
	Top    []guess
}

type guess struct {
	ID, Title, P string
	Mine         bool // it is the entry that is written
}

// try asks the bot a sentence, as it is live and with what was typed.
func (w *Web) try(c echo.Context, f *form, body []byte) error {
	t := &tried{Sentence: strings.TrimSpace(c.FormValue("sentence")), Lang: bot.Lang(c.FormValue("lang"))}
	if !t.Lang.Valid() {
		t.Lang = f.Lang
	}
	f.Tried = t
	entries, err := texts.Entries(body, f.In.List)
	if err != nil {
		return err
	}
	if t.Sentence != "" {
		found, err := w.Matcher.Try(c.Request().Context(), t.Lang, t.Sentence, learnt(entries))
		if err != nil {
			return err
		}
		t.Before, t.After = f.guesses(found.Before), f.guesses(found.After)
	}
	return nil
}

// learnt is what the matcher learns of answers, whatever is wrong with them.
func learnt(entries []texts.Entry) []Answer {
	answers := make([]Answer, len(entries))
	for i, e := range entries {
		said := func(lang bot.Lang) string { return e.Fields[in("title", lang)] }
		answers[i] = Answer{
			ID: "answers/" + e.ID, Title: bot.Text{Fa: said(bot.Fa), Ar: said(bot.Ar), En: said(bot.En)}, Phrasings: map[bot.Lang][]string{},
		}
		for _, lang := range append(bot.Langs[:], texts.Finglish) {
			for _, words := range append([]string{e.Fields[in("q", lang)]}, strings.Split(e.Fields[in("alt", lang)], "\n")...) {
				if words != "" {
					answers[i].Phrasings[lang] = append(answers[i].Phrasings[lang], words)
				}
			}
		}
	}
	return answers
}

func (f *form) guesses(found Guesses) guesses {
	shown := guesses{Action: f.T("forms.action." + found.Action)}
	for _, g := range found.Top {
		shown.Top = append(shown.Top, guess{
			ID: g.ID, Title: g.Title.In(f.Lang), P: f.Format.Percent(int(g.P*100 + .5)), Mine: g.ID == "answers/"+f.ID,
		})
	}
	return shown
}
