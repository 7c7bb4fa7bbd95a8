package telegram

import (
	"strings"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"javab/bot"
)

// writer writes a part in one messenger's markup. Its second result says whether the part needs a parse mode.
type writer func(part []bot.Segment) (string, bool)

// render writes a part, and names the parse mode to send along.
func (d *Dialect) render(part []bot.Segment) (string, models.ParseMode) {
	text, marked := d.write(part)
	if marked {
		return text, d.parseMode
	}
	return text, ""
}

func plain(part []bot.Segment) string {
	if len(part) == 1 {
		return part[0].Text
	}
	return bot.Outbound{Segments: part}.Plain()
}

func styled(part []bot.Segment) bool {
	for _, s := range part {
		if s.Style != bot.Plain {
			return true
		}
	}
	return false
}

// writeHTML writes Telegram's HTML, but only where something is styled: plain text needs no parsing and cannot fail it.
func writeHTML(part []bot.Segment) (string, bool) {
	if !styled(part) {
		return plain(part), false
	}
	var b strings.Builder
	for _, s := range part {
		tag := htmlTag(s.Style)
		if tag == "" {
			escapeHTML(&b, s.Text)
			continue
		}
		before, text, after := unfence(s.Text)
		b.WriteString(before)
		b.WriteString("<" + tag + ">")
		escapeHTML(&b, text)
		b.WriteString("</" + tag + ">")
		b.WriteString(after)
	}
	return b.String(), true
}

func htmlTag(s bot.Style) string {
	switch s {
	case bot.Bold:
		return "b"
	case bot.Code:
		return "code"
	}
	return ""
}

func escapeHTML(b *strings.Builder, s string) {
	for {
		i := strings.IndexAny(s, "&<>")
		if i < 0 {
			b.WriteString(s)
			return
		}
		b.WriteString(s[:i])
		switch s[i] {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		default:
			b.WriteString("&gt;")
		}
		s = s[i+1:]
	}
}

// unfence takes the marks of direction around a value off, so that they stand outside of its markup: whoever copies a
// case number copies the number alone.
func unfence(s string) (before, text, after string) {
	text = strings.TrimLeftFunc(s, mark)
	before = s[:len(s)-len(text)]
	trimmed := strings.TrimRightFunc(text, mark)
	return before, trimmed, text[len(trimmed):]
}

func mark(r rune) bool { return r == '\u200E' || r == '\u200F' || r >= lri && r <= pdi }

// writeMarkdown writes Bale's Markdown, which is always on. A sign that stands alone cannot be taken for markup and is
// left as it is, since whether every version of the app reads the backslash is not known.
func writeMarkdown(part []bot.Segment) (string, bool) {
	var pairs [utf8.RuneSelf]int
	for _, s := range part {
		for i := range len(s.Text) {
			if c := s.Text[i]; c < utf8.RuneSelf {
				pairs[c]++
			}
		}
		if s.Style == bot.Bold {
			pairs['*'] += 2
		}
	}
	var b strings.Builder
	for _, s := range part {
		if s.Style != bot.Bold || strings.TrimSpace(s.Text) == "" {
			escapeMarkdown(&b, s.Text, &pairs)
			continue
		}
		before, text, after := unfence(s.Text)
		b.WriteString(before + "*")
		escapeMarkdown(&b, text, &pairs)
		b.WriteString("*" + after)
	}
	return b.String(), false
}

func escapeMarkdown(b *strings.Builder, s string, pairs *[utf8.RuneSelf]int) {
	for i := range len(s) {
		switch c := s[i]; c {
		case '*', '_', '`':
			if pairs[c] > 1 {
				b.WriteByte('\\')
			}
		case '[':
			if strings.Contains(s[i:], "](") {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(s[i])
	}
}
