package flows

import "javab/bot"

// Lists is the content that scripts draw on: categories, services, answers, units. Package content implements it.
type Lists interface {
	// List returns the items of a content list in their order, and whether there is such a list.
	List(name string) ([]Item, bool)
	// Item returns one entry of a list.
	Item(list, id string) (Item, bool)
}

// Item is one entry of a content list.
type Item struct {
	ID     string
	Label  bot.Text // what a button says
	Fields map[string]Field
}

// Field is one property of an item; one of its parts is set.
type Field struct {
	Text  bot.Text // a sentence in three languages
	Value string   // an id, a number or "true"
	Ref   string   // an entry of another list, "list/id"
	Items []Item   // a list of its own: the steps of a service
}
