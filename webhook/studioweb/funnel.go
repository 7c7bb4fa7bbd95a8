package studioweb

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/funnel"
	"javab/flows"
	"javab/webhook/page"
)

// leaving is where members go through a flow, leave it, or ask for a person.
type leaving struct {
	*flow
	Days    []page.Choice
	Of      []page.Choice // versions
	Speak   []page.Choice // languages
	Stops   []stop
	Most    int // chats at the step to which most came
	Counted bool
}

// stop is one step with its figures.
type stop struct {
	funnel.Stop
	Words string // what the bot says there
	Ends  bool   // the flow ends there: nobody leaves it too early
	Gone  bool   // the script has it no more
}

// spans are the days that can be looked at, the usual one first.
var spans = []int{30, 7, funnel.MaxDays}

func (w *Web) showFunnel(c echo.Context) error {
	f, err := w.flow(c, "studio.funnel")
	if err != nil {
		return w.Refuse(c, err)
	}
	days, _ := strconv.Atoi(c.QueryParam("days"))
	if days < 1 {
		days = spans[0]
	}
	counted, err := w.Counts.Of(c.Request().Context(), f.Flow, days)
	if err != nil {
		return w.Refuse(c, err)
	}
	version, _ := strconv.Atoi(c.QueryParam("version"))
	l := &leaving{flow: f, Counted: len(counted.Stops) > 0}
	l.choices(counted, days, version, bot.Lang(c.QueryParam("lang")))
	l.count(counted.Only(version, bot.Lang(c.QueryParam("lang"))))
	return w.views.Render(c, http.StatusOK, "funnel", l)
}

func (l *leaving) choices(counted funnel.Funnel, days, version int, lang bot.Lang) {
	for _, n := range spans {
		l.Days = append(l.Days, page.Choice{ID: strconv.Itoa(n), Label: l.Count("studio.funnel.days", n), Current: n == days})
	}
	l.Of = []page.Choice{{Label: l.T("studio.funnel.versions"), Current: version == 0}}
	for _, n := range counted.Versions() {
		l.Of = append(l.Of, page.Choice{ID: strconv.Itoa(n), Label: l.Edition(n), Current: n == version})
	}
	l.Speak = []page.Choice{{Label: l.T("studio.funnel.langs"), Current: lang == ""}}
	for _, one := range bot.Langs {
		l.Speak = append(l.Speak, page.Choice{ID: string(one), Label: l.T("studio.language." + string(one)), Current: one == lang})
	}
}

// count puts the figures beside the steps of the script, in its order.
func (l *leaving) count(counted funnel.Funnel) {
	steps, known := []string{}, map[string]*flows.Step{}
	if script, _ := flows.Parse(scriptOf(l.Flow), l.File.Body); script != nil {
		for _, step := range script.Steps {
			switch step.Body.(type) {
			case *flows.SayStep, *flows.AskStep, *flows.FormStep, *flows.WalkStep, *flows.HandOverStep:
				steps, known[step.ID.Text] = append(steps, step.ID.Text), step
			}
		}
	}
	for _, s := range counted.Along(steps) {
		one := stop{Stop: s, Gone: known[s.Step] == nil}
		if !one.Gone {
			one.Words, one.Ends = saidAt(known[s.Step], l.Lang), known[s.Step].Ends
		}
		l.Most = max(l.Most, s.Entered)
		l.Stops = append(l.Stops, one)
	}
}

// saidAt is what the bot says at a step.
func saidAt(step *flows.Step, lang bot.Lang) string {
	var words flows.Words
	switch body := step.Body.(type) {
	case *flows.SayStep:
		words = body.Text
	case *flows.AskStep:
		words = body.Text
	}
	if said := words.In(lang); said != nil {
		return said.Raw
	}
	return ""
}

// Left are those who left the flow at a step at which it does not end.
func (s stop) Left() int {
	if s.Ends {
		return 0
	}
	return s.Last
}
