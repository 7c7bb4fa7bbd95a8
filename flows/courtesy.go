package flows

import (
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// The courtesies: messages that as a whole only greet or thank. Their words are content.
var courtesies = []string{"hello", "thanks"}

// courtesy answers small talk in kind and shows the present question again: it is no wrong answer. A yes that no question
// asks for is none in the middle of something.
func (t *turn) courtesy() bool {
	if t.in.Kind != bot.KindText {
		return false
	}
	answer, ok := t.p.courtesies[text.Fold(t.in.Text)]
	if !ok {
		talk := t.match(t.in.Text).Talk
		if answer, ok = talkTexts[talk]; !ok || talk == agreement && t.engaged() {
			return false
		}
	}
	t.st.Misses = 0
	t.head(answer, nil)
	if !t.engaged() {
		t.begin(Entrance{Flow: Home})
	}
	return true
}

// talkTexts are the texts that answer each kind of small talk. An agreement is a yes without a question.
var talkTexts = map[string]string{
	"greeting": "hello", "thanks": "thanks", "farewell": "talk.farewell", "wellbeing": "talk.wellbeing", agreement: "talk.agreement",
	"praise": "talk.praise", "who": "talk.who",
}

const agreement = "agreement"

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
// with him; what is Persian in Latin letters is Persian. Nothing changes by itself: he may only quote something.
func (t *turn) offerLanguage(m Match) {
	lang, plainly := text.Switch(t.lang, t.in.Text)
	if m.romanised() {
		lang, plainly = m.Lang(), true
	}
	if plainly && lang != t.lang && m.Lang() != t.lang && lang.Valid() && t.in.Kind == bot.KindText {
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
