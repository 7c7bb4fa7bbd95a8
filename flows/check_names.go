package flows

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// names is what scripts can name: variables with where their values come from, lists, actions.
type names struct {
	actions     map[string]ActionSpec
	actionNames []string
	listNames   []string
	vars        map[string]bool
	varNames    []string
	// from says of which content lists the entries are that a variable holds.
	from map[string][]string
	// asked are the ids of the questions that forms ask.
	asked map[string]bool
}

// usualLists are suggested when a list is misspelt; content may have more.
var usualLists = []string{
	"answers", "categories", "groups", "processes", "questions", "services", "statuses", "topics", "units", "urgencies",
}

// know gathers every variable that any script can set, and which lists their values are from.
func (c *checker) know() {
	n := &names{
		actions: c.env.Actions, actionNames: slices.Sorted(maps.Keys(c.env.Actions)), vars: map[string]bool{languageVar: true},
		from: map[string][]string{"answer": {answersList}, "likely": {answersList}}, asked: map[string]bool{},
	}
	c.names = n
	for _, name := range usualLists {
		if _, ok := c.env.list(name); ok {
			n.listNames = append(n.listNames, name)
		}
	}
	for _, vars := range Reserved {
		n.add(vars...)
	}
	for _, f := range c.order {
		n.add(f.Enter.Argument.Text)
		n.add(pressVars(f.Enter)...)
		for _, s := range f.Steps {
			_, proves := s.Body.(*IfStep) // it proves that a variable is set, which does not set it
			for _, way := range s.Body.exits(f, s, n) {
				if proves {
					continue
				}
				n.add(way.sets...)
				n.add(way.clears...)
			}
			if do, ok := s.Body.(*DoStep); ok {
				spec := n.spec(do.Action.Text)
				n.add(spec.Maybe...)
				for name, list := range spec.Lists {
					n.comes(name, list)
				}
			}
		}
	}
	for before := -1; before != n.origins(); { // lists flow through sources and arguments, a few rounds at most
		before = n.origins()
		c.trace()
	}
	n.varNames = slices.Sorted(maps.Keys(n.vars))
}

func (n *names) origins() int {
	count := len(n.asked)
	for _, lists := range n.from {
		count += len(lists)
	}
	return count
}

// spec is what an action does; one with a slip in its name is taken for the one that was meant.
func (n *names) spec(action string) ActionSpec {
	if spec, known := n.actions[action]; known || action == "" {
		return spec
	}
	return n.actions[near(action, n.actionNames)]
}

// list is the name of a content list, without a slip.
func (c *checker) list(name string) string {
	if _, known := c.env.list(name); known {
		return name
	}
	return cmp.Or(near(name, c.listNames), name)
}

// knows reports whether a placeholder stands for something. One that does not is reported where it stands.
func (c *checker) knows(name string) bool {
	variable, path := c.split(name)
	if variable == "" {
		_, setting := c.env.item(VariablesList + "/" + name)
		return setting
	}
	return path == "" || c.asked[path] || len(c.fieldsOf(name)) > 0
}

func (n *names) add(vars ...string) {
	for _, v := range vars {
		if v != "" {
			n.vars[v] = true
		}
	}
}

func (n *names) comes(variable string, lists ...string) {
	for _, list := range lists {
		if variable != "" && list != "" && !slices.Contains(n.from[variable], list) {
			n.from[variable] = append(n.from[variable], list)
		}
	}
}

// trace follows once where values come from.
func (c *checker) trace() {
	for _, f := range c.order {
		for _, s := range f.Steps {
			switch b := s.Body.(type) {
			case *AskStep:
				for i := range b.Options {
					if source := b.Options[i].Source; source != nil {
						c.comes(b.Save.Text, c.sourceLists(source)...)
					}
					c.traceArgs(b.Options[i].Set)
				}
			case *RunStep:
				c.traceArgs(b.With)
			case *FormStep:
				for _, item := range c.itemsOf(&b.Source) {
					c.asked[item.ID] = true
					c.names.add(item.ID)
				}
			}
		}
	}
}

func (c *checker) traceArgs(args []Arg) {
	for _, a := range args {
		if p, only := a.Value.Only(); only {
			c.comes(a.Name.Text, c.listsOf(p.Name)...)
		}
	}
}

// sourceLists names the content lists whose entries a source offers.
func (c *checker) sourceLists(source *Source) []string {
	if source.List.Text != "" {
		return []string{c.list(source.List.Text)}
	}
	return c.listsOf(source.Path.Text)
}

// listsOf names the content lists of whose entries a path speaks: {topic.answers} speaks of answers.
func (c *checker) listsOf(path string) []string {
	variable, rest := c.split(path)
	lists := c.from[variable]
	for rest != "" {
		var name string
		name, rest, _ = strings.Cut(rest, ".")
		var next []string
		for _, list := range lists {
			for _, item := range c.entries(list) {
				field := item.Fields[name]
				if ref, _, ok := cutRef(field.Ref); ok && !slices.Contains(next, ref) {
					next = append(next, ref)
				}
				if len(field.Items) > 0 && !slices.Contains(next, name) {
					next = append(next, name)
				}
			}
		}
		lists = next
	}
	return lists
}

func (c *checker) entries(list string) []Item {
	items, _ := c.env.list(list)
	return items
}

// split finds the variable that a name begins with, and the path behind it. The longest variable wins, as in the engine.
func (n *names) split(name string) (variable, path string) {
	if n.vars[name] {
		return name, ""
	}
	for i := len(name) - 1; i > 0; i-- {
		if name[i] == '.' && n.vars[name[:i]] {
			return name[:i], name[i+1:]
		}
	}
	return "", ""
}

// fieldsOf returns the fields that a path of exactly one step reaches, in all entries of the variable's lists.
func (c *checker) fieldsOf(path string) []Field {
	variable, rest := c.split(path)
	if rest == "" || c.from[variable] == nil {
		return nil
	}
	parent, name := "", rest
	if dot := strings.LastIndexByte(rest, '.'); dot >= 0 {
		parent, name = "."+rest[:dot], rest[dot+1:]
	}
	var fields []Field
	for _, list := range c.listsOf(variable + parent) {
		for _, item := range c.entries(list) {
			if field, ok := item.Fields[name]; ok {
				fields = append(fields, field)
			} else if name == "label" || name == "id" {
				fields = append(fields, Field{Text: item.Label})
			}
		}
	}
	return fields
}

// itemsOf returns every entry that a source may offer.
func (c *checker) itemsOf(source *Source) []Item {
	if source.List.Text != "" {
		return c.entries(c.list(source.List.Text))
	}
	var items []Item
	for _, field := range c.fieldsOf(source.Path.Text) {
		items = append(items, field.Items...)
	}
	return items
}

// quote is a placeholder in a text of a language.
type quote struct {
	name string
	lang bot.Lang
}

// longest is the length of the longest text of the content that a placeholder can stand for.
func (c *checker) longest(name string, lang bot.Lang) int {
	if n, known := c.longs[quote{name, lang}]; known {
		return n
	}
	longest := 0
	for _, field := range c.fieldsOf(name) {
		n := text.Len16(field.Text.In(lang))
		for _, item := range field.Items {
			n += text.Len16(item.Label.In(lang)) + len("• \n")
		}
		longest = max(longest, n)
	}
	c.longs[quote{name, lang}] = longest
	return longest
}
