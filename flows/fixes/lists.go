package fixes

import (
	"regexp"
	"strings"

	"javab/bot"
	"javab/flows"
	"javab/flows/texts"
)

// entryRenamed gives the second of two entries with one id another one.
func entryRenamed(s *sheet) []flows.Fix {
	was := s.p.Params["ID"]
	start, _, ok := s.find("id: " + was)
	if !ok {
		return nil
	}
	name := s.free(was)
	start += len("id: ")
	return fix("rename", []flows.Edit{s.put(start, start+len(was), name)}, "From", was, "To", name)
}

// quotedSomewhere adds what a text lacks as any other language quotes it.
func quotedSomewhere(s *sheet) []flows.Fix {
	row, _, ok := s.row()
	if !ok {
		return nil
	}
	lang := bot.Lang(s.p.Params["Lang"])
	as := regexp.MustCompile(`\{` + regexp.QuoteMeta(s.p.Params["Name"]) + `[^}]*\}`)
	for _, other := range bot.Langs {
		if found := as.FindString(row.Cells[other].Text); found != "" {
			text := row.Cells[lang].Text + " " + found
			return fix("add", s.set(texts.Edit{Path: row.Path, Lang: lang, Text: text}), "What", found)
		}
	}
	return nil
}

// spaced takes needless blanks out of a text.
func spaced(s *sheet) []flows.Fix {
	row, _, ok := s.row()
	if !ok {
		return nil
	}
	lang := bot.Lang(s.p.Params["Lang"])
	var lines []string
	for line := range strings.SplitSeq(row.Cells[lang].Text, "\n") {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return fix("spaces", s.set(texts.Edit{Path: row.Path, Lang: lang, Text: strings.Join(lines, "\n")}))
}
