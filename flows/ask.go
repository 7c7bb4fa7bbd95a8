package flows

import (
	"cmp"
	"strings"

	"javab/bot"
	"javab/flows/expect"
	"javab/locales/text"
)

// prompter is a listener that asks by a prompt.
type prompter interface {
	listener
	prompt(t *turn, s *Step) *prompt
}

// question is what ask and form have in common: a prompt, what a typed answer must be, and what follows.
type question struct {
	*prompt
	field    string // the variable, and the field of the draft
	saveAs   string // the variable's full name, when it differs
	rule     *Expectation
	optional bool
	// chosen, typed and skipped go on from an answer.
	chosen  func(b button)
	typed   func()
	skipped func()
}

// ask puts the question, with the engine's own buttons that belong to it.
func (t *turn) ask(s *Step, q *question) {
	if t.st.Doubtful != nil {
		q.tools = []button{t.tool(choiceYes, "label.yes"), t.tool(choiceNo, "label.no")}
		t.put(s, &prompt{words: t.doubt(q), tools: q.tools})
		return
	}
	t.put(s, q.prompt)
}

// tooled adds the engine's buttons to a question.
func (t *turn) tooled(q *question) *question {
	if q.rule.gathers() {
		q.tools = append(q.tools, t.tool(choiceDone, "label.done"))
	}
	if q.optional && !(q.rule.gathers() && t.lookup(q.name()).set()) {
		q.tools = append(q.tools, t.tool(choiceSkip, "label.skip"))
	}
	if t.early() != nil && q.rule != nil && q.rule.Rule.Kind == expect.Account {
		q.tools = append(q.tools, t.tool(choiceEarly, "label.early"))
	}
	if t.st.Doubtful != nil {
		q.tools = append(q.tools, t.tool(choiceYes, "label.yes"), t.tool(choiceNo, "label.no"))
	}
	return q
}

// answer makes of the input what the question can: a choice, a typed answer, or something to be helped with.
func (t *turn) answer(s *Step, q *question) {
	switch b, ok := q.find(t); {
	case ok:
		t.chose(q, b)
	case t.in.Kind == bot.KindPress:
		t.unknownPress()
	case t.in.Kind == bot.KindEdit:
		t.head("edited", nil)
	case q.rule.gathers():
		t.gather(s, q)
	case t.word():
	case t.lateFiles(q):
	case q.rule != nil:
		t.judge(q)
	default:
		t.unasked()
	}
}

// unasked takes what a question without a typed answer gets beside its choices.
func (t *turn) unasked() {
	switch {
	case t.in.Kind == bot.KindText:
		t.atChoice()
	case t.in.Kind == bot.KindFile && t.listens() && !t.engaged():
		t.fileFirst()
	default:
		t.head("unreadable", nil)
		t.fail()
	}
}

// unknownPress is a press on a button that this question does not have: something offered beside it, or a choice
// that the content no longer shows.
func (t *turn) unknownPress() {
	ref, suggested := suggestion(t.in.Choice.ID)
	lang, speaks := spoken(t.in.Choice.ID)
	switch {
	case speaks:
		t.speak(lang)
	case suggested:
		t.enterRef(ref)
	case t.in.Choice.ID == choiceAdd && t.st.Account != "":
		t.addLate()
	default:
		t.head("stale", nil)
	}
}

func suggestion(id string) (string, bool) { return strings.CutPrefix(id, choiceRef) }

// chose goes on from a button.
func (t *turn) chose(q *question, b button) {
	switch b.id {
	case choiceSkip:
		t.trace()
		t.forget(q)
		q.skipped()
	case choiceDone:
		t.done(q)
	case choiceEarly:
		t.takeEarly(q)
	case choiceYes:
		value := *t.st.Doubtful
		t.st.Doubtful = nil
		t.accept(q, value)
	case choiceNo:
		t.st.Doubtful = nil
	case choiceBack:
		t.back()
	default:
		if isGoOn(b.id) {
			t.goOn(b.id)
			return
		}
		t.trace()
		q.chosen(b)
	}
}

