package deskweb

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
)

func TestTheLiveBoardCountsQueuesAndOfficers(t *testing.T) {
	h := open(t)
	loads, err := h.Live(t.Context(), h.me, noon)
	if err != nil {
		t.Fatal(err)
	}
	s := screen{Screen: page.Screen{Instant: noon}, desk: h.Desk}
	f := s.floor(loads, mustStaff(t, h))
	if f.Total.Waiting != 8 || f.Total.Late != 1 || f.Total.Held != 7 || !f.Total.Oldest.Equal(noon.Add(-3*time.Hour)) {
		t.Errorf("in all %+v", f.Total)
	}
	var who []string
	for _, o := range f.Officers {
		who = append(who, fmt.Sprint(o.ID, " ", o.Status, " ", o.Held))
	}
	// the fourth has shown no sign of life for six minutes: away, whatever he chose
	if want := []string{"3 available 0", "1 available 6", "2 break 1", "4 away 0"}; !slices.Equal(who, want) {
		t.Errorf("officers %q", who)
	}
	if held := f.Queues[1].Held; !slices.Equal(held, []int{0, 3, 0, 0}) {
		t.Errorf("of the second queue they hold %v", held)
	}
}

func TestAnOfficerWhoCanTakeNoMoreIsMarked(t *testing.T) {
	h := open(t)
	page := h.get(t, "/board/live", false, "javab_lang=en").Body.String()
	if !strings.Contains(page, `<span class="tag warn">6 of 6</span>`) || !strings.Contains(page, "1 of 6") {
		t.Error("the load is not shown")
	}
	if piece := h.get(t, "/board/live/part", true).Body.String(); strings.Contains(piece, "<html") || !strings.Contains(piece, `id="floor"`) {
		t.Errorf("the piece is %.100s", piece)
	}
}

func TestTheAuditIsSearchedAndTurnedOver(t *testing.T) {
	h := open(t)
	for range pageOfEntries + 1 {
		h.entries = append(h.entries, bot.AuditEntry{At: noon, By: "2", What: "chat.claimed", Subject: "chat tg:b:1"})
	}
	page := h.get(t, "/audit?by=2&what=chat.&from=1405/08/30&to=2026-11-21&before=100", false).Body.String()
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
	if answer := h.get(t, "/audit?from=soon", false); answer.Code != 422 {
		t.Errorf("a wrong day: %d", answer.Code)
	}
}

func TestTheChainIsToldAsItIs(t *testing.T) {
	h := open(t)
	if page := h.get(t, "/audit?check=1", false, "javab_lang=en").Body.String(); !strings.Contains(page, "The chain is whole: 1,204 entries") {
		t.Error("a whole chain is not told")
	}
	h.sound = false
	if page := h.get(t, "/audit?check=1", false, "javab_lang=en").Body.String(); !strings.Contains(page, "does not hold from 2026-11-21") {
		t.Error("a broken chain is not told")
	}
}

func TestWhatIsStuckCanBeHandedToTheProgramAgain(t *testing.T) {
	h := open(t)
	h.fill()
	if page := h.get(t, "/ops", false).Body.String(); !strings.Contains(page, `name="id" value="12"`) {
		t.Error("no button")
	}
	answer := h.post(t, "/ops/replay", url.Values{"kind": {"delivery"}, "id": {"12"}}, false)
	if answer.Code != 303 || !slices.Equal(h.done, []string{"1 replays delivery 12"}) {
		t.Errorf("answered %d, did %q", answer.Code, h.done)
	}
	if answer := h.post(t, "/ops/replay", url.Values{"kind": {"everything"}, "id": {"12"}}, false); answer.Code != 400 {
		t.Errorf("an unknown kind: %d", answer.Code)
	}
	h.no["POST /ops/replay"] = true
	if strings.Contains(h.get(t, "/ops", false).Body.String(), "/ops/replay") {
		t.Error("who may not is offered it")
	}
}

func TestPagesWithoutTheirReaderAreNotThere(t *testing.T) {
	h := open(t)
	h.Desk.Floor, h.Desk.Audit, h.Desk.Ops = nil, nil, nil
	h.web = echo.New()
	if err := h.Mount(h.web); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/board/live", "/audit", "/ops"} {
		if answer := h.get(t, path, false); answer.Code != 404 {
			t.Errorf("%s: answered %d", path, answer.Code)
		}
	}
}
