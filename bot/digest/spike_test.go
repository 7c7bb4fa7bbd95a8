package digest_test

import (
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/digest"
)

var manyADay = digest.Spike{Least: 8, Within: 24 * time.Hour, Times: 3, Usual: 28 * 24 * time.Hour}

func TestManyComplaintsAboutOneMatterAlertItsManagersOnce(t *testing.T) {
	h := open(t)
	h.people, h.rules.Spike = people(), manyADay
	h.topics = []digest.Topic{{Unit: "trade", Category: "delay", N: 9, Before: 28}, {Unit: "trade", Category: "fees", N: 7}, {Unit: "cards", Category: "loss", N: 8, Before: 84}}
	for minute := range 30 {
		h.round(opening.Add(-time.Hour + time.Duration(minute)*time.Minute))
	}
	if len(h.alerts) != 1 || h.looks != 6 {
		t.Fatalf("%d alerts after %d looks: %+v", len(h.alerts), h.looks, h.alerts)
	}
	if a := h.alerts[0]; a.What != bot.AlertSpike || a.Unit != "trade" || a.Topic != "delay" || a.N != 9 || a.Case.Seq != 0 {
		t.Errorf("%+v", a)
	}
	var whom []string
	for _, words := range h.told {
		name, _, _ := strings.Cut(words, " ")
		whom = append(whom, name)
	}
	if got := strings.Join(whom, " "); got != "mona nada" {
		t.Errorf("told are %s", got)
	}
}

func TestWhatIsUsualIsNoSpikeAndARuleCanBeOff(t *testing.T) {
	for n, want := range map[int]int{11: 0, 12: 1} {
		h := open(t)
		h.people, h.rules.Spike = people(), manyADay
		h.topics = []digest.Topic{{Unit: "trade", Category: "delay", N: n, Before: 112}} // four a day
		h.round(opening.Add(-time.Hour))
		if len(h.alerts) != want {
			t.Errorf("%d a day: %d alerts", n, len(h.alerts))
		}
	}
	h := open(t)
	h.topics = []digest.Topic{{Unit: "trade", Category: "delay", N: 99}}
	h.round(opening.Add(-time.Hour))
	if h.looks != 0 || len(h.alerts) != 0 {
		t.Errorf("it is off, and there are %d looks, %d alerts", h.looks, len(h.alerts))
	}
}

func TestTheDigestTellsHowManySpikesThereWere(t *testing.T) {
	h := open(t)
	h.spikes = 2
	h.round(opening)
	if told := h.read(); len(told) != 1 || !strings.HasSuffix(told[0], "digest.spikes 2") {
		t.Errorf("told %q", told)
	}
}
