package flows

import (
	"cmp"
	"strconv"

	"javab/bot"
	"javab/locales/text"
)

// buttons lists what an ask offers at this moment, in its order.
func (t *turn) buttons(options []Option) []button {
	var list []button
	for i := range options {
		o := &options[i]
		if o.Source != nil {
			list = t.sourceButtons(list, o.Source)
			continue
		}
		if t.offered(o) {
			list = append(list, t.ownButton(o, i))
		}
	}
	return list
}

// offered reports whether a button of the script is shown: its condition holds, and nothing it leads to is hidden.
func (t *turn) offered(o *Option) bool {
	return t.p.on(o.Feature.Text) && (o.Run.Text == "" || t.p.has(o.Run.Text)) && t.holds(o.When)
}

func (t *turn) ownButton(o *Option, i int) button {
	b := button{id: o.ID.Text, labels: o.Label.Text(), option: o, value: bot.Value{Text: o.ID.Text}}
	if b.id == "" {
		b.id = "." + strconv.Itoa(i)
	}
	b.label = o.Label.In(t.lang).raw()
	if o.Label.In(t.lang).names() != nil {
		b.label = text.Unmark(plainText(t.words(o.Label)))
	}
	return b
}

func plainText(segments []bot.Segment) string { return bot.Outbound{Segments: segments}.Plain() }

// sourceButtons adds the items of a list.
func (t *turn) sourceButtons(list []button, source *Source) []button {
	if source.List.Text != "" {
		return t.listButtons(list, source.List.Text, nil)
	}
	f := t.lookup(source.Path.Text)
	if f.kind == foundValue {
		return t.valueButtons(list, f.value.Items)
	}
	if f.kind == foundField {
		field := source.Path.Text
		return t.listButtons(list, fieldOf(field), f.field.Items)
	}
	return list
}

// listButtons adds items of the content; without items, the whole list of that name.
func (t *turn) listButtons(list []button, name string, items []Item) []button {
	if items == nil {
		items, _ = t.p.env.list(name)
	}
	for _, item := range items {
		if !t.shown(item) {
			continue
		}
		list = append(list, button{
			id: item.ID, label: item.Label.In(t.lang), labels: item.Label, item: item, value: t.p.valueOf(name, item),
		})
	}
	return list
}

// valueOf is what choosing an item saves: a reference, when the item is an entry of a content list; else its id.
func (p *Program) valueOf(list string, item Item) bot.Value {
	ref := list + "/" + item.ID
	if _, ok := p.env.item(ref); ok {
		return bot.Value{Ref: ref}
	}
	return bot.Value{Text: item.ID}
}

// valueButtons adds the items of a variable: choices that an action made, or what the matcher thinks likely.
func (t *turn) valueButtons(list []button, items []bot.Item) []button {
	for _, item := range items {
		// Its id, such as the number of a case, may be typed as well as its words.
		b := button{id: item.ID, label: item.Label, labels: bot.Text{Fa: item.Label, Ar: item.ID, En: item.ID}}
		b.value = bot.Value{Text: item.ID}
		if item.Ref != "" {
			b.value = bot.Value{Ref: item.Ref}
			b.item, _ = t.p.env.item(item.Ref)
			if b.labels = b.item.Label; b.labels.Empty() {
				b.labels = t.p.Title(item.ID)
			}
			b.label = b.labels.In(t.lang)
		}
		list = append(list, b)
	}
	return list
}

// choose saves what was chosen and goes where it leads.
func (t *turn) choose(f *flow, s *Step, a *AskStep, b button) {
	if t.listens() {
		t.follows(cmp.Or(b.value.Ref, b.id))
	}
	if list, id, ok := cutRef(b.value.Ref); ok && list == flowsList {
		t.begin(Entrance{Flow: id})
		return
	}
	if b.option == nil {
		t.save(a.Save.Text, b.value)
		t.markUnit(b.item)
		t.to(f.after(s))
		return
	}
	if b.option.ID.Text != "" {
		t.save(a.Save.Text, b.value)
	}
	for _, set := range b.option.Set {
		t.set(set.Name.Text, t.arg(set.Value))
	}
	next := b.option.Goto.Text
	if next == "" {
		next = f.after(s)
	}
	t.runOption(b.option, next)
}

// runOption plays the flow of an option first, if it has one. From the main menu a flow starts afresh and comes back
// there, so that nothing of one visit reaches into the next.
func (t *turn) runOption(o *Option, next string) {
	switch {
	case o.Run.Text == "":
		t.to(next)
	case o.Run.Text == Home:
		t.leave()
	case o.Run.Text == Officer:
		t.officer()
	case t.st.Flow == Home && len(t.st.Stack) == 0:
		vars := t.st.Vars
		t.begin(Entrance{Flow: o.Run.Text, Vars: vars})
		t.st.Home = next
	default:
		t.call(o.Run.Text, next, 0)
	}
}

// markUnit notes who may read what is said from here on, when the chosen entry says so.
func (t *turn) markUnit(item Item) {
	unit, ok := item.Fields["unit"]
	if !ok {
		return
	}
	t.st.Unit = bot.UnitID(unit.plain(t.lang))
	t.st.Confidential = item.Fields["confidential"].Value == "true"
}
