package browser

import (
	"strings"
	"testing"
)

// What three members ask that no answer is about, the answer that an admin adds it to, and how that reads.
const (
	unanswered = "/studio/answers/unanswered"
	unheardOf  = "pet parrots upstairs"
	toldAbout  = "answers/contact.hours"
	isTold     = "except public holidays"
)

// unheard is how they put it, by the phone that is in their hand.
var unheard = map[string]string{"fa": unheardOf, "ar": unheardOf, "en": "upstairs pet parrots"}

// TestAnAdminTeachesTheBotWhatThreeMembersAskedInVainAndTheNextOneIsAnswered goes the whole way from the chats to the studio
// and back. What is taught is measured before it can be kept, and known to nobody before it is published.
func TestAnAdminTeachesTheBotWhatThreeMembersAskedInVainAndTheNextOneIsAnswered(t *testing.T) {
	t.Parallel()
	s, say := program(t), language(t, "en")
	phones := open(t, s, "en", desk)
	for lang, words := range unheard { // all of them are on the page, and these members write English
		member := phones.on(t)
		member.lang = lang
		member.begin(say)
		menu := member.last(false)
		member.write(words)
		member.until("that the bot does not understand", func() bool { return member.last(false).ID > menu.ID })
	}

	o := enters(t, s, "admin", "en", "light", desk)
	o.follows(unanswered, "what three asked", ".cluster .size", "3")
	o.tap(".cluster summary", "")
	o.until("how they asked", func() bool { return o.is(".cluster [name=words]", "") })
	o.stands("en", "light", desk)
	o.tap(".cluster [name=answer][value='']", "")
	o.tap(".cluster .button.strong", "")
	o.until("the phrasings before an answer is chosen", func() bool { return o.is("#teach", "") })
	if asked := see[string](o.window, "value", "#teach [name=words]"); !strings.Contains(asked, unheardOf) {
		t.Errorf("the phrasings are %q", asked)
	}
	o.chooses("#teach [name=answer]", toldAbout)
	o.tap("#teach [value=look]", "")
	o.until("that it is being measured", func() bool { return o.is("#effect progress", "") || o.is("#effect table", "") })
	if o.is("#effect progress", "") && o.is("[value=keep]", "") {
		t.Error("it can be kept before its effect is shown")
	}
	o.until("the effect", func() bool { return o.is("#effect table", "") })
	o.stands("en", "light", desk)
	o.tap("#effect [value=keep]", "")
	o.until("that it is in the draft", func() bool { return o.is(".said.ok", "") })

	o.goes("/studio")
	o.until("the draft", func() bool { return o.says("#drafts .name", "content/answers") })
	o.stands("en", "light", desk)
	o.publishes("2")
	o.stands("en", "light", desk)
	phones.write(unheardOf)
	phones.hears(isTold)
	o.goes(unanswered)
	if o.is(".cluster", "") {
		t.Error("what the bot has learnt is still unanswered")
	}
	o.quiet()
	phones.quiet()
}
