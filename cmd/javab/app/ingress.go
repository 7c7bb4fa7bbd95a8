package app

import (
	"context"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/telegram"
	"javab/locales/text"
	"javab/storage"
	"javab/webhook"
)

// How the instances of an installation share a channel's way in. A lease outlives a round with room to spare: a poll
// waits up to 40 s, then what it brought is stored. After a hard kill the next start waits for its end.
const (
	ingressEvery = 10 * time.Minute // between two looks at the webhook: others may have taken it away
	ingressLease = time.Minute
	ingressRetry = 5 * time.Second
)

// way is one round of letting updates in; it says when to come again.
type way func(context.Context, *telegram.Channel) time.Duration

// ingress makes sure that a channel's updates reach us, by webhook or by polling. It tries for ever: an unreachable
// messenger never stops the program. Of several instances one at a time is in charge.
func (h *house) ingress(ctx context.Context, c *telegram.Channel) {
	round := h.register()
	if h.config.PublicURL == "" {
		h.log.Info("no public address: asking the messenger for updates", "channel", c.ID)
		round = h.poll(h.hooks())
	}
	name := "ingress." + string(c.ID)
	defer h.stepBack(ctx, name)
	for introduced := false; ctx.Err() == nil; {
		pause := ingressRetry
		if held, err := h.inCharge(ctx, name, ingressLease); err != nil {
			h.log.Warn("who is in charge of the way in could not be read; trying again", "channel", c.ID, "error", err)
		} else if held {
			if !introduced {
				introduced = true
				go h.introduce(ctx, c)
			}
			pause = round(ctx, c)
		}
		sleep(ctx, pause)
	}
}

// inCharge takes or renews a lease among the instances. An embedded installation has only one, which always holds it.
func (h *house) inCharge(ctx context.Context, name string, length time.Duration) (bool, error) {
	now := h.env.Clock()
	return h.store.Lease(ctx, storage.SettingLease+name, h.courier.Owner, now, now.Add(length))
}

// stepBack ends a lease of ours at a shutdown, so that another instance need not wait for its end.
func (h *house) stepBack(ctx context.Context, name string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if _, err := h.inCharge(ctx, name, 0); err != nil {
		h.log.Debug("lease not ended", "name", name, "error", err)
	}
}

// register points the messenger at us wherever it does not already.
func (h *house) register() way {
	told := false
	return func(ctx context.Context, c *telegram.Channel) time.Duration {
		url := strings.TrimRight(h.config.PublicURL, "/") + "/hook/" + string(c.ID)
		if err := c.Profile.Webhook(ctx, url, hookSecrets(h.config, h.vault, c.ID)[0]); err != nil {
			if ctx.Err() == nil {
				h.log.Warn("the webhook could not be registered; trying again", "channel", c.ID, "error", err)
			}
			return ingressRetry
		}
		if !told {
			told = true
			h.log.Info("webhook registered", "channel", c.ID, "url", url)
		}
		return ingressEvery
	}
}

// introduce publishes the bot's commands and descriptions, also (under no language) for members whose phone speaks
// another one than the bot. What cannot be published is no reason for anything.
func (h *house) introduce(ctx context.Context, c *telegram.Channel) {
	for _, lang := range append([]bot.Lang{""}, bot.Langs[:]...) {
		words := lang
		if lang == "" {
			words, _ = text.LangOf("")
		}
		if err := c.Profile.Publish(ctx, lang, h.about(words)); err != nil {
			h.log.Debug("profile not published", "channel", c.ID, "lang", lang, "error", err)
		}
	}
}

// poll asks for updates and handles each as if it had been sent. The cursor moves only past what is stored; a batch of
// which something is not comes again whole, and receipts make sure that nothing acts twice.
func (h *house) poll(hooks *webhook.Hooks) way {
	cursor := ""
	return func(ctx context.Context, c *telegram.Channel) time.Duration {
		raws, next, err := c.Profile.Poll(ctx, cursor)
		if err != nil {
			if ctx.Err() == nil {
				h.log.Warn("the messenger does not answer", "channel", c.ID, "error", err)
			}
			return ingressRetry
		}
		for _, raw := range raws {
			if !hooks.Take(ctx, c.ID, raw) {
				return time.Second
			}
		}
		cursor = next
		return 0
	}
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
