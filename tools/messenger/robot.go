package messenger

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Robot is a member who knows what he wants and reads the buttons to get there.
type Robot struct {
	*Member
	Patience time.Duration // how long he waits for a reply
	// Prefer lists what he presses where he finds it, the first that fits; else he presses the first button.
	Prefer []string
	// OnReply hears how long each reply took; may be nil.
	OnReply func(time.Duration)
	Updates int

	told map[string]bool // numbers: a message that comes twice tells an old one
}

// number is how a filed complaint is confirmed.
var number = regexp.MustCompile(`Tracking number: \W*(JV-\d{4}-\d+(-\d)?)`)

// Complain files one complaint by the buttons and returns its number. Messages that come twice may lead him astray; then
// he begins again, as a person would.
func (r *Robot) Complain(account string) (string, error) {
	before := r.Count()
	seen, err := r.tell("/complaint")
	told := false
	for turn := 0; err == nil && turn < 100; turn++ {
		if found := r.numberSince(before); found != "" {
			r.remember(found)
			return found, nil
		}
		told = told && !strings.Contains(seen.Text, "not sent anything")
		button, ok := r.pick(seen)
		switch {
		case !ok && told, ok && r.astray(seen, button):
			told = false
			seen, err = r.tell("/complaint")
		case ok && (told || !strings.Contains(button.Text, "Done")):
			seen, err = r.tap(seen, button)
		default:
			told = true
			seen, err = r.tell(account)
		}
	}
	if err != nil {
		return "", err
	}
	return "", fmt.Errorf("member %d has no number after 100 turns; last: %s", r.ID, seen)
}

// astray reports that this is no question of a complaint.
func (r *Robot) astray(seen Seen, b Button) bool {
	known := func(label string) bool { return strings.Contains(b.Text, label) }
	return !slices.ContainsFunc(r.Prefer, known) && !strings.Contains(seen.Text, "which of these") &&
		!strings.Contains(seen.Text, "complaint about")
}

func (r *Robot) remember(number string) {
	if r.told == nil {
		r.told = make(map[string]bool)
	}
	r.told[number] = true
}

// numberSince finds a number that is new to him. It looks through all messages since the n-th: the number may be followed by a menu.
func (r *Robot) numberSince(n int) string {
	for _, s := range r.Seen()[n:] {
		if found := number.FindStringSubmatch(s.Text); found != nil && !r.told[found[1]] {
			return found[1]
		}
	}
	return ""
}

// Greet says something and follows a path of buttons from there; "" is the first one, whatever it says.
func (r *Robot) Greet(words string, path ...string) error {
	seen, err := r.tell(words)
	for _, label := range path {
		if err != nil {
			return err
		}
		var button Button
		if seen, button, err = r.find(seen, label); err == nil {
			seen, err = r.tap(seen, button)
		}
	}
	return err
}

// find looks for a button, and looks again for a while: the message that has it may still be on its way.
func (r *Robot) find(seen Seen, label string) (Seen, Button, error) {
	for deadline := time.Now().Add(r.Patience); ; {
		i := slices.IndexFunc(seen.Buttons, func(b Button) bool { return strings.Contains(b.Text, label) })
		if i >= 0 {
			return seen, seen.Buttons[i], nil
		}
		next, err := r.Await(r.Count(), second)
		if err == nil {
			seen = next
		} else if time.Now().After(deadline) {
			return seen, Button{}, fmt.Errorf("member %d finds no button %q in: %s", r.ID, label, seen)
		}
	}
}

func (r *Robot) pick(seen Seen) (Button, bool) {
	for _, label := range r.Prefer {
		for _, b := range seen.Buttons {
			if strings.Contains(b.Text, label) {
				return b, true
			}
		}
	}
	if len(seen.Buttons) == 0 {
		return Button{}, false
	}
	return seen.Buttons[0], true
}

func (r *Robot) tell(text string) (Seen, error) {
	return r.await(func() { r.Say(text) })
}

func (r *Robot) tap(on Seen, b Button) (Seen, error) {
	if b.Data == "" {
		return r.tell(b.Text)
	}
	return r.await(func() { r.Press(on, b) })
}

// await does something and waits for the bot's question. A message without buttons may be followed by another one; one
// that says that a button was an old one means that he was too quick, and looks again.
func (r *Robot) await(do func()) (Seen, error) {
	before, start := r.Count(), time.Now()
	do()
	r.Updates++
	seen, err := r.Await(before, r.Patience)
	if r.OnReply != nil && err == nil {
		r.OnReply(time.Since(start))
	}
	for err == nil && (len(seen.Buttons) == 0 || strings.Contains(seen.Text, "belongs to another step")) {
		next, quiet := r.Await(r.Count(), second)
		if quiet != nil {
			break
		}
		seen = next
	}
	return seen, err
}

// second is how long a second message of the same turn may take.
const second = 50 * time.Millisecond
