package app

import (
	"strings"

	"javab/bot"
)

// Units are the departments that a chat can be given to, in the order of the content.
func (l *library) Units() []bot.UnitID {
	units := l.live.Load().bundle.Units
	ids := make([]bot.UnitID, len(units))
	for i, unit := range units {
		ids[i] = unit.ID
	}
	return ids
}

// Unit is what a unit is called; an unknown one is called by its id.
func (l *library) Unit(id bot.UnitID, lang bot.Lang) string {
	if name := l.UnitName(id); !name.Empty() {
		return name.In(lang)
	}
	return string(id)
}

// topicLists are the lists whose entries chats are about.
var topicLists = []string{"answers", "services", "requests"}

// Topic names what a member was about: an entry of the content, perhaps with a step of it, or his own words.
func (l *library) Topic(topic string, lang bot.Lang) string {
	id, rest, _ := strings.Cut(topic, " ")
	if name := l.entry(id); !name.Empty() {
		return strings.TrimSpace(name.In(lang) + " " + rest)
	}
	return topic
}

func (l *library) entry(id string) bot.Text {
	bundle := l.live.Load().bundle
	for _, kind := range []bot.CaseKind{bot.Complaint, bot.Request, bot.Suggestion} {
		if category, known := bundle.Category(kind, id); known {
			return category.Name
		}
	}
	for _, list := range topicLists {
		if item, known := bundle.Item(list, id); known {
			return item.Label
		}
	}
	return bot.Text{}
}

// Subjects are what a case of a kind can be about, in the order of the content.
func (l *library) Subjects(kind bot.CaseKind) (ids []string) {
	bundle := l.live.Load().bundle
	items, _ := bundle.List(bundle.CategoryList(kind))
	for _, item := range items {
		if _, known := bundle.Category(kind, item.ID); known {
			ids = append(ids, item.ID)
		}
	}
	return ids
}

// Flow is the title of a flow; an unknown one is called by its id.
func (l *library) Flow(id string, lang bot.Lang) string {
	if title := l.live.Load().script.Program.Title(id); !title.Empty() {
		return title.In(lang)
	}
	return id
}
