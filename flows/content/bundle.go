package content

import (
	"maps"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/faq"
	"javab/flows"
	"javab/locales/text"
)

// Bundle is all content of one version, and of every other that reads the same. It never changes, and is safe for concurrent
// use.
type Bundle struct {
	Scripts []*flows.Script
	Program *flows.Program
	Answers []Answer
	Units   []Unit
	// Promises are the defaults of what members are told and when.
	Promises Promises
	// Variables are the settings of the installation that texts quote, by name.
	Variables map[string]bot.Text
	// Features are the content flags and whether they are on.
	Features map[string]bool
	// Replies are what officers send again and again, in the order in which they are offered.
	Replies []bot.ReadyReply
	// Manners are the words by which the desk notices tone and promises.
	Manners bot.Manners
	// Speech is how people put things: what matches free texts is made by it.
	Speech *faq.Speech
	// System are the engine's own texts, by id.
	System map[string]bot.Text

	lists      lists
	categories map[string]bot.Category
	kinds      map[bot.CaseKind]kind
	suggested  []Phrased
}

// kind says where the categories of one kind of case are kept.
type kind struct {
	list string
	ids  map[string]bool
}

// Answer is one entry of the answers as the matcher and the studio want it.
type Answer struct {
	ID, Topic, Service, Next string

	Unit     bot.UnitID
	Title    bot.Text
	Question bot.Text
	Text     bot.Text // what is said now: with settings filled in and content flags obeyed
	// Risk is fee, deadline or legal when a wrong answer costs the member money, a date or a right; else empty.
	Risk string
	// Basis says what stands behind the text: tccim, chambers, job, sample.
	Basis string
	// ValidUntil is the last day on which it may be said; zero means for ever.
	ValidUntil time.Time
	Phrasings  map[bot.Lang][]string // the question itself comes first
	Finglish   []string              // Persian in Latin letters
}

// Valid reports whether the answer may still be given at now. Its last day ends where the chamber is, as it does for the
// engine.
func (a Answer) Valid(now time.Time) bool {
	return a.ValidUntil.IsZero() || now.In(text.Tehran()).Format(time.DateOnly) <= a.ValidUntil.Format(time.DateOnly)
}

// Unit is a department of the chamber.
type Unit struct {
	ID, Parent bot.UnitID
	Code       string
	Name       bot.Text
	Processes  []int
}

// Phrased is one thing that a text can be about, in one language, with the ways in which people put it. Its ID is
// "answers/<id>", "flow/<id>" or "categories/<id>". Its fields are those of faq.Document, so that one converts.
type Phrased struct {
	ID        string
	Lang      bot.Lang
	Phrasings []string
	Finglish  []string // of a Persian one
	Says      string   // its title, and its own words if it has any
	Risky     bool     // a wrong one costs the member money, a date or a right
}

// List returns the items of a content list in their order, and whether there is such a list.
func (b *Bundle) List(name string) ([]flows.Item, bool) { return b.lists.List(name) }

// Item returns one entry of a list.
func (b *Bundle) Item(list, id string) (flows.Item, bool) { return b.lists.Item(list, id) }

// ListNames are the content lists that scripts can name.
func (b *Bundle) ListNames() []string { return slices.Sorted(maps.Keys(b.lists)) }

// Env is what the bundle's scripts are checked against and played with.
func (b *Bundle) Env() flows.Env {
	return flows.Env{Lists: b, Actions: flows.ActionSpecs, System: b.System, Features: b.Features}
}

// Category returns what a case of the kind can be about, by the id that scripts use.
func (b *Bundle) Category(of bot.CaseKind, id string) (bot.Category, bool) {
	if !b.kinds[of].ids[id] {
		return bot.Category{}, false
	}
	return b.categories[id], true
}

// CategoryList names the content list that holds the categories of a kind.
func (b *Bundle) CategoryList(of bot.CaseKind) string { return b.kinds[of].list }

// CauseList names the content list from which the cause of a case of a kind is chosen: of a suggestion what became of it.
func (b *Bundle) CauseList(of bot.CaseKind) string {
	if of == bot.Suggestion {
		return "verdicts"
	}
	return "causes"
}

// Phrasings returns what the matcher for free text learns: the answers and the flows. An answer whose last day is over is
// still understood: the member hears that an officer will tell.
func (b *Bundle) Phrasings() []Phrased {
	var all []Phrased
	for _, a := range b.Answers {
		for _, lang := range bot.Langs {
			p := Phrased{
				ID: "answers/" + a.ID, Lang: lang, Phrasings: a.Phrasings[lang], Says: a.Title.In(lang) + ". " + a.Text.In(lang), Risky: a.Risk != "",
			}
			if lang == bot.Fa {
				p.Finglish = a.Finglish
			}
			all = append(all, p)
		}
	}
	phrasings := b.Program.Phrasings()
	for _, s := range b.Scripts {
		for _, lang := range bot.Langs {
			if said := phrasings[s.Flow.Text][lang]; len(said) > 0 {
				all = append(all, Phrased{ID: "flow/" + s.Flow.Text, Lang: lang, Phrasings: said, Says: s.Title.Text().In(lang)})
			}
		}
	}
	return all
}

// CategoryPhrasings returns how members describe each category of complaint: what categories.suggest learns.
func (b *Bundle) CategoryPhrasings() []Phrased { return b.suggested }
