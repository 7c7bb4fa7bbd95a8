package flows

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/locales/text"
)

// chat plays a conversation against the engine as the Turn does: the state goes through JSON after every step, and a
// Do is answered at once by the chat's own actions.
type chat struct {
	t       testing.TB
	p       *Program
	st      State
	lang    bot.Lang
	n       int
	said    []Say
	dos     []Do
	kept    []Keep
	handed  []HandOver
	asked   []Asked
	pressed []Pressed
	match   func(string) Match
	actions map[string]bot.Result
	first   bool
}

var noon = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

func newChat(t testing.TB, lang bot.Lang) *chat {
	t.Helper()
	return &chat{t: t, p: testProgram(t), lang: lang, actions: map[string]bot.Result{
		"case.open": {Outcome: "ok", Vars: map[string]bot.Value{
			"case.number": {Text: "JV-1405-000123-7"}, "case.due": {At: noon.UnixMilli()},
			"case.notice": {At: noon.UnixMilli()}, "case.first_answer": {At: noon.UnixMilli()},
		}},
		"case.list": {Outcome: "some", Vars: map[string]bot.Value{"cases": {Items: []bot.Item{
			{ID: "JV-1405-000123-7", Label: "JV-1405-000123-7"}, {ID: "JV-1405-000124-9", Label: "JV-1405-000124-9"},
		}}}},
		"case.show": {Outcome: "found", Vars: map[string]bot.Value{
			"case.number": {Text: "JV-1405-000123-7"}, "case.state": {Ref: "statuses/received"},
			"case.unit": {Ref: "units/finance"}, "case.due": {At: noon.UnixMilli()},
		}},
		"guide.result": {Outcome: "ok"}, "case.add": {Outcome: "ok"},
	}}
}

// do plays one input and all that follows from it, and returns what was said in answer.
func (c *chat) do(in Input) []Say {
	c.t.Helper()
	c.n++
	in.Lang, in.Now, in.Match = c.lang, noon, c.match
	in.Token, in.Draft = fmt.Sprintf("tok%d", c.n), bot.DraftID(fmt.Sprintf("draft%d", c.n))
	in.First, c.first = c.first, false
	before := len(c.said)
	for {
		done := c.step(in)
		if done == nil {
			break
		}
		result, ok := c.actions[done.Action]
		if !ok {
			c.t.Fatalf("no result for %s", done.Action)
		}
		in.Result = &result
	}
	return c.said[before:]
}

func (c *chat) step(in Input) *Do {
	c.t.Helper()
	given, err := json.Marshal(c.st)
	if err != nil {
		c.t.Fatal(err)
	}
	st, effects := c.p.Step(c.st, in)
	if again, _ := json.Marshal(c.st); string(again) != string(given) {
		c.t.Fatalf("Step changed the state it was given:\n%s\n%s", given, again)
	}
	raw, err := json.Marshal(st)
	if err != nil {
		c.t.Fatal(err)
	}
	c.st = State{}
	if err := json.Unmarshal(raw, &c.st); err != nil {
		c.t.Fatal(err)
	}
	var do *Do
	for _, e := range effects {
		switch e := e.(type) {
		case Say:
			c.said = append(c.said, e)
			c.proper(e)
		case Do:
			c.dos = append(c.dos, e)
			do = &e
		case Keep:
			c.kept = append(c.kept, e)
		case HandOver:
			c.handed = append(c.handed, e)
		case Language:
			c.lang = e.Lang
		case Asked:
			c.asked = append(c.asked, e)
		case Pressed:
			c.pressed = append(c.pressed, e)
		}
	}
	return do
}

// proper checks what must be true of every message.
func (c *chat) proper(s Say) {
	c.t.Helper()
	for line := range strings.SplitSeq(s.Message.Plain(), "\n") {
		if !text.Balanced(line) {
			c.t.Errorf("isolates do not close in %q", line)
		}
	}
	for _, choice := range s.Message.Choices {
		if len(choice.Data) > 64 || choice.Label == "" {
			c.t.Errorf("bad button %+v", choice)
		}
	}
}

func (c *chat) types(words string) []Say {
	c.t.Helper()
	return c.do(Input{Kind: bot.KindText, Text: words})
}

// taps presses the button of the last message that has such a label.
func (c *chat) taps(label string) []Say {
	c.t.Helper()
	data := c.button(label)
	if data == "" {
		c.t.Fatalf("no button %q; last said: %s", label, c.last())
	}
	return c.presses(data)
}

func (c *chat) presses(data string) []Say {
	c.t.Helper()
	choice, _ := ParsePress(data)
	visit, _ := c.p.Pressed(data)
	return c.do(Input{Kind: bot.KindPress, Choice: choice, Visit: visit})
}

func (c *chat) button(label string) string {
	for i := len(c.said) - 1; i >= 0; i-- {
		for _, choice := range c.said[i].Message.Choices {
			if choice.Label == label {
				return choice.Data
			}
		}
		if len(c.said[i].Message.Choices) > 0 {
			break
		}
	}
	return ""
}

// last is the last message as plain words without marks of direction, with its buttons in brackets.
func (c *chat) last() string {
	if len(c.said) == 0 {
		return ""
	}
	return show(c.said[len(c.said)-1])
}

func show(s Say) string {
	var b strings.Builder
	for _, seg := range s.Message.Segments {
		b.WriteString(text.Unmark(seg.Text))
		if seg.Draft != "" {
			b.WriteString("<" + seg.Draft + ">")
		}
	}
	for _, choice := range s.Message.Choices {
		b.WriteString(" [" + choice.Label + "]")
	}
	if s.Message.AskContact != "" {
		b.WriteString(" (" + s.Message.AskContact + ")")
	}
	return b.String()
}

// at fails the test when the chat is not where it should be.
func (c *chat) at(flow, step string) {
	c.t.Helper()
	if c.st.Flow != flow || c.st.Step != step {
		c.t.Fatalf("the chat stands at %s.%s, not at %s.%s; last said: %s", c.st.Flow, c.st.Step, flow, step, c.last())
	}
}

// stands fails unless the chat stands exactly as it did before.
func (c *chat) stands(before State) {
	c.t.Helper()
	if !reflect.DeepEqual(c.st, before) {
		c.t.Errorf("the chat stood at\n%+v\nand stands at\n%+v", before, c.st)
	}
}

// says fails the test when the last message does not contain the words.
func (c *chat) says(words string) {
	c.t.Helper()
	if !strings.Contains(c.last(), words) {
		c.t.Fatalf("%q is not in %q", words, c.last())
	}
}
