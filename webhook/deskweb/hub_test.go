package deskweb

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"javab/bot"
	"javab/webhook/page"
)

func viewing(by bot.StaffID, writing string) Signal {
	return Signal{Kind: ChatViewed, Chat: "c", By: by, Browser: "b" + string(by), Tab: "t", Writing: writing}
}

// listener joins the hub as somebody who serves unit u.
func listener(h *hub, id bot.StaffID) *stream {
	one := &stream{by: bot.Staff{ID: id, Role: bot.RoleOfficer, Units: []bot.UnitID{"u"}}, browser: "b" + string(id), wake: make(chan struct{}, 1)}
	h.join(one)
	return one
}

func TestAnOpenThreadIsToldAtOnceAListWithTheNextSecond(t *testing.T) {
	h := &hub{}
	shows, lists := listener(h, "1"), listener(h, "2")
	h.take(viewing("1", ""), noon)
	for range 50 {
		h.take(Signal{Kind: ChatChanged, Chat: "c", Unit: "u"}, noon)
	}
	if told := shows.take(false); !slices.Equal(told.Open, []bot.ChatKey{"c"}) || len(shows.wake) != 1 {
		t.Errorf("who shows the chat is told %+v", told)
	}
	if told := lists.take(false); !told.empty() || len(lists.wake) != 0 {
		t.Errorf("who does not is told %+v at once", told)
	}
	if told := lists.take(true); !slices.Equal(told.Chats, []bot.ChatKey{"c"}) {
		t.Errorf("in fifty signals a list is told %+v", told)
	}
	if told := lists.take(true); !told.empty() {
		t.Errorf("twice: %+v", told)
	}
}

func TestWhoeverShowsTheQueueIsToldWhatHasLeftIt(t *testing.T) {
	h, one := &hub{}, &stream{by: bot.Staff{ID: "1", Role: bot.RoleOfficer, Units: []bot.UnitID{"u"}}, wake: make(chan struct{}, 1)}
	h.join(one)
	for _, chat := range []bot.ChatKey{"taken", "back"} {
		h.take(Signal{Kind: ChatChanged, Chat: chat, Unit: "u", By: "2"}, noon)
	}
	h.take(Signal{Kind: ChatChanged, Chat: "back", Unit: "u"}, noon)
	told := one.take(true)
	if !slices.Equal(told.Chats, []bot.ChatKey{"taken", "back"}) || !slices.Equal(told.Taken, []bot.ChatKey{"taken"}) {
		t.Errorf("told %+v", told)
	}
	if told := one.take(true); len(told.Taken) != 0 {
		t.Errorf("twice: %+v", told)
	}
}

func TestASignalGoesOnlyToThoseWhoMaySeeItsChat(t *testing.T) {
	queued, secret, ofAnother := Signal{Unit: "u"}, Signal{Unit: "u", Confidential: true}, Signal{Unit: "v", By: "1"}
	for _, row := range []struct {
		name    string
		by      bot.Staff
		signal  Signal
		reaches bool
	}{
		{"his unit", bot.Staff{Role: bot.RoleOfficer, Units: []bot.UnitID{"u"}}, queued, true},
		{"another unit", bot.Staff{Role: bot.RoleOfficer, Units: []bot.UnitID{"v"}}, queued, false},
		{"another unit, but he holds it", bot.Staff{Role: bot.RoleOfficer, Units: []bot.UnitID{"u"}}, ofAnother, true},
		{"the head", bot.Staff{Role: bot.RoleHead}, queued, true},
		{"an admin", bot.Staff{Role: bot.RoleAdmin, Units: []bot.UnitID{"u"}}, queued, false},
		{"an auditor", bot.Staff{Role: bot.RoleAuditor, Units: []bot.UnitID{"u"}}, queued, false},
		{"confidential", bot.Staff{Role: bot.RoleOfficer, Units: []bot.UnitID{"u"}}, secret, false},
		{"confidential, a named handler", bot.Staff{Role: bot.RoleOfficer, Units: []bot.UnitID{"u"}, Confidential: true}, secret, true},
	} {
		h := &hub{}
		one := &stream{by: row.by, wake: make(chan struct{}, 1)}
		one.by.ID = "1"
		h.join(one)
		row.signal.Kind, row.signal.Chat = ChatChanged, "c"
		h.take(row.signal, noon)
		if told := one.take(true); told.empty() == row.reaches {
			t.Errorf("%s: told %+v", row.name, told)
		}
	}
}

