package flows

import (
	"javab/bot"
	"javab/locales/text"
)

func (b *SayStep) enter(t *turn, s *Step) {
	t.send(bot.Outbound{Segments: text.FinishSegments(t.lang, append(t.takeLead(), t.words(b.Text)...))}, s)
	if s.Ends {
		t.finish()
		return
	}
	t.onward(s)
}

func (*EndStep) enter(t *turn, _ *Step) { t.finish() }

func (b *IfStep) enter(t *turn, s *Step) {
	f, _ := t.here()
	switch {
	case t.holds(&b.Cond):
		t.to(b.Then.Text)
	case b.Else.Text != "":
		t.to(b.Else.Text)
	default:
		t.to(f.below(s))
	}
}

func (b *RunStep) enter(t *turn, s *Step) {
	f, _ := t.here()
	for _, preset := range b.With {
		t.set(preset.Name.Text, t.arg(preset.Value))
	}
	switch b.Flow.Text {
	case Home:
		t.begin(Entrance{Flow: Home})
	case Officer:
		t.officer()
	default:
		t.call(b.Flow.Text, f.after(s), 0)
	}
}

// enter hands the chat over. The state stays where it is, so that the Turn can tell the officer; whatever comes next
// begins anew.
func (b *HandOverStep) enter(t *turn, _ *Step) {
	t.still = true
	if t.aside {
		return
	}
	t.effects = append(t.effects, HandOver{
		Unit: bot.UnitID(t.fill(b.Unit)), Reason: t.fill(b.Reason), Topic: t.fill(b.Topic),
	})
	t.leaveBeneath()
	t.st.Parked = true
	t.addChoice(t.tool(choiceHuman, "label.queue"))
}
