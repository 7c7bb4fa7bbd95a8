package learnweb

import (
	"math"
	"net/http"

	"github.com/labstack/echo/v4"

	"javab/bot/faq"
	"javab/bot/learning"
)

// effect is what phrasings would do.
type effect struct {
	lesson
	Sets   []set
	Better []change
	Worse  []change
}

// set is how one set of questions fares.
type set struct {
	Title, About string
	N            string
	Rows         []figure
}

// figure is how many questions fare so.
type figure struct {
	Title         string
	Before, After string
	Change        string
	Good, Bad     bool
}

// change is a question that fares in another way.
type change struct {
	Text, Want    string
	Before, After string
}

// mostChanges is how many changed questions are shown, better and worse each.
const mostChanges = 12

// showEffect measures, and answers when that is done. Who leaves the page ends it: the browser gives the request up.
func (w *Web) showEffect(c echo.Context) error {
	l, err := w.lesson(c)
	if err == nil {
		err = l.wrong()
	}
	if err != nil {
		return w.Refuse(c, err)
	}
	_, class := column(l.Class)
	measured, err := w.Learning.Effect(c.Request().Context(), l.By.ID, l.Answer, class, l.Words)
	if err != nil {
		l.Said = l.Explain(err)
		return w.views.Render(c, http.StatusOK, "unmeasured", l) // in the place of the effect, with a button to try again
	}
	e := effect{lesson: l}
	for _, m := range measured {
		e.Sets = append(e.Sets, e.set(m))
		for _, one := range m.Better {
			e.Better = append(e.Better, e.change(one))
		}
		for _, one := range m.Worse {
			e.Worse = append(e.Worse, e.change(one))
		}
	}
	return w.views.Render(c, http.StatusOK, "effect", e)
}

func (e effect) set(m learning.Measured) set {
	s := set{Title: e.T("learning.set." + string(m.Set)), About: e.T("learning.set." + string(m.Set) + ".about"), N: e.Count("learning.questions", m.N)}
	of := func(share float64, all int) int { return int(math.Round(share * float64(all))) }
	for _, f := range []struct {
		id   string
		n    func(faq.Scores) int
		good int
	}{
		{"learning.score.top1", func(s faq.Scores) int { return of(s.Top1, s.In) }, 1},
		{"learning.score.top3", func(s faq.Scores) int { return of(s.Top3, s.In) }, 1},
		{"learning.score.resolved", func(s faq.Scores) int { return of(s.Resolved, s.In) }, 1},
		{"learning.score.wrong", func(s faq.Scores) int { return of(s.Wrong, s.In) + of(s.OutFalse, s.Out) }, -1},
	} {
		s.Rows = append(s.Rows, e.figure(f.id, f.n(m.Before), f.n(m.After), f.good))
	}
	return s
}

// figure compares two counts; more of good 1 is better, of good -1 worse.
func (e effect) figure(id string, before, after, good int) figure {
	f := figure{Title: e.T(id), Before: e.N(before), After: e.N(after), Change: e.T("learning.unchanged")}
	switch by := after - before; {
	case by > 0:
		f.Change = e.Say("learning.more", "N", e.N(by))
		f.Good, f.Bad = good > 0, good < 0
	case by < 0:
		f.Change = e.Say("learning.fewer", "N", e.N(-by))
		f.Good, f.Bad = good < 0, good > 0
	}
	return f
}

func (e effect) change(of learning.Changed) change {
	shown := change{Text: of.Text, Before: e.T("learning.fare." + string(of.Before)), After: e.T("learning.fare." + string(of.After))}
	if shown.Want = e.T("learning.nothing_right"); of.Want != "" {
		shown.Want = e.link(of.Want).Title
	}
	return shown
}

// Changed reports whether any question fares in another way.
func (e effect) Changed() bool { return len(e.Better)+len(e.Worse) > 0 }

// listed are changed questions on their page.
type listed struct {
	screen
	List []change
}

// Listed are the first of several changes.
func (e effect) Listed(changes []change) listed {
	return listed{e.screen, changes[:min(len(changes), mostChanges)]}
}

// Fares are the words for how a question fared and fares.
func (c change) Fares() map[string]string {
	return map[string]string{"Before": c.Before, "After": c.After}
}
