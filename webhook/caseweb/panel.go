package caseweb

import (
	"html/template"

	"javab/bot"
	"javab/webhook/page"
)

// panel is the cases of a member beside his chat.
type panel struct {
	screen
	Lines []bot.Case
}

// Left is how much of a promise is left.
func (p panel) Left(c bot.Case) due { return p.due(c) }

// Panel is the cases of a member as they stand beside his chat: where each stands, what comes next, and the way to what is
// done about it.
func (p *Cases) Panel(s page.Screen, list []bot.Case) (template.HTML, error) {
	return p.views.HTML("panel", panel{screen{Screen: s, cases: p}, list})
}
