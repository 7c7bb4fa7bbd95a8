package emulator

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// ask uses the members' side as a page does.
func (w *world) ask(t *testing.T, method, path, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, w.url+"/sim"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, strings.TrimSpace(string(got))
}

func TestAPageCanDoAllThatAMemberCan(t *testing.T) {
	w := newWorld(t)
	h := newHook(t, w, nil)
	w.mustAsk(t, "PUT", "/chats/5", `{"first_name":"Ali","language_code":"ar","phone_number":"+98912"}`)
	w.mustAsk(t, "POST", "/chats/5/text", `{"text":"salam"}`)
	r := w.call(t, "sendMessage", map[string]any{"chat_id": 5, "text": "?", "reply_markup": inlineOf([]map[string]string{{"text": "Yes", "callback_data": "y"}})})
	var m Message
	_ = json.Unmarshal(r.Result, &m)
	id, _ := json.Marshal(m.ID)
	w.mustAsk(t, "POST", "/chats/5/press", `{"message_id":`+string(id)+`,"data":"y","times":2}`)
	w.mustAsk(t, "POST", "/chats/5/press", `{"message_id":0,"data":"../x","forge":true}`)
	w.mustAsk(t, "POST", "/chats/5/contact", `{"own":true}`)
	w.mustAsk(t, "POST", "/chats/5/contact", `{"phone_number":"+1"}`)
	w.mustAsk(t, "POST", "/chats/5/location", `{"latitude":35.7,"longitude":51.4}`)
	w.mustAsk(t, "POST", "/chats/5/language", `{"language_code":"fa"}`)
	w.mustAsk(t, "POST", "/chats/5/block", `{"blocked":true}`)
	w.mustAsk(t, "POST", "/chats/5/block", `{"blocked":false}`)
	w.mustAsk(t, "POST", "/updates", `{"update_id":1}`)
	w.mustAsk(t, "POST", "/skip", `{"seconds":86400}`)
	eventually(t, "all arrive", func() bool { return w.Pending() == 0 })
	presses := map[string]bool{}
	var contacts []Contact
	for _, u := range h.all() {
		if u.Callback != nil {
			presses[u.Callback.ID] = true
		}
		if u.Message != nil && u.Message.Contact != nil {
			contacts = append(contacts, *u.Message.Contact)
		}
	}
	if len(presses) != 3 {
		t.Errorf("%d presses", len(presses))
	}
	if len(contacts) != 2 || contacts[0].UserID != 5 || contacts[0].Phone != "+98912" || contacts[1].UserID != 0 {
		t.Errorf("contacts %+v", contacts)
	}
	if w.Skipped() != 24*time.Hour {
		t.Errorf("skipped %s", w.Skipped())
	}
	if got := w.mustAsk(t, "GET", "/chats/5", ""); !strings.Contains(got, `"language_code":"fa"`) || !strings.Contains(got, "salam") {
		t.Errorf("the screen: %s", got)
	}
	if got := w.mustAsk(t, "GET", "/chats", ""); !strings.Contains(got, "Ali") || !strings.Contains(got, "Sara") {
		t.Errorf("members: %s", got)
	}
}

func (w *world) mustAsk(t *testing.T, method, path, body string) string {
	t.Helper()
	status, got := w.ask(t, method, path, body)
	if status != http.StatusOK {
		t.Fatalf("%s %s: %d %s", method, path, status, got)
	}
	return got
}

func TestAPageIsToldWhatItDidWrong(t *testing.T) {
	w := begun(t)
	for _, c := range []struct {
		method, path, body string
		status             int
	}{
		{"POST", "/chats/9/text", `{}`, 404},
		{"POST", "/chats/x/text", `{}`, 400},
		{"POST", "/chats/77/text", `{`, 400},
		{"POST", "/chats/77/press", `{"message_id":1,"data":"y"}`, 404},
		{"POST", "/chats/77/edit", `{"message_id":1}`, 404},
		{"GET", "/chats/9/events", ``, 404},
		{"POST", "/chats/77/files", ``, 400},
		{"GET", "/chats/77/files/x", ``, 404},
	} {
		if status, got := w.ask(t, c.method, c.path, c.body); status != c.status {
			t.Errorf("%s %s: %d %s", c.method, c.path, status, got)
		}
	}
}

func TestTheStreamTellsWhatTheMemberSeesAndGoesOnWhereItStopped(t *testing.T) {
	w := begun(t)
	m := w.hello(t)
	w.call(t, "sendChatAction", map[string]any{"chat_id": sara, "action": "typing"})
	w.call(t, "editMessageText", map[string]any{"chat_id": sara, "message_id": m.ID, "text": "b"})
	w.call(t, "deleteMessage", map[string]any{"chat_id": sara, "message_id": m.ID})
	press, _ := w.Forge(sara, 0, "y")
	w.call(t, "answerCallbackQuery", map[string]any{"callback_query_id": press, "text": "done"})
	w.call(t, "sendMessage", map[string]any{"chat_id": sara, "text": "phone?", "reply_markup": map[string]any{"keyboard": [][]map[string]any{{{"text": "Share", "request_contact": true}}}}})
	w.call(t, "sendMessage", map[string]any{"chat_id": sara, "text": "thanks", "reply_markup": map[string]any{"remove_keyboard": true}})
	req, _ := http.NewRequestWithContext(t.Context(), "GET", w.url+"/sim/chats/77/events?after=2", nil)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	var types []string
	for len(types) < 10 && lines.Scan() {
		if kind, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			types = append(types, kind)
		}
	}
	if got := strings.Join(types, " "); got != "message typing edit delete update answer message keyboard message keyboard" {
		t.Errorf("seen: %s", got)
	}
	if v, _ := w.View(sara); v.Keyboard != nil {
		t.Error("the keyboard still stands")
	}
}

