package deskweb

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/desk"
	"javab/webhook/page/pagetest"
)

const en = "javab_lang=en"

func (h *house) lead(t *testing.T, act string, swap bool, fields ...string) (code int, body string) {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	answer := h.ask(t, "POST", "/board/live/"+act, form, swap, en)
	return answer.Code, answer.Body.String()
}

func TestAQueueThatIsPickedShowsItsFirstFiveAndWhoIsThere(t *testing.T) {
	h := open(t)
	h.hidden["tg:b:3"] = true // confidential, and he is not its handler
	page := h.get(t, "/board/live?unit=member_relations", false, en).Body.String()
	if n := strings.Count(page, `type="radio" name="chat"`); n != 5 || strings.Contains(page, "tg:b:3") || !strings.Contains(page, `value="tg:b:1" checked`) {
		t.Errorf("%d chats to choose from", n)
	}
	// the others are on a break or have not been heard of
	if n := strings.Count(page, `<option value="1"`) + strings.Count(page, `<option value="3"`); n != 2 || strings.Contains(page, `<option value="2"`) || strings.Contains(page, `<option value="4"`) {
		t.Error("a chat can be given to who is not there")
	}
	for _, part := range []string{"the first chat<", "the first 5 chats<", `<option value="finance"`, "Sara Novak · 0 of 6"} {
		if !strings.Contains(page, part) {
			t.Errorf("no %q", part)
		}
	}
	if strings.Contains(page, "the first 10 chats") || strings.Contains(page, `<option value="member_relations"`) {
		t.Error("more can be moved than waits, or to where it is")
	}
	if piece := h.get(t, "/board/live?unit=member_relations", true, en).Body.String(); strings.Contains(piece, "<html") || !strings.Contains(piece, `id="board"`) {
		t.Errorf("the piece is %.100s", piece)
	}
	if piece := h.get(t, "/board/live/part?unit=member_relations", true, en).Body.String(); strings.Contains(piece, `id="picked"`) {
		t.Error("a signal takes away what somebody fills in")
	}
}

func TestTheNextChatIsTheFirstThatWaitsForNobodyByName(t *testing.T) {
	h := open(t)
	h.change = func(r *desk.Row) {
		if r.Chat == "tg:b:1" {
			r.Named = "3"
		}
	}
	page := h.get(t, "/board/live?unit=member_relations", false, en).Body.String()
	if !strings.Contains(page, `value="tg:b:2" checked`) || strings.Contains(page, `value="tg:b:1" checked`) || !strings.Contains(page, "waits for Sara Novak") {
		t.Error("another chat is chosen")
	}
	h.deny = &bot.Error{Kind: bot.Conflict, Key: "desk_absent", Params: map[string]string{"Name": "Sara"}}
	if _, body := h.lead(t, "assign", true, "unit", "member_relations", "chat", "tg:b:4", "staff", "3"); !strings.Contains(body, `value="tg:b:4" checked`) {
		t.Error("refused, another chat is chosen")
	}
}

func TestAWaitingChatIsAssignedFromTheBoard(t *testing.T) {
	h := open(t)
	if code, _ := h.lead(t, "assign", false, "unit", "member_relations", "chat", "tg:b:1", "staff", "3"); code != 303 {
		t.Errorf("answered %d", code)
	}
	if want := []string{"1 assigns tg:b:1 to 3: assigned from the board"}; !slices.Equal(h.done, want) {
		t.Errorf("did %q", h.done)
	}
	if code, body := h.lead(t, "assign", true, "unit", "member_relations", "chat", "tg:b:1", "staff", "3"); code != 200 || !strings.Contains(body, "The chat waits for Sara Novak now.") || strings.Contains(body, "<html") {
		t.Errorf("answered %d %.200s", code, body)
	}
	if code, body := h.lead(t, "assign", true, "unit", "member_relations"); code != 422 || !strings.Contains(body, "Please choose a chat") {
		t.Errorf("without a choice: answered %d", code)
	}
	h.deny = &bot.Error{Kind: bot.Conflict, Key: "desk_absent", Params: map[string]string{"Name": "Sara"}}
	code, body := h.lead(t, "assign", false, "unit", "member_relations", "chat", "tg:b:1", "staff", "3")
	if code != 409 || !strings.Contains(body, "Sara is not available for this unit now") || !strings.Contains(body, `<option value="3" selected`) {
		t.Errorf("refused: answered %d", code)
	}
}

func TestTheFirstOfAQueueMoveButNotThoseThatWaitForSomebody(t *testing.T) {
	h := open(t)
	h.change = func(r *desk.Row) {
		if r.Chat == "tg:b:1" {
			r.Named = "3"
		}
	}
	h.gone = map[bot.ChatKey]error{"tg:b:2": &bot.Error{Kind: bot.Conflict, Key: "chat_taken", Params: map[string]string{"Holder": "Sara"}}}
	code, body := h.lead(t, "move", true, "unit", "member_relations", "what", "first:5", "to", "finance", "reason", "flood")
	var want []string
	for _, i := range []int{3, 4, 5, 6} { // the second has been claimed meanwhile
		want = append(want, fmt.Sprintf(`1 transfers tg:b:%d to "finance" "": flood`, i))
	}
	if code != 200 || !slices.Equal(h.done, want) || !strings.Contains(body, "4 chats were moved.") {
		t.Errorf("answered %d, did %q", code, h.done)
	}
}

