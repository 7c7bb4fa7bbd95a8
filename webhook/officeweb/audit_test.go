package officeweb

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
)

func TestTheAuditIsSearchedAndTurnedOver(t *testing.T) {
	h := open(t)
	for range pageOfEntries + 1 {
		h.entries = append(h.entries, bot.AuditEntry{At: noon, By: "2", What: "chat.claimed", Subject: "chat tg:b:1"})
	}
	page := h.get(t, "/audit?by=2&what=chat.&from=1405/08/30&to=2026-11-21&before=100").Body.String()
	q := h.asked
	if q.By != "2" || q.What != "chat." || q.Before != 100 || q.Limit != pageOfEntries {
		t.Errorf("asked %+v", q)
	}
	if from, to := q.From.UTC().Format(time.DateTime), q.To.UTC().Format(time.DateTime); from != "2026-11-20 20:30:00" || to != "2026-11-21 20:30:00" {
		t.Errorf("asked from %s to %s", from, to)
	}
	if !strings.Contains(page, "before=200") || !strings.Contains(page, `value="2" selected`) {
		t.Error("the next page is not offered, or the choice is lost")
	}
	if answer := h.get(t, "/audit?from=soon"); answer.Code != 422 {
		t.Errorf("a wrong day: %d", answer.Code)
	}
}

func TestTheChainIsToldAsItIs(t *testing.T) {
	h := open(t)
	if page := h.get(t, "/audit?check=1", "javab_lang=en").Body.String(); !strings.Contains(page, "The chain is whole: 1,204 entries") {
		t.Error("a whole chain is not told")
	}
	h.broken = true
	if page := h.get(t, "/audit?check=1", "javab_lang=en").Body.String(); !strings.Contains(page, "does not hold from 2026-11-21") {
		t.Error("a broken chain is not told")
	}
}

func TestWhatIsStuckCanBeHandedToTheProgramAgain(t *testing.T) {
	h := open(t)
	if page := h.get(t, "/ops").Body.String(); !strings.Contains(page, `name="id" value="12"`) {
		t.Error("no button")
	}
	answer := h.post(t, "/ops/replay", url.Values{"kind": {"delivery"}, "id": {"12"}})
	if answer.Code != 303 || !slices.Equal(h.done, []string{"1 replays delivery 12"}) {
		t.Errorf("answered %d, did %q", answer.Code, h.done)
	}
	if answer := h.post(t, "/ops/replay", url.Values{"kind": {"everything"}, "id": {"12"}}); answer.Code != 400 {
		t.Errorf("an unknown kind: %d", answer.Code)
	}
	h.No["POST /ops/replay"] = true
	if strings.Contains(h.get(t, "/ops").Body.String(), "/ops/replay") {
		t.Error("who may not is offered it")
	}
}
