package demoweb

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestThreeMembersOfThreeLanguagesStandOnTheStageAtFirst(t *testing.T) {
	h := open(t)
	screens := h.screens(t)
	if len(screens) != 3 {
		t.Fatalf("%d phones", len(screens))
	}
	for i, lang := range []string{"fa", "ar", "en"} {
		m := screens[i].Member
		if m.Language != lang || m.Phone == "" || m.First != catalogs(t)["fa"]["demo.persona.fa"] && i == 0 {
			t.Errorf("phone %d belongs to %+v", i, m)
		}
	}
	if !strings.Contains(h.do(t, "GET", "/demo/state", "").Body.String(), `"name":"bot ar"`) {
		t.Error("the bot's profile is missing")
	}
}

func TestAWrittenMessageIsOnTheScreenWithItsUpdate(t *testing.T) {
	h := open(t)
	if answer := h.do(t, "POST", "/sim/chats/7002/text", `{"text":"hello"}`); answer.Code != 200 {
		t.Fatalf("answered %d %s", answer.Code, answer.Body)
	}
	shown := h.screens(t)[1]
	if len(shown.Messages) != 1 || shown.Messages[0].Text != "hello" {
		t.Errorf("messages %+v", shown.Messages)
	}
	if len(shown.Updates) != 1 || !strings.Contains(string(shown.Updates[0]), `"update_id"`) {
		t.Errorf("updates %s", shown.Updates)
	}
}

func TestOnlyTheLastUpdatesAreShown(t *testing.T) {
	h := open(t)
	for i := range maxUpdates + 5 {
		if _, err := h.Messenger.Say(7001, fmt.Sprint("text ", i)); err != nil {
			t.Fatal(err)
		}
	}
	updates := h.screens(t)[0].Updates
	if len(updates) != maxUpdates || !strings.Contains(string(updates[maxUpdates-1]), fmt.Sprint("text ", maxUpdates+4)) {
		t.Errorf("%d updates", len(updates))
	}
}

func TestANewMemberStandsLast(t *testing.T) {
	h := open(t)
	for i := range 2 {
		if answer := h.do(t, "POST", "/demo/members", `{"name":"Reza","lang":"fa","instead":"0"}`); answer.Code != http.StatusCreated {
			t.Fatalf("answered %d %s", answer.Code, answer.Body)
		}
		screens := h.screens(t)
		last := screens[len(screens)-1].Member
		if len(screens) != 4+i || last.First != "Reza" || last.Language != "fa" || !strings.HasPrefix(last.Phone, "+98935") {
			t.Fatalf("%d phones, the last of %+v", len(screens), last)
		}
	}
	screens := h.screens(t)
	if screens[3].Member.ID == screens[4].Member.ID {
		t.Error("two members of one moment share an id")
	}
}

func TestTheStageIsNotEndless(t *testing.T) {
	h := open(t)
	code := 0
	for range maxStage {
		code = h.do(t, "POST", "/demo/members", `{"name":"x","lang":"en","instead":"0"}`).Code
	}
	if code != http.StatusConflict || len(h.screens(t)) != maxStage {
		t.Errorf("answered %d with %d phones", code, len(h.screens(t)))
	}
	if code := h.do(t, "POST", "/demo/members", `{"instead":"7001"}`).Code; code != http.StatusCreated {
		t.Errorf("starting over on a full stage: %d", code)
	}
}

func TestStartingOverIsTheSamePersonInANewChat(t *testing.T) {
	h := open(t)
	if _, err := h.Messenger.Say(7002, "before"); err != nil {
		t.Fatal(err)
	}
	before := h.screens(t)[1].Member
	h.do(t, "POST", "/demo/members", `{"instead":"7002"}`)
	screens := h.screens(t)
	after := screens[1].Member
	if len(screens) != 3 || after.ID == before.ID || len(screens[1].Messages) != 0 {
		t.Fatalf("%d phones, chat %d with %d messages", len(screens), after.ID, len(screens[1].Messages))
	}
	after.ID = before.ID
	if after != before {
		t.Errorf("was %+v, is %+v", before, after)
	}
}

