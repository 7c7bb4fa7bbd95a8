package flows

import (
	"slices"

	"javab/bot"
)

// Check proves scripts sound against what they are played with, and reports everything that is wrong, in the order of
// files and lines. Scripts that Parse could not read at all may be nil.
func Check(scripts []*Script, env Env) []Problem {
	env.Limits = env.Limits.orUsual()
	c := &checker{env: env, flows: map[string]*flow{}, ways: map[*Step][]exit{}, longs: map[quote]int{}}
	for _, s := range scripts {
		if s != nil && s.Flow.Text != "" && len(s.Steps) > 0 {
			c.collect(s)
		}
	}
	c.enters()
	c.presses()
	c.reserved()
	c.know()
	for _, f := range c.order {
		c.script(f)
	}
	c.graph()
	c.variables()
	c.humans()
	c.answers()
	SortProblems(c.problems)
	return slices.CompactFunc(c.problems, sameProblem)
}

// sameProblem: one mistake in a text that all languages share is one problem.
func sameProblem(a, b Problem) bool {
	return a.File == b.File && a.Line == b.Line && a.Column == b.Column && a.Code == b.Code &&
		a.Params["Name"] == b.Params["Name"] && a.Params["Lang"] == b.Params["Lang"]
}

// checker looks at all scripts of a bundle together.
type checker struct {
	env      Env
	flows    map[string]*flow
	order    []*flow
	problems []Problem
	ways     map[*Step][]exit // where each step can lead, once it was asked for
	longs    map[quote]int    // how long what is quoted can be, once it was asked for
	*names
}

func (c *checker) fail(f *flow, pos Pos, code string, pairs ...string) {
	p := Problem{Line: pos.Line, Column: pos.Column, Severity: Error, Code: code, Params: params(pairs)}
	if f != nil {
		p.File = f.File
	}
	c.problems = append(c.problems, p)
}

func (c *checker) warn(f *flow, pos Pos, code string, pairs ...string) {
	c.fail(f, pos, code, pairs...)
	c.problems[len(c.problems)-1].Severity = Warning
}

// collect enters a script by its name; a second one of the same name is checked no further.
func (c *checker) collect(s *Script) {
	f := &flow{s, make(map[string]*Step, len(s.Steps))}
	for _, step := range s.Steps {
		if _, twice := f.steps[step.ID.Text]; !twice {
			f.steps[step.ID.Text] = step
		}
	}
	if first, twice := c.flows[s.Flow.Text]; twice {
		c.fail(f, s.Flow.Pos, "flow.twice", "Name", s.Flow.Text, "File", first.File)
		return
	}
	c.flows[s.Flow.Text] = f
	c.order = append(c.order, f)
}

// script checks what can be seen of one script by itself.
func (c *checker) script(f *flow) {
	c.words(f, f.Title, "title")
	for _, lang := range bot.Langs { // a button says it, wherever the flow is offered
		c.labelLength(f, f.Title.Pos, lang, f.Title.In(lang).raw())
	}
	c.feature(f, f.Feature)
	if f.AfterCase.Text != "" {
		c.target(f, f.AfterCase)
	}
	if f.Enter.Argument.Text != "" {
		c.secret(f, f.Steps[0], f.Enter.Argument)
	}
	for _, s := range f.Steps {
		if s.Goto.Text != "" {
			c.target(f, s.Goto)
		}
		if s.Ends && s.Goto.Text != "" {
			c.fail(f, s.Goto.Pos, "step.end_goto")
		}
		s.Body.check(c, f, s)
	}
}

// target checks the name of a step of the same script.
func (c *checker) target(f *flow, name Name) {
	if _, ok := f.steps[name.Text]; ok || name.Text == "" {
		return
	}
	c.fail(f, name.Pos, "step.unknown", "Name", name.Text, "Near", near(name.Text, stepIDs(f)))
}

func stepIDs(f *flow) []string {
	ids := make([]string, 0, len(f.Steps))
	for _, s := range f.Steps {
		ids = append(ids, s.ID.Text)
	}
	return ids
}

// flowName checks the name of a flow.
func (c *checker) flowName(f *flow, name Name) {
	if _, ok := c.flows[name.Text]; ok || name.Text == "" {
		return
	}
	c.fail(f, name.Pos, "flow.unknown", "Name", name.Text, "Near", near(name.Text, c.flowNames()))
}

func (c *checker) flowNames() []string {
	list := make([]string, 0, len(c.order))
	for _, f := range c.order {
		list = append(list, f.Flow.Text)
	}
	return list
}

func (c *checker) feature(f *flow, name Name) {
	if _, ok := c.env.Features[name.Text]; ok || name.Text == "" {
		return
	}
	known := make([]string, 0, len(c.env.Features))
	for feature := range c.env.Features {
		known = append(known, feature)
	}
	slices.Sort(known)
	c.fail(f, name.Pos, "feature.unknown", "Name", name.Text, "Near", near(name.Text, known))
}

// enters checks that each command and phrasing leads to one flow.
func (c *checker) enters() {
	commands := map[string]string{"start": "", "menu": "", "cancel": "", "back": ""}
	phrasings := map[string]string{}
	for _, f := range c.order {
		if name := f.Enter.Command; name.Text != "" {
			if other, taken := commands[name.Text]; taken {
				c.fail(f, name.Pos, "command.twice", "Name", name.Text, "Other", other)
			}
			commands[name.Text] = f.Flow.Text
		}
		for _, lang := range bot.Langs {
			for _, phrasing := range f.Enter.Phrasings[lang] {
				c.phrasing(f, phrasing, phrasings)
			}
		}
	}
}

func (c *checker) phrasing(f *flow, phrasing Name, taken map[string]string) {
	folded := fold(phrasing.Text)
	if other, twice := taken[folded]; twice && other != f.Flow.Text {
		c.fail(f, phrasing.Pos, "phrasing.twice", "Name", phrasing.Text, "Other", other)
	}
	if folded == "" {
		c.fail(f, phrasing.Pos, "phrasing.empty")
	}
	taken[folded] = f.Flow.Text
}

// reserved checks that the flows are there that the engine itself turns to.
func (c *checker) reserved() {
	for _, name := range []string{Home, Welcome, AnswerFlow, Unsure, Unknown, Officer, Stuck} {
		if _, ok := c.flows[name]; !ok {
			c.fail(nil, Pos{1, 1}, "flow.reserved", "Name", name)
		}
	}
}

// answers checks what content entries say about flows and buttons.
func (c *checker) answers() {
	items, _ := c.env.list(answersList)
	for _, item := range items {
		if next := item.Fields["next"].Value; next != "" && c.flows[next] == nil {
			c.fail(nil, Pos{1, 1}, "answer.next", "Name", item.ID, "Flow", next, "Near", near(next, c.flowNames()))
		}
		if pressBytes(choiceRef+answersList+"/"+item.ID) > c.env.Limits.Press {
			c.fail(nil, Pos{1, 1}, "press.long", "Name", item.ID)
		}
	}
}

// pressBytes is how long the data of a choice's button can become.
func pressBytes(id string) int { return len(flowPress) + MaxToken + 1 + len(id) }
