package flows

import (
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// The courtesies: messages that as a whole only greet or thank. Their words are content.
var courtesies = []string{"hello", "thanks"}

// courtesy answers a greeting or thanks in kind and shows the present question again: it is no wrong answer.
func (t *turn) courtesy() bool {
	answer, ok := t.p.courtesies[text.Fold(t.in.Text)]
	if !ok || t.in.Kind != bot.KindText {
		return false
	}
	t.st.Misses = 0
	t.head(answer, nil)
	if !t.engaged() {
		t.begin(Entrance{Flow: Home})
	}
	return true
}

// afterGreeting is a message without the greetings at its head, as it was typed: what it is about.
func (p *Program) afterGreeting(said string) string {
	words := strings.Fields(said)
	for cut := true; cut; {
		cut = false
		for n := min(maxGreeting, len(words)-1); n > 0; n-- {
			if _, ok := p.courtesies[text.Fold(strings.Join(words[:n], " "))]; ok {
				words, cut = words[n:], true
				break
			}
		}
	}
	return strings.Join(words, " ")
}

// maxGreeting is how many words one greeting has at most.
const maxGreeting = 4

// offerLanguage adds a button beside the next question when the member plainly writes another language than is spoken
// with him. Nothing changes by itself: he may only quote something.
func (t *turn) offerLanguage() {
	if lang, plainly := text.Switch(t.lang, t.in.Text); plainly && t.in.Kind == bot.KindText {
		t.st.Offer = lang
	}
}

func (t *turn) speakButton(lang bot.Lang) button {
	return button{id: choiceSpeak + string(lang), label: t.p.system["label.speak"].In(lang).raw()}
}

// asksToSpeak takes the words of such a button for a press.
func (t *turn) asksToSpeak() bool {
	for _, lang := range bot.Langs {
		b := t.speakButton(lang)
		b.labels = bot.Text{Fa: b.label}
		if b.says(t.in.Text) {
			t.speak(lang)
			return true
		}
	}
	return false
}

// choiceSpeak begins the choice id of an offer to go on in another language.
const choiceSpeak = "~"

func spoken(id string) (bot.Lang, bool) {
	name, ok := strings.CutPrefix(id, choiceSpeak)
	return bot.Lang(name), ok && bot.Lang(name).Valid()
}

// speak goes on in another language; one tap leads back.
func (t *turn) speak(lang bot.Lang) {
	before := t.lang
	t.set(languageVar, bot.Value{Text: string(lang)})
	if before != lang {
		t.st.Offer = before
	}
}