func TestAPhoneCanBeTakenAway(t *testing.T) {
	h := open(t)
	if code := h.do(t, "DELETE", "/demo/members/7001", "").Code; code != http.StatusNoContent {
		t.Fatalf("answered %d", code)
	}
	if screens := h.screens(t); len(screens) != 2 || screens[0].Member.ID != 7002 {
		t.Errorf("%d phones", len(screens))
	}
	if code := h.do(t, "DELETE", "/demo/members/x", "").Code; code != 404 {
		t.Errorf("a name that is none: %d", code)
	}
}

func TestBadAsksAreRefused(t *testing.T) {
	h := open(t)
	if code := h.do(t, "POST", "/demo/members", `{"instead":`).Code; code != 400 {
		t.Errorf("answered %d", code)
	}
	if len(h.screens(t)) != 3 {
		t.Error("a bad ask had an effect")
	}
}

func TestTheStripIsToldWhereAChatStands(t *testing.T) {
	h := open(t)
	var seen Peeked
	if err := json.Unmarshal(h.do(t, "GET", "/demo/peek/7003", "").Body.Bytes(), &seen); err != nil {
		t.Fatal(err)
	}
	if seen.Step != "complaint.describe" || string(seen.Vars) != `{"category":"7003"}` {
		t.Errorf("seen %+v", seen)
	}
	if code := h.do(t, "GET", "/demo/peek/0", "").Code; code != 500 {
		t.Errorf("a chat that cannot be read: %d", code)
	}
}

// stream opens the page's stream and returns its lines.
func stream(t *testing.T, h house, after string) <-chan string {
	t.Helper()
	server := httptest.NewServer(h.web)
	t.Cleanup(server.Close)
	ask, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/demo/events?after="+after, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := server.Client().Do(ask)
	if err != nil || answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatal("no stream", err)
	}
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		defer func() { _ = answer.Body.Close() }()
		for scan := bufio.NewScanner(answer.Body); scan.Scan(); {
			if strings.HasPrefix(scan.Text(), "data:") {
				lines <- scan.Text()
			}
		}
	}()
	return lines
}

func TestOneStreamTellsOfAllPhones(t *testing.T) {
	h := open(t)
	lines := stream(t, h, "7001:0,7002:0,7003:0")
	for _, chat := range []int64{7001, 7003} {
		if _, err := h.Messenger.Say(chat, "hello"); err != nil {
			t.Fatal(err)
		}
		message, update := <-lines, <-lines
		if !strings.Contains(message, fmt.Sprintf(`"chat":"%d"`, chat)) || !strings.Contains(message, `"type":"message"`) {
			t.Errorf("first %s", message)
		}
		if !strings.Contains(update, `"type":"update"`) {
			t.Errorf("then %s", update)
		}
	}
}

func TestAStreamGoesOnWhereThePageIs(t *testing.T) {
	h := open(t)
	for _, text := range []string{"one", "two"} {
		if _, err := h.Messenger.Say(7001, text); err != nil {
			t.Fatal(err)
		}
	}
	lines := stream(t, h, "7001:2")
	if line := <-lines; !strings.Contains(line, `"two"`) {
		t.Errorf("first %s", line)
	}
}

func TestAChangeOfTheStageEndsTheStream(t *testing.T) {
	h := open(t)
	lines := stream(t, h, "")
	h.do(t, "POST", "/demo/members", `{"name":"x","lang":"en","instead":"0"}`)
	if line := <-lines; line != `data: {"type":"stage"}` {
		t.Errorf("told %s", line)
	}
	if _, more := <-lines; more {
		t.Error("the stream goes on")
	}
}

func TestTheEndOfTheProcessEndsTheStream(t *testing.T) {
	h := open(t)
	lines := stream(t, h, "")
	close(h.done)
	if line, more := <-lines; more {
		t.Errorf("the stream goes on: %s", line)
	}
}
