package emulator

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// tags are those of the API's HTML, and the entity each stands for.
var tags = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
	"a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler",
}

type openTag struct {
	tag    string
	entity Entity
}

// readHTML reads the API's HTML and refuses what the API refuses: unknown tags, ends without a beginning, a bare "<".
func readHTML(text string) (string, []Entity, *refusal) {
	var out strings.Builder
	var stack []openTag
	var entities []Entity
	at := 0
	for text != "" {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			i = len(text)
		}
		plain := html.UnescapeString(text[:i])
		out.WriteString(plain)
		at += units(plain)
		if text = text[i:]; text == "" {
			break
		}
		inside, rest, closed := strings.Cut(text[1:], ">")
		if !closed {
			return "", nil, unparsed("unclosed start tag at byte offset %d", out.Len())
		}
		text = rest
		if name, ending := strings.CutPrefix(inside, "/"); ending {
			last := len(stack) - 1
			if last < 0 || stack[last].tag != strings.TrimSpace(name) {
				return "", nil, unparsed("unmatched end tag at byte offset %d", out.Len())
			}
			if e := stack[last].entity; at > e.Offset {
				e.Length = at - e.Offset
				entities = append(entities, e)
			}
			stack = stack[:last]
			continue
		}
		name, attributes, _ := strings.Cut(inside, " ")
		kind, known := tags[name]
		if !known {
			return "", nil, unparsed("unsupported start tag %q at byte offset %d", name, out.Len())
		}
		stack = append(stack, openTag{name, Entity{Type: kind, Offset: at, URL: href(attributes)}})
	}
	if len(stack) > 0 {
		return "", nil, unparsed("can't find end tag corresponding to start tag %q", stack[len(stack)-1].tag)
	}
	slices.SortStableFunc(entities, func(a, b Entity) int { return a.Offset - b.Offset })
	return out.String(), entities, nil
}

func href(attributes string) string {
	_, value, found := strings.Cut(attributes, `href="`)
	if !found {
		return ""
	}
	value, _, _ = strings.Cut(value, `"`)
	return html.UnescapeString(value)
}

func unparsed(format string, args ...any) *refusal {
	return bad("can't parse entities: " + fmt.Sprintf(format, args...))
}

// readMarkdown reads Bale's Markdown: *bold* and _italic_, a backslash before a sign that is meant. It refuses nothing.
func readMarkdown(text string) (string, []Entity) {
	var out strings.Builder
	var entities []Entity
	open := map[byte]int{} // where a run began, in UTF-16 units, plus one
	at := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && i+1 < len(text) && strings.IndexByte("*_`[\\", text[i+1]) >= 0:
			i++
			out.WriteByte(text[i])
			at++
		case (c == '*' || c == '_') && (open[c] > 0 || strings.IndexByte(text[i+1:], c) >= 0):
			if open[c] == 0 {
				open[c] = at + 1
				continue
			}
			kind := map[byte]string{'*': "bold", '_': "italic"}[c]
			entities = append(entities, Entity{Type: kind, Offset: open[c] - 1, Length: at - open[c] + 1})
			open[c] = 0
		default:
			out.WriteByte(c)
			switch {
			case c >= 0xF0:
				at += 2
			case c < 0x80 || c >= 0xC0:
				at++
			}
		}
	}
	return out.String(), entities
}
