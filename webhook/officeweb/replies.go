package officeweb

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
)

// countedDays is over how many days the page counts what was sent.
const countedDays = 30

// collection is the ready replies as a page shows them.
type collection struct {
	settings
	Asked   asked
	Replies []reply
	all     []bot.ReadyReply
}

// reply is one ready reply in all its languages.
type reply struct {
	bot.ReadyReply
	Sent    int
	Columns []column
	Vars    []string
}

// column is a ready reply in one language.
type column struct {
	Lang  bot.Lang
	Title string
	Parts []part
}

// Dir is the direction of the column's language.
func (c column) Dir() string {
	if c.Lang.RTL() {
		return "rtl"
	}
	return "ltr"
}

// part is a piece of a text: words, or a place that is filled in.
type part struct {
	Text string
	Open bool
}

func (o *Office) showReplies(c echo.Context) error {
	r := collection{settings: o.settings(c, "office.replies.title"), all: o.Content.Ready()}
	r.Asked = asked{Words: c.QueryParam("words"), Unit: c.QueryParam("unit"), Topic: c.QueryParam("topic")}
	sent, err := o.Counts.RepliesSent(c.Request().Context(), r.Instant.AddDate(0, 0, -countedDays))
	if err != nil {
		return o.Refuse(c, fmt.Errorf("count the ready replies: %w", err))
	}
	for _, one := range r.all {
		if r.Asked.finds(one) {
			r.Replies = append(r.Replies, replyOf(one, sent[one.ID]))
		}
	}
	return o.views.Render(c, http.StatusOK, "replies", r)
}

// finds reports whether a reply is among those that are asked for. One without a unit is everybody's.
func (a asked) finds(r bot.ReadyReply) bool {
	said := []string{r.ID}
	for _, lang := range bot.Langs {
		said = append(said, r.Title.In(lang), r.Text.In(lang))
	}
	return a.within(strings.Join(said, " ")) &&
		(a.Unit == "" || r.Unit == "" || string(r.Unit) == a.Unit) && (a.Topic == "" || r.Topic == a.Topic)
}

// place is where a value is filled in.
var place = regexp.MustCompile(`\{[a-z]+\}`)

func replyOf(r bot.ReadyReply, sent int) reply {
	shown := reply{ReadyReply: r, Sent: sent}
	for _, lang := range bot.Langs {
		shown.Columns = append(shown.Columns, column{lang, r.Title.In(lang), parts(r.Text.In(lang))})
	}
	for _, name := range bot.ReadyVars {
		if strings.Contains(r.Text.Fa+r.Text.Ar+r.Text.En, "{"+name+"}") {
			shown.Vars = append(shown.Vars, name)
		}
	}
	return shown
}

func parts(said string) (all []part) {
	end := 0
	for _, at := range place.FindAllStringIndex(said, -1) {
		all = append(all, part{said[end:at[0]], false}, part{said[at[0]:at[1]], true})
		end = at[1]
	}
	return append(all, part{said[end:], false})
}

// Units are the units whose replies can be asked for.
func (r collection) Units() (list []page.Choice) {
	for _, choice := range r.units(bot.UnitID(r.Asked.Unit)) {
		if slices.ContainsFunc(r.all, func(one bot.ReadyReply) bool { return string(one.Unit) == choice.ID }) {
			list = append(list, choice)
		}
	}
	return list
}

// Topics are the topics that can be asked for, in the order of the replies.
func (r collection) Topics() (list []page.Choice) {
	for _, one := range r.all {
		if one.Topic != "" && !slices.ContainsFunc(list, func(c page.Choice) bool { return c.ID == one.Topic }) {
			list = append(list, page.Choice{ID: one.Topic, Label: r.Heading(one.Topic), Current: one.Topic == r.Asked.Topic})
		}
	}
	return list
}

// Heading names a topic.
func (r collection) Heading(topic string) string { return r.office.Content.Heading(topic, r.Lang) }
