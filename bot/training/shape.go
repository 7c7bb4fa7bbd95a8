package training

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"javab/bot"
)

// personaShape is how a persona is written.
type personaShape struct {
	Title, About bot.Text
	Temper       Temper
	Member       Member
	Opening      []moveShape
	Reactions    []reactionShape
	Checks       []itemShape
}

type moveShape struct {
	Say   bot.Text
	Tap   bot.Text
	Press bot.CaseButton
}

type reactionShape struct {
	ID            string
	When          EventKind
	Hears, Lacks  []string
	Wait, After   string
	Needs, Unless []string
	Times         int
	Say, Tap      bot.Text
	Press         bot.CaseButton
	Content       bool
}

// reading is how long a persona takes to answer who writes nothing else.
const reading = 3 * time.Second

func parsePersona(name string, src []byte, shared common) (*Persona, error) {
	var shape personaShape
	p, err := open(name, src, &shape)
	if err != nil {
		return nil, err
	}
	made := &Persona{
		ID: strings.TrimSuffix(name, ".yaml"), Title: shape.Title, About: shape.About, Temper: shape.Temper, Member: shape.Member,
	}
	p.whole("$.title", shape.Title)
	p.whole("$.about", shape.About)
	p.whole("$.member.name", shape.Member.Name)
	if !slices.Contains(Tempers[:], shape.Temper) {
		p.fail("$.temper", "%q is no temper: calm, confused or angry", shape.Temper)
	}
	for i, m := range shape.Opening {
		made.Opening = append(made.Opening, p.move(fmt.Sprintf("$.opening[%d]", i), m))
	}
	if len(made.Opening) == 0 {
		p.fail("$.opening", "a persona comes by the bot: opening says how")
	}
	for i, r := range shape.Reactions {
		made.Reactions = append(made.Reactions, p.reaction(fmt.Sprintf("$.reactions[%d]", i), r, shape, shared))
	}
	for i, item := range shape.Checks {
		made.Checks = append(made.Checks, p.check(fmt.Sprintf("$.checks[%d]", i), item, shape, shared))
	}
	if len(made.Checks) == 0 {
		p.fail("$.checks", "an exercise without a checklist teaches nothing")
	}
	return made, p.err()
}

// move reads one thing that a member does.
func (p *page) move(at string, m moveShape) Move {
	ways := 0
	for key, t := range map[string]bot.Text{"say": m.Say, "tap": m.Tap} {
		if !t.Empty() {
			ways++
			p.whole(at+"."+key, t)
		}
	}
	if m.Press != "" {
		ways++
		if !slices.Contains(bot.CaseButtons[:], m.Press) {
			p.fail(at+".press", "%q is no button of a case", m.Press)
		}
	}
	if ways != 1 {
		p.fail(at, "one of say, tap and press is wanted, here are %d", ways)
	}
	return Move(m)
}

func (p *page) reaction(at string, r reactionShape, all personaShape, shared common) Reaction {
	made := Reaction{
		ID: r.ID, When: r.When, hears: len(r.Hears) > 0, lacks: len(r.Lacks) > 0, Wait: p.span(at+".wait", r.Wait),
		After: p.span(at+".after", r.After), Needs: r.Needs, Unless: r.Unless, Times: r.Times, Content: r.Content,
		Hears: shared.phrases(p, at+".hears", r.Hears), Lacks: shared.phrases(p, at+".lacks", r.Lacks),
		Move: p.move(at, moveShape{r.Say, r.Tap, r.Press}),
	}
	if made.After == 0 {
		made.After = reading
	}
	switch {
	case r.ID == "":
		p.fail(at, "a reaction has an id")
	case all.reactions(r.ID) > 1:
		p.fail(at+".id", "two reactions are called %s", r.ID)
	case !slices.Contains(EventKinds[:], r.When):
		p.fail(at+".when", "%q is nothing that happens", r.When)
	case r.When == Waited && r.Wait == "":
		p.fail(at, "how long he waits is missing: wait")
	case r.When != Waited && r.Wait != "":
		p.fail(at+".wait", "only who waited has waited for a time")
	}
	for key, ids := range map[string][]string{"needs": r.Needs, "unless": r.Unless} {
		for i, id := range ids {
			p.known(fmt.Sprintf("%s.%s[%d]", at, key, i), id, all)
		}
	}
	return made
}

func (s personaShape) reactions(id string) (n int) {
	for _, r := range s.Reactions {
		if r.ID == id {
			n++
		}
	}
	return n
}

// known fails for a reaction that does not exist.
func (p *page) known(at, id string, all personaShape) {
	if all.reactions(id) == 0 {
		p.fail(at, "there is no reaction %q", id)
	}
}

func (p *page) check(at string, item itemShape, all personaShape, shared common) Item {
	base, known := shared.items[item.Item]
	if !known {
		p.fail(at+".item", "there is no item %q in %s", item.Item, CommonFile)
		return Item{}
	}
	if item.If != "" {
		p.known(at+".if", item.If, all)
	}
	return shared.item(p, at, item.Item, item.over(base))
}
