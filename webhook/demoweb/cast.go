package demoweb

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
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
	// Known is told of each who is in the chamber's register already, once he is in the queue. It may be nil.
	Known func(ctx context.Context, e Entry) error
	// Filed is told of each who has filed a case, and of what staff does to it. It may be nil.
	Filed func(ctx context.Context, id int64, deeds []Deed) error

	play
}

// play is what they do.
type play struct {
	Buttons map[bot.Lang]buttons
	Members []extra
	Cases   []filer
}

// buttons are what the buttons on the way to an officer say; saying it is as good as pressing them.
type buttons struct{ Language, Done, Wait string }

// extra is one of them.
type extra struct {
	Name  struct{ First, Last string }
	Lang  bot.Lang
	Phone string
	Entry Entry    // in the chamber's register; empty: he is not known
	About []string // what it is about
	Later []string // what he writes while he waits or is answered
}

// filer is a member who files a case, and what staff does to it.
type filer struct {
	Name  struct{ First, Last string }
	Lang  bot.Lang
	Phone string
	Way   []string // what he presses, where a button of that name is offered, and else says
	Staff []Deed
}

// Deed is one thing that one of the demo's staff does to a case.
type Deed struct {
	By   string // login
	Does string // take, begin, refer, await or propose
	Unit bot.UnitID
	Says string
}

// Entry is what the chamber's register knows of one of them.
type Entry struct {
	ID                int64  `yaml:"-"` // in the messenger
	Name, Phone       string `yaml:"-"`
	Company, Number   string
	NationalID, Email string
}

// firstExtra and firstFiler are the ids of the first of them; like those of the personas they stay the same over the years.
const (
	firstExtra = 7101
	firstFiler = 7201
)