func TestAChatThatCouldNotBeMovedIsNotCountedAsMoved(t *testing.T) {
	h := open(t)
	told := h.Listen()
	h.gone = map[bot.ChatKey]error{"tg:b:2": errors.New("transfer a chat: disk I/O error")}
	code, body := h.lead(t, "move", true, "unit", "member_relations", "what", "first:5", "to", "finance", "reason", "flood")
	if code != 500 || strings.Contains(body, "were moved") || strings.Contains(body, "disk") {
		t.Errorf("answered %d", code)
	}
	pagetest.Faulty(t, told(), "/board/live/move", "flood")
}

func TestOneChatMovesByName(t *testing.T) {
	h := open(t)
	move := func(what string) (int, string) {
		return h.lead(t, "move", true, "unit", "member_relations", "what", what, "to", "finance", "reason", "wrong unit")
	}
	if code, body := move("chat:tg:b:5"); code != 200 || len(h.done) != 1 || !strings.Contains(body, "1 chat was moved.") {
		t.Errorf("answered %d, did %q", code, h.done)
	}
	for _, what := range []string{"", "first:0", "first:26", "chat:", "all"} {
		if code, _ := move(what); code != 422 || len(h.done) != 1 {
			t.Errorf("%q: answered %d", what, code)
		}
	}
	h.gone = map[bot.ChatKey]error{"tg:b:5": &bot.Error{Kind: bot.Conflict, Key: "chat_taken", Params: map[string]string{"Holder": "Sara"}}}
	if code, body := move("chat:tg:b:5"); code != 409 || !strings.Contains(body, "Sara was quicker") || !strings.Contains(body, "wrong unit</textarea>") {
		t.Errorf("claimed meanwhile: answered %d", code)
	}
}

func TestAnOfficerWhoIsPickedCanBeSentOnABreak(t *testing.T) {
	h := open(t)
	page := h.get(t, "/board/live?officer=3", false, en).Body.String()
	if !strings.Contains(page, `name="officer" value="3"`) || !strings.Contains(page, `name="status" value="break"`) {
		t.Error("no form")
	}
	if code, body := h.lead(t, "status", true, "officer", "3", "status", "break", "reason", "lunch"); code != 200 || !slices.Equal(h.done, []string{"1 sets 3 to break: lunch"}) || !strings.Contains(body, "The status is set.") {
		t.Errorf("answered %d, did %q", code, h.done)
	}
	for _, act := range []string{"assign", "move", "status"} {
		h.No["POST /board/live/"+act] = true
	}
	page = h.get(t, "/board/live?unit=member_relations", false, en).Body.String()
	if strings.Contains(page, "/board/live/assign") || strings.Contains(page, "/board/live/move") || strings.Contains(page, "?officer=") {
		t.Error("what is not allowed is offered")
	}
}

func TestAQueueIsPausedAndGoesOnFromTheBoard(t *testing.T) {
	h := open(t)
	heard, err := h.wire.Subscribe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if page := h.get(t, "/board/live?unit=membership_renewal", false, en).Body.String(); !strings.Contains(page, `action="/board/live/pause"`) || strings.Contains(page, "/board/live/resume") {
		t.Error("a queue without a chat cannot be paused")
	}
	code, body := h.lead(t, "pause", true, "unit", "member_relations", "why", " a storm ")
	if code != 200 || !slices.Equal(h.done, []string{"1 pauses member_relations: a storm"}) || !strings.Contains(body, "The queue is paused.") {
		t.Errorf("answered %d, did %q", code, h.done)
	}
	if s := <-heard; s.Kind != QueueStopped || s.Unit != "member_relations" {
		t.Errorf("told %+v", s)
	}
	h.paused = []desk.Pause{{Unit: "member_relations", By: "3", Reason: "a storm", At: noon}, {Unit: "press", By: "3", Reason: "not his"}}
	h.change = func(r *desk.Row) { r.PausedBy, r.PausedWhy = "3", "a storm" }
	const says = "\u2068Sara Novak\u2069 has paused this queue: \u2068a storm\u2069"
	plain := strings.NewReplacer("\u2068", "", "\u2069", "")
	for path, n := range map[string]int{"/board/live?unit=member_relations": 2, "/desk": 1 + len(h.room.Rows), "/desk/tg:b:1": 2 + len(h.room.Rows)} {
		page := plain.Replace(h.get(t, path, false, en).Body.String())
		if got := strings.Count(page, plain.Replace(says)); got != n || strings.Contains(page, "not his") {
			t.Errorf("%s says %d times, not %d, who has paused the queue and why", path, got, n)
		}
	}
	if page := h.get(t, "/board/live?unit=member_relations", false, en).Body.String(); strings.Contains(page, `name="staff"`) {
		t.Error("a chat can be given to who could not take it")
	}
	h.lead(t, "resume", false, "unit", "member_relations", "why", "it is over")
	if h.done[1] != "1 resumes member_relations: it is over" {
		t.Errorf("did %q", h.done)
	}
	h.deny = &bot.Error{Kind: bot.Forbidden, Key: "desk_queue"}
	if code, body := h.lead(t, "resume", true, "unit", "member_relations", "why", "my words"); code != 403 || !strings.Contains(body, "my words</textarea>") || !strings.Contains(body, "not one of yours") {
		t.Errorf("refused: answered %d", code)
	}
}
