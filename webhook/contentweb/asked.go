package contentweb

import (
	"context"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows/texts"
)

// Asked is what members asked in their own words.
type Asked interface {
	// Asked is how those put it who asked what a question asks, and what officers said to it.
	Asked(ctx context.Context, question string) (Put, error)
	// Uses says of answers, by what the matcher calls them, how they served in the last 30 days.
	Uses(ctx context.Context) (map[string]Use, error)
	// Confusable reports of an answer whether another one takes its phrasings; nil as long as nobody knows.
	Confusable() func(id string) bool
}

// Put is how members put a question, and what officers said, by language.
type Put struct {
	Class     bot.Lang // what it is written in: a language, or "fa-Latn", "ar-Latn"
	Phrasings []string
	Said      map[bot.Lang]string
}

// Use is how often an answer was given, and of how many it is known that it helped, or did not.
type Use struct{ Served, Solved, Failed int }

// fromAsked fills the form of a new answer with what members asked, for whoever may write it.
func (f *form) fromAsked(c echo.Context) error {
	question := c.QueryParam("question")
	if question == "" || !f.Fresh || f.In.ID != "answers" || !f.Edits() {
		return nil
	}
	put, err := f.web.Asked.Asked(c.Request().Context(), question)
	if err != nil {
		return err
	}
	f.Put = true
	filled := map[string]string{}
	if put.Class.Valid() && len(put.Phrasings) > 0 {
		filled[in("q", put.Class)], put.Phrasings = put.Phrasings[0], put.Phrasings[1:]
	}
	filled[in("alt", written(put.Class))] = strings.Join(put.Phrasings, "\n")
	for lang, said := range put.Said {
		filled[in("a", lang)] = said
	}
	f.given = func(key string) (string, bool) {
		said, is := filled[key]
		return said, is
	}
	return nil
}

// written is the column for phrasings of a class. Arabic in Latin letters has none of its own.
func written(class bot.Lang) bot.Lang {
	switch class {
	case "fa-Latn":
		return texts.Finglish
	case "ar-Latn":
		return bot.Ar
	default:
		return class
	}
}

// served is how an answer served, as a list shows it.
type served struct {
	Times string
	Share string // of those who said whether it helped, those whom it did; empty when nobody has
}

// used notes how the answers of a list serve.
func (l *list) used(ctx context.Context) error {
	if !l.Answers() {
		return nil
	}
	uses, err := l.web.Asked.Uses(ctx)
	if err != nil {
		return err
	}
	l.uses, l.confusable = uses, l.web.Asked.Confusable()
	return nil
}

// serves is how an answer serves.
func (l *list) serves(id string) served {
	u := l.uses["answers/"+id]
	s := served{Times: l.N(u.Served)}
	if told := u.Solved + u.Failed; told > 0 {
		s.Share = l.Say("learning.solved", "Share", l.Format.Percent((100*u.Solved+told/2)/told))
	}
	return s
}
