package app

import (
	"context"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/telegram"
)

// ingress makes sure that a channel's updates reach us, by webhook or by polling, and hears of trouble at the
// messenger. It tries for ever: an unreachable messenger never stops the program.
func (h *house) ingress(ctx context.Context, c *telegram.Channel) {
	if h.config.PublicURL == "" {
		h.poll(ctx, c)
		return
	}
	url := strings.TrimRight(h.config.PublicURL, "/") + "/hook/" + string(c.ID)
	secret := hookSecrets(h.config, h.vault, c.ID)[0]
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := c.Profile.Webhook(ctx, url, secret)
		if err == nil {
			h.log.Info("webhook registered", "channel", c.ID, "url", url)
			break
		}
		h.log.Warn("the webhook could not be registered; trying again", "channel", c.ID, "error", err)
		if !sleep(ctx, wait) {
			return
		}
	}
	h.introduce(ctx, c)
}

// introduce publishes the bot's commands and descriptions. What cannot be published is no reason for anything.
func (h *house) introduce(ctx context.Context, c *telegram.Channel) {
	for _, lang := range bot.Langs {
		if err := c.Profile.Publish(ctx, lang, h.about(lang)); err != nil {
			h.log.Debug("profile not published", "channel", c.ID, "lang", lang, "error", err)
		}
	}
}

// poll asks for updates and hands each to the turn, as the webhook would. The cursor moves only past what is stored.
func (h *house) poll(ctx context.Context, c *telegram.Channel) {
	h.log.Info("no public address: asking the messenger for updates", "channel", c.ID)
	h.introduce(ctx, c)
	cursor := ""
	for ctx.Err() == nil {
		raws, next, err := c.Profile.Poll(ctx, cursor)
		if err != nil && ctx.Err() == nil {
			h.log.Warn("the messenger does not answer", "channel", c.ID, "error", err)
			sleep(ctx, 5*time.Second)
			continue
		}
		if h.takeAll(ctx, c, raws) {
			cursor = next
		} else {
			sleep(ctx, time.Second)
		}
	}
}

// takeAll hands updates over in order and reports whether all of them are stored. After a failure the whole batch comes
// again; receipts make sure that nothing is handled twice.
func (h *house) takeAll(ctx context.Context, c *telegram.Channel, raws [][]byte) bool {
	for _, raw := range raws {
		in, err := c.Receiver.Parse(raw)
		if err != nil {
			id, _ := c.Receiver.Key(raw)
			err = h.turn.Refuse(ctx, bot.ReceiptKey{Source: c.ID, ID: id}, raw, err.Error(), h.env.Clock())
		} else {
			err = h.turn.Handle(ctx, in)
		}
		if bot.KindOf(err) == bot.Unavailable || ctx.Err() != nil {
			return false
		}
	}
	return true
}

// housekeeping deletes, once an hour, what has outlived its class.
func (h *house) housekeeping(ctx context.Context) {
	for sleep(ctx, time.Hour) {
		if n, err := h.store.Purge(ctx, h.env.Clock()); err != nil {
			h.log.Warn("old rows not deleted", "error", err)
		} else if n > 0 {
			h.log.Info("old rows deleted", "rows", n)
		}
	}
}

// sleep waits and reports whether ctx still lives.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}
