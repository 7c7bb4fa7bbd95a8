package content

import (
	"strconv"
	"strings"

	"javab/bot"
	"javab/flows"
	"javab/locales/text"
)

// assembly turns the entries of the files into lists.
type assembly struct {
	files *files
	lists lists
	on    map[string]bool // the content flags
	vars  map[string]bot.Text
}

func assemble(f *files) *assembly {
	a := &assembly{files: f, lists: lists{}, on: map[string]bool{}, vars: map[string]bot.Text{}}
	for _, feature := range f.features.Features {
		a.on[feature.ID] = feature.On
	}
	for _, v := range f.variables.Variables {
		a.vars[v.ID] = v.Text
	}
	a.names(flows.VariablesList, f.variables.Variables)
	a.names("urgencies", f.complaints.Urgencies)
	a.names("causes", f.complaints.Causes)
	a.names("verdicts", f.complaints.Verdicts)
	a.names("statuses", f.complaints.Statuses)
	a.names("for_whom", f.complaints.ForWhom)
	a.units()
	a.questions(f.complaints.Questions)
	a.questions(f.requests.Questions)
	a.services()
	a.answers()
	a.categories()
	a.requests()
	return a
}

func (a *assembly) names(name string, entries []named) {
	a.lists.add(name) // a list may be empty; it is there all the same
	for _, e := range entries {
		a.lists.add(name, flows.Item{ID: e.ID, Label: e.Text})
	}
}

func (a *assembly) units() {
	for _, u := range a.files.units.Units {
		f := fields{}
		f.value("code", u.Code)
		f.ref("parent", "units", u.Parent)
		a.lists.add("units", flows.Item{ID: u.ID, Label: u.Name, Fields: f})
	}
	for _, p := range a.files.units.Processes {
		a.lists.add("processes", flows.Item{ID: strconv.Itoa(p.Code), Label: p.Name})
	}
}

func (a *assembly) questions(entries []questionEntry) {
	for _, q := range entries {
		f := fields{}
		f.text("text", a.expand(q.Text))
		f.value("expect", q.Expect)
		f.number("min", q.Min)
		f.number("max", q.Max)
		f.flag("required", q.Required)
		f.flag("account", q.Account)
		f.value("when", q.When.condition())
		a.lists.add("questions", flows.Item{ID: q.ID, Label: heading(q.Name), Fields: f})
	}
}

// heading is the name of a question as it stands before its answer.
func heading(name bot.Text) bot.Text {
	return bot.Text{Fa: name.Fa + ":", Ar: name.Ar + ":", En: name.En + ":"}
}

func (a *assembly) services() {
	for _, s := range a.files.services.Services {
		f := fields{}
		f.ref("group", "service_groups", s.Group)
		f.ref("unit", "units", s.Unit)
		f.ref("request", "requests", s.Request)
		f.ref("process", "processes", last(s.Process))
		f.text("intro", a.expand(s.Intro))
		f.text("fee", a.expand(s.Fee))
		f.text("duration", a.expand(s.Duration))
		f.text("handoff", a.expand(a.promised(s.Handoff.Feature, s.Handoff.Text, s.Handoff.Without)))
		f.items("ask_first", a.first(s.AskFirst))
		f.items("documents", a.pages(s.ID, "documents", s.Documents))
		f.items("steps", a.pages(s.ID, "steps", s.Steps))
		a.lists.add("services", flows.Item{ID: s.ID, Label: s.Title, Fields: f})
	}
	for _, g := range a.files.services.Groups {
		var in []string
		for _, s := range a.files.services.Services {
			if s.Group == g.ID {
				in = append(in, s.ID)
			}
		}
		f := fields{}
		f.items("services", a.lists.some("services", in))
		a.lists.add("service_groups", flows.Item{ID: g.ID, Label: g.Text, Fields: f})
	}
}

// first makes form questions of the choices that decide what a guide shows.
func (a *assembly) first(entries []firstEntry) []flows.Item {
	var items []flows.Item
	for _, e := range entries {
		a.names(e.ID, e.Options) // the engine looks a chosen option up under its question's name
		options, _ := a.lists.List(e.ID)
		f := fields{}
		f.text("text", e.Q)
		f.value("expect", "option")
		f.flag("required", true)
		f.value("when", e.When.condition())
		f.items("options", options)
		items = append(items, flows.Item{ID: e.ID, Label: heading(e.Name), Fields: f})
	}
	a.lists.add("ask_first", items...)
	return items
}

// pages are the documents or the steps of a guide. A document can be asked for in a form.
func (a *assembly) pages(service, name string, entries []pageEntry) []flows.Item {
	var items []flows.Item
	for i, e := range entries {
		words := a.expand(e.Text)
		f := fields{}
		f.text("text", words)
		f.value("when", e.When.condition())
		if name == "documents" {
			f.value("expect", "files")
		}
		items = append(items, flows.Item{ID: service + "_" + strconv.Itoa(i+1), Label: words, Fields: f})
	}
	a.lists.add(name, items...)
	return items
}

