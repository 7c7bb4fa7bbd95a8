package app

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"javab/bot"
	"javab/storage"
	"javab/webhook/deskweb"
)

// deskSignals are what the desks of all instances tell one another, and what the turns tell them.
type deskSignals struct {
	wire storage.Signals
	// place says where a chat stands, and so whom a word of it reaches.
	place func(context.Context, bot.ChatKey) (bot.HandOver, error)
}

// deskTopic is where the pages tell one another who looks at what.
const deskTopic = "desk"

// Publish implements deskweb.Signals.
func (s deskSignals) Publish(ctx context.Context, signal deskweb.Signal) error {
	message, err := json.Marshal(signal)
	if err != nil {
		return fmt.Errorf("write a signal: %w", err)
	}
	return s.wire.Publish(ctx, deskTopic, message)
}

// Subscribe implements deskweb.Signals.
func (s deskSignals) Subscribe(ctx context.Context) (<-chan deskweb.Signal, error) {
	told, err := s.wire.Subscribe(ctx, deskTopic)
	if err != nil {
		return nil, err
	}
	moved, err := s.wire.Subscribe(ctx, storage.Moved)
	if err != nil {
		return nil, err
	}
	signals := make(chan deskweb.Signal)
	go func() {
		defer close(signals)
		inHand := map[bot.ChatKey]bool{} // so that a chat which goes back to the bot is told of once
		for told != nil || moved != nil {
			var signal deskweb.Signal
			ok := false
			select {
			case message, open := <-told:
				if !open {
					told = nil
				}
				ok = open && json.Unmarshal(message, &signal) == nil
			case message, open := <-moved:
				if !open {
					moved = nil
				}
				if open {
					if signal, ok = ofChat(string(message), inHand); ok {
						signal, ok = s.placed(ctx, signal)
					}
				}
			}
			if !ok {
				continue
			}
			select {
			case signals <- signal:
			case <-ctx.Done():
				return
			}
		}
	}()
	return signals, nil
}

// placed adds whom a change of a chat reaches. Where that cannot be read, nobody is told: every list is read anew from time
// to time.
func (s deskSignals) placed(ctx context.Context, signal deskweb.Signal) (deskweb.Signal, bool) {
	h, err := s.place(ctx, signal.Chat)
	signal.Unit, signal.Confidential, signal.By, signal.Named, signal.About = h.Unit, h.Confidential, h.Holder, h.Named, h.About
	return signal, err == nil
}

// ofChat is what a chat's move means to the desks: nothing, while the bot answers in it.
func ofChat(message string, inHand map[bot.ChatKey]bool) (deskweb.Signal, bool) {
	name, mode, _ := strings.Cut(message, " ")
	chat := bot.ChatKey(name)
	was := inHand[chat]
	if bot.Mode(mode) == bot.ModeBot {
		delete(inHand, chat)
	} else {
		inHand[chat] = true
	}
	return deskweb.Signal{Kind: deskweb.ChatChanged, Chat: chat}, was || inHand[chat]
}
