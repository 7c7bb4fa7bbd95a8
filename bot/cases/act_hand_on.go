package cases

import (
	"context"
	"fmt"

	"javab/bot"
)

// HandOn moves a case to the chat of another verified representative of the same company, when its member has left. A manager
// does it, and says why. The new one reads how the case stands, or the result that waits for a word. What was said before
// stays in the record of the chat in which it was said.
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

// heir is the member of a chat who may take over the case: his phone is proven, and his company is the member's own.
func (d *deed) heir(ctx context.Context, chat bot.ChatKey) (bot.Member, error) {
	his, err := d.tx.MemberOf(ctx, d.c.Chat)
	if err == nil {
		var heir bot.Member
		if heir, err = d.tx.MemberOf(ctx, chat); err == nil && heir.Verified && heir.Company != "" && heir.Company == his.Company {
			return heir, nil
		}
	}
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return bot.Member{}, fmt.Errorf("read the members of case %s: %w", d.c.Number, err)
	}
	return bot.Member{}, invalid("case_heir")
}