func TestThoseWhoServeAQueueAreToldThatItIsPaused(t *testing.T) {
	h := &hub{}
	serves, other := listener(h, "1"), listener(h, "2")
	other.by.Units = []bot.UnitID{"v"}
	h.take(Signal{Kind: QueueStopped, Unit: "u"}, noon)
	if told := serves.take(true); !told.Queues || !serves.take(true).empty() {
		t.Errorf("told %+v", told)
	}
	if told := other.take(true); !told.empty() {
		t.Errorf("another unit is told %+v", told)
	}
}

func TestThoseWhoDecideAreToldThatApprovalsHaveMoved(t *testing.T) {
	h := &hub{}
	officer, manager, head := listener(h, "1"), listener(h, "2"), listener(h, "3")
	manager.by.Role, head.by.Role = bot.RoleManager, bot.RoleHead
	h.take(Signal{Kind: ApprovalsMoved}, noon)
	for _, one := range []*stream{manager, head} {
		if told := one.take(false); told.Approvals {
			t.Error("told before the next second's lists")
		}
		if told := one.take(true); !told.Approvals || len(told.Chats) != 0 || !one.take(true).empty() {
			t.Errorf("told %+v", told)
		}
	}
	if told := officer.take(true); !told.empty() {
		t.Errorf("an officer is told %+v", told)
	}
}

func TestWhoElseIsHereAndWhoWrites(t *testing.T) {
	house := open(t)
	h, staff, s := &hub{}, page.Staff(mustStaff(t, house)), screen{Screen: page.Screen{Instant: noon}}
	h.take(viewing("1", ""), noon)
	h.take(viewing("3", "reply"), noon)
	h.take(Signal{Kind: ChatViewed, Chat: "c", By: "3", Browser: "b3", Tab: "other"}, noon)
	p := h.present("c", "1", staff, s)
	if len(p.Viewers) != 1 || p.Viewers[0].Name != "Sara Novak" || p.Viewers[0].Initial != "S" || !slices.Equal(p.Writing, []string{"Sara Novak"}) {
		t.Errorf("present: %+v, writing %q", p.Viewers, p.Writing)
	}
	s.Instant = noon.Add(lingers)
	if p := h.present("c", "1", staff, s); p.Anyone() {
		t.Errorf("after %s: %+v", lingers, p.Viewers)
	}
}