func TestFilesGoBothWaysAndSeveralAreAnAlbum(t *testing.T) {
	w := begun(t)
	var form bytes.Buffer
	writer := multipart.NewWriter(&form)
	_ = writer.WriteField("kind", "document")
	_ = writer.WriteField("caption", "papers")
	for _, name := range []string{"a.pdf", "b.pdf"} {
		part, _ := writer.CreateFormFile("file", name)
		_, _ = part.Write([]byte("%PDF " + name))
	}
	_ = writer.Close()
	resp, err := http.Post(w.url+"/sim/chats/77/files", writer.FormDataContentType(), &form)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	v, _ := w.View(sara)
	got := v.Messages[1:]
	if len(got) != 2 || got[0].Album == "" || got[0].Album != got[1].Album || got[0].Caption != "papers" || got[1].Document.Name != "b.pdf" {
		t.Fatalf("%+v", got)
	}
	if body := w.mustAsk(t, "GET", "/chats/77/files/"+got[1].Document.ID, ""); body != "%PDF b.pdf" {
		t.Errorf("the member opens %q", body)
	}
	r := w.call(t, "getFile", map[string]any{"file_id": got[0].Document.ID})
	var f File
	_ = json.Unmarshal(r.Result, &f)
	fetched, err := http.Get(w.url + "/file/bot" + token + "/" + f.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer fetched.Body.Close()
	if body, _ := io.ReadAll(fetched.Body); string(body) != "%PDF a.pdf" {
		t.Errorf("the bot fetches %q", body)
	}
	again := w.call(t, "sendDocument", map[string]any{"chat_id": sara, "document": f.ID})
	if !again.OK {
		t.Errorf("by its id: %+v", again)
	}
}

func TestFaultsSpoilWhatTheyNameAsOftenAsTheySay(t *testing.T) {
	w := begun(t)
	w.mustAsk(t, "POST", "/faults", `{"method":"sendMessage","status":429,"retry_after":60,"times":1}`)
	send := func() result { return w.call(t, "sendMessage", map[string]any{"chat_id": sara, "text": "x"}) }
	if r := send(); r.Code != 429 || r.Parameters.RetryAfter != 60 {
		t.Errorf("%+v", r)
	}
	if r := send(); r.Code != 429 || w.Stats().Early != 1 {
		t.Errorf("a call before its time: %+v, %d", r, w.Stats().Early)
	}
	w.pass(61 * time.Second)
	if r := send(); !r.OK {
		t.Errorf("%+v", r)
	}
	w.AddFault(Fault{Method: "sendMessage", Cut: true, Times: 1})
	if _, err := http.Post(w.url+"/bot"+token+"/sendMessage", "application/json", strings.NewReader(`{"chat_id":77,"text":"cut"}`)); err == nil {
		t.Error("an answer came")
	}
	if said := w.said(t); said[len(said)-1].Text != "cut" {
		t.Error("it was not carried out")
	}
	w.AddFault(Fault{Share: 0.5, Status: 500})
	failed := 0
	for range 100 {
		if r := w.call(t, "getMe", nil); !r.OK {
			failed++
		}
	}
	if failed < 30 || failed > 70 {
		t.Errorf("%d of 100 fail", failed)
	}
	w.mustAsk(t, "DELETE", "/faults", "")
	if r := w.call(t, "getMe", nil); !r.OK {
		t.Errorf("%+v", r)
	}
	if got := w.mustAsk(t, "GET", "/stats", ""); !strings.Contains(got, `"getMe":101`) {
		t.Errorf("stats: %s", got)
	}
	w.mustAsk(t, "POST", "/reset", "")
	if len(w.Members()) != 0 {
		t.Error("members survive a reset")
	}
}

func TestConnectionsAreOpenedSlowlyAndSlowerStillInAnOutage(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Second = time.Second })
	g := &gate{server: w.Server}
	for i := range 10 {
		if d := g.wait(); d != 0 {
			t.Errorf("connection %d waits %s", i, d)
		}
	}
	if d := g.wait(); d != 500*time.Millisecond {
		t.Errorf("the eleventh waits %s", d)
	}
	w.success = w.now()
	w.pass(11 * time.Second)
	g = &gate{server: w.Server}
	if first, second := g.wait(), g.wait(); first != 0 || second != 2*time.Second {
		t.Errorf("in an outage: %s, %s", first, second)
	}
}

func TestAPageFromElsewhereCannotReachTheMembersSide(t *testing.T) {
	w := begun(t)
	for _, c := range []struct {
		host, origin string
		status       int
	}{
		{"127.0.0.1:80", "", 200},
		{"[::1]:80", "", 200},
		{"localhost:80", "http://127.0.0.1:8080", 200},
		{"evil.example", "", 403},
		{"127.0.0.1.evil.example", "", 403},
		{"127.0.0.1:80", "https://evil.example", 403},
		{"127.0.0.1:80", "null", 403},
	} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/sim/chats", nil)
		r.Host = c.host
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		answer := httptest.NewRecorder()
		w.ServeHTTP(answer, r)
		if answer.Code != c.status {
			t.Errorf("%s from %q: %d", c.host, c.origin, answer.Code)
		}
	}
}
