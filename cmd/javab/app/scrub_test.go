package app

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/converse"
	"javab/flows"
	"javab/webhook/emulator"
)

// What must never be in a log: our secrets, and whatever a member writes or is.
const (
	saidWords   = "fraudulent-broker-Zarrinpour"
	saidPhone   = "+989121234567"
	saidName    = "Sheherazade"
	brokenWords = "words-that-break-the-matcher"
)

// clumsy is a matcher that breaks on some words and quotes them.
type clumsy struct{}

func (clumsy) Match(ask converse.Ask) flows.Match {
	if strings.Contains(ask.Text, brokenWords) {
		panic("cannot match " + ask.Text)
	}
	return flows.Match{}
}

func TestNoLogOfAJourneyFullOfErrorsTellsATokenOrWhatAMemberSaid(t *testing.T) {
	for name, bale := range map[string]bool{"Telegram": false, "Bale": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := new(notes)
			p := plan{messenger: open(t, bale), log: log, settings: []string{"JAVAB_LOG=debug"}, change: func(h *house) {
				h.turn.Matcher, h.watchEvery = clumsy{}, quickWatch
			}}
			tw := p.settle(t)
			w := tw.member(7001, bot.En)
			tw.messenger.Join(emulator.Member{ID: 7001, First: saidName, Phone: saidPhone, Language: "en"})
			w.troubled()
			tw.messenger.ClearFaults()
			w.settled()
			if err := tw.stop(); err != nil {
				t.Error(err)
			}
			wantSilent(t, log.String(), append(hookSecrets(tw.house.config, tw.house.vault, tw.house.channels[0].ID),
				demoToken, "demo-demo-demo", saidWords, saidPhone, strings.TrimPrefix(saidPhone, "+98"), saidName, brokenWords)...)
		})
	}
}

// troubled files a complaint while the messenger hangs up, refuses and sends rubbish.
func (w *walker) troubled() {
	w.t.Helper()
	for _, fault := range []emulator.Fault{
		{Method: "sendMessage", Hangup: true, Times: 1},
		{Method: "sendMessage", Cut: true, Times: 1},
		{Method: "sendMessage", Status: http.StatusBadRequest, Text: "Bad Request: " + saidWords, Times: 1},
		{Method: "answerCallbackQuery", Hangup: true, Times: 2},
		{Method: "getFile", Hangup: true, Times: 2},
		{Method: "file", Hangup: true, Times: 1},
		{Method: "getWebhookInfo", Hangup: true, Times: 9},
	} {
		w.messenger.AddFault(fault)
	}
	w.writes("/start")
	w.messenger.Inject([]byte(`{"update_id": ` + saidWords))
	w.messenger.Inject([]byte(`{"update_id": 5, "message": {"chat": "` + saidWords + `", "text": 7}}`))
	w.writes(brokenWords)
	w.settled()
	w.messenger.ClearFaults()
	w.messenger.AddFault(emulator.Fault{Method: "getFile", Hangup: true, Times: 2})
	w.says("/start")
	w.accounts()
	w.writes(saidWords)
	w.sends(saidWords, emulator.Attachment{Kind: "document", Name: saidWords + ".jpg", MIME: "image/jpeg", Body: program})
	w.taps("!done")
	w.taps("!skip")
	w.taps("!skip")
	w.taps("self")
	w.sees("the question for a phone", func(v emulator.View) bool { return len(v.Keyboard) > 0 })
	w.answered(func() error { _, err := w.messenger.SendContact(w.id, saidPhone, true); return err })
}

func wantSilent(t *testing.T, log string, secrets ...string) {
	t.Helper()
	if strings.Count(log, "\n") < 5 {
		t.Errorf("hardly anything is in the log:\n%s", log)
	}
	for line := range strings.Lines(log) {
		for _, secret := range secrets {
			if secret != "" && strings.Contains(line, secret) {
				t.Errorf("the log tells %q: %s", secret, line)
			}
		}
	}
}

func TestTheLogHidesTokensAndPrivateValues(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{ReplaceAttr: scrubAttr}))
	call := fmt.Errorf("Post %q: refused", "https://api.telegram.org/bot"+demoToken+"/sendMessage")
	log.Error("a call to "+demoToken, "error", call, "url", "x/bot"+demoToken, "phone", saidPhone,
		slog.Group("member", "name", saidName, "error", errors.Join(call)), "stack", []string{demoToken})
	wantSilent(t, out.String()+strings.Repeat("\n", 5), demoToken, saidPhone, saidName)
	short := "12345:abcdefghij_klmnopqrst"
	if got := scrub("bot" + short + "/getMe"); got != "bot<token>/getMe" {
		t.Errorf("the shortest token that is taken: %s", got)
	}
	if !tokenForm.MatchString(short) {
		t.Errorf("%s is not the shortest", short)
	}
	for _, harmless := range []string{"tg:8841", "2026-11-21T12:00:00", "album:tg:100001:7001:13000000000000001", "127.0.0.1:8080"} {
		if scrub(harmless) != harmless {
			t.Errorf("%s became %s", harmless, scrub(harmless))
		}
	}
}
