package studioweb

import (
	"embed"
	"fmt"
	"net/http"
	"regexp"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows"
	"javab/webhook/page"
)

// given are scripts to begin with. They are YAML as an admin would write it.
//
//go:embed templates/*.yaml
var given embed.FS

// template is a script to begin with.
type template struct {
	ID, Title, About, Steps string
	Offered                 string // the name under which it is offered
}

// templateIDs are in the order in which they are offered.
var templateIDs = []string{"renewal", "complaint", "faq", "survey", "event"}

// templates are the scripts to begin with; their names are such as no script has yet.
func (l *list) templates() (all []template, err error) {
	if !l.Allows(http.MethodPost, "/studio/new") {
		return nil, nil
	}
	taken := map[string]bool{}
	for _, e := range l.Scripts {
		taken[e.Flow] = true
	}
	for _, id := range templateIDs {
		body, err := given.ReadFile("templates/" + id + ".yaml")
		if err != nil {
			return nil, fmt.Errorf("read template: %w", err)
		}
		script, _ := flows.Parse(scriptOf(id), body)
		offered := id
		for n := 2; taken[offered]; n++ {
			offered = fmt.Sprintf("%s_%d", id, n)
		}
		all = append(all, template{
			ID: id, Title: l.T("studio.template." + id), About: l.T("studio.template." + id + ".about"),
			Steps: l.Count("studio.steps", len(script.Steps)), Offered: offered,
		})
	}
	return all, nil
}

var (
	called   = regexp.MustCompile(`(?m)^flow: .*$`)
	flowName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
)

// begin makes a draft of a new script out of a template.
func (w *Web) begin(c echo.Context) error {
	flow := c.FormValue("flow")
	body, err := given.ReadFile("templates/" + c.FormValue("template") + ".yaml")
	if err != nil {
		err = &bot.Error{Kind: bot.NotFound, Key: "studio_template", Err: err}
	}
	if err == nil && !flowName.MatchString(flow) {
		err = &bot.Error{Kind: bot.Invalid, Key: "studio_name", Params: map[string]string{"File": flow}}
	}
	if err == nil {
		_, _, err = w.Sheets.Save(c.Request().Context(), w.who(c), scriptOf(flow), 0, called.ReplaceAll(body, []byte("flow: "+flow)))
	}
	if err != nil {
		return w.Refuse(c, err)
	}
	return page.Lead(c, "/studio/flow/"+flow)
}
