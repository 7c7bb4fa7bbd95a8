package flows

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"javab/bot"
	"javab/locales/text"
)

// match says what a free text may mean: a flow's own phrasing first, then whatever the matcher thinks.
func (t *turn) match(said string) Match {
	if flow, ok := t.p.phrasings[text.Fold(said)]; ok {
		return Match{Sure: flowsList + "/" + flow}
	}
	if t.in.Match == nil {
		return Match{}
	}
	m := t.in.Match(said)
	if rest := t.p.afterGreeting(said); m.Sure == "" && rest != said {
		m = t.match(rest)
	}
	return t.valid(m)
}

// valid leaves out of what is offered the answers that have expired since the matcher learned them. One that is surely meant
// stays: the member hears that an officer will tell.
func (t *turn) valid(m Match) Match {
	m.Likely = slices.DeleteFunc(slices.Clone(m.Likely), func(ref string) bool {
		item, ok := t.p.env.item(ref)
		return ok && t.expired(item)
	})
	return m
}

// free answers a text of a member who is in the middle of nothing.
func (t *turn) free(said string) {
	m := t.match(said)
	list, id, ok := cutRef(m.Sure)
	switch {
	case ok && list == flowsList && t.p.has(id):
		t.st.Misses = 0
		if _, only := t.p.phrasings[text.Fold(said)]; !only {
			t.keepStory()
		}
		t.begin(Entrance{Flow: id})
	case ok && list == answersList:
		t.st.Misses = 0
		t.begin(Entrance{Flow: AnswerFlow, Vars: map[string]bot.Value{"answer": {Ref: m.Sure}}})
	default:
		t.missed(said, m.Likely)
	}
}

// missed asks which of the likely things was meant, but never twice in a row: then, and when nothing is likely, the
// script for what was not understood takes over.
func (t *turn) missed(said string, likely []string) {
	flow := Unknown
	if len(likely) > 0 && t.st.Flow != Unsure {
		flow = Unsure
	}
	t.st.Misses++
	t.keepStory()
	vars := map[string]bot.Value{
		"misses": {Text: strconv.Itoa(t.st.Misses)}, "text": {Text: clip(said, MaxInline)},
	}
	if len(likely) > 0 {
		vars["likely"] = bot.Value{Items: likelyItems(likely)}
	}
	t.begin(Entrance{Flow: flow, Vars: vars})
}

// has reports whether there is such a flow for members.
func (p *Program) has(flow string) bool {
	f, ok := p.available(flow)
	return ok && !f.Staff
}

func likelyItems(refs []string) []bot.Item {
	items := make([]bot.Item, 0, len(refs))
	for _, ref := range refs[:min(len(refs), bot.MaxItems)] {
		if _, id, ok := cutRef(ref); ok {
			items = append(items, bot.Item{ID: id, Ref: ref})
		}
	}
	return items
}

// digress answers a question beside the script: the words of the flow `answer`, up to its first question. The pending
// question follows.
func (t *turn) digress(ref string) {
	f, ok := t.p.available(AnswerFlow)
	if !ok {
		return
	}
	b := &turn{p: t.p, in: t.in, lang: t.lang, aside: true, owned: true}
	b.st = State{Flow: AnswerFlow, Vars: map[string]bot.Value{"answer": {Ref: ref}}}
	b.to(f.first(""))
	for hops := 0; !b.still && hops < MaxStepsPerTurn; hops++ {
		_, s := b.here()
		if s == nil {
			break
		}
		s.Body.enter(b, s)
	}
	for _, e := range b.effects {
		if said, ok := e.(Say); ok {
			t.effects = append(t.effects, said)
			t.said++
		}
	}
}

// suggest adds buttons to the next question for what a text may also mean. It never leaves the question.
func (t *turn) suggest(m Match) {
	refs := m.Likely
	if m.Sure != "" {
		refs = []string{m.Sure}
	}
	for _, ref := range refs[:min(len(refs), maxSuggestions)] {
		list, id, ok := cutRef(ref)
		label := t.label(bot.Value{Ref: ref})
		if !ok || label == "" || list == flowsList && !t.p.has(id) || t.st.Flow == id {
			continue
		}
		t.beside = append(t.beside, button{id: choiceRef + ref, label: label})
	}
}

// maxSuggestions is how many other meanings of a text are offered at once.
const maxSuggestions = 2

// choiceRef begins the choice id of a suggestion.
const choiceRef = "?"

// enterRef takes a suggestion up: an answer is given beside the question, a flow is entered.
func (t *turn) enterRef(ref string) {
	list, id, _ := cutRef(ref)
	switch {
	case list == flowsList && t.p.has(id):
		if t.setAside() {
			t.head("left", nil)
		}
		t.begin(Entrance{Flow: id})
	case list == answersList:
		t.digress(ref)
	}
}

// clip cuts s to at most n bytes, at a character's end.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
