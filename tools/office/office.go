package office

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"javab/tools/messenger"
)

// Office is the officers at work. Set the fields, then Open.
type Office struct {
	Officers []*Officer
	Answers  int           // replies after which no member is sent to them any more, about
	Patience time.Duration // how long they wait for a member's last word
	Again    float64       // share of posts that are posted twice on purpose, some of them at once

	busy    atomic.Int64 // members who are with them or on their way
	answers atomic.Int64 // replies that were answered
	shut    atomic.Bool
	done    sync.WaitGroup

	mu       sync.Mutex
	posted   []Posted
	repeats  int // posted twice on purpose
	cut      int // posted again because the answer was cut
	talks    int
	troubles []error
}

// Posted is one reply or note, and whether the desk said that it has it.
type Posted struct {
	Chat  string
	ID    string
	Words string
	Note  bool
	Taken bool
}

const (
	perTalk = 4 // replies that a member gets on the average
	atOnce  = 4 // talks that an officer has at once
)

// Open lets them begin.
func (o *Office) Open(ctx context.Context) {
	for _, one := range o.Officers {
		for range atOnce {
			o.done.Go(func() { o.work(ctx, one) })
		}
	}
}

func (o *Office) work(ctx context.Context, one *Officer) {
	for !o.shut.Load() && ctx.Err() == nil {
		if err := o.serve(ctx, one); err != nil && ctx.Err() == nil {
			o.trouble(fmt.Errorf("%s: %w", one.Name, err))
			time.Sleep(pause)
		}
	}
}

// Close lets them go home when each has ended his talk.
func (o *Office) Close() {
	o.shut.Store(true)
	o.done.Wait()
}

func (o *Office) trouble(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.troubles = append(o.troubles, err)
}

// Trouble is what kept them from their work; nil when nothing did.
func (o *Office) Trouble() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return errors.Join(o.troubles[:min(3, len(o.troubles))]...)
}

// Wants reports whether a member should go to them now, when that share of all work is done: their talks are spread over
// all of it, and each seat is taken from the beginning. Who goes must come back with Left.
func (o *Office) Wants(share float64) bool {
	seats, coming := len(o.Officers)*atOnce, int(o.busy.Load())
	answers := int(o.answers.Load()) + coming*perTalk
	if answers >= o.Answers || float64(answers) >= float64(o.Answers)*share && coming >= seats {
		return false
	}
	o.busy.Add(1)
	return true
}

// Left is told when a member has had his talk.
func (o *Office) Left() { o.busy.Add(-1) }

// serve takes the next chat that waits and talks to the member to the end.
func (o *Office) serve(ctx context.Context, one *Officer) error {
	chats, err := one.List(ctx, "waiting")
	if err != nil || len(chats) == 0 {
		time.Sleep(pause)
		return err
	}
	chat := chats[rand.IntN(min(len(chats), atOnce*len(o.Officers)))]
	if !one.begin(chat) {
		return nil
	}
	defer one.end(chat)
	form, err := one.Claim(ctx, chat)
	if err != nil || form == "" {
		return err
	}
	return o.talk(ctx, one, chat, form)
}

// talk answers, with a note here and there, waits for the member's last word and closes.
func (o *Office) talk(ctx context.Context, one *Officer, chat, form string) error {
	o.mu.Lock()
	o.talks++
	o.mu.Unlock()
	n, talk := 1+rand.IntN(2*perTalk-1), inLetters(form)
	for i := 1; i <= n; i++ {
		if rand.IntN(4) == 0 {
			next, err := o.write(ctx, one, Posted{chat, form, fmt.Sprintf("Note %d of %s: nobody but us reads %s", i, one.Name, inLetters(form)), true, false})
			if err != nil {
				return err
			}
			form = next
		}
		next, err := o.write(ctx, one, Posted{chat, form, answerOf(i, n, talk, one.Name), false, false})
		if err != nil {
			return err
		}
		form = next
	}
	if err := o.lastWord(ctx, one, chat, talk); err != nil {
		return err
	}
	return one.Close(ctx, chat)
}

// write posts once, or on purpose twice, and returns the id of the next form.
func (o *Office) write(ctx context.Context, one *Officer, p Posted) (next string, err error) {
	what := "reply"
	if p.Note {
		what = "note"
	}
	var twin sync.WaitGroup
	twice, together := rand.Float64() < o.Again, rand.IntN(2) == 0
	repeat := func() {
		if w, err := one.Write(ctx, p.Chat, what, p.ID, p.Words); err == nil && !w.taken {
			o.trouble(fmt.Errorf("a repeated %s was refused: %q", what, p.Words))
		}
	}
	if twice && together {
		twin.Go(repeat)
	}
	w, err := one.Write(ctx, p.Chat, what, p.ID, p.Words)
	if twice && !together && err == nil {
		repeat()
	}
	twin.Wait()
	p.Taken = w.taken && err == nil
	o.keep(p, twice, w.again)
	switch {
	case err != nil:
		return "", err
	case !w.taken:
		return "", fmt.Errorf("a %s was refused: %q", what, p.Words)
	case w.next == "":
		return "", fmt.Errorf("no box to write in after %q", p.Words)
	}
	return w.next, nil
}

func (o *Office) keep(p Posted, twice, again bool) {
	if p.Taken && !p.Note {
		o.answers.Add(1)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.posted = append(o.posted, p)
	if twice {
		o.repeats++
	}
	if again {
		o.cut++
	}
}

// lastWord waits until the chat's page shows what the member says at the end.
func (o *Office) lastWord(ctx context.Context, one *Officer, chat, talk string) error {
	for deadline := time.Now().Add(o.Patience); time.Now().Before(deadline); time.Sleep(2 * pause) {
		heard, err := one.Heard(ctx, chat, goodbye(talk))
		if heard || err != nil {
			return err
		}
	}
	return fmt.Errorf("the member of chat %s never said goodbye", chat)
}

// inLetters writes an id without figures: one that ends in 71aed would be read as a sum of money, and held for a manager.
func inLetters(id string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return 'g' + c - '0'
		}
		return c
	}, id)
}

// answerOf are the words of a reply: the member knows by them which one it is, and of which talk.
func answerOf(i, n int, talk, name string) string {
	return fmt.Sprintf("Answer %d of %d in %s by %s", i, n, talk, name)
}

func goodbye(talk string) string { return "Goodbye and thank you for " + talk }

// Reply is what a member writes back: to a first answer he also asks the bot something, so that it writes in between.
func (*Office) Reply(seen messenger.Seen) string {
	var i, n int
	var talk string
	if _, err := fmt.Sscanf(seen.Text, "Answer %d of %d in %s by", &i, &n, &talk); err != nil {
		return ""
	}
	switch i {
	case n:
		return goodbye(talk)
	case 1:
		return "/track"
	}
	return fmt.Sprintf("I see, %d of %s", i, talk)
}
