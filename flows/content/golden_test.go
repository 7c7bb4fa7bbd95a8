package content

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/flows"
	"javab/locales/text"
)

var update = flag.Bool("update", false, "write what every step says now into testdata/golden")

// sampleValues are the values that the texts are shown with. Those in Latin letters and figures are the ones that would turn
// a line of Persian or Arabic round.
var sampleValues = map[string]bot.Value{
	"member.name": {Text: "Sara Karimi"}, "member.phone": {Text: "+989121234567"}, "member.email": {Text: "sara@example.com"},
	"member.company": {Text: "Pars-24 Co."}, "member.membership_no": {Text: "123456"}, "member.national_id": {Text: "008*****55"},
	"call_phone": {Text: "+989121234567"}, "company": {Text: "Pars-24 Co."}, "for_whom": {Ref: "for_whom/company"},
	"case.number": {Text: "JV-1405-000123-7"}, "case.kind": {Text: "request"}, "case.category": {Ref: "categories/card_delivery"},
	"case.state": {Ref: "statuses/received"}, "case.unit": {Ref: "units/finance"}, "case.opened": {At: day.UnixMilli()},
	"case.due": {At: day.UnixMilli()}, "case.notice": {At: day.UnixMilli()}, "case.text": {Text: "It is late."},
	"number": {Text: "JV-1405-000123-7"}, "place": {Text: "3"}, "opening": {At: day.UnixMilli()}, "closing": {At: day.UnixMilli()},
	"cases": {Items: []bot.Item{{ID: "JV-1405-000123-7", Label: "JV-1405-000123-7"}}}, "misses": {Text: "1"},
	"group": {Ref: "groups/card"}, "category": {Ref: "categories/card_delivery"}, "answers.membership_no": {Text: "123456"},
	"topic": {Ref: "topics/renewal"}, "answer": {Ref: "answers/membership.fees"}, "service": {Ref: "services/membership_renewal"},
	"service_group": {Ref: "service_groups/membership"}, "request": {Ref: "requests/membership_renewal"},
	"walk.step": {Text: "12"}, "walk.text": {Text: "Sign in on cscs.ir."},
	"likely": {Items: []bot.Item{{ID: "membership.fees", Ref: "answers/membership.fees"}}},
	"story":  {Kept: true, Text: "2"}, "idea": {Kept: true}, "change": {Kept: true}, "text": {Text: "?"},
}

var day = time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)

// said is what a step says when a chat arrives at it.
func said(b *Bundle, flow, step string, lang bot.Lang) (bot.Outbound, bool) {
	_, effects := b.Program.Step(flows.State{}, flows.Input{
		Enter: flows.Entrance{Flow: flow, Step: step, Vars: sampleValues}, Lang: lang, Now: day, Token: "token",
	})
	for _, e := range effects {
		if say, ok := e.(flows.Say); ok && say.Flow == flow && say.Step == step {
			return say.Message, true
		}
	}
	return bot.Outbound{}, false
}

// visible writes the marks of direction out, and names what the draft holds.
var visible = strings.NewReplacer(text.RLM, "⟦RLM⟧", text.LRI, "⟦LRI⟧", text.FSI, "⟦FSI⟧", text.PDI, "⟦PDI⟧")

func written(m bot.Outbound) string {
	var b strings.Builder
	for _, s := range m.Segments {
		if s.Draft != "" {
			b.WriteString("⟦" + s.Draft + "⟧")
		}
		b.WriteString(s.Text)
	}
	for _, c := range m.Choices {
		b.WriteString("\n[" + c.Label + "]")
	}
	if m.AskContact != "" {
		b.WriteString("\n[" + m.AskContact + "]")
	}
	return visible.Replace(b.String())
}

func TestEveryStepSaysItsTextWithTheMarksOfDirectionInTheirPlaces(t *testing.T) {
	b := embedded(t)
	for _, lang := range bot.Langs {
		t.Run(string(lang), func(t *testing.T) {
			var all strings.Builder
			for _, script := range b.Scripts {
				for _, step := range script.Steps {
					if m, ok := said(b, script.Flow.Text, step.ID.Text, lang); ok {
						all.WriteString("== " + script.Flow.Text + "." + step.ID.Text + "\n" + written(m) + "\n\n")
						marked(t, lang, script.Flow.Text+"."+step.ID.Text, m)
					}
				}
			}
			golden(t, filepath.Join("testdata", "golden", string(lang)+".txt"), all.String())
		})
	}
}

func golden(t *testing.T, path, now string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	was, is := strings.Split(string(written), "\n"), strings.Split(now, "\n")
	for i := range max(len(was), len(is)) {
		if i >= len(was) || i >= len(is) || was[i] != is[i] {
			t.Fatalf("%s:%d differs; run the test with -update and read the diff", path, i+1)
		}
	}
}

// marked proves what the golden files show: every fence is closed on its line, a line that is read from right to left
// begins like one, and no mark is left in a label that has none to fence.
func marked(t *testing.T, lang bot.Lang, place string, m bot.Outbound) {
	t.Helper()
	for line := range strings.SplitSeq(m.Plain(), "\n") {
		open := strings.Count(line, text.LRI) + strings.Count(line, text.FSI)
		if closed := strings.Count(line, text.PDI); open != closed {
			t.Errorf("%s in %s: %d fences are opened and %d closed: %q", place, lang, open, closed, line)
		}
		if finished := text.Finish(lang, line); finished != line {
			t.Errorf("%s in %s: the line begins from the left: %q", place, lang, line)
		}
	}
	for _, c := range m.Choices {
		if text.Unmark(c.Label) != c.Label {
			t.Errorf("%s in %s: marks in the button %q", place, lang, c.Label)
		}
	}
}
