package messenger_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"javab/tools/messenger"
)

// passes is a bot that asks what it is about and gives the chat to an officer, who writes twice.
func passes(b *bot, said string) {
	switch said {
	case "/officer":
		b.ask("Write briefly what it is about.", "Done", "1:done")
	case "My question":
		b.ask("Received. Go on.", "Done", "2:done")
	case "2:done":
		b.ask("Officers answer tomorrow. Shall the chat wait?", "Yes, let it wait", "3:wait")
	case "3:wait":
		b.say("The chat is in the queue, and the bot stays silent until an officer answers.")
		b.say("How can I help?")
	case "With the card":
		b.say("It is in the post.")
	case "Thank you":
		b.ask("Did you get your answer?", "Yes", "4:yes")
	case "4:yes":
		b.say("We are glad to hear it.")
	case "/start":
		b.ask("What can we do for you?", "File a complaint", "5:file")
	}
}

func talks(seen messenger.Seen) string {
	return map[string]string{"How can I help?": "With the card", "It is in the post.": "Thank you"}[seen.Text]
}

func TestARobotTalksToAnOfficerToTheEnd(t *testing.T) {
	r, b := robot(t, passes)
	for range 2 {
		if err := r.Consult("My question", talks); err != nil {
			t.Fatal(err)
		}
	}
	if b.times("4:yes") != 2 || b.times("With the card") != 2 {
		t.Errorf("the bot heard %v", b.heard)
	}
}

// His last words may be held up by a kill until the officer has ended the talk: then they are a question to the bot.
func TestWordsThatComeAfterTheTalkAreAnsweredBeforeHeBeginsSomethingElse(t *testing.T) {
	glad := make(chan struct{})
	r, _ := robot(t, func(b *bot, said string) {
		switch {
		case b.times("/complaint") > 0:
			desk(b, said)
		case said == "With the card":
			b.ask("Did you get your answer?", "Yes", "4:yes")
			<-glad
			time.Sleep(400 * time.Millisecond) // longer than anybody waits who wants to know whether more will come
			b.ask("Did you mean one of these?", "Suggestions", "9:suggestions")
		case said == "4:yes":
			passes(b, said)
			close(glad)
		default:
			passes(b, said)
		}
	})
	if err := r.Consult("My question", talks); err != nil {
		t.Fatal(err)
	}
	complain(t, r, 1)
	if r.Strays != 0 {
		t.Errorf("astray %d, saw %v", r.Strays, r.Astray)
	}
}

func TestARobotWhomNoOfficerAnswersSaysSo(t *testing.T) {
	r, _ := robot(t, func(b *bot, said string) {
		if said != "3:wait" {
			passes(b, said)
			return
		}
		b.say("The chat is in the queue.")
	})
	if err := r.Consult("My question", talks); err == nil || !strings.Contains(err.Error(), "left alone") {
		t.Errorf("got %v", err)
	}
}

func TestARobotWhomTheBotGivesToNobodySaysSo(t *testing.T) {
	r, _ := robot(t, func(b *bot, said string) { b.ask("No.", "Main menu", fmt.Sprintf("9:home:%d", b.times(said))) })
	if err := r.Consult("My question", talks); err == nil || !strings.Contains(err.Error(), "not in the queue") {
		t.Errorf("got %v", err)
	}
}
