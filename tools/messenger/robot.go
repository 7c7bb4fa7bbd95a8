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
	// OnReply hears how long each reply took; may be nil.
	OnReply func(time.Duration)
	// Strays is how often he was led astray and began again; Astray is what he saw then.
	Strays int
	Astray []Seen

	told map[string]bool // numbers: a message that comes twice tells an old one
}

// wanted is what he presses where he finds it, the first that fits; else he presses the first button. It is how a member
// in a hurry gets to the number.
var wanted = []string{"Submit", "Done", "I don't have it", "I agree", "Myself", "new complaint"}

// number is how a filed complaint is confirmed.
var number = regexp.MustCompile(`Tracking number: \W*(JV-\d{4}-\d+(-\d)?)`)

// Filed is a complaint whose number the member was told, and what he wrote for it.
type Filed struct{ Number, Text string }

// Complain files one complaint by the buttons. Messages that come twice may lead him astray; then he begins again, as a
// person would. What he writes is different each time, so that nothing of it can come twice unseen.
func (r *Robot) Complain(account string) (Filed, error) {
	before, filed := r.Count(), Filed{}
	_, text, err := r.walk(account, func(Seen) bool {
		filed.Number = r.numberSince(before)
		return filed.Number != ""
	})
	filed.Text = text
	r.remember(filed.Number)
	return filed, err
}

// Draw fills a complaint in up to its summary, and returns that and the button that would submit it.
func (r *Robot) Draw(account string) (Seen, Button, error) {
	submit := func(b Button) bool { return strings.Contains(b.Text, "Submit") }
	seen, _, err := r.walk(account, func(s Seen) bool { return slices.ContainsFunc(s.Buttons, submit) })
	if err != nil {
		return seen, Button{}, err
	}
	return seen, seen.Buttons[slices.IndexFunc(seen.Buttons, submit)], nil
}

// Begin starts a complaint and goes on to where he may write what happened. He returns the button that ends that.
func (r *Robot) Begin() (Seen, Button, error) {
	done := func(b Button) bool { return strings.Contains(b.Text, "Done") }
	seen, _, err := r.walk("", func(s Seen) bool { return slices.ContainsFunc(s.Buttons, done) })
	if err != nil {
		return seen, Button{}, err
	}
	return seen, seen.Buttons[slices.IndexFunc(seen.Buttons, done)], nil
}

// walk goes on with a complaint until a message is what he looked for. It returns that, and what he wrote on the way.
func (r *Robot) walk(account string, found func(Seen) bool) (Seen, string, error) {
	from := r.Count()
	seen, err := r.tell("/complaint")
	var written []string
	for turn := 0; err == nil && turn < 100; turn++ {
		if found(seen) {
			return seen, strings.Join(written, "\n"), nil
		}
		if strings.Contains(seen.Text, "not sent anything") && !r.saw(from, "Received. Go on") {
			written = nil // he said it too early, at another question
		}
		told := len(written) > 0
		button, ok := r.pick(seen)
		switch {
		case !ok && told, ok && r.astray(seen, button):
			r.Strays++
			fresh := r.Fresh()
			r.Astray = fresh[max(0, len(fresh)-4):]
			written, from = nil, r.Count()
			seen, err = r.tell("/complaint")
		case ok && (told || !strings.Contains(button.Text, "Done")):
			seen, err = r.tap(seen, button)
		default:
			written = append(written, fmt.Sprintf("%s (%d)", account, turn))
			seen, err = r.tell(written[len(written)-1])
		}
	}
	if err != nil {
		return seen, "", err
	}
	return seen, "", fmt.Errorf("member %d is not there after 100 turns; last: %s", r.ID, seen)
}

// saw reports whether a message since the n-th had those words.
func (r *Robot) saw(n int, words string) bool {
	return slices.ContainsFunc(r.Fresh()[n:], func(s Seen) bool { return strings.Contains(s.Text, words) })
}

// astray reports that this is no question of a complaint.
func (r *Robot) astray(seen Seen, b Button) bool {
	known := func(label string) bool { return strings.Contains(b.Text, label) }
	return !slices.ContainsFunc(wanted, known) && !strings.Contains(seen.Text, "which of these") &&
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
	for _, s := range r.Fresh()[n:] {
		if found := number.FindStringSubmatch(s.Text); found != nil && !r.told[found[1]] {
			return found[1]
		}
	}
	return ""
}

// Greet says something and follows a path of buttons from there; "" is the first one, whatever it says.
func (r *Robot) Greet(words string, path ...string) error {
	from := r.Count()
	_, err := r.tell(words)
	for _, label := range path {
		if err != nil {
			return err
		}
		seen, button, missing := r.find(from, label)
		if err = missing; err == nil {
			from = r.Count()
			_, err = r.tap(seen, button)
		}
	}
	return err
}

// Expect waits for a message with a button, or finds it as the last one: a turn may say several things, and a kill may
// come between them.
func (r *Robot) Expect(label string) error {
	_, _, err := r.find(max(0, r.Count()-1), label)
	return err
}

// find looks for a button in the messages since the n-th, the last first, and waits for more of them.
func (r *Robot) find(n int, label string) (Seen, Button, error) {
	for deadline := time.Now().Add(r.Patience); ; {
		fresh := r.Fresh()
		for _, seen := range slices.Backward(fresh[n:]) {
			i := slices.IndexFunc(seen.Buttons, func(b Button) bool { return strings.Contains(b.Text, label) })
			if i >= 0 {
				return seen, seen.Buttons[i], nil
			}
		}
		if time.Now().After(deadline) {
			return Seen{}, Button{}, fmt.Errorf("member %d finds no button %q in: %v", r.ID, label, fresh[n:])
		}
		_, _ = r.Await(len(fresh), second) // whatever came, it is looked at
	}
}

func (r *Robot) pick(seen Seen) (Button, bool) {
	for _, label := range wanted {
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
	seen, err := r.Await(before, r.Patience)
	if r.OnReply != nil && err == nil {
		r.OnReply(time.Since(start))
	}
	for err == nil && (len(seen.Buttons) == 0 || strings.Contains(seen.Text, tooLate)) {
		fresh := r.Fresh()
		if last := fresh[len(fresh)-1]; last.At != seen.At {
			seen = last // it came while we were looking
			continue
		}
		next, quiet := r.Await(len(fresh), second)
		if quiet != nil {
			break
		}
		seen = next
	}
	return seen, err
}

// second is how long a second message of the same turn may take.
const second = 50 * time.Millisecond