// forget takes back what was answered before, in the draft too: the case must not tell what the member took back.
func (t *turn) forget(q *question) {
	if t.st.Draft != "" && q.field != "" && t.lookup(q.name()).set() {
		t.effects = append(t.effects, Keep{Piece: bot.Piece{Draft: t.st.Draft, Field: q.field}})
	}
	t.set(q.name(), bot.Value{})
}

func (q *question) name() string {
	if q.saveAs != "" {
		return q.saveAs
	}
	return q.field
}

// judge lets the validator look at a typed answer.
func (t *turn) judge(q *question) {
	t.st.Doubtful = nil
	if t.pictured(q) {
		return
	}
	v := q.rule.accept(t, options(q.buttons))
	value := q.rule.value(v.Value)
	switch {
	case v.Hint == "":
		if q.rule.free() {
			t.suggestSure()
		}
		t.accept(q, value)
	case v.Confirm:
		t.st.Doubtful = &value
		t.lead = append(t.lead, t.systemWords(v.Hint, q.rule.hintParams(t, value))...)
	case t.in.Kind == bot.KindText && t.aQuestion():
	default:
		t.head(v.Hint, q.rule.hintParams(t, value))
		t.fail()
	}
}

// pictured takes files for an answer in words: a picture of the error message says what it is.
func (t *turn) pictured(q *question) bool {
	if q.rule.Rule.Kind != expect.Text || len(t.in.Files) == 0 || q.field == "" {
		return false
	}
	t.trace()
	t.add(q.field, q.rule.Rule.Limit("max"), t.in.Text, t.in.Files)
	shown := bot.Value{Text: clip(cmp.Or(t.in.Files[0].Name, t.in.Files[0].Kind, string(bot.KindFile)), MaxInline)}
	if t.in.Text != "" {
		shown = bot.Value{Kept: true}
	}
	t.save(q.name(), shown)
	q.typed()
	return true
}

// doubt asks whether an unusual answer is meant.
func (t *turn) doubt(q *question) []bot.Segment {
	values := q.rule.hintParams(t, *t.st.Doubtful)
	words := t.systemWords("confirm", values)
	if len(t.lead) > 0 {
		words = append([]bot.Segment{{Text: "\n\n"}}, words...)
	}
	return words
}

// suggestSure offers what the words of an answer surely mean beside it. What is merely likely would only be noise next
// to a name or a story, which tell of many things: it takes more than a question does. Staff are asked for nothing else.
func (t *turn) suggestSure() {
	if f, _ := t.here(); f == nil || f.Staff || t.in.Kind != bot.KindText {
		return
	}
	if m := t.match(t.in.Text); m.P >= surelyBeside {
		t.suggest(Match{Sure: m.Sure})
	}
}

// surelyBeside is how likely something must be meant to be offered beside a story.
const surelyBeside = 0.8

// accept keeps a good answer and goes on.
func (t *turn) accept(q *question, v bot.Value) {
	if q.rule.secret() {
		t.whisper(q.name(), v.Text)
		q.typed()
		return
	}
	t.trace()
	t.keep(q.field, v)
	if v.Text != "" && len(v.Text) > MaxInline {
		v = bot.Value{Kept: true}
	}
	t.save(q.name(), v)
	q.typed()
}

// keep writes a typed answer into the draft, where the case will find it.
func (t *turn) keep(field string, v bot.Value) {
	if field == "" || t.st.Draft == "" && len(v.Text) <= MaxInline {
		return
	}
	t.needDraft()
	t.st.Wrote = true
	t.effects = append(t.effects, Keep{Piece: bot.Piece{Draft: t.st.Draft, Field: field, Text: plainValue(v)}})
}

func (t *turn) needDraft() {
	if t.st.Draft == "" {
		t.st.Draft = t.in.Draft
	}
}

// save keeps a value that the member gave. From here on the chat stays with its version of the content.
func (t *turn) save(name string, v bot.Value) {
	if name == "" {
		return
	}
	t.set(name, v)
	if t.st.Since == 0 {
		t.st.Since = max(t.in.Now.Unix(), 1)
	}
}

// fail counts an answer that could not be used; the third offers an officer.
func (t *turn) fail() {
	t.st.Tries++
	if t.st.Tries == maxTries {
		t.head("three_strikes", nil)
	}
}

