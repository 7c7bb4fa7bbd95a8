package app

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"javab/bot"
	"javab/bot/telegram"
	"javab/locales"
)

const (
	watchEvery   = time.Minute
	watchPatient = 3   // failures in a row before anyone is woken
	watchPending = 500 // deliveries that wait at the messenger while it reports errors
)

// watch looks after a channel: when it fails, somebody hears of it by another way, and hears again when it works.
func (h *house) watch(ctx context.Context, c *telegram.Channel) {
	failures, told := 0, false
	for sleep(ctx, watchEvery) {
		err := h.trouble(ctx, c)
		switch {
		case err == nil && told:
			told = false
			h.alarm(ctx, c.ID, "alarm.recovered", nil)
		case err != nil:
			failures++
			if failures >= watchPatient && !told {
				told = true
				h.alarm(ctx, c.ID, "alarm.failing", err)
			}
			continue
		}
		failures = 0
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

// alarm tells the operator by every way that is set up and is not the failing channel itself.
func (h *house) alarm(ctx context.Context, failing bot.ChannelID, id string, cause error) {
	words, err := locales.New(h.log)
	if err != nil {
		return
	}
	data := map[string]any{"Channel": string(failing), "Cause": ""}
	if cause != nil {
		data["Cause"] = scrub(cause.Error())
	}
	message := words.T(h.env.lang(), id, data)
	h.log.Error("alarm", "channel", failing, "what", id, "error", cause)
	if err := errors.Join(h.alarmChat(ctx, failing, message), h.alarmMail(ctx, message)); err != nil {
		h.log.Error("the alarm did not get through", "error", err)
	}
}

// alarmChat writes to the staff chat of another channel.
func (h *house) alarmChat(ctx context.Context, failing bot.ChannelID, message string) error {
	channel, chat, set := strings.Cut(h.config.AlarmChat, ":")
	if !set || bot.ChannelID(channel) == failing {
		return nil
	}
	for _, c := range h.channels {
		if c.ID == bot.ChannelID(channel) {
			_, err := c.Sender.Send(ctx, chat, bot.Outbound{Lang: h.env.lang(), Segments: []bot.Segment{{Text: message}}})
			return err
		}
	}
	return fmt.Errorf("JAVAB_ALARM_CHAT names a channel that is not set up: %s", channel)
}

func (h *house) alarmMail(ctx context.Context, message string) error {
	if h.config.AlarmMail == "" || h.config.SMTP == "" {
		return nil
	}
	server, err := url.Parse(h.config.SMTP)
	if err != nil {
		return errors.New("JAVAB_SMTP is no address")
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
