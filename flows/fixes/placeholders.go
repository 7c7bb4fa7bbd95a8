package fixes

import (
	"regexp"
	"strings"

	"javab/bot"
	"javab/flows"
	"javab/flows/texts"
)

// change makes edits of one text in all its languages.
func (s *sheet) change(change func(lang bot.Lang, text string) string) []flows.Edit {
	row, _, ok := s.row()
	if !ok {
		return nil
	}
	var edits []texts.Edit
	for lang, c := range row.Cells {
		if after := change(lang, c.Text); !c.Missing && after != c.Text {
			edits = append(edits, texts.Edit{Path: row.Path, Lang: lang, Text: after})
		}
	}
	return s.set(edits...)
}

// placeholderRemoved takes a placeholder out of a text that says something without it.
func placeholderRemoved(s *sheet) []flows.Fix {
	name := s.p.Params["Name"]
	quoted := regexp.MustCompile(` ?\{` + regexp.QuoteMeta(name) + `(:[a-z_]+)?\??\}`)
	return fix("remove", s.change(func(_ bot.Lang, text string) string {
		if rest := strings.TrimSpace(quoted.ReplaceAllString(text, "")); rest != "" {
			return rest
		}
		return text
	}), "What", "{"+name+"}")
}

// fieldRemoved leaves the variable without a field that it does not have.
func fieldRemoved(s *sheet) []flows.Fix {
	name, field := s.p.Params["Name"], s.p.Params["Path"]
	if field == "" {
		name, field = s.p.Params["Var"], s.p.Params["Name"]
	}
	start, end, ok := s.find(name + "." + field)
	if !ok {
		return nil
	}
	return fix("replace", []flows.Edit{s.put(start, end, name)}, "From", name+"."+field, "To", name)
}

// formatRemoved leaves a value as it is usually written.
func formatRemoved(s *sheet) []flows.Fix {
	start, end, ok := s.find(":" + s.p.Params["Part"])
	if !ok {
		return nil
	}
	return fix("remove", []flows.Edit{s.put(start, end, "")}, "What", ":"+s.p.Params["Part"])
}

// quoted adds what another language quotes to the end of a text, as it is written there.
func quoted(s *sheet) []flows.Fix {
	row, _, ok := s.row()
	if !ok {
		return nil
	}
	name, lang, other := s.p.Params["Name"], bot.Lang(s.p.Params["Lang"]), bot.Lang(s.p.Params["Other"])
	as := regexp.MustCompile(`\{` + regexp.QuoteMeta(name) + `(:[a-z_]+)?\??\}`).FindString(row.Cells[other].Text)
	if as == "" {
		return nil
	}
	text := row.Cells[lang].Text + " " + as
	return fix("add", s.set(texts.Edit{Path: row.Path, Lang: lang, Text: text}), "What", as)
}

// part is a placeholder that is none, as it was written, in the text at the problem.
func (s *sheet) part(with string) []flows.Edit {
	row, lang, ok := s.row()
	part := s.p.Params["Part"]
	if !ok || part == "" {
		return nil
	}
	text := row.Cells[lang].Text
	if strings.HasPrefix(part, "{{") && strings.Contains(text, part+"}") {
		part += "}" // {{.Name}}, as other programs write it
	}
	return s.set(texts.Edit{Path: row.Path, Lang: lang, Text: strings.Replace(text, part, with, 1)})
}

// placeholderWellFormed writes a placeholder with small letters.
func placeholderWellFormed(s *sheet) []flows.Fix {
	inner := strings.Trim(s.p.Params["Part"], "{}. ")
	name, format, formatted := strings.Cut(inner, ":")
	var words []string
	for word := range strings.SplitSeq(name, ".") {
		words = append(words, sound(word))
	}
	with := "{" + strings.Join(words, ".")
	if formatted {
		with += ":" + sound(format)
	}
	with += "}"
	return fix("replace", s.part(with), "From", s.p.Params["Part"], "To", with)
}

// placeholderOpened makes braces that hold no placeholder brackets of a sentence.
func placeholderOpened(s *sheet) []flows.Fix {
	with := "(" + strings.Trim(s.p.Params["Part"], "{} ") + ")"
	return fix("replace", s.part(with), "From", s.p.Params["Part"], "To", with)
}

var unclosed = regexp.MustCompile(`\{([a-z0-9_.]+(?::[a-z_]+)?\??)([^a-z0-9_.:?}]|$)`)

// closed gives a brace its partner, or takes it away when it belongs to no placeholder.
func closed(s *sheet) []flows.Fix {
	row, lang, ok := s.row()
	if !ok {
		return nil
	}
	text := row.Cells[lang].Text
	var fixes []flows.Fix
	for _, after := range []string{unclosed.ReplaceAllString(text, "{$1}$2"), alone(text)} {
		if after != text {
			fixes = append(fixes, fix("brace", s.set(texts.Edit{Path: row.Path, Lang: lang, Text: after}))...)
		}
	}
	return fixes
}

// alone is a text without the braces that have no partner.
func alone(text string) string {
	var out []byte
	open := -1
	for i := range len(text) {
		c := text[i]
		if c == '{' && open >= 0 {
			out = append(out[:open], out[open+1:]...)
		}
		switch {
		case c == '{':
			open = len(out)
		case c == '}' && open < 0:
			continue
		case c == '}':
			open = -1
		}
		out = append(out, c)
	}
	if open >= 0 {
		out = append(out[:open], out[open+1:]...)
	}
	return string(out)
}

// optional leaves the line of a text out while its variable is not set: {name?}. All texts of the step do so.
func optional(s *sheet) []flows.Fix {
	steps, i := s.here()
	if i < 0 {
		return nil
	}
	name := s.p.Params["Name"]
	quoted := regexp.MustCompile(`\{(` + regexp.QuoteMeta(name) + `(?:\.[a-z0-9_.]+)?(?::[a-z_]+)?)\}`)
	var edits []flows.Edit
	for _, at := range quoted.FindAllStringIndex(s.text[steps[i].start:steps[i].end], -1) {
		end := steps[i].start + at[1] - 1
		edits = append(edits, s.put(end, end, "?"))
	}
	return fix("optional", edits, "Name", name)
}
