package trainingweb

import (
	"fmt"
	"slices"

	"javab/bot"
	"javab/bot/training"
	"javab/webhook/page"
)

// index is the page of all exercises.
type index struct {
	page.Screen
	Personas []persona
	Now      *Running // what the reader practises; nil: nothing
	staff    []bot.Staff
	done     []training.Exercise
}

// persona is one exercise to choose.
type persona struct {
	*training.Persona
	screen page.Screen
}

func (t *Training) personas(s page.Screen) []persona {
	all := t.Practice.Personas()
	list := make([]persona, len(all))
	for i, p := range all {
		list[i] = persona{p, s}
	}
	return list
}

// Name is what the exercise is called.
func (p persona) Name() string { return p.Title.In(p.screen.Lang) }

// Practised says what it is about.
func (p persona) Practised() string { return p.About.In(p.screen.Lang) }

// Look is how its temper stands out.
func (p persona) Look() string {
	return map[training.Temper]string{training.Calm: "ok", training.Confused: "warn", training.Angry: "bad"}[p.Temper]
}

// Leads reports whether the reader sees what others have practised.
func (v index) Leads() bool { return v.By.Supervises() }

// exercise is one that was done.
type exercise struct {
	training.Exercise
	Who  string
	What string
	Own  bool
}

// Done are the exercises that the reader may see, the newest first.
func (v index) Done() []exercise {
	list := make([]exercise, len(v.done))
	for i, e := range v.done {
		list[i] = exercise{Exercise: e, Who: page.Staff(v.staff).Name(e.Staff), What: v.called(e.Persona), Own: e.Staff == v.By.ID}
	}
	return list
}

// called names a persona; one that is no more is called by its id.
func (v index) called(id string) string {
	if i := slices.IndexFunc(v.Personas, func(p persona) bool { return p.ID == id }); i >= 0 {
		return v.Personas[i].Name()
	}
	return id
}

// Score writes how many items were met of those that applied.
func (v index) Score(e exercise) string { return score(v.Screen, e.Exercise) }

func score(s page.Screen, e training.Exercise) string {
	return s.Told("training.score", map[string]string{"Met": s.N(e.Met), "Of": s.N(e.Of)})
}

// result is the checklist of an exercise.
type result struct {
	page.Screen
	Running
}

// Name is what the exercise was called.
func (r result) Name() string { return r.Persona.Title.In(r.Lang()) }

// Lang is the language of the page; the exercise has one of its own.
func (r result) Lang() bot.Lang { return r.Screen.Lang }

// Score says how many items were met.
func (r result) Score() string { return score(r.Screen, r.Exercise) }

// item is one line of the checklist.
type item struct {
	training.Finding
	result result
}

// Items are the lines of the checklist: first what is to be learnt, then what was done well, then what did not apply.
func (r result) Items() []item {
	order := []training.Verdict{training.Unmet, training.Met, training.NotAsk}
	list := make([]item, 0, len(r.Found))
	for _, verdict := range order {
		for _, f := range r.Found {
			if f.Verdict == verdict {
				list = append(list, item{f, r})
			}
		}
	}
	return list
}

// Says names the item.
func (i item) Says() string { return i.Title.In(i.result.Lang()) }

// Advises is a sentence of advice.
func (i item) Advises() string { return i.Advice.In(i.result.Lang()) }

// Unmet reports whether it is to be learnt.
func (i item) Unmet() bool { return i.Verdict == training.Unmet }

// Sign and Look are how the verdict is shown.
func (i item) Sign() string {
	return map[training.Verdict]string{training.Met: "circle-check", training.Unmet: "circle-alert", training.NotAsk: "square-slash"}[i.Verdict]
}

// Look is the colour of its tag.
func (i item) Look() string {
	return map[training.Verdict]string{training.Met: "ok", training.Unmet: "bad", training.NotAsk: ""}[i.Verdict]
}

// URL leads to the line that shows it; empty: there is none.
func (i item) URL() string {
	if i.Line == 0 {
		return ""
	}
	return fmt.Sprintf("%s/desk/%s#line-%d", base, i.result.Chat, i.Line)
}

// Desk leads to the chat.
func (r result) Desk() string { return base + "/desk/" + string(r.Chat) }