// Play lets them write until ctx ends.
func (c *Cast) Play(ctx context.Context) error {
	if err := yaml.UnmarshalWithOptions(castFile, &c.play, yaml.Strict()); err != nil {
		return fmt.Errorf("read the demo's cast: %w", err)
	}
	for i, e := range c.Members {
		if err := c.enter(ctx, firstExtra+int64(i), e); err != nil && !errors.Is(err, errStrayed) {
			return err
		}
	}
	for i, f := range c.Cases {
		if err := c.file(ctx, firstFiler+int64(i), f); err != nil && !errors.Is(err, errStrayed) {
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
	if _, err := c.Messenger.Say(id, "/officer"); err != nil {
		return err
	}
	if err := c.press(ctx, id, buttons.Language); err != nil {
		return err
	}
	err := c.until(ctx, id, func(chat []emulator.Message) bool { return find(chat, buttons.Done).data != "" })
	if err == nil {
		err = c.tell(ctx, id, e.About, buttons.Done)
	}
	if err == nil {
		err = c.press(ctx, id, buttons.Done)
	}
	if err == nil {
		err = c.queue(ctx, id, buttons)
	}
	if err != nil || c.Known == nil || e.Entry == (Entry{}) {
		return err
	}
	e.Entry.ID, e.Entry.Name, e.Entry.Phone = id, e.Name.First+" "+e.Name.Last, e.Phone
	return c.Known(ctx, e.Entry)
}

// file files a case, by the way that everybody goes.
func (c *Cast) file(ctx context.Context, id int64, f filer) error {
	c.Messenger.Join(emulator.Member{ID: id, First: f.Name.First, Last: f.Name.Last, Language: string(f.Lang), Phone: f.Phone})
	said := 0
	for _, line := range f.Way {
		var err error
		if said, err = c.answer(ctx, id, said, line); err != nil {
			return err
		}
	}
	if c.Filed == nil {
		return nil
	}
	return c.Filed(ctx, id, f.Staff)
}

// answer presses the button of that name, or says the line when the bot has offered none since he last did something, and
// waits for the reply. It returns how long the chat was before.
func (c *Cast) answer(ctx context.Context, id int64, since int, line string) (int, error) {
	before, err := c.Messenger.View(id)
	if err != nil {
		return since, err
	}
	count := len(before.Messages)
	if b := find(before.Messages[since:], line); b.data != "" {
		_, err = c.Messenger.Press(id, b.message, b.data)
	} else {
		_, err = c.Messenger.Say(id, line)
	}
	if err == nil {
		err = c.until(ctx, id, func(chat []emulator.Message) bool { return len(chat) > count && chat[len(chat)-1].From.Bot })
	}
	if err == nil {
		err = wait(ctx, pace/2) // a reply may be several messages
	}
	return count, err
}

// pace is how fast people type: what is sent at once may reach the bot in another order.
const pace = 300 * time.Millisecond

// tell says what it is about, and waits for the receipt of the first line.
func (c *Cast) tell(ctx context.Context, id int64, about []string, done string) error {
	for i, text := range about {
		said, err := c.Messenger.Say(id, text)
		if err == nil && i == 0 {
			err = c.until(ctx, id, func(chat []emulator.Message) bool { return find(chat, done).message > said })
		}
		if err == nil {
			err = wait(ctx, pace)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// queue sees to it that the chat waits. When nobody is there at this hour the bot asks whether it shall, and asks again
// when a line has overtaken the answer.
func (c *Cast) queue(ctx context.Context, id int64, buttons buttons) error {
	for answered := int64(0); ; {
		var last emulator.Message
		err := c.until(ctx, id, func(chat []emulator.Message) bool {
			last = chat[len(chat)-1]
			return last.From.Bot && last.ID > answered && data(last, buttons.Done) == ""
		})
		if err != nil || data(last, buttons.Wait) == "" {
			return err
		}
		answered = last.ID
		if _, err := c.Messenger.Press(id, last.ID, data(last, buttons.Wait)); err != nil {
			return err
		}
	}
}

// press presses the newest button of that name, when it is there.
func (c *Cast) press(ctx context.Context, id int64, name string) error {
	var b button
	err := c.until(ctx, id, func(chat []emulator.Message) bool {
		b = find(chat, name)
		return b.data != ""
	})
	if err == nil {
		_, err = c.Messenger.Press(id, b.message, b.data)
	}
	return err
}

// button is one that the bot has offered: the message under which it is, and what it sends.
type button struct {
	message int64
	data    string
}

// find returns the newest button of that name; its data are empty when there is none.
func find(chat []emulator.Message, name string) button {
	for _, m := range slices.Backward(chat) {
		if data := data(m, name); data != "" {
			return button{m.ID, data}
		}
	}
	return button{}
}

// data is what a button of a message sends; empty when it has none of that name.
func data(m emulator.Message, name string) string {
	var markup struct {
		Rows [][]struct {
			Text string `json:"text"`
			Data string `json:"callback_data"`
		} `json:"inline_keyboard"`
	}
	if len(m.Markup) == 0 || json.Unmarshal(m.Markup, &markup) != nil {
		return ""
	}
	for _, row := range markup.Rows {
		for _, b := range row {
			if b.Text == name {
				return b.Data
			}
		}
	}
	return ""
}

// patience is how long he waits for what he expects: a script may have been changed and say something else.
const patience = 30 * time.Second

// errStrayed says that the bot took another way than the demo's members know.
var errStrayed = errors.New("the bot says something else than the members of the demo expect")

// until waits until the chat shows what he waits for.
func (c *Cast) until(ctx context.Context, id int64, seen func([]emulator.Message) bool) error {
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		view, err := c.Messenger.View(id)
		if err != nil {
			return err
		}
		if len(view.Messages) > 0 && seen(view.Messages) {
			return nil
		}
		since, more, err := c.Messenger.Events(id, view.LastSeq)
		if err != nil {
			return err
		}
		if len(since) > 0 {
			continue
		}
		select {
		case <-more:
		case <-late.C:
			return errStrayed
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
