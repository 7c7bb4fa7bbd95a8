package deskweb

import (
	"encoding/json"

	"javab/bot/desk"
	"javab/locales/text"
	"javab/webhook/page"
)

// spoken are the strings that the scripts say; counted ones come in all their plural forms.
var (
	spoken  = []string{"desk.kept", "desk.not_kept", "desk.opens", "desk.sending", "desk.bell.new"}
	counted = []string{"desk.late.minutes", "desk.late.hours", "desk.late.days", "desk.left.hours", "desk.left.days", "desk.news", "desk.bell.waiting"}
)

// samples are a number of each plural form that a language may have.
var samples = map[string]int{"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}

// Spoken is what the scripts say, as JSON: {n} stands for the number, {At} for an hour.
func (s screen) Spoken() string {
	words := map[string]any{}
	for _, id := range spoken {
		words[id] = s.Say(id, "At", "{At}")
	}
	for _, id := range counted {
		forms := map[string]string{}
		for form, n := range samples {
			forms[form] = s.desk.Words.Count(s.Lang, id, n, map[string]any{"N": "{n}"})
		}
		words[id] = forms
	}
	body, _ := json.Marshal(words)
	return string(body)
}

// Now is the moment of the page.
func (s screen) Now() page.Moment { return s.Clock(s.Instant) }

// keyed is one line of the table of keys.
type keyed struct {
	Keys  []string
	Label string
}

// keymap is in the order of the table; the scripts know the keys by where they are, not by their letter.
var keymap = []struct {
	id   string
	keys []string
}{
	{"next", []string{"J", "K"}},
	{"claim", []string{"C"}},
	{"write", []string{"R", "N"}},
	{"move", []string{"T", "Z"}},
	{"close", []string{"E"}},
	{"unread", []string{"U"}},
	{"search", []string{"/"}},
	{"ready", []string{"/"}},
	{"bar", []string{"Ctrl K"}},
	{"send", []string{"Ctrl ⏎"}},
	{"leave", []string{"Esc"}},
	{"table", []string{"?"}},
}

// Keys is the table of keys.
func (s screen) Keys() []keyed {
	lines := make([]keyed, len(keymap))
	for i, k := range keymap {
		lines[i] = keyed{k.keys, s.T("desk.keys." + k.id)}
	}
	return lines
}

// option is one of several in a box of the page.
type option struct{ ID, Label string }

// Name is what the option is called.
func (o option) Name() string { return o.Label }

// Snoozes are how long a chat can be put off, the shortest first.
func (t thread) Snoozes() []option {
	var all []option
	for _, id := range []string{"1h", "3h", "tomorrow", "saturday"} {
		until, _ := wake(id, "", t.Lang, t.Instant)
		all = append(all, option{id, t.Say("desk.snooze."+id, "At", t.Format.Time(until))})
	}
	return append(all, option{"date", t.T("desk.snooze.date")})
}

// Today is the present day, as an example of how a date is written.
func (t thread) Today() string { return text.Digits(t.Format.ShortDate(t.Instant)) }

// Units are the departments that the chat can go to.
func (t thread) Units() []option {
	var all []option
	for _, id := range t.desk.Content.Units() {
		if id != t.HandOver.Unit {
			all = append(all, option{string(id), t.Unit(id)})
		}
	}
	return all
}

// Colleagues are those whom the chat can be given to or who can be named in a note.
func (t thread) Colleagues() []option {
	var all []option
	for _, one := range t.staff {
		if one.ID != t.By.ID && !one.Disabled && desk.Looks(one) {
			all = append(all, option{string(one.ID), one.Name})
		}
	}
	return all
}

// veiled is a value that is shown only when somebody asks for it.
type veiled struct {
	screen
	What, Masked, URL string
	May               bool
}

// Hides shows a value masked, with a button where the person may see it whole.
func (t thread) Hides(what, masked string) veiled {
	return veiled{t.screen, what, masked, t.URL() + "/reveal", t.May("reveal")}
}

// Of writes "3 of 6".
func (f floor) Of(n, all int) string {
	return f.desk.Words.T(f.Lang, "desk.of", map[string]any{"N": f.N(n), "All": f.N(all)})
}
