package flows

import (
	"strconv"
	"strings"
	"time"

	"javab/bot"
	"javab/flows/expect"
	"javab/locales/text"
)

// speech puts a message together from templates. Values go in isolated for direction; finish does the lines.
type speech struct {
	t        *turn
	segments []bot.Segment
	extra    map[string]string // placeholders of the engine's own texts
}

// plain adds text to the last segment when that has no style, else a new one.
func (s *speech) plain(piece string) {
	if piece == "" {
		return
	}
	if n := len(s.segments); n > 0 && s.segments[n-1].Style == bot.Plain && s.segments[n-1].Draft == "" {
		s.segments[n-1].Text += piece
		return
	}
	s.segments = append(s.segments, bot.Segment{Text: piece})
}

// template adds a template, value by value. A line is left out when a placeholder marked with ? has no value.
func (s *speech) template(tpl *Template) {
	if tpl == nil {
		return
	}
	parts := tpl.Parts
	if tpl.hasOptional() {
		parts = s.withoutEmptyLines(parts)
	}
	_, alone := tpl.Only()
	for i := range parts {
		if parts[i].Name == "" {
			s.plain(parts[i].Text)
		} else {
			s.placeholder(&parts[i], alone)
		}
	}
}

func (t *Template) hasOptional() bool {
	for i := range t.Parts {
		if t.Parts[i].Optional {
			return true
		}
	}
	return false
}

func (s *speech) withoutEmptyLines(parts []Part) []Part {
	var kept, line []Part
	whole := true
	flush := func(end string) {
		if whole {
			kept = append(kept, line...)
			if end != "" {
				kept = append(kept, Part{Text: end})
			}
		}
		line, whole = nil, true
	}
	for _, p := range parts {
		if p.Name != "" {
			whole = whole && (!p.Optional || s.t.lookup(p.Name).set())
			line = append(line, p)
			continue
		}
		rest := p.Text
		for {
			before, after, more := strings.Cut(rest, "\n")
			if before != "" {
				line = append(line, Part{Text: before})
			}
			if !more {
				break
			}
			flush("\n")
			rest = after
		}
	}
	flush("")
	return kept
}

func (s *speech) placeholder(p *Part, alone bool) {
	if v, ok := s.extra[p.Name]; ok {
		s.plain(v)
		return
	}
	f := s.t.lookup(p.Name)
	switch f.kind {
	case foundValue:
		s.value(f.value, p)
	case foundLabel:
		s.styled(f.label.In(s.t.lang), p.Format)
	case foundField:
		s.field(f.field, p, alone)
	case foundForm:
		s.answers(p.Name, f.form)
	}
}

func (s *speech) field(f *Field, p *Part, alone bool) {
	switch {
	case len(f.Items) > 0:
		s.bullets(f.Items)
	case f.Ref != "":
		s.value(bot.Value{Ref: f.Ref}, p)
	case f.Value != "":
		s.value(bot.Value{Text: f.Value}, p)
	default:
		// A whole sentence of the content is in the member's language already: only a phrase within one is fenced.
		words := f.Text.In(s.t.lang)
		if alone || p.Format == "" && strings.ContainsRune(words, '\n') {
			s.plain(words)
			return
		}
		s.styled(words, p.Format)
	}
}

func (s *speech) value(v bot.Value, p *Part) {
	switch {
	case v.Kept:
		s.segments = append(s.segments, bot.Segment{Draft: fieldOf(p.Name), Style: styleOf(p.Format)})
		s.files(v.Text)
	case v.Ref != "":
		s.styled(s.t.label(v), p.Format)
	case v.At != 0:
		s.styled(s.t.moment(v.At, p.Format), p.Format)
	case len(v.Items) > 0:
		s.items(v.Items)
	default:
		s.styled(s.t.written(v.Text, p.Format), p.Format)
	}
}

