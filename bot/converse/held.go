package converse

import (
	"context"
	"slices"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// rouse notes that the member writes in a chat that its officer has put off: it is in his hands again at once.
func (r *run) rouse() {
	switch r.in.Kind {
	case bot.KindEvent, bot.KindBlocked, bot.KindUnblocked, bot.KindIgnored:
		return
	}
	if r.chat.Mode == bot.ModeSnoozed {
		r.chat.Mode, r.wakes = bot.ModeHeld, true
	}
}

func (r *run) wake(ctx context.Context, tx Tx) error {
	lines, err := r.turn.Actions.Wake(ctx, tx, r.chat, r.now)
	r.rows.Messages = append(r.rows.Messages, lines...)
	return err
}

// cover notes that the form which the member is filling has become confidential by what he chose in it: so is all that he
// has said in it before.
func (r *run) cover() {
	if r.state.Confidential && r.state.Draft != "" && !(r.before.Confidential && r.before.Draft == r.state.Draft) {
		r.sealed = r.state.Draft
	}
}

// seal makes the rows of this turn confidential, and those of the turns before it.
func (r *run) seal(ctx context.Context, tx Tx) error {
	r.rows.Messages = slices.Clone(r.rows.Messages) // a closure may run twice: the plan's rows stay as they are
	for i := range r.rows.Messages {
		if m := &r.rows.Messages[i]; m.Draft == r.sealed {
			m.Unit, m.Confidential = r.state.Unit, true
		}
	}
	return tx.Seal(ctx, r.sealed, r.state.Unit)
}

// muted tells a member who asks for an officer until when none reads him.
func (r *run) muted() {
	if !r.chat.MutedUntil.After(r.now) {
		return
	}
	format := text.For(r.chat.Lang)
	words := strings.NewReplacer(
		"{date}", text.Isolate(format.LongDate(r.chat.MutedUntil)), "{time}", text.Isolate(format.Time(r.chat.MutedUntil)),
	).Replace(r.script.Notices[noticeMuted].In(r.chat.Lang))
	words = text.Finish(r.chat.Lang, words)
	r.say(bot.Outbound{Segments: []bot.Segment{{Text: words}}}, r.state.Flow, r.state.Step)
}
