package fixes

import (
	"slices"
	"strings"
	"unicode/utf16"

	"javab/bot"
	"javab/flows"
	"javab/flows/texts"
	"javab/locales/text"
)

// marked is a text that a person must still write.
func marked(words string) string {
	return flows.Unwritten + " " + strings.TrimSpace(strings.TrimPrefix(words, flows.Unwritten))
}

// copied writes the missing languages as another one has them, marked.
func copied(s *sheet) []flows.Fix {
	row, ok := s.rowFrom()
	if !ok {
		return nil
	}
	var edits []texts.Edit
	from := bot.Lang("")
	for _, lang := range []bot.Lang{bot.En, bot.Fa, bot.Ar} {
		if from == "" && !row.Cells[lang].Missing {
			from = lang
		}
	}
	for _, lang := range bot.Langs {
		if row.Cells[lang].Missing {
			edits = append(edits, texts.Edit{Path: row.Path, Lang: lang, Text: marked(row.Cells[from].Text)})
		}
	}
	return fix("copy", s.set(edits...), "From", string(from), "Lang", s.p.Params["Lang"])
}

// spread writes a text that all languages share three times, each one marked.
func spread(s *sheet) []flows.Fix {
	end := s.lineEnd(s.at)
	if s.inBrackets(s.at) {
		end = s.valueEnd(s.at)
	} else if note := strings.Index(s.text[s.at:end], " #"); note >= 0 {
		end = s.at + note
	}
	written := strings.TrimSpace(s.text[s.at:end])
	rows, err := texts.Read([]byte("k: {fa: " + written + "}"))
	if err != nil || len(rows) != 1 {
		return nil
	}
	three := inThree(marked(rows[0].Cells[bot.Fa].Text))
	return fix("languages", []flows.Edit{s.put(s.at, s.at+len(written), three)})
}

// inThree writes the same text in all languages.
func inThree(words string) string {
	quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(words) + `"`
	return "{fa: " + quoted + ", ar: " + quoted + ", en: " + quoted + "}"
}

// labelApart marks the second of two buttons that say the same.
func labelApart(s *sheet) []flows.Fix {
	row, ok := s.rowFrom()
	lang := bot.Lang(s.p.Params["Lang"])
	if !ok {
		return nil
	}
	was := row.Cells[lang].Text
	after := marked(was + " 2")
	return fix("replace", s.set(texts.Edit{Path: row.Path, Lang: lang, Text: after}), "From", was, "To", after)
}

// labelCut cuts a button at the end of a word.
func labelCut(s *sheet) []flows.Fix {
	row, ok := s.rowFrom()
	lang := bot.Lang(s.p.Params["Lang"])
	if !ok || row.Cells[lang].Text != s.p.Params["Name"] {
		return nil
	}
	limit := s.env.Limits.Label
	if limit == 0 {
		limit = usualLabel
	}
	room := limit - text.Len16(marked("")) - text.Len16("…")
	words := marked(cut(row.Cells[lang].Text, room) + "…")
	return fix("cut", s.set(texts.Edit{Path: row.Path, Lang: lang, Text: words}), "Limit", number(limit), "Lang", string(lang))
}

const usualLabel = 80

// cut is what fits of a text, to the end of a word when it has any.
func cut(words string, room int) string {
	units := utf16.Encode([]rune(words))
	if len(units) <= room {
		return words
	}
	fits := string(utf16.Decode(units[:max(room, 0)]))
	fits = strings.TrimSuffix(fits, "\uFFFD")
	if at := strings.LastIndexAny(fits, " \n"); at > len(fits)/2 {
		fits = fits[:at]
	}
	return strings.TrimSpace(fits)
}

// divided makes two messages of one that is too long: the first half is said in a step of its own before it.
func divided(s *sheet) []flows.Fix {
	steps, i := s.here()
	row, _, ok := s.row()
	if i < 0 || !ok || steps[i].id == "" || row.Kind != "say" && row.Kind != "ask" {
		return nil
	}
	var edits []texts.Edit
	first := map[bot.Lang]string{}
	for _, lang := range bot.Langs {
		head, tail := halves(row.Cells[lang].Text)
		if first[lang] = head; tail == "" {
			return nil
		}
		edits = append(edits, texts.Edit{Path: row.Path, Lang: lang, Text: tail})
	}
	after, err := texts.Set(s.src, edits)
	if err != nil {
		return nil
	}
	// The new step takes the name, for whoever leads here; the old one goes on below it.
	second := s.free(steps[i].id)
	said := "{fa: " + doubleQuoted(first[bot.Fa]) + ", ar: " + doubleQuoted(first[bot.Ar]) + ", en: " + doubleQuoted(first[bot.En]) + "}"
	cutUp := newSheet(after, s.p, s.env)
	parts := cutUp.steps()
	if len(parts) != len(steps) {
		return nil
	}
	id, _ := parts[i].key("id")
	value := id.start + strings.Index(cutUp.text[id.start:], steps[i].id)
	both := flows.Fix{Edits: []flows.Edit{
		cutUp.put(parts[i].start, parts[i].start, parts[i].written("id: "+steps[i].id, "say: "+said)),
		cutUp.put(value, value+len(steps[i].id), second),
	}}
	return fix("divide", s.rewrite(flows.Apply(after, both)), "Name", steps[i].id)
}

func doubleQuoted(words string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(words) + `"`
}

// halves parts a text in its middle: between lines if it can, else behind a sentence, else between words.
func halves(words string) (head, tail string) {
	middle := len(words) / 2
	for _, end := range []string{"\n", ". ", "\u061f ", "? ", "! ", "\u060c ", " "} {
		best := -1
		for at := 0; ; {
			n := strings.Index(words[at:], end)
			if n < 0 {
				break
			}
			at += n + len(end)
			if best < 0 || abs(at-middle) < abs(best-middle) {
				best = at
			}
		}
		if best > len(words)/4 && best < len(words)*3/4 {
			return strings.TrimSpace(words[:best]), strings.TrimSpace(words[best:])
		}
	}
	return words, ""
}

func abs(n int) int { return max(n, -n) }

// phrasingRemoved takes a phrasing away.
func phrasingRemoved(s *sheet) []flows.Fix {
	row, lang, ok := s.row()
	if !ok || !row.Many {
		return nil
	}
	name := s.p.Params["Name"]
	words := strings.Split(row.Cells[lang].Text, "\n")
	at := slices.Index(words, name)
	if name == "" {
		at = slices.IndexFunc(words, func(word string) bool { return text.Fold(word) == "" })
	}
	if at < 0 {
		return nil
	}
	left := strings.Join(slices.Delete(slices.Clone(words), at, at+1), "\n")
	return fix("remove", s.set(texts.Edit{Path: row.Path, Lang: lang, Text: left}), "What", words[at])
}
