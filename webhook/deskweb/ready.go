package deskweb

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/locales/text"
)

// offer is a ready reply as it would be sent in this chat now.
type offer struct {
	Ref    string // what the record keeps of it: "greet@7"
	Title  string
	Theirs string // in the member's language; what has no value stays open
	Ours   string // in the officer's; empty when both read the same
	URL    string // puts it into the box
}

// offers are the ready replies of a chat's unit and topic, and all others.
type offers struct {
	screen
	First, Rest []offer
	Theirs      bot.Lang
}

// None reports whether nothing was found.
func (o offers) None() bool { return len(o.First)+len(o.Rest) == 0 }

// Offers are the ready replies that the chat's officer may send.
func (t thread) Offers() offers { return t.offers("") }

// offers are those that have all the words of a search.
func (t thread) offers(sought string) offers {
	first, rest, version := t.desk.Content.Replies(t.HandOver.Unit, t.HandOver.Topic)
	words := strings.Fields(text.Fold(sought))
	theirs, ours := t.values(t.spoken()), t.values(t.Lang)
	pick := func(list []bot.ReadyReply) (found []offer) {
		for _, r := range list {
			o := offer{
				Ref: r.ID + "@" + strconv.Itoa(version), Title: r.Title.In(t.Lang), Theirs: r.Fill(t.spoken(), theirs),
				URL: fmt.Sprintf("%s?tab=%s&ready=%s", t.URL(), t.Tab, r.ID),
			}
			if t.spoken() != t.Lang {
				o.Ours = r.Fill(t.Lang, ours)
			}
			if o.has(words) {
				found = append(found, o)
			}
		}
		return found
	}
	return offers{screen: t.screen, First: pick(first), Rest: pick(rest), Theirs: t.spoken()}
}

// has reports whether all words, folded, stand in what is shown.
func (o offer) has(words []string) bool {
	key := text.Fold(o.Ref + " " + o.Title + " " + o.Theirs + " " + o.Ours)
	for _, word := range words {
		if !strings.Contains(key, word) {
			return false
		}
	}
	return true
}

// values are what ready replies leave open, as far as they are known here.
func (t thread) values(lang bot.Lang) map[string]string {
	values := map[string]string{
		"name":    text.Isolate(t.MemberName()),
		"officer": text.Isolate(t.By.Display.In(lang)),
		"unit":    text.Isolate(t.desk.Content.Unit(t.HandOver.Unit, lang)),
	}
	if k, known := t.matter(); known {
		values["case"] = text.LTR(k.Number.String())
		values["due"] = text.For(lang).LongDate(k.DueAt)
	}
	return values
}

// matter is the case that the chat is about: the one that its topic names, else the only one that is open.
func (t thread) matter() (bot.Case, bool) {
	named, _ := bot.ParseCaseNumber(t.HandOver.Topic)
	var open []bot.Case
	for _, k := range t.Cases {
		if k.Number == named {
			return k, true
		}
		if k.State.Open() {
			open = append(open, k)
		}
	}
	if len(open) == 1 {
		return open[0], true
	}
	return bot.Case{}, false
}

// Guide is what the bot itself says of the topic, for the officer to keep to.
func (t thread) Guide() string { return t.desk.Content.Guide(t.HandOver.Topic).In(t.Lang) }

// choose puts a ready reply into the box, behind what stands there.
func (t *thread) choose(id string) {
	if id == "" {
		return
	}
	all := t.offers("")
	for _, o := range append(all.First, all.Rest...) {
		if known, _, _ := strings.Cut(o.Ref, "@"); known == id {
			t.Reply, t.Ready, t.Mode = strings.TrimSpace(t.Reply+"\n"+o.Theirs), o.Ref, "reply"
		}
	}
}

// showReady are the ready replies that have the words of a search: the browser asks while somebody types.
func (d *Desk) showReady(c echo.Context) error {
	s, chat := d.screen(c, "desk.title"), chatOf(c)
	read, err := d.Reads.Thread(c.Request().Context(), s.By, chat, 0, 1)
	if err != nil {
		return d.Refuse(c, fmt.Errorf("read chat %s: %w", chat, err))
	}
	t := thread{screen: s, Thread: read, Tab: tabOf(c)}
	return d.views.Render(c, http.StatusOK, "offers", t.offers(c.QueryParam("q")))
}

// sent is the ready reply that a text still is, "id@version": one that was chosen and of which a sentence stands. What a
// former version of the content said is not at hand any more: the form is believed.
func (d *Desk) sent(chosen, words string) string {
	id, version, _ := strings.Cut(chosen, "@")
	_, all, live := d.Content.Replies("", "")
	n, err := strconv.Atoi(version)
	if err != nil || n < 1 || n > live {
		return ""
	}
	for _, r := range all {
		if r.ID == id && (n < live || r.Stands(words)) {
			return chosen
		}
	}
	return ""
}
