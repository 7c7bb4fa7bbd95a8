package flows

import (
	"errors"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"javab/bot"
	"javab/flows/expect"
	"javab/locales/text"
)

// Expectation is what kind of typed answer a question wants.
type Expectation struct {
	Kind Name
	Rule expect.Expect
}

// expect reads `expect: digits` or `expect: {text: {max: 200}}`.
func (r *reader) expect(n ast.Node) *Expectation {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		entries, _ := r.entries(n, "expect")
		if len(entries) != 1 {
			r.fail(posOf(n), "expect.one")
			return anything(Name{Pos: posOf(n)})
		}
		return r.rule(entries[0].key, r.parameters(entries[0].value))
	}
	kind, ok := r.scalar(n, "expect")
	if !ok {
		return nil
	}
	return r.rule(kind, nil)
}

func (r *reader) parameters(n ast.Node) map[string]any {
	if _, none := n.(*ast.NullNode); none {
		return nil
	}
	parameters := map[string]any{}
	entries, _ := r.entries(n, "expect")
	for _, e := range entries {
		if b, ok := e.value.(*ast.BoolNode); ok {
			parameters[e.key.Text] = b.Value
		} else if v, ok := r.scalar(e.value, "expect"); ok {
			parameters[e.key.Text] = v.Text
		}
	}
	return parameters
}

func (r *reader) rule(kind Name, parameters map[string]any) *Expectation {
	rule, err := expect.Parse(kind.Text, parameters)
	if err != nil {
		wrong, _ := errors.AsType[*expect.Error](err)
		r.fail(r.findIn(kind.Pos, wrong.Got), "expect.wrong",
			"What", wrong.What, "Got", wrong.Got, "Want", strings.Join(wrong.Want, ", "), "Near", wrong.Near)
		return anything(kind)
	}
	return &Expectation{kind, rule}
}

// anything stands for an expectation that could not be read: the question is one that is answered in words.
func anything(kind Name) *Expectation {
	return &Expectation{kind, expect.Expect{Kind: expect.Text}}
}

// gathers reports whether the answer comes in many messages, until "done".
func (e *Expectation) gathers() bool {
	return e != nil && (e.Rule.Kind == expect.Account || e.Rule.Kind == expect.Files)
}

// free reports whether any words at all are an answer.
func (e *Expectation) free() bool {
	return e != nil && (e.Rule.Kind == expect.Account || e.Rule.Kind == expect.Text)
}

// secret reports whether the answer is one that nothing keeps.
func (e *Expectation) secret() bool { return e != nil && e.Rule.Kind == expect.Code }

// card reports whether the member may answer with his contact card.
func (e *Expectation) card() bool {
	return e != nil && (e.Rule.Kind == expect.Contact || e.Rule.Kind == expect.Phone)
}

// accept judges what the member sent. A contact card answers a question for a phone as well: his own proves the number,
// that of another is as good as typing it.
func (e *Expectation) accept(t *turn, options []expect.Option) expect.Verdict {
	rule, said := e.Rule, t.in.Text
	if rule.Kind == expect.Phone && t.in.Contact != nil {
		if t.in.Contact.Own {
			rule.Kind = expect.Contact
		} else {
			said = t.in.Contact.Phone
		}
	}
	value, confirm, hint := rule.Accept(expect.Answer{
		Text: said, Files: t.in.Files, Contact: t.in.Contact, Location: t.in.Location,
		Options: options, Lang: t.lang, Now: t.in.Now,
	})
	return expect.Verdict{Value: value, Confirm: confirm, Hint: hint}
}

// value makes what is kept of an accepted answer.
func (e *Expectation) value(accepted string) bot.Value {
	switch e.Rule.Kind {
	case expect.Date:
		if noon, err := time.ParseInLocation(time.DateOnly, accepted, text.Tehran()); err == nil {
			return bot.Value{At: noon.Add(12 * time.Hour).UnixMilli()}
		}
	case expect.Unit:
		return bot.Value{Ref: unitsList + "/" + accepted}
	}
	return bot.Value{Text: accepted}
}

// hintParams are the placeholders of a hint: the limits of the kind and the value in doubt.
func (e *Expectation) hintParams(t *turn, value bot.Value) map[string]string {
	shown := e.Rule.Limits()
	for name, limit := range shown {
		shown[name] = t.written(limit, "number")
	}
	spoken := speech{t: t}
	spoken.value(value, &Part{Format: e.format()})
	if len(spoken.segments) > 0 {
		shown["value"] = spoken.segments[0].Text
	}
	return shown
}

// format is how an answer of this kind is told back.
func (e *Expectation) format() string {
	switch e.Rule.Kind {
	case expect.Amount:
		return "money"
	case expect.Number:
		return "number"
	case expect.Date:
		return "long_date"
	default:
		return ""
	}
}
