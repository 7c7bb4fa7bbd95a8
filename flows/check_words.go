package flows

import (
	"slices"
	"strconv"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// Unwritten is the mark at the beginning of a text that a person must still write: a quick fix copied it, or a block
// brought it along. Check warns of it as long as it is there.
const Unwritten = "\u270e"

// words checks a text of a script: all languages, the same placeholders in each, not too long.
func (c *checker) words(f *flow, w Words, what string) {
	var missing []string
	for _, lang := range bot.Langs {
		if w.In(lang) == nil {
			missing = append(missing, string(lang))
		}
	}
	if len(missing) == len(bot.Langs) {
		return // a missing or unreadable text was reported by Parse
	}
	if len(missing) > 0 {
		c.fail(f, w.Pos, "language.missing", "What", what, "Lang", strings.Join(missing, ", "))
	}
	var unwritten []string
	for _, lang := range bot.Langs {
		if strings.HasPrefix(w.In(lang).raw(), Unwritten) {
			unwritten = append(unwritten, string(lang))
		}
	}
	if len(unwritten) > 0 {
		c.warn(f, w.Pos, "text.unwritten", "What", what, "Lang", strings.Join(unwritten, ", "))
	}
	for _, lang := range bot.Langs {
		if tpl := w.In(lang); tpl != nil {
			c.samePlaceholders(f, w, lang, tpl)
			c.length(f, lang, tpl)
		}
	}
}

// samePlaceholders reports what another language quotes and this one does not. A placeholder that is wrong in itself was
// reported as such; what it should be instead is not missing.
func (c *checker) samePlaceholders(f *flow, w Words, lang bot.Lang, tpl *Template) {
	wrong := func(name string) bool { return !c.knows(name) }
	if tpl.faulty || slices.ContainsFunc(tpl.names(), wrong) {
		return
	}
	for _, other := range bot.Langs {
		for _, name := range w.In(other).names() {
			if !slices.Contains(tpl.names(), name) && !wrong(name) {
				c.fail(f, tpl.Pos, "placeholder.missing", "Name", name, "Lang", string(lang), "Other", string(other))
			}
		}
	}
}

// length estimates the longest that a text can become: its own words and the longest texts of the content it quotes.
// What members write does not count; it is split when it is sent.
func (c *checker) length(f *flow, lang bot.Lang, tpl *Template) {
	n := 0
	for i := range tpl.Parts {
		if p := &tpl.Parts[i]; p.Name == "" {
			n += text.Len16(p.Text)
		} else {
			n += c.longest(p.Name, lang)
		}
	}
	if n > c.env.Limits.Text {
		c.fail(f, tpl.Pos, "text.long", "Lang", string(lang), "Length", strconv.Itoa(n),
			"Limit", strconv.Itoa(c.env.Limits.Text))
	}
}

// label checks what a button says.
func (c *checker) label(f *flow, w Words) {
	c.words(f, w, "label")
	for _, lang := range bot.Langs {
		c.labelLength(f, w.Pos, lang, w.In(lang).raw())
	}
}

func (c *checker) labelLength(f *flow, pos Pos, lang bot.Lang, label string) {
	if n := text.Len16(label); n > c.env.Limits.Label {
		c.fail(f, pos, "label.long", "Lang", string(lang), "Length", strconv.Itoa(n),
			"Limit", strconv.Itoa(c.env.Limits.Label), "Name", label)
	}
}
