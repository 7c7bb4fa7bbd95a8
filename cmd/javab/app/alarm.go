package app

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"javab/bot"
	"javab/bot/telegram"
	"javab/locales"
)

const (
	watchEvery   = time.Minute // between two looks at a channel
	watchPatient = 3           // failures in a row before anyone is woken
	watchPending = 500         // deliveries that wait at the messenger while it reports errors
)

// checkAlarms refuses settings by which no alarm would ever get through.
func (c Config) checkAlarms() error {
	return errors.Join(c.checkAlarmChat(), c.checkAlarmMail())
}

func (c Config) checkAlarmChat() error {
	if c.AlarmChat == "" {
		return nil
	}
	channel, chat, _ := strings.Cut(c.AlarmChat, ":")
	if channel == "" || chat == "" {
		return badValue("JAVAB_ALARM_CHAT", c.AlarmChat, "config.want.alarm_chat", nil)
	}
	var served []string
	for _, a := range c.accounts() {
		served = append(served, string(a.dialect.Channel))
	}
	if !slices.Contains(served, channel) {
		return &bot.Error{Kind: bot.Invalid, Key: "alarm_chat.channel", Params: map[string]string{
			"Channel": channel, "Channels": strings.Join(served, ", "),
		}}
	}
	return nil
}

func (c Config) checkAlarmMail() error {
	if c.AlarmMail == "" {
		return nil
	}
	if _, err := netmail.ParseAddress(c.AlarmMail); err != nil {
		return badValue("JAVAB_ALARM_MAIL", c.AlarmMail, "config.want.mail", nil)
	}
	if c.SMTP == "" {
		return &bot.Error{Kind: bot.Invalid, Key: "alarm_mail.no_server"}
	}
	return nil
}

// watch looks after a channel: when it fails, somebody hears of it by another way, and hears again when it works.
// Of several instances one does.
func (h *house) watch(ctx context.Context, c *telegram.Channel) {
	var p patient
	for sleep(ctx, h.watchEvery) {
		if held, err := h.inCharge(ctx, "watch."+string(c.ID), 2*h.watchEvery); err == nil && !held {
			p = patient{}
			continue
		}
		err := h.trouble(ctx, c)
		h.noteSeen(ctx, c.ID, err)
		if id := p.note(err); id != "" && ctx.Err() == nil {
			p.heard(id, h.alarm(ctx, c.ID, id, err))
		}
	}
}

// noteSeen notes that a channel works: what is not noted for a while was an outage, in which nobody's silence counts. Where
// the clock skips days nobody was away meanwhile.
func (h *house) noteSeen(ctx context.Context, channel bot.ChannelID, trouble error) {
	if trouble != nil || h.env.World != nil {
		return
	}
	if err := h.store.ChannelSeen(ctx, channel, h.env.Clock()); err != nil && ctx.Err() == nil {
		h.log.Warn("nobody notes that a channel works", "channel", channel, "error", err)
	}
}

// patient is what is known of a channel's health.
type patient struct {
	failures int  // in a row
	told     bool // somebody knows that it fails
}

// note takes a look's result in and returns what the operator must hear now, if anything.
func (p *patient) note(err error) string {
	if err == nil {
		p.failures = 0
		if p.told {
			return "alarm.recovered"
		}
		return ""
	}
	p.failures++
	if p.failures >= watchPatient && !p.told {
		return "alarm.failing"
	}
	return ""
}

// heard keeps what somebody was told; what nobody was is told again at the next look.
func (p *patient) heard(id string, through bool) {
	if through {
		p.told = id == "alarm.failing"
	}
}

// trouble asks the messenger how deliveries stand.
func (h *house) trouble(ctx context.Context, c *telegram.Channel) error {
	info, err := c.Profile.Info(ctx)
	if err != nil {
		return err
	}
	recent := h.env.Clock().Sub(info.LastErrorAt) < 2*watchEvery
	if recent && info.LastError != "" && info.Pending >= watchPending {
		return fmt.Errorf("%d deliveries wait at the messenger: %s", info.Pending, info.LastError)
	}
	return nil
}

// alarm tells the operator by every way that is set up and is not the failing channel itself. It reports whether that
// is done: by one way at least, or in the log alone where there is no other way.
func (h *house) alarm(ctx context.Context, failing bot.ChannelID, id string, cause error) bool {
	h.log.Error("alarm", "channel", failing, "what", id, "error", cause)
	words, err := locales.New(h.log)
	if err != nil {
		h.log.Error("the alarm has no words", "error", err)
		return false
	}
	data := map[string]any{"Channel": string(failing), "Cause": ""}
	if cause != nil {
		data["Cause"] = scrub(cause.Error())
	}
	message := words.T(h.env.lang(), id, data)
	ways, through := 0, 0
	for _, tell := range []func(context.Context, bot.ChannelID, string) (bool, error){h.alarmChat, h.alarmMail} {
		set, err := tell(ctx, failing, message)
		switch {
		case !set:
			continue
		case err != nil:
			h.log.Error("the alarm did not get through", "error", err)
		default:
			through++
		}
		ways++
	}
	return ways == 0 || through > 0
}

// alarmChat writes to the staff chat of another channel. It reports whether there is one.
func (h *house) alarmChat(ctx context.Context, failing bot.ChannelID, message string) (bool, error) {
	channel, chat, set := strings.Cut(h.config.AlarmChat, ":")
	if !set || bot.ChannelID(channel) == failing {
		return false, nil
	}
	c, err := h.channel(bot.ChannelID(channel))
	if err == nil {
		_, err = c.Sender.Send(ctx, chat, bot.Outbound{Lang: h.env.lang(), Segments: []bot.Segment{{Text: message}}})
	}
	return true, err
}

// alarmMail writes an e-mail. It reports whether it knows to whom.
func (h *house) alarmMail(ctx context.Context, _ bot.ChannelID, message string) (bool, error) {
	if h.config.AlarmMail == "" || h.config.SMTP == "" {
		return false, nil
	}
	return true, h.mail(ctx, message)
}

func (h *house) mail(ctx context.Context, message string) error {
	server, err := url.Parse(h.config.SMTP)
	if err != nil {
		return errors.New("JAVAB_SMTP is no address") // the error of Parse quotes it, with its password
	}
	client, err := mail.NewClient(server.Hostname(), mailOptions(server)...)
	if err != nil {
		return fmt.Errorf("reach the mail server: %w", err)
	}
	letter := mail.NewMsg()
	if err := errors.Join(letter.From(sender(server)), letter.To(h.config.AlarmMail)); err != nil {
		return fmt.Errorf("address the alarm: %w", err)
	}
	letter.Subject("Javab")
	letter.SetBodyString(mail.TypeTextPlain, message)
	return client.DialAndSendWithContext(ctx, letter)
}

func mailOptions(server *url.URL) []mail.Option {
	options := []mail.Option{mail.WithTimeout(15 * time.Second), mail.WithTLSPortPolicy(mail.TLSOpportunistic)}
	if server.Scheme == "smtps" {
		options = append(options, mail.WithSSL())
	}
	if port, err := strconv.Atoi(server.Port()); err == nil {
		options = append(options, mail.WithPort(port))
	}
	if password, set := server.User.Password(); set {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(server.User.Username()), mail.WithPassword(password))
	}
	return options
}

// sender is the account's own address, else one of the server's.
func sender(server *url.URL) string {
	if user := server.User.Username(); strings.Contains(user, "@") {
		return user
	}
	return "javab@" + server.Hostname()
}
