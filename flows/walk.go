package flows

import (
	"javab/bot"
	"javab/locales/text"
)

// enter shows the page at the walk's place; after the last it goes on.
func (w *WalkStep) enter(t *turn, s *Step) {
	pages := t.pages(&w.Source)
	if t.st.Item >= len(pages) {
		t.onward(s)
		return
	}
	if t.aside {
		t.still = true
		return
	}
	t.put(s, w.page(t, pages))
}

// pages are the items of the list that are for this member.
func (t *turn) pages(source *Source) []Item {
	_, items := t.itemsOf(source)
	pages := make([]Item, 0, len(items))
	for _, item := range items {
		if t.shown(item) {
			pages = append(pages, item)
		}
	}
	return pages
}

func (w *WalkStep) page(t *turn, pages []Item) *prompt {
	format := text.For(t.lang)
	q := &prompt{words: t.systemWords("walk.page", map[string]string{
		"step":  format.Number(int64(t.st.Item + 1)),
		"steps": format.Number(int64(len(pages))),
		"text":  plainText(t.itemWords(pages[t.st.Item])),
	})}
	if t.st.Trail != "" {
		q.tools = append(q.tools, t.tool(choiceBack, "label.back"))
	}
	q.tools = append(q.tools, t.tool(choiceNext, "label.next"))
	if w.Failed.Text != "" {
		q.tools = append(q.tools, t.tool(choiceFailed, "label.failed"))
	}
	return q
}

func (w *WalkStep) prompt(t *turn, _ *Step) *prompt {
	pages := t.pages(&w.Source)
	if t.st.Item >= len(pages) {
		return nil
	}
	return w.page(t, pages)
}

func (w *WalkStep) hear(t *turn, s *Step) {
	q := w.prompt(t, s)
	if q == nil {
		return
	}
	b, ok := q.find(t)
	switch {
	case ok:
		w.turn(t, b)
	case t.in.Kind == bot.KindPress:
		t.unknownPress()
	case t.in.Kind == bot.KindEdit:
		t.head("edited", nil)
	case t.word():
	default:
		t.unasked()
	}
}

// turn leafs through the pages.
func (w *WalkStep) turn(t *turn, b button) {
	t.replace = t.in.Kind == bot.KindPress
	switch b.id {
	case choiceNext:
		t.trace()
		t.st.Item++
		t.st.Tries = 0
	case choiceBack:
		t.back()
	case choiceFailed:
		page := t.pages(&w.Source)[t.st.Item]
		t.trace()
		t.set("walk.step", bot.Value{Text: text.For(bot.En).Number(int64(t.st.Item + 1))})
		t.set("walk.text", bot.Value{Text: clip(page.Label.In(t.lang), maxWalkText)})
		t.to(w.Failed.Text)
	}
}

// maxWalkText bounds what the state holds of a page.
const maxWalkText = 300
