package cases

import (
	"context"
	"fmt"
	"slices"

	"javab/bot"
)

// HandOn moves a case to the chat of another verified representative of the same company, when its member has left. A manager
// chooses him among the Heirs of the case, and says why. The new one reads how the case stands, or the result that waits for
// a word. What was said before stays in the record of the chat in which it was said.
type HandOn struct {
	Chat   bot.ChatKey
	Reason string
}

func (a HandOn) do(ctx context.Context, d *deed) error {
	if err := d.supervised(); err != nil {
		return err
	}
	reason, err := read(a.Reason, maxWords)
	if err != nil {
		return err
	}
	if d.idle = d.c.Chat == a.Chat; d.idle {
		return nil
	}
	heir, err := d.heir(ctx, a.Chat)
	if err != nil {
		return err
	}
	d.log(DidHandOn, "", reason, string(d.c.Member), string(heir.ID))
	d.chat = d.chats[a.Chat]
	if err := d.reachable(); err != nil {
		return err
	}
	d.c.Chat, d.c.Member, d.c.Phone = a.Chat, heir.ID, heir.Phone
	return d.greet()
}

// greet tells the new owner of a case how it stands.
func (d *deed) greet() (err error) {
	switch {
	case !d.c.State.Open():
		return nil
	case d.c.State == bot.Proposed:
		was := d.c.Closure
		if d.c, err = d.refuse(d.c, d.now); err != nil {
			return err
		}
		d.c, err = d.promise.propose(&d.letter, d.c, was.By, was.Result, "")
		return err
	}
	d.c.ToldAt, d.c.ToldDue = d.now, d.c.DueAt
	if err := d.promise.count(&d.c); err != nil {
		return err
	}
	d.say(d.c, fmt.Sprintf("case:%s:h%d", d.c.ID, d.now.UnixMilli()), DidHandOn, d.standing())
	return nil
}

// heir is the representative of a chat who may take over the case.
func (d *deed) heir(ctx context.Context, chat bot.ChatKey) (bot.Member, error) {
	heirs, err := d.tx.Heirs(ctx, d.c, mostHeirs)
	if err != nil {
		return bot.Member{}, fmt.Errorf("read who else stands for the company of case %s: %w", d.c.Number, err)
	}
	i := slices.IndexFunc(heirs, func(h Heir) bool { return h.Chat == chat })
	if i < 0 {
		return bot.Member{}, invalid("case_heir")
	}
	return heirs[i].Member, nil
}

// Heir is somebody who can take a case over: his phone is proven, his membership number is the member's own, and a chat
// reaches him. What a company is called proves nothing: everybody writes it as he likes.
type Heir struct {
	Member bot.Member
	Chat   bot.ChatKey
	// Entered says that staff entered his number into the register. Of any other only he says that it is his.
	Entered bool
}

// mostHeirs bounds those that are offered.
const mostHeirs = 100

// Heirs returns those to whom by may hand a case on, by name; who may not hand it on is offered nobody.
func (o *Office) Heirs(ctx context.Context, by bot.Staff, number bot.CaseNumber) (heirs []Heir, err error) {
	err = o.look(ctx, by, number, func(d *deed) (err error) {
		if err := d.supervised(); err != nil {
			return err
		}
		heirs, err = d.tx.Heirs(ctx, d.c, mostHeirs)
		return err
	})
	return heirs, err
}