func mustStaff(t *testing.T, h *house) []bot.Staff {
	t.Helper()
	all, err := h.AllStaff(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestComingWritingAndGoingAreToldOnceToOthers(t *testing.T) {
	h := &hub{}
	other, self := listener(h, "2"), listener(h, "1")
	h.take(viewing("2", ""), noon)
	self.take(true)
	told := func() int { return len(other.take(true).Here) }
	h.take(viewing("1", ""), noon)
	if told() != 1 {
		t.Error("coming is not told")
	}
	h.take(viewing("1", ""), noon.Add(15*time.Second))
	if told() != 0 {
		t.Error("each beat is told")
	}
	h.take(viewing("1", "note"), noon.Add(20*time.Second))
	if told() != 1 {
		t.Error("writing is not told")
	}
	h.take(viewing("2", ""), noon.Add(50*time.Second)) // the other is still there when the first falls silent
	other.take(true)
	h.leave(noon.Add(70 * time.Second))
	if told() != 1 {
		t.Error("silence is not told")
	}
	self.take(true)
	gone := viewing("2", "")
	gone.Gone = true
	h.take(gone, noon.Add(71*time.Second))
	if len(h.here) != 0 || !self.take(true).empty() {
		t.Errorf("left behind: %+v", h.here)
	}
}

func TestABeatNeedsAChatThatSomebodyMaySeeAndASession(t *testing.T) {
	h := open(t)
	fields := url.Values{"browser": {strings.Repeat("b", 99)}, "tab_id": {"t"}, "writing": {"reply"}}
	heard, err := h.wire.Subscribe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if answer := h.post(t, "/desk/tg:b:1/beat", fields, true); answer.Code != 204 || len(heard) != 1 {
		t.Fatalf("answered %d, %d signals", answer.Code, len(heard))
	}
	if s := <-heard; s.By != "1" || s.Writing != "reply" || len(s.Browser) != 40 {
		t.Errorf("told %+v", s)
	}
	h.hidden["tg:b:1"] = true
	if answer := h.post(t, "/desk/tg:b:1/beat", fields, true); answer.Code != 404 || len(heard) != 0 {
		t.Errorf("in a hidden chat: %d, %d signals", answer.Code, len(heard))
	}
	h.end(&bot.Error{Kind: bot.Forbidden, Key: "error.internal"})
	if answer := h.post(t, "/desk/tg:b:2/beat", fields, true); answer.Code != 403 {
		t.Errorf("after the session: %d", answer.Code)
	}
}

func TestAStreamTellsWhatHappens(t *testing.T) {
	h := open(t)
	server := httptest.NewServer(h.Web)
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/desk/events?browser=b1", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	if !lines.Scan() || answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatal("the stream does not open")
	}
	h.hub.take(Signal{Kind: ChatChanged, Chat: "tg:b:1", Unit: "member_relations"}, noon)
	for lines.Scan() {
		if body, isData := strings.CutPrefix(lines.Text(), "data: "); isData {
			var told news
			if err := json.Unmarshal([]byte(body), &told); err != nil || !slices.Equal(told.Chats, []bot.ChatKey{"tg:b:1"}) {
				t.Errorf("told %s (%v)", body, err)
			}
			return
		}
	}
	t.Error("nothing was told")
}

func TestRunHandsTheProgramsSignalsToTheStreams(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t)
		one := &stream{by: h.Me, wake: make(chan struct{}, 1)}
		h.hub.join(one)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() { _ = h.Run(ctx) }()
		synctest.Wait()
		if err := h.wire.Publish(ctx, Signal{Kind: ChatChanged, Chat: "tg:b:1", Unit: "member_relations"}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if told := one.take(true); !slices.Equal(told.Chats, []bot.ChatKey{"tg:b:1"}) {
			t.Errorf("told %+v", told)
		}
		cancel()
		close(h.wire.out[0])
	})
}

func TestAStreamEndsWithItsSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t)
		answer := make(chan *httptest.ResponseRecorder)
		go func() { answer <- h.get(t, "/desk/events?browser=b1", false) }()
		time.Sleep(ping + time.Second)
		synctest.Wait()
		h.end(errors.New("signed out"))
		time.Sleep(ping)
		synctest.Wait()
		select {
		case done := <-answer:
			if !strings.Contains(done.Body.String(), ": here") {
				t.Error("no ping")
			}
		default:
			t.Error("the stream outlives the session")
		}
		if len(h.hub.streams) != 0 {
			t.Error("the hub still holds it")
		}
	})
}

func TestAStreamEndsAtOnceWhenItIsToldOfTheEndOfItsSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t)
		answer := make(chan *httptest.ResponseRecorder, 1)
		go func() { answer <- h.get(t, "/desk/events?browser=b1", false) }()
		synctest.Wait()
		h.hub.take(Signal{Kind: SessionEnded, By: h.Me.ID}, noon) // of another browser of his
		synctest.Wait()
		h.end(errors.New("signed out"))
		h.hub.take(Signal{Kind: SessionEnded, By: "2"}, noon)
		synctest.Wait()
		if len(answer) != 0 {
			t.Error("the end of another session ends the stream")
		}
		h.hub.take(Signal{Kind: SessionEnded, By: h.Me.ID}, noon)
		synctest.Wait()
		if len(answer) != 1 {
			t.Error("the stream outlives its session until the next ping")
		}
	})
}

func TestWithoutASessionThereIsNoStream(t *testing.T) {
	h := open(t)
	h.end(&bot.Error{Kind: bot.Forbidden, Key: "error.internal"})
	if answer := h.get(t, "/desk/events", false); answer.Code != 403 {
		t.Errorf("answered %d", answer.Code)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	h := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	h.Signals = ended{}
	if err := h.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

// ended is a wire that has closed.
type ended struct{}

func (ended) Publish(context.Context, Signal) error { return fmt.Errorf("closed") }

func (ended) Subscribe(context.Context) (<-chan Signal, error) {
	ch := make(chan Signal)
	close(ch)
	return ch, nil
}
