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
		ref := flowsList + "/" + flow
		return Match{Sure: ref, Top: []bot.Guess{{ID: ref, P: 1}}, P: 1}
	}
	if _, _, command := slash(said); command || t.in.Match == nil { // a command that there is none of is like no question
		return Match{}
	}
	if m, known := t.matched[said]; known {
		return m
	}
	m := t.in.Match(said)
	if rest := t.p.afterGreeting(said); m.Sure == "" && m.Talk == "" && rest != said {
		m = t.match(rest)
	}
	if t.matched == nil {
		t.matched = map[string]Match{}
	}
	t.matched[said] = t.valid(m)
	return t.matched[said]
}

// valid leaves out of what is offered the answers that have expired since the matcher learned them. One that is surely meant
// stays: the member hears that an officer will tell.
func (t *turn) valid(m Match) Match {
	m.Likely, m.Next = t.unexpired(m.Likely), t.unexpired(m.Next)
	return m
}

func (t *turn) unexpired(refs []string) []string {
	return slices.DeleteFunc(slices.Clone(refs), func(ref string) bool {
		item, ok := t.p.env.item(ref)
		return ok && t.expired(item)
	})
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
		t.suggest(Match{Likely: m.Next})
		t.asked(said, m, bot.QuestionAnswered)
	case ok && list == answersList:
		t.st.Misses = 0
		t.reply(m.Sure, m.Next)
		t.asked(said, m, bot.QuestionAnswered)
	default:
		t.missed(said, m)
	}
}

// reply shows an answer. What the member asked besides is offered below it.
func (t *turn) reply(ref string, also []string) {
	vars := map[string]bot.Value{"answer": {Ref: ref}}
	if len(also) > 0 {
		vars[alsoVar] = bot.Value{Items: likelyItems(also)}
	}
	t.begin(Entrance{Flow: AnswerFlow, Vars: vars})
	t.st.Last = ref
}

// alsoVar holds what the member asked beside what is being answered.
const alsoVar = "also"

// offerNext adds what the member asked besides to the questions of the flow that answers.
func (t *turn) offerNext() {
	also := t.st.Vars[alsoVar].Items
	if t.st.Flow != AnswerFlow || len(also) == 0 {
		return
	}
	if len(t.lead) == 0 {
		t.head("also", nil)
	}
	t.suggest(Match{Likely: refsOf(also)})
}

func refsOf(items []bot.Item) (refs []string) {
	for _, item := range items {
		refs = append(refs, item.Ref)
	}
	return refs
}

// asked tells what the member has asked, and from now on which button he chooses. What is confidential is not told.
func (t *turn) asked(said string, m Match, action bot.QuestionAction) {
	if t.st.Confidential {
		return
	}
	t.effects = append(t.effects, Asked{Text: said, Match: m, Action: action})
	if !t.engaged() || action == bot.QuestionOffered {
		t.st.Asked, t.st.Pressed = string(t.in.Draft), false
	}
}

// follows tells which button the member chose first after his question.
func (t *turn) follows(button string) {
	if t.st.Asked == "" || t.st.Pressed {
		return
	}
	t.st.Pressed = true
	t.effects = append(t.effects, Pressed{Question: t.st.Asked, Button: button})
}

// missed asks which of the likely things was meant, but never twice in a row: then, and when nothing is likely, the
// script for what was not understood takes over.
func (t *turn) missed(said string, m Match) {
	flow, action := Unknown, bot.QuestionRephrase
	if t.st.Misses > 0 {
		action = bot.QuestionHandOff
	}
	if len(m.Likely) > 0 && t.st.Flow != Unsure {
		flow, action = Unsure, bot.QuestionAsked
	}
	t.st.Misses++
	t.keepStory()
	vars := map[string]bot.Value{
		"misses": {Text: strconv.Itoa(t.st.Misses)}, "text": {Text: clip(said, MaxInline)},
	}
	if len(m.Likely) > 0 {
		vars["likely"] = bot.Value{Items: likelyItems(m.Likely)}
	}
	t.begin(Entrance{Flow: flow, Vars: vars})
	t.asked(said, m, action)
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
	t.st.Last = ref
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
	t.follows(ref)
	switch {
	case list == flowsList && t.p.has(id):
		if t.setAside() {
			t.head("left", nil)
		}
		t.begin(Entrance{Flow: id})
	case list == answersList && t.engaged():
		t.digress(ref)
	case list == answersList:
		also := refsOf(t.st.Vars[alsoVar].Items)
		t.reply(ref, slices.DeleteFunc(also, func(other string) bool { return other == ref }))
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
