package deskweb

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/desk"
	"javab/webhook/page"
)

func TestTheLiveBoardCountsQueuesAndOfficers(t *testing.T) {
	h := open(t)
	loads, err := h.Live(t.Context(), h.Me, noon)
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

func TestTheBoardHasEveryQueueThatItsReaderStandsOver(t *testing.T) {
	h := open(t)
	s := screen{Screen: page.Screen{Instant: noon, By: bot.Staff{Role: bot.RoleHead}}, desk: h.Desk}
	f := s.floor([]desk.Load{{Unit: "press", Staff: "1", Held: 2}}, mustStaff(t, h))
	var units []string
	for _, q := range f.Queues {
		units = append(units, fmt.Sprint(q.Unit, " ", q.Waiting))
	}
	// nobody waits in them; what is held of a unit that the content has no more is shown as well
	if want := []string{"member_relations 0", "membership_renewal 0", "finance 0", "press 0"}; !slices.Equal(units, want) || f.Total.Held != 2 {
		t.Errorf("queues %q, held %d", units, f.Total.Held)
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

func TestTheBoardWithoutItsReaderIsNotThere(t *testing.T) {
	h := open(t)
	h.Desk.Floor = nil
	h.Web = echo.New()
	if err := h.Mount(h.Web); err != nil {
		t.Fatal(err)
	}
	if answer := h.get(t, "/board/live", false); answer.Code != 404 {
		t.Errorf("answered %d", answer.Code)
	}
}
