package cases

import (
	"context"
	"fmt"

	"javab/bot"
	"javab/locales/text"
)

// Tell writes to the member about his case; it is a word to him as any notice is. What by may not say alone is held until
// somebody else says yes.
type Tell struct {
	ID    string // the form's own: the same is written once
	Text  string
	Await bool // and the case waits for what he is asked for
}

func (a Tell) do(ctx context.Context, d *deed) (err error) {
	if err := readID(a.ID); err != nil {
		return err
	}
	if a.Text, err = read(a.Text, maxWords); err != nil {
		return err
	}
	if known, err := d.told(ctx, a); known || err != nil {
		return err
	}
	if err := d.reachable(); err != nil {
		return err
	}
	held, err := d.hold(ctx, a.ID, bot.ApproveNotice, a.Text, a)
	if held || err != nil {
		return err
	}
	return a.carry(ctx, d)
}

// told reports whether the same form has come before. Its id with other words is a conflict.
func (d *deed) told(ctx context.Context, a Tell) (bool, error) {
	written, err := d.tx.Written(ctx, a.key(d.c))
	switch {
	case bot.KindOf(err) == bot.NotFound:
		return false, nil
	case err != nil:
		return false, fmt.Errorf("read what was told of case %s: %w", d.c.Number, err)
	case text.Unmark(written.Text) != text.Unmark(d.wording(a)):
		return false, conflict("case_repeated")
	}
	d.idle = true
	return true, nil
}

func (a Tell) key(c bot.Case) string { return fmt.Sprintf("case:%s:t%s", c.ID, a.ID) }

// reachable refuses to write to somebody whom no message reaches.
func (d *deed) reachable() error {
	if d.chat.Blocked {
		return conflict("chat_blocked")
	}
	return nil
}

// carry writes it.
func (a Tell) carry(_ context.Context, d *deed) error {
	if err := d.reachable(); err != nil {
		return err
	}
	d.say(d.c, a.key(d.c), DidTell, []string{d.wording(a)})
	d.signs()
	if d.c.ToldAt = d.now; d.c.AnsweredAt.IsZero() {
		d.c.AnsweredAt = d.now
	}
	if a.Await {
		return d.awaitMember(a.Text)
	}
	d.log(DidTell, a.Text, "", "", a.ID)
	return nil
}

// wording is the officer's text, below a line that says which case it is about.
func (d *deed) wording(a Tell) string {
	return d.words(textTold, "number", d.c.Number.String()) + "\n" + a.Text
}

// signs makes what was just written the words of whoever acts.
func (d *deed) signs() { d.rows.Messages[len(d.rows.Messages)-1].Author = d.by.Author() }