// engaged reports whether the member is in the middle of something that a new question must not end.
func (t *turn) engaged() bool { return t.st.Engaged() }

// listens reports whether the present flow is there to hear questions: whatever is typed at it is a new one.
func (t *turn) listens() bool {
	return t.st.Flow == Home || t.st.Flow == AnswerFlow || t.st.Flow == Unsure || t.st.Flow == Unknown
}

// atChoice handles a text that is none of the choices.
func (t *turn) atChoice() {
	if t.st.Flow == Welcome {
		t.impatient()
		return
	}
	if t.courtesy() || t.asksToSpeak() {
		return
	}
	m := t.match(t.in.Text)
	t.offerLanguage(m)
	switch {
	case !t.engaged() && (t.listens() || m.Sure != "" || len(m.Likely) > 0):
		t.free(t.in.Text)
	case t.aQuestion():
	case t.st.Account != "" && t.tool(choiceAdd, "label.add").says(t.in.Text):
		t.addLate()
	case t.st.Account != "":
		t.late()
	default:
		if t.wordy() {
			t.suggest(m)
			t.asked(t.in.Text, m, bot.QuestionOffered)
		}
		t.head("choose", nil)
		t.fail()
	}
}

// wordy reports whether a text that is none of the choices is long enough to be a question of its own. A few words are
// rather a wrong answer, and so is the label of a button that other questions have.
func (t *turn) wordy() bool {
	return len(strings.Fields(t.in.Text)) >= minQuestion && !t.tool(choiceSkip, "label.skip").says(t.in.Text)
}

// minQuestion is how many words a question has at least.
const minQuestion = 3

// impatient lets a member go on who writes instead of choosing a language: it is that of what he writes, and what he
// wrote is answered.
func (t *turn) impatient() {
	lang := cmp.Or(t.match(t.in.Text).Lang(), text.Detect(t.in.Text).Lang)
	if !lang.Valid() {
		lang = t.lang
	}
	t.set(languageVar, bot.Value{Text: string(lang)})
	t.st.First = clip(t.in.Text, maxFirst)
	f, s := t.here()
	t.to(f.after(s))
}

// aQuestion answers a text that is surely a question beside the script, and has the pending one asked again. A flow
// that is surely meant becomes a button: nobody is pulled out of what he is doing.
func (t *turn) aQuestion() bool {
	m := t.match(t.in.Text)
	list, _, ok := cutRef(m.Sure)
	switch {
	case !ok || !t.engaged():
		return false
	case list == answersList:
		t.digress(m.Sure)
		t.asked(t.in.Text, m, bot.QuestionAnswered)
	default:
		t.suggest(m)
		t.head("choose", nil)
		t.asked(t.in.Text, m, bot.QuestionOffered)
	}
	return true
}

// The ask itself.

func (a *AskStep) enter(t *turn, s *Step) {
	if t.aside {
		t.still = true
		return
	}
	t.offerNext()
	t.ask(s, a.question(t, s))
}

func (a *AskStep) hear(t *turn, s *Step) { t.answer(s, a.question(t, s)) }

func (a *AskStep) prompt(t *turn, s *Step) *prompt { return a.question(t, s).prompt }

func (a *AskStep) question(t *turn, s *Step) *question {
	f, _ := t.here()
	q := &question{
		prompt: &prompt{words: t.words(a.Text), buttons: t.buttons(a.Options), rows: a.Rows, card: a.Expect.card()},
		field:  a.Save.Text, rule: a.Expect, optional: a.Optional,
	}
	if a.Expect != nil && a.Expect.Rule.Kind == expect.Unit && len(a.Options) == 0 {
		q.buttons = t.listButtons(nil, unitsList, nil)
	}
	if t.st.Flow == Home {
		q.buttons = append(t.goOnButtons(), q.buttons...)
	}
	q.chosen = func(b button) { t.choose(f, s, a, b) }
	q.skipped = func() { t.to(f.after(s)) }
	q.typed = func() {
		if a.Else.Text != "" {
			t.to(a.Else.Text)
			return
		}
		t.to(f.after(s))
	}
	return t.tooled(q)
}
