package messenger_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/tools/messenger"
)

// bot is the other side of a robot: what it is told it answers by the test's script.
type bot struct {
	t      *testing.T
	api    string
	answer func(b *bot, said string)

	mu    sync.Mutex
	heard []string
	filed int
}

// robot is a member who talks with a bot that answers so.
func robot(t *testing.T, answer func(b *bot, said string)) (*messenger.Robot, *bot) {
	t.Helper()
	b := &bot{t: t, answer: answer}
	hook := httptest.NewServer(b)
	t.Cleanup(hook.Close)
	m := messenger.New("secret", 4)
	m.Hook, m.SeeThrough = hook.URL, true
	api := m.Listen()
	t.Cleanup(api.Close)
	b.api = api.URL
	return &messenger.Robot{Member: m.Member(7), Patience: time.Second}, b
}

func (b *bot) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	var update struct {
		Message struct{ Text string }
		Press   struct{ Data string } `json:"callback_query"`
	}
	if err := json.NewDecoder(r.Body).Decode(&update); err != nil {
		b.t.Error(err)
	}
	said := update.Message.Text + update.Press.Data
	b.mu.Lock()
	b.heard = append(b.heard, said)
	b.mu.Unlock()
	b.answer(b, said)
}

// times is how often the bot was told this.
func (b *bot) times(said string) (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, h := range b.heard {
		if h == said {
			n++
		}
	}
	return n
}

// ask sends a message with a button below it; without data the button stands in place of the keyboard.
func (b *bot) ask(text, label, data string) {
	kind, button := "inline_keyboard", map[string]string{"text": label, "callback_data": data}
	if data == "" {
		kind, button = "keyboard", map[string]string{"text": label}
	}
	b.post(map[string]any{"text": text, "reply_markup": map[string]any{kind: [][]any{{button}}}})
}

func (b *bot) say(text string) { b.post(map[string]any{"text": text}) }

func (b *bot) post(message map[string]any) {
	message["chat_id"] = 7
	body, err := json.Marshal(message)
	if err != nil {
		b.t.Error(err)
	}
	response, err := http.Post(b.api+"/bot1:x/sendMessage", "application/json", strings.NewReader(string(body)))
	if err != nil {
		b.t.Error(err)
		return
	}
	response.Body.Close()
}

// desk is a bot that takes complaints as it should.
func desk(b *bot, said string) {
	switch {
	case said == "/complaint":
		b.ask("What is your complaint about?", "The card", "1:card")
	case said == "1:card":
		b.ask("Tell us what happened.", "Done", "2:done")
	case said == "2:done":
		b.contact()
	case said == none:
		b.ask("Please check.", "Submit", "3:submit")
	case said == "3:submit":
		b.number()
	case strings.HasPrefix(said, "It broke"):
		b.ask("Received.", "Done", "2:done")
	}
}

const none = "I don't have it"

// contact asks for a number by the keyboard: nothing in the message is of this turn alone.
func (b *bot) contact() { b.ask("Which number may we call?", none, "") }

func (b *bot) number() {
	b.mu.Lock()
	b.filed++
	n := b.filed
	b.mu.Unlock()
	b.ask(fmt.Sprintf("Tracking number: JV-1405-00000%d-8", n), "Main menu", fmt.Sprintf("4:menu:%d", n))
}

func complain(t *testing.T, r *messenger.Robot, times int) {
	t.Helper()
	for n := range times {
		filed, err := r.Complain("It broke")
		if want := fmt.Sprintf("JV-1405-00000%d-8", n+1); err != nil || filed.Number != want || !strings.HasPrefix(filed.Text, "It broke") {
			t.Fatalf("filed %+v, %v; want %s", filed, err, want)
		}
	}
}

func TestARobotFilesByTheButtonsOneComplaintAfterTheOther(t *testing.T) {
	r, b := robot(t, desk)
	complain(t, r, 3)
	if r.Strays != 0 || b.times("3:submit") != 3 {
		t.Errorf("astray %d, submitted %d times", r.Strays, b.times("3:submit"))
	}
}

// A kill doubles the question for the number. Who answers it twice by words has words under way when he submits; they
// are late when a second kill holds them up, since presses are in a queue of their own, and find no question any more.
func TestACopyOfAQuestionOfTheKeyboardIsAnsweredOnce(t *testing.T) {
	submitted := make(chan struct{})
	r, b := robot(t, func(b *bot, said string) {
		switch {
		case said == "3:submit":
			desk(b, said)
			close(submitted)
		case said == none && b.times(none) == 1:
			b.contact() // the copy, before what follows it
			desk(b, said)
		case said == none && b.times("/complaint") == 1:
			<-submitted
			b.ask("Did you mean one of these?", "Suggestion", "9:suggestion")
		default:
			desk(b, said)
		}
	})
	complain(t, r, 1)
	seen, _, err := r.Begin()
	if err != nil || !strings.Contains(seen.Text, "Tell us") {
		t.Errorf("the next complaint begins with %s, %v", seen, err)
	}
	if r.Strays != 0 || b.times(none) != 1 {
		t.Errorf("astray %d, saw %v; answered %d times", r.Strays, r.Astray, b.times(none))
	}
}

func TestAScreenThatNoComplaintHasLeadsAstrayAndHeBeginsAgain(t *testing.T) {
	for name, wrong := range map[string]func(*bot){
		"the menu":   func(b *bot) { b.ask("What can we do for you?", "Questions", "0:questions") },
		"an apology": func(b *bot) { b.say("Sorry, something went wrong.") },
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := robot(t, func(b *bot, said string) {
				if said == "2:done" && b.times(said) == 1 {
					wrong(b)
					return
				}
				desk(b, said)
			})
			complain(t, r, 1)
			if r.Strays != 1 || len(r.Astray) == 0 {
				t.Errorf("astray %d, saw %v", r.Strays, r.Astray)
			}
		})
	}
}

func TestANumberThatHeKnowsIsNoNewComplaint(t *testing.T) {
	r, _ := robot(t, func(b *bot, said string) {
		if said == "3:submit" && b.times(said) == 2 {
			b.ask("Tracking number: JV-1405-000001-8", "Main menu", "4:menu:again")
			return
		}
		desk(b, said)
	})
	complain(t, r, 2)
	if r.Strays != 1 {
		t.Errorf("astray %d: the old number was taken for the new complaint's", r.Strays)
	}
}

func TestABotThatFallsSilentOrAsksForEverIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		answer func(b *bot, said string)
		says   string
	}{
		"silent": {func(b *bot, said string) {
			if said != "2:done" {
				desk(b, said)
			}
		}, "nothing new"},
		"asks for ever": {func(b *bot, said string) {
			b.ask("Which of these", "I agree", fmt.Sprint("1:", b.times(said), said))
		}, "not there after 100 turns"},
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := robot(t, c.answer)
			if _, err := r.Complain("It broke"); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %q", err, c.says)
			}
		})
	}
}

func TestADrawnComplaintStopsBeforeItIsSubmitted(t *testing.T) {
	r, b := robot(t, desk)
	_, submit, err := r.Draw("It broke")
	if err != nil || submit.Data != "3:submit" || b.times("3:submit") != 0 {
		t.Errorf("%v, %v, submitted %d times", submit, err, b.times("3:submit"))
	}
}
