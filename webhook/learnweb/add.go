package learnweb

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows/texts"
	"javab/locales/text"
	"javab/webhook/page"
)

// lesson is phrasings that an admin is about to add to an answer, in his draft.
type lesson struct {
	screen
	Question string
	Class    bot.Lang
	Answer   string // as the matcher calls it; empty while none is chosen
	Rev      int
	Words    []string
	Notes    []string // what is wrong with them
}

// Bounds of what is added at once.
const (
	mostWords = 20
	longest   = 300 // letters of one phrasing
)

// lesson reads what was chosen.
func (w *Web) lesson(c echo.Context) (lesson, error) {
	s, err := w.screen(c)
	if err != nil {
		return lesson{}, err
	}
	form, err := c.FormParams()
	if err != nil {
		return lesson{}, &bot.Error{Kind: bot.Invalid, Key: "content_unreadable", Err: err}
	}
	l := lesson{screen: s, Question: form.Get("question"), Class: bot.Lang(form.Get("class")), Answer: form.Get("answer"), Rev: s.Sheet.Rev}
	if rev, err := strconv.Atoi(form.Get("rev")); err == nil {
		l.Rev = rev
	}
	if !slices.Contains(classes, l.Class) {
		return lesson{}, &bot.Error{Kind: bot.Invalid, Key: "learning_words"}
	}
	l.Words = distinct(form["words"])
	l.Title = l.T("learning.add.title")
	return l, nil
}

// distinct are the lines that were typed, each once; of too many only as many as it takes to refuse them, or one form could
// keep a processor busy for minutes.
func distinct(typed []string) (lines []string) {
	for _, part := range typed {
		for line := range strings.Lines(part) {
			if line = strings.TrimSpace(line); line == "" || slices.Contains(lines, line) {
				continue
			}
			if lines = append(lines, line); len(lines) > mostWords {
				return lines
			}
		}
	}
	return lines
}

// wrong is why phrasings cannot be kept.
func (l *lesson) wrong() error {
	_, there := l.answer(l.Answer)
	long := slices.ContainsFunc(l.Words, func(words string) bool { return len([]rune(words)) > longest })
	switch {
	case !there:
		return &bot.Error{Kind: bot.Invalid, Key: "learning_answer"}
	case len(l.Words) == 0 || len(l.Words) > mostWords || long:
		return &bot.Error{Kind: bot.Invalid, Key: "learning_words"}
	}
	return nil
}

// add shows phrasings before they are kept, or keeps them in the reader's draft.
func (w *Web) add(c echo.Context) error {
	l, err := w.lesson(c)
	if err != nil {
		return w.Refuse(c, err)
	}
	if c.FormValue("do") == "keep" {
		if err = w.keep(c, l); err == nil {
			return page.Lead(c, home+"?learnt="+l.Answer)
		}
		l.Said = l.Explain(err)
	}
	l.compare()
	return w.views.Render(c, statusOf(err), "add", l)
}

func statusOf(err error) int {
	if err == nil {
		return http.StatusOK
	}
	return page.StatusOf(err)
}

// keep puts the phrasings behind those of the answer.
func (w *Web) keep(c echo.Context, l lesson) error {
	if err := l.wrong(); err != nil {
		return err
	}
	e, _ := l.answer(l.Answer)
	key, _ := column(l.Class)
	said := strings.Split(e.Fields[key], "\n")
	for _, words := range l.Words {
		if !slices.ContainsFunc(said, func(one string) bool { return text.Fold(one) == text.Fold(words) }) {
			said = append(said, words)
		}
	}
	body, err := texts.Change(l.Sheet.Body, e.Path, []string{"title", "q", "a", "without", "alt"}, []texts.Field{
		{Key: key, Text: strings.TrimSpace(strings.Join(said, "\n")), Many: true},
	})
	if err != nil {
		return err
	}
	_, _, err = w.Sheets.Save(c.Request().Context(), l.By.ID, answersFile, l.Rev, body)
	return err
}

// compare notes which of the words some answer has already.
func (l *lesson) compare() {
	typed := map[string]bool{}
	for _, words := range l.Words {
		typed[text.Fold(words)] = true
	}
	for _, e := range l.answers {
		for _, lang := range []bot.Lang{bot.Fa, texts.Finglish, bot.Ar, bot.En} {
			for _, said := range append(strings.Split(e.Fields["alt/"+string(lang)], "\n"), e.Fields["q/"+string(lang)]) {
				if said != "" && typed[text.Fold(said)] {
					l.Notes = append(l.Notes, l.Told("learning.taken", map[string]string{"Words": said, "Answer": l.titleOf(answersList + "/" + e.ID)}))
				}
			}
		}
	}
}

// Choices are all answers.
func (l lesson) Choices() []page.Choice {
	list := []page.Choice{{Label: l.T("learning.choose"), Current: l.Answer == ""}}
	for _, e := range l.answers {
		ref := answersList + "/" + e.ID
		list = append(list, page.Choice{ID: ref, Label: l.titleOf(ref), Current: ref == l.Answer})
	}
	return list
}

// Typed are the words, one a line.
func (l lesson) Typed() string { return strings.Join(l.Words, "\n") }

// Rows is how many lines they have, and one.
func (l lesson) Rows() int { return len(l.Words) + 1 }

// Written is what the words are written in, Reads their direction.
func (l lesson) Written() string { return l.class(l.Class) }

// Reads is the direction of the words.
func (l lesson) Reads() string { return reads(l.Class) }

// Arabizi reports whether the words must be written in Arabic letters before they can be learnt.
func (l lesson) Arabizi() bool { return l.Class == "ar-Latn" }

// Measures reports whether there is something to measure.
func (l lesson) Measures() bool { return l.wrong() == nil }
