package messenger

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// toQueue is what he presses on his way to an officer.
var toQueue = []string{"Yes, let it wait", "Done"}

// The bot's words at both ends of a talk with an officer.
const (
	queued = "stays silent"
	queues = "chat is in the queue"
	held   = "is holding your chat"
	ended  = "Did you get your answer?"

	tooLate = "belongs to another step"
)

// settle waits until nothing more comes, and returns the last message: two things said at once have two answers, and who
// takes the first one for the second is one behind for ever.
func (r *Robot) settle() (last Seen) {
	for {
		n := r.Count()
		if _, err := r.Await(n, 6*second); err != nil {
			if fresh := r.Fresh(); len(fresh) > 0 {
				last = fresh[len(fresh)-1]
			}
			return last
		}
	}
}

// Consult asks for an officer, talks to him, and says at the end that he got his answer. reply is what he writes back to
// a message; empty: nothing.
func (r *Robot) Consult(about string, reply func(Seen) string) error {
	from := r.Count()
	if err := r.Queue(about); err != nil {
		return err
	}
	for deadline := time.Now().Add(r.Patience); time.Now().Before(deadline); {
		fresh := r.Fresh()
		if from == len(fresh) {
			_, _ = r.Await(from, second) // whatever came, it is looked at
			continue
		}
		seen := fresh[from]
		from++
		deadline = time.Now().Add(r.Patience)
		if strings.Contains(seen.Text, ended) && len(seen.Buttons) > 0 {
			if _, err := r.tap(seen, seen.Buttons[0]); err != nil {
				return err
			}
			return r.home()
		}
		if words := reply(seen); words != "" {
			r.Say(words)
		}
	}
	return fmt.Errorf("member %d was left alone with his officer after message %d", r.ID, from)
}

// home asks for the menu and waits for it. What he wrote in a talk may be taken, and answered as a question, only after
// the talk has ended; a chat is answered in order, so that nothing of it is left when the menu has come.
func (r *Robot) home() error {
	from := r.Count()
	r.Say("/start")
	_, _, err := r.find(from, "File a complaint")
	return err
}

// Queue asks for an officer and goes on until the bot says that one will answer.
func (r *Robot) Queue(about string) error {
	r.settle()
	from := r.Count()
	seen, err := r.tell("/officer")
	told := false
	for turn := 0; err == nil && turn < 10; turn++ {
		if r.saw(from, queued) || r.saw(from, queues) || r.saw(from, held) {
			return nil
		}
		if strings.Contains(seen.Text, tooLate) {
			seen = r.settle()
		}
		i := slices.IndexFunc(seen.Buttons, func(b Button) bool {
			return slices.ContainsFunc(toQueue, func(label string) bool { return strings.Contains(b.Text, label) })
		})
		switch {
		case i >= 0 && (told || !strings.Contains(seen.Buttons[i].Text, "Done")):
			seen, err = r.tap(seen, seen.Buttons[i])
		case i >= 0:
			told = true
			seen, err = r.tell(about)
		default:
			r.settle()
			seen, err = r.tell("/officer")
		}
	}
	if err != nil {
		return fmt.Errorf("on the way to an officer: %w", err)
	}
	return fmt.Errorf("member %d is not in the queue after 10 turns; last: %s", r.ID, seen)
}
