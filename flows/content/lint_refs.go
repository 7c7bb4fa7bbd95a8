package content

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"javab/bot"
	"javab/flows"
	"javab/flows/expect"
	"javab/locales/text"
)

func number(n int) string { return strconv.Itoa(n) }

// references checks that every id that an entry names is there, but for flows.
func (l *linter) references() {
	l.answerReferences()
	l.serviceReferences()
	l.complaintReferences()
	l.requestReferences()
	units := l.files.sources["units"]
	for i, u := range l.files.units.Units {
		l.to(units, "units", u.Parent, "units", i, "parent")
		l.processes(units, u.Processes, "units", i, "processes")
	}
}

// to checks one reference to an entry of a list; the path says where it stands. An empty id refers to nothing.
func (l *linter) to(s *source, list, id string, path ...any) {
	if id == "" {
		return
	}
	if _, ok := l.bundle.Item(list, id); !ok {
		s.fail(s.at(path...), "content.reference", "List", list, "ID", id, "Near", text.Nearest(id, l.ids(list)))
	}
}

// must is to for a reference that may not be missing.
func (l *linter) must(s *source, list, id string, path ...any) {
	if id == "" {
		s.fail(s.at(path[:len(path)-1]...), "content.field_missing", "Field", path[len(path)-1].(string))
		return
	}
	l.to(s, list, id, path...)
}

func (l *linter) ids(list string) []string {
	items, _ := l.bundle.List(list)
	ids := make([]string, len(items))
	for i, item := range items {
		ids[i] = item.ID
	}
	return ids
}

func (l *linter) processes(s *source, codes []int, path ...any) {
	for _, code := range codes {
		l.to(s, "processes", number(code), path...)
	}
}

// oneOf checks a word that must be one of a few.
func (l *linter) oneOf(s *source, word string, known []string, path ...any) {
	if !slices.Contains(known, word) {
		s.fail(s.at(path...), "content.word", "Found", word, "Want", strings.Join(known, ", "), "Near", text.Nearest(word, known))
	}
}

var (
	bases = []string{"tccim", "chambers", "job", "sample"}
	risks = []string{"", "fee", "deadline", "legal"}
)

func (l *linter) answerReferences() {
	s := l.files.sources["answers"]
	for i, e := range l.files.answers.Answers {
		l.must(s, "topics", e.Topic, "answers", i, "topic")
		l.must(s, "units", e.Unit, "answers", i, "unit")
		l.to(s, "services", e.Service, "answers", i, "service")
		l.processes(s, e.Process, "answers", i, "process")
		l.oneOf(s, e.Basis, bases, "answers", i, "basis")
		l.oneOf(s, e.Risk, risks, "answers", i, "risk")
		l.flag(s, e.Feature, "answers", i, "feature")
	}
}

// nexts checks the flows that answers name.
func (l *linter) nexts() {
	s := l.files.sources["answers"]
	for i, e := range l.files.answers.Answers {
		l.next(s, e.Next, i)
	}
}

// next checks that the flow that takes what an answer asks for exists, and that the script of the answers offers it.
func (l *linter) next(s *source, flow string, i int) {
	if flow == "" {
		return
	}
	if l.script(flow) == nil {
		s.fail(s.at("answers", i, "next"), "content.reference", "List", "flows", "ID", flow)
	} else if !offers(l.script(flows.AnswerFlow), flow) {
		s.fail(s.at("answers", i, "next"), "content.next_unoffered", "ID", flow)
	}
}

func (l *linter) script(flow string) *flows.Script {
	for _, s := range l.bundle.Scripts {
		if s.Flow.Text == flow {
			return s
		}
	}
	return nil
}

// offers reports whether a script has a button for answers with that next flow.
func offers(s *flows.Script, flow string) bool {
	if s == nil {
		return false
	}
	for _, step := range s.Steps {
		ask, ok := step.Body.(*flows.AskStep)
		if ok && slices.ContainsFunc(ask.Options, func(o flows.Option) bool {
			return o.When != nil && o.When.Var.Text == "answer.next" && slices.Contains(o.When.Values, flow)
		}) {
			return true
		}
	}
	return false
}

func (l *linter) flag(s *source, feature string, path ...any) {
	if _, ok := l.bundle.Features[feature]; feature != "" && !ok {
		s.fail(s.at(path...), "content.reference", "List", "features", "ID", feature)
	}
}

func (l *linter) serviceReferences() {
	s := l.files.sources["services"]
	for i, e := range l.files.services.Services {
		l.must(s, "service_groups", e.Group, "services", i, "group")
		l.must(s, "units", e.Unit, "services", i, "unit")
		l.to(s, "requests", e.Request, "services", i, "request")
		l.processes(s, e.Process, "services", i, "process")
		l.oneOf(s, e.Basis, bases, "services", i, "basis")
		l.flag(s, e.Handoff.Feature, "services", i, "handoff", "feature")
		for j, q := range e.AskFirst {
			l.called(s, q.Name, "services", i, "ask_first", j)
			l.sameQuestion(s, q, i, j)
			l.when(s, q.When, e.AskFirst, "services", i, "ask_first", j, "when")
		}
		for j, d := range e.Documents {
			l.when(s, d.When, e.AskFirst, "services", i, "documents", j, "when")
		}
		for j, d := range e.Steps {
			l.when(s, d.When, e.AskFirst, "services", i, "steps", j, "when")
		}
	}
}

// called checks that a question has the name that summaries need.
func (l *linter) called(s *source, name bot.Text, path ...any) {
	if name.Empty() {
		s.fail(s.at(path...), "content.field_missing", "Field", "name")
	}
}

