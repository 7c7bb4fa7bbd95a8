package content

import (
	"javab/bot"
	"javab/flows"
)

// phrasings checks that no phrasing of a list means two things, in the index of free text and in that of the categories.
func (l *linter) phrasings(said owners) {
	s := l.files.sources["answers"]
	for i, e := range l.files.answers.Answers {
		id := "answers/" + e.ID
		for _, alt := range []struct {
			key, index string
			list       []string
		}{{"fa", "fa", e.Alt.Fa}, {"fin", "fa", e.Alt.Fin}, {"ar", "ar", e.Alt.Ar}, {"en", "en", e.Alt.En}} { // of two alike the later one is told
			for j, phrasing := range alt.list {
				if other := said.claim(alt.index, phrasing, id); other != "" {
					s.fail(s.at("answers", i, "alt", alt.key, j), "content.phrasing_twice", "Found", phrasing, "Other", other)
				}
			}
		}
		for _, lang := range bot.Langs {
			if other := said.claim(string(lang), e.Q.In(lang), id); other != "" {
				s.fail(s.at("answers", i, "q", string(lang)), "content.phrasing_twice", "Found", e.Q.In(lang), "Other", other)
			}
		}
	}
	l.categoryPhrasings(said.folds)
}

// scriptPhrasings checks that none of a script means what another script or an answer does.
func (l *linter) scriptPhrasings(said owners) {
	for _, script := range l.bundle.Scripts {
		l.claims(said, script)
	}
}

func (l *linter) claims(said owners, script *flows.Script) {
	for _, lang := range bot.Langs {
		for _, phrasing := range script.Enter.Phrasings[lang] {
			other := said.claim(string(lang), phrasing.Text, "flow/"+script.Flow.Text)
			if other == "" {
				continue
			}
			*l.problems = append(*l.problems, flows.Problem{
				File: script.File, Line: phrasing.Pos.Line, Column: phrasing.Pos.Column, Severity: flows.Error,
				Code: "content.phrasing_twice", Params: map[string]string{"Found": phrasing.Text, "Other": other},
			})
		}
	}
}

func (l *linter) categoryPhrasings(folds *folds) {
	said := owners{of: map[string]string{}, folds: folds}
	s := l.files.sources["complaints"]
	for i, c := range l.files.complaints.Categories {
		for _, lang := range bot.Langs {
			for j, phrasing := range c.phrasings(lang) {
				if other := said.claim(string(lang), phrasing, "categories/"+c.Matter.ID); other != "" {
					s.fail(s.at("categories", i, "phrasings", string(lang), j), "content.phrasing_twice", "Found", phrasing, "Other", other)
				}
			}
		}
	}
}

// owners remembers what each phrasing means, by language and folded words.
type owners struct {
	of     map[string]string
	before map[string]string // what was taken before, and is kept
	folds  *folds
}

// claim takes a phrasing for a meaning. It returns the meaning that has it already, "" when nobody has.
func (o owners) claim(lang, phrasing, id string) string {
	key := lang + ":" + o.folds.of(phrasing)
	if other, taken := o.before[key]; taken {
		return other
	}
	if other, taken := o.of[key]; taken {
		return other
	}
	o.of[key] = id
	return ""
}
