package content

import (
	"testing"
	"time"

	"javab/bot"
	"javab/flows"
)

// tapper presses buttons in a chat that is played in memory.
type tapper struct {
	t     *testing.T
	p     *flows.Program
	lang  bot.Lang
	state flows.State
	said  []flows.Say
	turns int
}

func (m *tapper) step(in flows.Input) {
	m.t.Helper()
	m.turns++
	in.Lang, in.Now = m.lang, time.Unix(1_795_000_000, 0)
	in.Token, in.Draft = "t"+number(m.turns), "d1"
	state, effects := m.p.Step(m.state, in)
	m.state, m.said = state, nil
	for _, e := range effects {
		if said, ok := e.(flows.Say); ok {
			m.said = append(m.said, said)
		}
	}
}

// choices returns what the last message offers.
func (m *tapper) choices() []bot.Choice {
	if len(m.said) == 0 {
		return nil
	}
	return m.said[len(m.said)-1].Message.Choices
}

// tap presses the button of a choice.
func (m *tapper) tap(id string) {
	m.t.Helper()
	for _, c := range m.choices() {
		if choice, ok := flows.ParsePress(c.Data); ok && choice.ID == id {
			m.step(flows.Input{Kind: bot.KindPress, Choice: choice})
			return
		}
	}
	m.t.Fatalf("no button %q in %v", id, m.choices())
}

func atHome(t *testing.T, b *Bundle, lang bot.Lang) *tapper {
	m := &tapper{t: t, p: b.Program, lang: lang}
	m.step(flows.Input{Enter: flows.Entrance{Flow: flows.Home}})
	return m
}

func TestEveryAnswerIsReachedInThreeTaps(t *testing.T) {
	b := embedded(t)
	for _, a := range b.Answers {
		for _, lang := range bot.Langs {
			m := atHome(t, b, lang)
			m.tap("questions")
			m.tap(a.Topic)
			m.tap(a.ID)
			if len(m.said) == 0 || m.said[0].Flow != flows.AnswerFlow || len(m.said[0].Message.Plain()) < len(a.Text.In(lang)) {
				t.Errorf("%s in %s: %+v", a.ID, lang, m.said)
			}
		}
	}
}

func TestEveryGuideIsWalkedToItsEnd(t *testing.T) {
	b := embedded(t)
	groups, _ := b.List("service_groups")
	for _, group := range groups {
		for _, service := range group.Fields["services"].Items {
			for _, lang := range bot.Langs {
				m := atHome(t, b, lang)
				m.tap("services")
				m.tap(group.ID)
				m.tap(service.ID)
				decide(m, service)
				m.tap("steps")
				for range service.Fields["steps"].Items {
					if m.state.Step == "steps" {
						m.tap("!next")
					}
				}
				if m.state.Flow != "guide" || m.state.Step != "helped" {
					t.Errorf("%s in %s ends in %s %s", service.ID, lang, m.state.Flow, m.state.Step)
				}
			}
		}
	}
}

// decide answers a guide's first questions, each by its first option.
func decide(m *tapper, service flows.Item) {
	for _, q := range service.Fields["ask_first"].Items {
		if m.state.Step == "first" {
			m.tap(q.Fields["options"].Items[0].ID)
		}
	}
}

func TestAStepThatFailedIsNamed(t *testing.T) {
	m := atHome(t, embedded(t), bot.En)
	for _, id := range []string{"services", "trade", "ata_carnet", "steps", "!next", "!failed"} {
		m.tap(id)
	}
	if got := m.state.Vars["walk.step"].Text; got != "2" {
		t.Errorf("step %q failed, want 2", got)
	}
}

func TestOnlyTheDocumentsThatAreNeededAreShown(t *testing.T) {
	b := embedded(t)
	service, _ := b.Item("services", "membership_issue")
	shown := map[string]string{}
	for _, who := range []string{"natural", "legal"} {
		m := atHome(t, b, bot.En)
		for _, id := range []string{"services", "membership", "membership_issue", who} {
			m.tap(id)
		}
		shown[who] = m.said[len(m.said)-1].Message.Plain()
	}
	if shown["natural"] == shown["legal"] || shown["natural"] == "" {
		t.Errorf("of %d documents the same are shown to a person and a company", len(service.Fields["documents"].Items))
	}
}

func TestNoScreenHasTooManyButtons(t *testing.T) {
	b := embedded(t)
	for _, id := range []string{"questions", "services"} {
		m := atHome(t, b, bot.Fa)
		if n := len(m.choices()); n != 8 {
			t.Errorf("the main menu has %d buttons", n)
		}
		m.tap(id)
		if n := len(m.choices()); n > MaxScreen {
			t.Errorf("%s has %d buttons", id, n)
		}
	}
}
