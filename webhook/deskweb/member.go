package deskweb

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/webhook/page"
)

// Phone hides the member's phone but for its last digits.
func (t thread) Phone() string { return members.MaskPhone(t.Member.Phone) }

// NationalID hides the member's national id but for its last digits.
func (t thread) NationalID() string { return members.MaskNationalID(t.Member.NationalID) }

// MemberName is what the member is called: by himself or the chamber, else at the messenger.
func (t thread) MemberName() string { return cmp.Or(t.Member.Name, t.HandOver.Name) }

// Step is the first line of what the bot said where it gave the chat away; empty when it said nothing there.
func (t thread) Step() string {
	return t.desk.Content.Asked(t.HandOver.Flow, t.HandOver.Step).In(t.Lang)
}

// fact is one thing that the bot collected: ID is the script's name for it, Name the question.
type fact struct{ ID, Name, Text string }

// Facts are what the bot collected, each field once.
func (t thread) Facts() []fact {
	var facts []fact
	at := map[string]int{}
	for _, p := range t.Collected {
		words := p.Text
		if p.File != nil {
			words = strings.TrimSpace(words + " [" + p.File.Name + "]")
		}
		i, known := at[p.Field]
		switch {
		case !known:
			at[p.Field] = len(facts)
			name := t.desk.Content.Field(t.HandOver.Flow, p.Field).In(t.Lang)
			facts = append(facts, fact{ID: p.Field, Name: cmp.Or(name, p.Field), Text: words})
		case p.Append:
			facts[i].Text += "\n" + words
		default:
			facts[i].Text = words
		}
	}
	return slices.DeleteFunc(facts, func(f fact) bool { return f.Text == "" })
}

// Outcomes are the ways in which an officer can close a chat.
func (t thread) Outcomes() []string { return desk.Outcomes }

// Ended says how an earlier hand-over ended.
func (t thread) Ended(h bot.HandOver) string {
	for _, known := range append([]string{desk.TakenBack}, desk.Outcomes...) {
		if h.Outcome == known {
			return t.T("desk.outcome." + known)
		}
	}
	return h.Outcome
}

// About names what an earlier hand-over was about.
func (t thread) About(h bot.HandOver) string {
	if h.Topic != "" {
		return t.desk.Content.Topic(h.Topic, t.Lang)
	}
	return t.reason(h.Reason)
}

// Panel is the member's cases with what comes next in each.
func (t thread) Panel() (template.HTML, error) { return t.desk.Panel(t.Screen, t.Cases) }

// reveal shows a hidden value. That he has seen it is in the audit before he does.
func (d *Desk) reveal(c echo.Context) error {
	what := c.FormValue("what")
	if what != "phone" && what != "national_id" {
		return echo.ErrBadRequest
	}
	s := d.screen(c, "desk.title")
	chat := chatOf(c)
	value, err := d.Reveal(c.Request().Context(), s.By, chat, what)
	if err != nil {
		return d.Refuse(c, err)
	}
	shown := struct {
		screen
		What, Value, Back string
	}{s, what, value, d.chatURL(chat)}
	if page.Swapped(c) {
		return d.views.Render(c, http.StatusOK, "revealed", shown)
	}
	return d.views.Render(c, http.StatusOK, "reveal", shown)
}