// files tells how many files belong to an answer.
func (s *speech) files(count string) {
	if count != "" {
		s.segments = append(s.segments, bot.Segment{Text: " "})
		s.segments = append(s.segments, s.t.systemWords("files.count", map[string]string{
			"files": text.For(s.t.lang).Decimal(count),
		})...)
	}
}

// styled adds a value, fenced. The fence stands outside of code, so that people copy the bare value.
func (s *speech) styled(value, format string) {
	switch format {
	case "code":
		s.plain(text.LRI)
		s.segments = append(s.segments, bot.Segment{Text: text.Unmark(value), Style: bot.Code})
		s.plain(text.PDI)
	case "bold":
		s.segments = append(s.segments, bot.Segment{Text: text.Isolate(value), Style: bot.Bold})
	default:
		s.plain(text.Isolate(value))
	}
}

// fieldOf is the field of the draft that holds a long value: answers to a form lie under their question's id.
func fieldOf(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

func styleOf(format string) bot.Style {
	if format == "bold" {
		return bot.Bold
	}
	return bot.Plain
}

// bullets lists the items of the content that are for this member.
func (s *speech) bullets(items []Item) {
	first := true
	for _, item := range items {
		if !s.t.shown(item) {
			continue
		}
		if !first {
			s.plain("\n")
		}
		first = false
		s.plain("• " + item.Label.In(s.t.lang))
	}
}

// items lists choices that an action made.
func (s *speech) items(items []bot.Item) {
	for i, item := range items {
		if i > 0 {
			s.plain("\n")
		}
		label := item.Label
		if item.Ref != "" {
			label = s.t.label(bot.Value{Ref: item.Ref})
		}
		s.plain("• " + text.Isolate(label))
	}
}

// answers lists the questions of a form with their answers, each on a line of its own.
func (s *speech) answers(form string, questions []Item) {
	for i, question := range questions {
		if i > 0 || s.begun() {
			s.plain("\n")
		}
		answer := s.t.spoken(s.t.st.Vars[form+"."+question.ID], question)
		s.plain("• " + question.Label.In(s.t.lang))
		if question.Fields["expect"].Value == string(expect.Files) {
			s.files(answer.Text)
			continue
		}
		s.plain(" ")
		s.value(answer, &Part{Name: question.ID, Format: usualFormat(question)})
	}
}

// begun reports whether the present line has words already.
func (s *speech) begun() bool {
	n := len(s.segments)
	return n > 0 && !strings.HasSuffix(s.segments[n-1].Text, "\n")
}

// spoken puts the label of an option in the place of its id.
func (t *turn) spoken(answer bot.Value, question Item) bot.Value {
	for _, option := range question.Fields["options"].Items {
		if option.ID == answer.Text {
			return bot.Value{Text: option.Label.In(t.lang)}
		}
	}
	return answer
}

// usualFormat is how the answer to a question of the content is told back.
func usualFormat(question Item) string {
	switch question.Fields["expect"].Value {
	case string(expect.Amount):
		return "money"
	case string(expect.Number):
		return "number"
	default:
		return ""
	}
}

// label is what a value is called in the member's language.
func (t *turn) label(v bot.Value) string {
	list, id, ok := cutRef(v.Ref)
	switch {
	case !ok:
		return v.Text
	case list == flowsList:
		return t.p.Title(id).In(t.lang)
	}
	if item, ok := t.p.env.item(v.Ref); ok {
		return item.Label.In(t.lang)
	}
	return id
}

func (t *turn) moment(ms int64, format string) string {
	at, f := time.UnixMilli(ms), text.For(t.lang)
	switch format {
	case "long_date":
		return f.LongDate(at)
	case "time":
		return f.Time(at)
	default:
		return f.ShortDate(at)
	}
}

func (t *turn) written(value, format string) string {
	f := text.For(t.lang)
	switch format {
	case "number":
		return f.Decimal(value)
	case "money":
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return f.Rials(n)
		}
	}
	return value
}
