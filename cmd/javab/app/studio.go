package app

import (
	"context"
	"errors"
	"path"
	"slices"

	"javab/bot"
	"javab/bot/dialogue"
	"javab/bot/funnel"
	"javab/flows"
	"javab/flows/content"
	"javab/flows/fixes"
	"javab/flows/studio"
	"javab/webhook/page"
	"javab/webhook/studioweb"
)

func (h *house) studioPages(shell *page.Shell) *studioweb.Web {
	return &studioweb.Web{
		Shell: shell, Sheets: h.studio, Fresh: h.studio, Press: h.studio, Second: h.studio, Past: h.studio, Content: studioContent{h.studio, h.library, &content.Reader{}},
		Language: h.library, Stage: &trialStage{house: h}, People: h.store,
		Counts: &funnel.Office{Store: h.store, Clock: h.env.Clock, Officer: flows.Officer},
	}
}

// studioContent is the content as somebody would publish it.
type studioContent struct {
	*studio.Studio
	library *library
	reader  *content.Reader // of what fixes make of a script
}

// Check implements studioweb.Content. A dialogue is no part of what is checked; whether it can be read at all is told.
func (s studioContent) Check(ctx context.Context, who bot.StaffID, name string, body []byte) ([]flows.Problem, error) {
	found, err := s.Studio.Check(ctx, who, name, body)
	if err != nil || path.Ext(name) != ".chat" {
		return found, err
	}
	_, err = dialogue.Parse(name, body)
	if fault, is := errors.AsType[*dialogue.Fault](err); is {
		found = append(found, flows.Problem{
			File: name, Line: fault.Line, Column: 1, Severity: flows.Error, Code: content.Syntax, Params: map[string]string{"Message": fault.Err.Error()},
		})
	}
	return found, nil
}

// fixed is how many problems are looked at for a fix: whoever has more writes on first.
const fixed = 20

// Fix implements studioweb.Content. A file in which nothing is wrong, as most are after most keys, is not looked at again.
func (s studioContent) Fix(name string, body []byte, found []flows.Problem) []flows.Problem {
	if !slices.ContainsFunc(found, func(p flows.Problem) bool { return p.File == name }) {
		return found
	}
	x := s.fixer(name)
	own := x.Check(body)
	own = x.All(body, own[:min(len(own), fixed)])
	mended := slices.Clone(found)
	for i, p := range mended {
		for _, o := range own {
			if p.File == name && p.Line == o.Line && p.Column == o.Column && p.Code == o.Code {
				mended[i].Fix = o.Fix
			}
		}
	}
	return mended
}

// Insert implements studioweb.Content.
func (s studioContent) Insert(name string, body []byte, after string, block fixes.Block) ([]byte, string, error) {
	return s.fixer(name).Insert(body, after, block)
}

// fixer tries changes of one file against the live content: it is at hand, and whoever is helped changes that file alone.
func (s studioContent) fixer(name string) fixes.Fixer {
	bundle := s.library.live.Load().bundle
	check := func(src []byte) []flows.Problem {
		script, problems := s.reader.Script(name, src)
		scripts := slices.DeleteFunc(slices.Clone(bundle.Scripts), func(other *flows.Script) bool { return other.File == name })
		problems = append(problems, flows.Check(append(scripts, script), bundle.Env())...)
		return slices.DeleteFunc(problems, func(p flows.Problem) bool { return p.File != name })
	}
	return fixes.Fixer{Env: bundle.Env(), Check: check}
}

// Env implements studioweb.Language.
func (l *library) Env() flows.Env { return l.live.Load().bundle.Env() }

// ListNames implements studioweb.Language.
func (l *library) ListNames() []string { return l.live.Load().bundle.ListNames() }

// FlowNames implements studioweb.Language.
func (l *library) FlowNames() (names []string) {
	for _, script := range l.live.Load().bundle.Scripts {
		names = append(names, script.Flow.Text)
	}
	slices.Sort(names)
	return names
}
