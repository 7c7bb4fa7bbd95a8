package desk

import (
	"context"
	"fmt"

	"javab/bot"
)

// opening finds the hand-over that an act is about. What by may not see is not there.
type opening func(a *act, ctx context.Context) error

// handed finds the hand-over that is not over.
func (a *act) handed(ctx context.Context) (err error) {
	a.hand, err = a.tx.Running(ctx, a.chat.Key)
	return a.visible(err)
}

// lately finds the hand-over that is not over, else the last one.
func (a *act) lately(ctx context.Context) (err error) {
	a.hand, err = a.tx.Latest(ctx, a.chat.Key)
	return a.visible(err)
}

// ever is lately, for chats too that were never handed over.
func (a *act) ever(ctx context.Context) error {
	_, err := a.tx.Latest(ctx, a.chat.Key)
	if bot.KindOf(err) == bot.NotFound && a.chat.Rev != 0 && Looks(a.by) { // 0: locking it has just made it
		return nil
	}
	return a.lately(ctx)
}

func (a *act) visible(err error) error {
	if bot.KindOf(err) == bot.NotFound || err == nil && a.by.ID != "" && !Sees(a.by, a.hand) {
		return hidden(a.chat.Key)
	}
	if err != nil {
		return fmt.Errorf("read hand-over of chat %s: %w", a.chat.Key, err)
	}
	return nil
}

// running reports whether the chat is in people's hands.
func (a *act) running() bool { return a.hand.ID != "" && a.hand.State != bot.HandOverEnded }