func (a *assembly) answers() {
	a.lists.add("answers")
	for _, e := range a.files.answers.Answers {
		f := fields{}
		f.text("text", a.expand(a.promised(e.Feature, e.A, e.Without)))
		f.text("question", e.Q)
		f.ref("topic", "topics", e.Topic)
		f.ref("unit", "units", e.Unit)
		f.ref("service", "services", e.Service)
		f.value("next", e.Next)
		f.value("risk", e.Risk)
		f.value("valid_until", e.ValidUntil)
		a.lists.add("answers", flows.Item{ID: e.ID, Label: e.Title, Fields: f})
	}
	a.lists.add("topics")
	for _, t := range a.files.answers.Topics {
		var in []string
		for _, e := range a.files.answers.Answers {
			if e.Topic == t.ID {
				in = append(in, e.ID)
			}
		}
		f := fields{}
		f.items("answers", a.lists.some("answers", in))
		a.lists.add("topics", flows.Item{ID: t.ID, Label: t.Text, Fields: f})
	}
}

func (a *assembly) categories() {
	a.lists.add("categories")
	for _, c := range a.files.complaints.Categories {
		f := c.Matter.fields()
		f.ref("group", "groups", c.Group)
		f.items("questions", a.lists.some("questions", c.Questions))
		a.lists.add("categories", flows.Item{ID: c.Matter.ID, Label: c.Matter.Name, Fields: f})
	}
	for _, g := range a.files.complaints.Groups {
		var in []string
		for _, c := range a.files.complaints.Categories {
			if c.Group == g.ID {
				in = append(in, c.Matter.ID)
			}
		}
		f := fields{}
		f.items("categories", a.lists.some("categories", in))
		a.lists.add("groups", flows.Item{ID: g.ID, Label: g.Text, Fields: f})
	}
}

// requests makes three lists: "requests" holds every request by its id, "request_menu" those that are offered to
// choose from, "matters" what else becomes a case.
func (a *assembly) requests() {
	for _, r := range a.files.requests.Requests {
		f := r.Matter.fields()
		f.text("ready", a.expand(r.Ready))
		f.ref("service", "services", r.Service)
		service, _ := a.lists.Item("services", r.Service)
		f.items("ask_first", service.Fields["ask_first"].Items)
		f.items("questions", a.lists.some("questions", r.Questions))
		f.items("documents", service.Fields["documents"].Items)
		a.lists.add("request_menu", flows.Item{ID: r.Matter.ID, Label: r.Matter.Name, Fields: f})
		a.lists.add("requests", flows.Item{ID: r.Matter.ID, Label: r.Matter.Name, Fields: f})
	}
	for _, m := range a.files.requests.Others {
		item := flows.Item{ID: m.ID, Label: m.Name, Fields: m.fields()}
		a.lists.add("requests", item)
		a.lists.add("matters", item)
	}
}

func (m matter) fields() fields {
	f := fields{}
	f.ref("unit", "units", m.Unit)
	f.ref("urgency", "urgencies", m.Urgency)
	f.ref("process", "processes", last(m.Process))
	f.flag("confidential", m.Confidential)
	f.value("sla_hours", strconv.Itoa(m.SLAHours))
	return f
}

// last is the process that a member asks for by himself: the chamber's own campaign, if there is one, stands before it.
func last(processes []int) string {
	if len(processes) == 0 {
		return ""
	}
	return strconv.Itoa(processes[len(processes)-1])
}

// promised returns what may be said: the text that leans on a content flag only while that is on.
func (a *assembly) promised(feature string, said, without bot.Text) bot.Text {
	if feature != "" && !a.on[feature] {
		return without
	}
	return said
}

// expand fills the settings of the installation into a text of the lists, each fenced for direction as the engine
// does with values. What is no setting stays as it is; the lint reports it.
func (a *assembly) expand(t bot.Text) bot.Text {
	if !strings.Contains(t.Fa+t.Ar+t.En, "{") {
		return t
	}
	return bot.Text{Fa: a.fill(t.Fa, bot.Fa), Ar: a.fill(t.Ar, bot.Ar), En: a.fill(t.En, bot.En)}
}

// fill fills a text once: what a setting says is never read for further ones.
func (a *assembly) fill(s string, lang bot.Lang) string {
	return placeholder.ReplaceAllStringFunc(s, func(quoted string) string {
		value, known := a.vars[quoted[1:len(quoted)-1]]
		if !known {
			return quoted
		}
		return text.Isolate(value.In(lang))
	})
}
