package app

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/telegram"
)

// messengers looks at each channel: can it be reached, does it take the token, does it deliver.
func (d *doctor) messengers(ctx context.Context) {
	d.publicURL()
	h := &house{config: d.config, vault: d.vault, env: d.env}
	if err := h.openChannels(); err != nil {
		d.refused("channels", err)
		return
	}
	for i, c := range h.channels {
		d.progress("doctor.progress", params{"Channel": c.ID})
		date, reached := d.reach(ctx, c, d.config.accounts()[i])
		d.settled()
		if !reached {
			continue
		}
		d.clock(c, date)
		if d.token(ctx, c, d.config.accounts()[i]) {
			d.webhook(ctx, c)
		}
	}
}

// telegramPorts are those that Telegram delivers to.
var telegramPorts = []string{"", "443", "80", "88", "8443"}

func (d *doctor) publicURL() {
	if d.config.PublicURL == "" || len(d.config.accounts()) == 0 {
		return
	}
	u, err := url.Parse(d.config.PublicURL)
	if err != nil || isLoopback(u.Hostname()) {
		return
	}
	data := params{"URL": place(d.config.PublicURL), "Port": u.Port()}
	if u.Scheme != "https" {
		d.find(problem, "url", "plain", data)
	}
	if d.config.TelegramToken != "" && !slices.Contains(telegramPorts, u.Port()) {
		d.find(problem, "url", "port", data)
	}
}

// reach makes one call without the token. Any answer of any kind is a sign of life, and tells the time.
func (d *doctor) reach(ctx context.Context, c *telegram.Channel, a account) (date time.Time, reached bool) {
	p := probe{base: a.api, official: a.dialect.API, proxy: a.proxy}
	data := params{"Channel": string(c.ID), "Host": hostOf(a.api), "Proxy": ""}
	if a.proxy != "" {
		data["Proxy"] = place(a.proxy)
	}
	date, stage, err := p.run(ctx)
	if err == nil {
		d.find(fine, "reach", "good", data)
		return date, true
	}
	data["Cause"] = cause(err)
	d.find(problem, "reach", string(stage), data)
	return date, false
}

// The bounds of the clock. Leases of jobs are 30 seconds long, and several instances compare them.
const (
	oddClock   = 5 * time.Second
	wrongClock = 20 * time.Second
)

func (d *doctor) clock(c *telegram.Channel, date time.Time) {
	if date.IsZero() {
		return
	}
	off := d.env.Clock().Sub(date).Round(time.Second)
	data := params{"Channel": string(c.ID), "Seconds": int(off.Abs().Seconds())}
	switch {
	case off.Abs() > wrongClock:
		d.find(problem, "clock", "wrong", data)
	case off.Abs() > oddClock:
		d.find(warning, "clock", "odd", data)
	default:
		d.find(fine, "clock", "good", data)
	}
}

// token reports whether the messenger takes it.
func (d *doctor) token(ctx context.Context, c *telegram.Channel, a account) bool {
	me, err := c.Profile.Me(ctx)
	data := params{"Channel": string(c.ID), "Bot": me.Username, "Name": a.variable}
	if err == nil {
		d.find(fine, "token", "good", data)
		return true
	}
	data["Cause"] = cause(err)
	if bot.FaultOf(err) == bot.FaultUnauthorized {
		d.find(problem, "token", "refused", data)
	} else {
		d.find(problem, "token", "down", data)
	}
	return false
}

const (
	manyPending = 100       // deliveries that wait at the messenger
	freshError  = time.Hour // an older one is history
)

// webhook compares where the messenger delivers with where it should.
func (d *doctor) webhook(ctx context.Context, c *telegram.Channel) {
	info, err := c.Profile.Info(ctx)
	data := params{"Channel": string(c.ID), "Have": info.URL, "Pending": info.Pending, "Error": scrub(info.LastError)}
	if err != nil {
		data["Cause"] = cause(err)
		d.find(warning, "webhook", "unknown", data)
		return
	}
	want := ""
	if d.config.PublicURL != "" {
		want = strings.TrimRight(d.config.PublicURL, "/") + "/hook/" + string(c.ID)
	}
	data["Want"] = want
	good := true
	warn := func(what string) { good = false; d.find(warning, "webhook", what, data) }
	if have := strings.TrimSuffix(info.URL, "/***"); have != want && want == "" {
		warn("set") // serve takes it away when it begins to poll
	} else if have != want {
		warn("other")
	}
	if info.Pending > manyPending {
		warn("pending")
	}
	if info.LastError != "" && d.env.Clock().Sub(info.LastErrorAt) < freshError {
		warn("failing")
	}
	switch {
	case good && want == "":
		d.find(fine, "webhook", "polling", data)
	case good:
		d.find(fine, "webhook", "good", data)
	}
}
