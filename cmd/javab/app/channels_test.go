package app

import (
	"net/http/httptest"
	"strings"
	"testing"

	"javab/bot"
	"javab/webhook"
)

const wrongToken = "100001:another-token-another-token-another-t"

func TestAChannelWhoseTokenIsRefusedIsLeftOutAndTheOtherIsServed(t *testing.T) {
	tele, bale := open(t, false), open(t, true)
	tw := plan{
		messenger: bale,
		settings:  append(tele.settings(), "JAVAB_TELEGRAM_TOKEN="+wrongToken, "JAVAB_ALARM_CHAT=bale:7009"),
		change: func(h *house) {
			if err := h.checkTokens(t.Context()); err != nil {
				t.Fatal(err)
			}
		},
	}.settle(t)
	h := tw.house
	if len(h.channels) != 1 || h.channels[0].ID != "bale" || h.courier.Senders["tg"] != nil || len(h.hooks().Channels) != 1 {
		t.Errorf("channels %+v, senders %+v, hooks %+v", h.channels, h.courier.Senders, h.hooks().Channels)
	}
	if number := tw.begun(7001, bot.Fa).complain("over Bale"); number != tw.cases()[0].Number.String() {
		t.Errorf("told %s, filed %+v", number, tw.cases()[0])
	}
	if calls := tele.Stats().Calls; len(calls) != 0 {
		t.Errorf("the messenger that refused us was called on: %v", calls)
	}
}

func TestWhenEveryTokenIsRefusedTheProgramEndsAndNamesTheVariables(t *testing.T) {
	tele, bale := open(t, false), open(t, true)
	i := install(t, append(append(tele.settings(), bale.settings()...),
		"JAVAB_TELEGRAM_TOKEN="+wrongToken, "JAVAB_BALE_TOKEN="+wrongToken, "JAVAB_LISTEN=127.0.0.1:0")...)
	ended := i.run("serve")
	i.want(ended, 2, "JAVAB_TELEGRAM_TOKEN", "JAVAB_BALE_TOKEN", "does not accept the token")
	if strings.Contains(ended.errors, "another-token") {
		t.Errorf("a token is told:\n%s", ended.errors)
	}
}

func TestAMessengerThatCannotBeReachedIsServedAllTheSame(t *testing.T) {
	tele := open(t, false)
	away := httptest.NewServer(tele)
	away.Close()
	h := plan{messenger: tele, settings: []string{"JAVAB_TELEGRAM_API=" + away.URL}}.house(t, "http://127.0.0.1:1")
	t.Cleanup(func() { _ = h.close() })
	if err := h.checkTokens(t.Context()); err != nil || len(h.channels) != 1 {
		t.Errorf("%d channels, %v", len(h.channels), err)
	}
}

// updates is what the metrics say of deliveries.
func (h *house) updates(t *testing.T) string { return h.gauges(t, "javab_updates_total") }

// gauges are the lines of the metrics that begin so.
func (h *house) gauges(t *testing.T, begin string) string {
	t.Helper()
	answer := httptest.NewRecorder()
	h.metrics.Handler(webhook.Access{Open: true}).ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
	var lines []string
	for line := range strings.Lines(answer.Body.String()) {
		if strings.HasPrefix(line, begin) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}
