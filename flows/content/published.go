package content

import (
	"maps"
	"slices"
	"time"

	"javab/bot"
	"javab/flows"
)

// Published are the texts that the chamber stands behind at now, in every language and with the settings filled in: its
// answers, its guides and its ready replies. Who repeats one of their sentences word for word commits the chamber to
// nothing new.
func (b *Bundle) Published(now time.Time) (all []string) {
	add := func(t bot.Text) {
		for _, lang := range bot.Langs {
			if words := t.In(lang); words != "" {
				all = append(all, words)
			}
		}
	}
	for _, a := range b.Answers {
		if a.Valid(now) {
			add(a.Text)
		}
	}
	for _, r := range b.Replies {
		add(r.Text)
	}
	guides, _ := b.List("services")
	for _, guide := range guides {
		everyText(guide, add)
	}
	return all
}

// everyText calls add with every text of an item and of the items in it.
func everyText(item flows.Item, add func(bot.Text)) {
	add(item.Label)
	for _, name := range slices.Sorted(maps.Keys(item.Fields)) { // so that the same content gives the same list
		field := item.Fields[name]
		add(field.Text)
		for _, inner := range field.Items {
			everyText(inner, add)
		}
	}
}
