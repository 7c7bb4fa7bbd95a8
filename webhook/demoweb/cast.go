package demoweb

import (
	"context"
	_ "embed"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"javab/bot"
	"javab/webhook/emulator"
)

//go:embed cast/members.yaml
var castFile []byte

// Cast are members who write by themselves, so that who opens the desk finds it at work.
type Cast struct {
	Messenger *emulator.Server
	// Pause is about how long passes between two lines once all are in the queue.
	Pause time.Duration

	play
}

// play is what they do.
type play struct {
	Buttons map[bot.Lang]buttons
	Members []extra
}

// buttons are what the buttons on the way to an officer say; saying it is as good as pressing them.
type buttons struct{ Language, Done, Wait string }

// extra is one of them.
type extra struct {
	Name  struct{ First, Last string }
	Lang  bot.Lang
	Phone string
	About []string // what it is about
	Later []string // what he writes while he waits or is answered
}

// firstExtra is the id of the first of them; like those of the personas it stays the same over the years.
const firstExtra = 7101

// Play lets them write until ctx ends.
func (c *Cast) Play(ctx context.Context) error {
	if err := yaml.UnmarshalWithOptions(castFile, &c.play, yaml.Strict()); err != nil {
		return fmt.Errorf("read the demo's cast: %w", err)
	}
	for i, e := range c.Members {
		if err := c.enter(ctx, firstExtra+int64(i), e); err != nil {
			return err
		}
	}
	for n := 0; wait(ctx, c.Pause/2+rand.N(c.Pause)) == nil; n++ {
		i := n % len(c.Members)
		later := c.Members[i].Later
		if _, err := c.Messenger.Say(firstExtra+int64(i), later[n/len(c.Members)%len(later)]); err != nil {
			return err
		}
	}
	return nil
}

// enter brings one of them into the queue, by the way that everybody goes: he presses what he is offered, when it is there.
func (c *Cast) enter(ctx context.Context, id int64, e extra) error {
	c.Messenger.Join(emulator.Member{ID: id, First: e.Name.First, Last: e.Name.Last, Language: string(e.Lang), Phone: e.Phone})
	buttons := c.Buttons[e.Lang]
	done := offers(buttons.Done)
	if err := c.say(ctx, id, "/officer", offers(buttons.Language)); err != nil {
		return err
	}
	if err := c.say(ctx, id, buttons.Language, done); err != nil {
		return err
	}
	for _, text := range e.About {
		if _, err := c.Messenger.Say(id, text); err != nil {
			return err
		}
	}
	goesOn := func(m emulator.Message) bool { return !done(m) } // not the receipt for what it is about
	if err := c.say(ctx, id, buttons.Done, goesOn); err != nil {
		return err
	}
	view, err := c.Messenger.View(id)
	if err == nil && offers(buttons.Wait)(view.Messages[len(view.Messages)-1]) { // nobody is there at this hour
		_, err = c.Messenger.Say(id, buttons.Wait)
	}
	return err
}

func offers(button string) func(emulator.Message) bool {
	return func(m emulator.Message) bool { return strings.Contains(string(m.Markup), `"`+button+`"`) }
}

// patience is how long he waits for an answer before he goes on: a script may have been changed and offer something else.
const patience = 30 * time.Second

// say writes a line and waits for the bot's answer: the first message that is one.
func (c *Cast) say(ctx context.Context, id int64, text string, answer func(emulator.Message) bool) error {
	view, err := c.Messenger.View(id)
	if err != nil {
		return err
	}
	if _, err := c.Messenger.Say(id, text); err != nil {
		return err
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		events, more, err := c.Messenger.Events(id, view.LastSeq)
		if err != nil {
			return err
		}
		for _, e := range events {
			if e.Type == "message" && e.Message.From.Bot && answer(*e.Message) {
				return nil
			}
		}
		select {
		case <-more:
		case <-late.C:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
