package app

import (
	"context"
	"errors"

	"javab/bot"
	"javab/flows/scripts"
)

// openAnnex puts up as much of the house as a turn needs, beside the running one: no lock is taken, nothing is freed, and
// the replies are left to the server.
func openAnnex(ctx context.Context, e Environment, config Config) (_ *house, err error) {
	h := &house{env: e, config: config, log: e.logger(config.Log)}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.close())
		}
	}()
	store, v, err := visit(ctx, e, config)
	if err != nil {
		return nil, err
	}
	h.vault, h.store = v, store
	h.closers = append(h.closers, store.Close)
	if err := store.Ready(ctx); err != nil {
		return nil, err
	}
	if err := h.openHot(); err != nil {
		return nil, err
	}
	if err := h.openStudio(ctx, scripts.FS); err != nil {
		return nil, err
	}
	if err := h.openChannels(); err != nil {
		return nil, err
	}
	if err := h.assemble(ctx); err != nil {
		return nil, err
	}
	h.turn.Post = leave{}
	return h, nil
}

// leave leaves every message for the server to claim.
type leave struct{}

func (leave) Reserve(bot.ChannelID) bot.Lease           { return bot.Lease{} }
func (leave) Carry(bot.ChannelID, bot.Lease, []bot.Job) {}
func (leave) Wake(bot.ChatKey)                          {}
func (leave) Ack(bot.ChatKey, string)                   {}

// Excuse says nothing: the operator sees that the database is away.
func (leave) Excuse(bot.ChatKey, string, bot.Outbound) {}
