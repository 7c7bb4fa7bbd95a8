package app

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"javab/bot"
	"javab/bot/deliver"
	"javab/bot/telegram"
	"javab/webhook"
)

// account is one channel as the operator configures it.
type account struct {
	dialect           telegram.Dialect
	token, api, proxy string
	variable          string // the token's, for error messages
}

func (c Config) accounts() []account {
	var all []account
	if c.TelegramToken != "" {
		all = append(all, account{telegram.Telegram(), c.TelegramToken, c.TelegramAPI, c.TelegramProxy, "JAVAB_TELEGRAM_TOKEN"})
	}
	if c.BaleToken != "" {
		all = append(all, account{telegram.Bale(), c.BaleToken, c.BaleAPI, c.BaleProxy, "JAVAB_BALE_TOKEN"})
	}
	return all
}

func (h *house) openChannels() error {
	for _, a := range h.config.accounts() {
		channel, err := telegram.Open(telegram.Config{
			Dialect: a.dialect, Token: a.token, API: a.api, Proxy: a.proxy, Secrets: hookSecrets(h.config, h.vault, a.dialect.Channel),
			Bodies: h.body,
		})
		if err != nil {
			return badValue(a.variable, "…", "config.want.token", err)
		}
		h.channels = append(h.channels, channel)
	}
	return nil
}

func (h *house) senders() map[bot.ChannelID]deliver.Sender {
	senders := make(map[bot.ChannelID]deliver.Sender, len(h.channels))
	for _, c := range h.channels {
		senders[c.ID] = c.Sender
	}
	return senders
}

// hooks are the ways in, one per channel.
func (h *house) hooks() *webhook.Hooks {
	hooks := &webhook.Hooks{Acceptor: h.turn, Quarantine: unreadable{h.turn}, Metrics: h.metrics, Now: h.env.Clock, Log: h.log}
	for _, c := range h.channels {
		hooks.Channels = append(hooks.Channels, webhook.Channel{ID: c.ID, Secret: c.Caps.Secret, Receiver: c.Receiver})
	}
	return hooks
}

// refusal is a channel whose messenger does not take its token.
type refusal struct {
	channel bot.ChannelID
	cause   error
}

// checkTokens asks each messenger who we are, and leaves those out that refuse us: a refused token will not get better.
// It fails when no channel is left. A messenger that cannot be reached now may be reached later, and is served.
func (h *house) checkTokens(ctx context.Context) error {
	var refused []error
	for i, c := range slices.Clone(h.channels) {
		_, err := c.Profile.Me(ctx)
		switch {
		case err == nil:
		case bot.FaultOf(err) == bot.FaultUnauthorized:
			refused = append(refused, &bot.Error{Kind: bot.Invalid, Key: "token.refused", Err: err, Params: map[string]string{
				"Channel": string(c.ID), "Name": h.config.accounts()[i].variable,
			}})
			h.leaveOut(c, err)
		default:
			h.log.Warn("the messenger does not answer; going on without", "channel", c.ID, "error", err)
		}
	}
	if len(refused) > 0 && len(h.channels) == 0 {
		return errors.Join(refused...)
	}
	return nil
}

// leaveOut takes a channel out of service before anything runs. Its messages wait, unclaimed, for a start with a token
// that works; what members write waits at the messenger.
func (h *house) leaveOut(c *telegram.Channel, cause error) {
	h.channels = slices.DeleteFunc(h.channels, func(other *telegram.Channel) bool { return other == c })
	delete(h.courier.Senders, c.ID)
	h.leftOut = append(h.leftOut, refusal{c.ID, cause})
}

// place is an address for people: without user, password and parameters.
func place(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}
