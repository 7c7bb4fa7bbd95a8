package learnweb

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/learning"
)

// weak is what is weak in the live content by itself.
type weak struct {
	screen
	Ready     bool
	Pairs     []pair
	Thin      []thin
	MorePairs int
	MoreThin  int
}

// pair are two things that take each other's phrasings.
type pair struct {
	A, B  Link
	N     string
	Taken []stolen
}

// stolen is a phrasing of one thing for which another one is thought of first.
type stolen struct {
	Text   string
	Of, By string
}

// thin is an answer with few phrasings.
type thin struct {
	Link
	Few []string
}

// Names are whose phrasing it is, and who takes it.
func (s stolen) Names() map[string]string { return map[string]string{"Of": s.Of, "By": s.By} }

// mostWeak is how many of each are shown; mostStolen how many phrasings of a pair.
const (
	mostWeak   = 15
	mostStolen = 6
)

func (w *Web) weak(s screen) weak {
	found, ready := w.Learning.Survey()
	shown := weak{screen: s, Ready: ready}
	for _, p := range found.Pairs[:min(len(found.Pairs), mostWeak)] {
		one := pair{A: s.link(p.A), B: s.link(p.B), N: s.Count("learning.pair", p.N)}
		for _, t := range p.Taken[:min(len(p.Taken), mostStolen)] {
			one.Taken = append(one.Taken, stolen{t.Text, s.link(t.Of).Title, s.link(t.By).Title})
		}
		shown.Pairs = append(shown.Pairs, one)
	}
	for _, t := range found.Thin[:min(len(found.Thin), mostWeak)] {
		one := thin{Link: s.link(t.ID)}
		for _, lang := range bot.Langs {
			if n, few := t.Few[lang]; few {
				one.Few = append(one.Few, s.T("lang."+string(lang))+": "+s.N(n))
			}
		}
		shown.Thin = append(shown.Thin, one)
	}
	shown.MorePairs, shown.MoreThin = len(found.Pairs)-len(shown.Pairs), len(found.Thin)-len(shown.Thin)
	return shown
}

// Enough is how many phrasings an answer should have.
func (weak) Enough() int { return learning.Enough }

// showWeak answers a page that waits for the survey.
func (w *Web) showWeak(c echo.Context) error {
	s, err := w.screen(c)
	if err != nil {
		return w.Refuse(c, err)
	}
	return w.views.Render(c, http.StatusOK, "weak", w.weak(s))
}
