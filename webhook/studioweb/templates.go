package studioweb

import (
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows"
	"javab/flows/studio"
	"javab/webhook/page"
)

// given are scripts to begin with, as an admin would write them, and their dialogues.
//
//go:embed templates/*.yaml templates/*.chat
var given embed.FS

// template is a script to begin with.
type template struct {
	ID, Title, About, Steps, Dialogues string
	Offered                            string // the name under which it is offered
}

// TemplateIDs are in the order in which they are offered.
var TemplateIDs = []string{"renewal", "complaint", "faq", "survey", "event"}

// templates are the scripts to begin with; their names are such as no script has yet.
func (l *list) templates() (all []template, err error) {
	if !l.Allows(http.MethodPost, "/studio/new") {
		return nil, nil
	}
	taken := map[string]bool{}
	for _, e := range l.Scripts {
		taken[e.Flow] = true
	}
	for _, id := range TemplateIDs {
		offered := id
		for n := 2; taken[offered]; n++ {
			offered = fmt.Sprintf("%s_%d", id, n)
		}
		files, err := Template(id, offered)
		if err != nil {
			return nil, err
		}
		script, _ := flows.Parse(scriptOf(offered), files[scriptOf(offered)])
		all = append(all, template{
			ID: id, Title: l.T("studio.template." + id), About: l.T("studio.template." + id + ".about"),
			Steps: l.Count("studio.steps", len(script.Steps)), Dialogues: l.Count("studio.dialogues.all", len(files)-1), Offered: offered,
		})
	}
	return all, nil
}

var flowName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// Template is a template under the name of a flow: the script, and its dialogues, which go through that flow.
func Template(id, flow string) (studio.Folder, error) {
	switch {
	case !slices.Contains(TemplateIDs, id):
		return nil, &bot.Error{Kind: bot.NotFound, Key: "studio_template"}
	case !flowName.MatchString(flow):
		return nil, &bot.Error{Kind: bot.Invalid, Key: "studio_name", Params: map[string]string{"File": flow}}
	}
	names, err := fs.Glob(given, "templates/"+id+".*")
	if err != nil {
		return nil, fmt.Errorf("list template %s: %w", id, err)
	}
	files := studio.Folder{}
	for _, name := range names {
		body, err := given.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read template %s: %w", id, err)
		}
		files[flow+strings.TrimPrefix(name, "templates/"+id)] = renamed(body, id, flow)
	}
	return files, nil
}

// renamed puts a flow in the place of another one wherever a script and its dialogues name it. What is said is indented, and no
// first line names a flow.
func renamed(body []byte, from, to string) []byte {
	var pairs []string
	for _, named := range []string{"\nflow: %s\n", "\nbot %s/", "\nstage begins %s/"} {
		pairs = append(pairs, fmt.Sprintf(named, from), fmt.Sprintf(named, to))
	}
	return []byte(strings.NewReplacer(pairs...).Replace(string(body)))
}

// begin makes drafts of a new script and its dialogues out of a template.
func (w *Web) begin(c echo.Context) error {
	flow := c.FormValue("flow")
	files, err := Template(c.FormValue("template"), flow)
	if err == nil {
		err = w.Fresh.Add(c.Request().Context(), w.who(c), files)
	}
	if err != nil {
		return w.Refuse(c, err)
	}
	return page.Lead(c, "/studio/flow/"+flow)
}
