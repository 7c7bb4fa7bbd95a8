package flows

import (
	"strconv"

	"javab/bot"
	"javab/flows/expect"
	"javab/locales/text"
)

// lateField is the field of the draft in which words wait that came after the account.
const lateField = "late"

// ackEvery is how many pieces of an account come between two acknowledgements.
const ackEvery = 4

// gather takes one piece of an answer that comes in many messages. Nothing is refused and nothing is too long.
func (t *turn) gather(s *Step, q *question) {
	if v := q.rule.accept(t, nil); v.Hint != "" && (q.rule.Rule.Kind == expect.Account || len(t.in.Files) == 0) {
		t.head(v.Hint, q.rule.hintParams(t, bot.Value{}))
		t.fail()
		return
	}
	t.collect(q, t.in.Text, t.in.Files)
	t.still = true
	switch {
	case t.in.Album != "": // acknowledged once, when the album is complete
	case t.st.Pieces == 1:
		t.suggestSure()
		t.offerLanguage(Match{})
		t.acknowledge(s, "account.first", nil)
	case t.st.Pieces%ackEvery == 0:
		t.acknowledge(s, "account.more", map[string]string{"pieces": text.For(t.lang).Number(int64(t.st.Pieces))})
	}
}

// collect adds a piece to the answer.
func (t *turn) collect(q *question, words string, files []bot.File) {
	t.add(q.field, q.rule.Rule.Limit("max"), words, files)
	if q.rule.Rule.Kind == expect.Account || t.st.Account == "" {
		t.st.Account = q.field
	}
	t.save(q.name(), t.gatheredValue(q, len(files)))
	t.st.Pieces++
	t.st.Tries = 0
}

// gatheredValue is what the state holds of it: how many files there are, and of an account that its words lie in the
// draft.
func (t *turn) gatheredValue(q *question, more int) bot.Value {
	before, _ := strconv.Atoi(t.lookup(q.name()).value.Text)
	v := bot.Value{Kept: q.rule.Rule.Kind == expect.Account}
	if files := before + more; files > 0 {
		v.Text = strconv.Itoa(files)
	}
	return v
}

// add appends what was sent to a field of the draft: each file a piece, long words several.
func (t *turn) add(field string, limit int, words string, files []bot.File) {
	t.needDraft()
	t.st.Wrote = true
	piece := bot.Piece{Draft: t.st.Draft, Field: field, Append: true}
	for _, chunk := range chunks(words, limit) {
		piece.Text = chunk
		t.effects = append(t.effects, Keep{Piece: piece})
	}
	piece.Text = ""
	for _, file := range files {
		piece.File = &file
		t.effects = append(t.effects, Keep{Piece: piece})
	}
}

func chunks(words string, limit int) []string {
	switch {
	case words == "":
		return nil
	case limit < minChunk:
		return []string{words}
	default:
		return text.Split(bot.En, words, limit) // they are kept as he wrote them: no marks for a direction in them
	}
}

// minChunk keeps a limit that counts files from cutting words.
const minChunk = 100

// acknowledge says that a piece came, with the button that ends the gathering. It keeps the question's token: the
// button on the question itself stays good.
func (t *turn) acknowledge(s *Step, id string, values map[string]string) {
	done := t.tool(choiceDone, "label.done")
	m := bot.Outbound{Segments: text.FinishSegments(t.lang, t.systemWords(id, values))}
	m.Choices = append(m.Choices, bot.Choice{Label: done.label, Data: Choice{t.st.Token, done.id}.Data()})
	for _, b := range t.takeBeside(nil) {
		m.Choices = append(m.Choices, bot.Choice{Label: b.label, Data: Choice{t.st.Token, b.id}.Data()})
	}
	t.send(m, s)
}

// done ends the gathering, once there is anything.
func (t *turn) done(q *question) {
	if !t.lookup(q.name()).set() {
		t.head("account.empty", nil)
		return
	}
	t.trace()
	q.typed()
}

// gathered acknowledges an album: at the question that gathers by its button, at a later one by a word.
func (t *turn) gathered(s *Step) {
	asking, ok := s.Body.(asker)
	if !ok {
		return
	}
	q := asking.question(t, s)
	switch {
	case q != nil && q.rule.gathers():
		t.acknowledge(s, "files.gathered", nil)
	case t.st.Account != "":
		t.head("added", nil)
		t.still = false
	}
}

// lateFiles adds files that come after the account to it, unless the question itself can make use of them.
func (t *turn) lateFiles(q *question) bool {
	if t.st.Account == "" || t.in.Kind != bot.KindFile || q.rule.free() {
		return false
	}
	t.add(t.st.Account, minChunk, t.in.Text, t.in.Files)
	t.countLate()
	if t.in.Album != "" {
		t.still = true
		return true
	}
	t.head("added", nil)
	return true
}

// countLate adds late files to the number that the account's answer tells.
func (t *turn) countLate() {
	for name, v := range t.st.Vars {
		if fieldOf(name) != t.st.Account {
			continue
		}
		before, err := strconv.Atoi(v.Text)
		if err == nil || v.Text == "" {
			v.Text = strconv.Itoa(before + len(t.in.Files))
			t.set(name, v)
		}
		return
	}
}

// late keeps words that came after the account aside, and offers to add them to it.
func (t *turn) late() {
	t.effects = append(t.effects, Keep{Piece: bot.Piece{
		Draft: t.st.Draft, Field: lateField, Text: t.in.Text, Append: true,
	}})
	t.head("late", nil)
	t.beside = append(t.beside, t.tool(choiceAdd, "label.add"))
}

func (t *turn) addLate() {
	t.effects = append(t.effects,
		Keep{Piece: bot.Piece{Draft: t.st.Draft, Field: t.st.Account, Append: true}, From: lateField},
		Keep{Piece: bot.Piece{Draft: t.st.Draft, Field: lateField}})
	t.head("added", nil)
}

// fenced is a value as the engine's own texts show it.
func fenced(value string) string { return text.Isolate(text.FileName(value)) }
