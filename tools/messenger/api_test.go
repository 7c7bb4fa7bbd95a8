package messenger_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"javab/tools/messenger"
)

// api is a messenger's side that a bot calls, with these faults.
func api(t *testing.T, f messenger.Faults) (*messenger.Messenger, string) {
	t.Helper()
	m := open(t, &hook{})
	m.Faults = f
	server := m.Listen()
	t.Cleanup(server.Close)
	return m, server.URL
}

func TestWhatTheApiRefusesNobodySeesAndWhatItCutsIsSeen(t *testing.T) {
	for name, c := range map[string]struct {
		faults             messenger.Faults
		status, seen, cuts int
	}{
		"behaves":        {messenger.Faults{}, http.StatusOK, 1, 0},
		"too many":       {messenger.Faults{TooMany: 1}, http.StatusTooManyRequests, 0, 0},
		"broken":         {messenger.Faults{Broken: 1}, http.StatusInternalServerError, 0, 0},
		"cut afterwards": {messenger.Faults{Cut: 1}, 0, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			m, url := api(t, c.faults)
			response, err := http.Post(url+"/bot1:x/sendMessage", "application/json", strings.NewReader(`{"chat_id":7,"text":"one"}`))
			status := 0
			if err == nil {
				status = response.StatusCode
				response.Body.Close()
			}
			if status != c.status || len(m.Member(7).Seen()) != c.seen || int(m.Cuts.Load()) != c.cuts {
				t.Errorf("status %d, %d seen, %d cut", status, len(m.Member(7).Seen()), m.Cuts.Load())
			}
		})
	}
}

func TestARefusalNamesTheTimeToWaitAndAKillForgivesIt(t *testing.T) {
	m, url := api(t, messenger.Faults{TooMany: 1})
	response, err := http.Post(url+"/bot1:x/sendMessage", "application/json", strings.NewReader(`{"chat_id":7,"text":"one"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var body struct {
		Parameters struct {
			RetryAfter int `json:"retry_after"`
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&body); err != nil || body.Parameters.RetryAfter != 1 {
		t.Errorf("wait %d s, %v", body.Parameters.RetryAfter, err)
	}
	m.Faults.TooMany = 0
	m.Forgive()
	if send(t, url, "two", "a"); m.Early() != 0 {
		t.Error("a bot that was killed was blamed for what it had not heard")
	}
}

func TestARefusalConcernsItsOwnChatOnly(t *testing.T) {
	m, url := api(t, messenger.Faults{TooMany: 1})
	send(t, url, "one", "a")
	m.Faults.TooMany = 0
	response, err := http.Post(url+"/bot1:x/sendMessage", "application/json", strings.NewReader(`{"chat_id":8,"text":"two"}`))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if m.Early() != 0 {
		t.Error("another chat was too early")
	}
}

func TestAMemberReadsAMessageAsItIsShown(t *testing.T) {
	m, url := api(t, messenger.Faults{})
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	for name, value := range map[string]string{
		"chat_id": "7", "text": "<b>1 &lt; 2</b>", "parse_mode": "HTML",
		"reply_markup": `{"keyboard":[[{"text":"Share","request_contact":true}],[{"text":"None"}]]}`,
	} {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	w.Close()
	response, err := http.Post(url+"/bot1:x/sendMessage", w.FormDataContentType(), &form)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	seen := m.Member(7).Seen()
	if len(seen) != 1 || seen[0].Text != "1 < 2" || len(seen[0].Buttons) != 2 || !seen[0].Buttons[0].Contact || seen[0].Buttons[1].Text != "None" {
		t.Errorf("seen %v", seen)
	}
}

func TestAnEditIsSeenUnderItsOldName(t *testing.T) {
	m, url := api(t, messenger.Faults{})
	response, err := http.Post(url+"/bot1:x/editMessageText", "application/json", strings.NewReader(`{"chat_id":7,"message_id":55,"text":"chosen"}`))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if seen := m.Member(7).Seen(); len(seen) != 1 || seen[0].ID != 55 {
		t.Errorf("seen %v", seen)
	}
}

func TestACopyAsksTheSameOnceMore(t *testing.T) {
	ask := func(text, label, data string) messenger.Seen {
		return messenger.Seen{Text: text, Buttons: []messenger.Button{{Text: label, Data: data}}}
	}
	below, beneath := ask("which?", "this", "f:a:1"), ask("your number?", "none", "")
	for name, c := range map[string]struct {
		a, b messenger.Seen
		copy bool
	}{
		"one turn's buttons":         {below, below, true},
		"one question's keyboard":    {beneath, beneath, true},
		"another turn's buttons":     {below, ask("which?", "this", "f:b:1"), false},
		"other words":                {below, ask("which one?", "this", "f:a:1"), false},
		"another keyboard":           {beneath, ask("your number?", "skip", ""), false},
		"what asks nothing":          {messenger.Seen{Text: "sorry"}, messenger.Seen{Text: "sorry"}, false},
		"the question without words": {beneath, messenger.Seen{Text: "your number?"}, false},
	} {
		if got := c.a.Copies(c.b); got != c.copy || c.b.Copies(c.a) != got {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestOnlyTheMessageJustBeforeIsSeenThrough(t *testing.T) {
	m, url := api(t, messenger.Faults{})
	m.SeeThrough = true
	for _, words := range []string{"which?", "which?", "what?", "which?"} {
		send(t, url, words, "a")
	}
	if fresh := m.Member(7).Count(); fresh != 3 {
		t.Errorf("%d fresh: a question that comes again behind another one is no copy", fresh)
	}
}
