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
}

// number is how a filed complaint is confirmed.
var number = regexp.MustCompile(`JV-\d{4}-\d+(-\d)?`)

// Complain files one complaint by the buttons and returns its number.
func (r *Robot) Complain(account string) (string, error) {
	before := r.Count()
	seen, err := r.tell("/complaint")
	told := false
	for turn := 0; err == nil && turn < 30; turn++ {
		if found := r.numberSince(before); found != "" {
			return found, nil
		}
		button, ok := r.pick(seen)
		switch {
		case ok && (told || !strings.Contains(button.Text, "Done")):
			seen, err = r.tap(seen, button)
		case !told:
			told = true
			seen, err = r.tell(account)
		default:
			return "", fmt.Errorf("member %d does not know what to say to: %s", r.ID, seen)
		}
	}
	if err != nil {
		return "", err
	}
	return "", fmt.Errorf("member %d has no number after 30 turns; last: %s", r.ID, seen)
}

// numberSince looks through all messages since the n-th: the number may be followed by a menu.
func (r *Robot) numberSince(n int) string {
	for _, s := range r.Seen()[n:] {
		if found := number.FindString(s.Text); found != "" {
			return found
		}
	}
	return ""
}

// Greet says something and follows a path of buttons from there.
func (r *Robot) Greet(words string, path ...string) error {
	seen, err := r.tell(words)
	for _, label := range path {
		if err != nil {
			return err
		}
		i := slices.IndexFunc(seen.Buttons, func(b Button) bool { return strings.Contains(b.Text, label) })
		if i < 0 {
			return fmt.Errorf("member %d finds no button %q in: %s", r.ID, label, seen)
		}
		seen, err = r.tap(seen, seen.Buttons[i])
	}
	return err
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