// sameQuestion checks that a first question that several guides ask is the same in all of them: its answer is kept
// under its id.
func (l *linter) sameQuestion(s *source, q firstEntry, i, j int) {
	first, _ := l.bundle.Item("ask_first", q.ID)
	options, _ := l.bundle.List(q.ID)
	same := first.Label == heading(q.Name) && first.Fields["text"].Text == q.Q && slices.EqualFunc(options, q.Options, func(a flows.Item, b named) bool {
		return a.ID == b.ID && a.Label == b.Text
	})
	if !same {
		s.fail(s.at("services", i, "ask_first", j), "content.question_differs", "ID", q.ID)
	}
}

// when checks that a condition speaks of an earlier question and of options that it has.
func (l *linter) when(s *source, w when, questions []firstEntry, path ...any) {
	for question, options := range w {
		at := slices.IndexFunc(questions, func(q firstEntry) bool { return q.ID == question })
		if at < 0 {
			s.fail(s.at(path...), "content.reference", "List", "ask_first", "ID", question)
			continue
		}
		for _, option := range options {
			if !slices.ContainsFunc(questions[at].Options, func(o named) bool { return o.ID == option }) {
				s.fail(s.at(path...), "content.reference", "List", question, "ID", option)
			}
		}
	}
}

func (l *linter) complaintReferences() {
	s := l.files.sources["complaints"]
	for i, c := range l.files.complaints.Categories {
		l.matter(s, c.Matter, "categories", i)
		l.must(s, "groups", c.Group, "categories", i, "group")
		for j, id := range c.Questions {
			l.to(s, "questions", id, "categories", i, "questions", j)
		}
		for _, lang := range bot.Langs {
			if n := len(c.phrasings(lang)); n < MinPhrasings {
				s.fail(s.at("categories", i), "content.few_phrasings", "ID", c.Matter.ID, "Lang", string(lang), "Min", number(MinPhrasings))
			}
		}
	}
	l.expectations(s, l.files.complaints.Questions)
	for _, state := range []bot.CaseState{
		bot.Received, bot.InWork, bot.Referred, bot.WaitingMember, bot.WaitingExternal, bot.Proposed, bot.Closed, bot.Reopened,
		bot.Withdrawn,
	} {
		l.must(s, "statuses", string(state), "statuses", "")
	}
}

// MinPhrasings is how many ways of describing a complaint a category has in each language at least.
const MinPhrasings = 4

func (l *linter) requestReferences() {
	s := l.files.sources["requests"]
	for i, r := range l.files.requests.Requests {
		l.matter(s, r.Matter, "requests", i)
		l.to(s, "services", r.Service, "requests", i, "service")
		for j, id := range r.Questions {
			l.to(s, "questions", id, "requests", i, "questions", j)
		}
	}
	for i, m := range l.files.requests.Others {
		l.matter(s, m, "others", i)
	}
	l.expectations(s, l.files.requests.Questions)
}

// matter checks what every kind of case has. A promise of no hours would be broken when it is made.
func (l *linter) matter(s *source, m matter, list string, i int) {
	l.must(s, "units", m.Unit, list, i, "unit")
	l.must(s, "urgencies", m.Urgency, list, i, "urgency")
	l.processes(s, m.Process, list, i, "process")
	if m.SLAHours <= 0 || m.FirstResponseHours <= 0 || m.FirstResponseHours > m.SLAHours {
		s.fail(s.at(list, i), "content.hours", "ID", m.ID)
	}
}

func (l *linter) expectations(s *source, questions []questionEntry) {
	for i, q := range questions {
		l.called(s, q.Name, "questions", i)
		l.oneOf(s, q.Expect, expect.Kinds(), "questions", i, "expect")
		l.limits(s, q, i)
		for name := range q.When {
			l.to(s, "ask_first", name, "questions", i, "when")
		}
	}
}

// limits checks that the kind of answer takes the limits of its question.
func (l *linter) limits(s *source, q questionEntry, i int) {
	given := map[string]any{}
	for name, n := range map[string]int{"min": q.Min, "max": q.Max} {
		if n != 0 {
			given[name] = n
		}
	}
	_, err := expect.Parse(q.Expect, given)
	if wrong, ok := errors.AsType[*expect.Error](err); ok && wrong.What != "kind" {
		s.fail(s.at("questions", i), "expect.wrong", "What", wrong.What, "Got", wrong.Got,
			"Want", strings.Join(wrong.Want, ", "), "Near", wrong.Near)
	}
}

// shadows checks that no script gives a variable the name of a setting: while the variable is not set, its texts and
// conditions would find the setting.
func (l *linter) shadows(s *source) {
	saved := func(name string, at ast.Node) {
		if _, setting := l.bundle.Variables[name]; setting {
			s.fail(at, "content.variable_shadows", "Name", name)
		}
	}
	each(s.root, func(e *ast.MappingValueNode) {
		switch e.Key.GetToken().Value {
		case "save":
			name, _ := scalar(e.Value)
			saved(name, e.Value)
		case "set":
			for _, preset := range pairs(e.Value) {
				saved(preset.Key.GetToken().Value, preset.Key)
			}
		}
	})
}

// each calls f for every entry of every mapping under a node.
func each(n ast.Node, f func(*ast.MappingValueNode)) {
	if list, ok := n.(*ast.SequenceNode); ok {
		for _, item := range list.Values {
			each(item, f)
		}
		return
	}
	for _, e := range pairs(n) {
		f(e)
		each(e.Value, f)
	}
}
