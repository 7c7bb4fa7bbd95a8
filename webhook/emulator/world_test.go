package emulator

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	token = "1000:demo-token"
	sara  = 77
)

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

type world struct {
	*Server
	*clock
	url string
}

func newWorld(t *testing.T, change ...func(*Options)) *world {
	t.Helper()
	c := &clock{at: time.Unix(1_795_000_000, 0)}
	o := Options{Token: token, Now: c.now, Second: time.Millisecond}
	for _, f := range change {
		f(&o)
	}
	s := New(o)
	web := httptest.NewServer(s)
	t.Cleanup(func() {
		s.Close()
		web.CloseClientConnections()
		web.Close()
	})
	s.Join(Member{ID: sara, First: "Sara", Phone: "+989121234567"})
	return &world{Server: s, clock: c, url: web.URL}
}

// begun is a world in which the member has written.
func begun(t *testing.T, change ...func(*Options)) *world {
	t.Helper()
	w := newWorld(t, change...)
	if _, err := w.Say(sara, "/start"); err != nil {
		t.Fatal(err)
	}
	return w
}

// result is the API's answer as a test looks at it.
type result struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	} `json:"parameters"`
	status int
}

func (w *world) call(t *testing.T, method string, params map[string]any) result {
	t.Helper()
	body, err := json.Marshal(params)
	if err != nil {
		t.Fatal(err)
	}
	return w.post(t, "/bot"+token+"/"+method, "application/json", bytes.NewReader(body))
}

func (w *world) post(t *testing.T, path, kind string, body io.Reader) result {
	t.Helper()
	resp, err := http.Post(w.url+path, kind, body)
	if err != nil {
		t.Fatal(err)
	}
	return readResult(t, resp)
}

func readResult(t *testing.T, resp *http.Response) result {
	t.Helper()
	defer resp.Body.Close()
	r := result{status: resp.StatusCode}
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		t.Fatal(err)
	}
	if !r.OK && r.Code != r.status {
		t.Errorf("error_code %d under status %d", r.Code, r.status)
	}
	return r
}

func (w *world) hello(t *testing.T) Message {
	t.Helper()
	return w.sent(t, map[string]any{"chat_id": sara, "text": "hi"})
}

func (w *world) sent(t *testing.T, params map[string]any) Message {
	t.Helper()
	r := w.call(t, "sendMessage", params)
	var m Message
	if err := json.Unmarshal(r.Result, &m); err != nil || !r.OK {
		t.Fatalf("%+v, %v", r, err)
	}
	return m
}

func TestACallIsTakenInEveryFormOfTheAPI(t *testing.T) {
	w := begun(t)
	form := url.Values{"chat_id": {"77"}, "text": {"form"}, "disable_notification": {"true"}}
	var multi bytes.Buffer
	writer := multipart.NewWriter(&multi)
	_ = writer.WriteField("chat_id", "77")
	_ = writer.WriteField("text", `{"not": "an object"}`)
	_ = writer.Close()
	empty := multipart.NewWriter(io.Discard)
	path := "/bot" + token
	get, err := http.Get(w.url + path + "/SENDmessage?" + url.Values{"chat_id": {"77"}, "text": {"query"}}.Encode())
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]result{
		"query":           readResult(t, get),
		"form":            w.post(t, path+"/sendMessage", "application/x-www-form-urlencoded", strings.NewReader(form.Encode())),
		"json":            w.call(t, "sendMessage", map[string]any{"chat_id": 77, "text": "json"}),
		"json, string id": w.call(t, "sendMessage", map[string]any{"chat_id": "77", "text": "json", "parse_mode": nil}),
		"multipart":       w.post(t, path+"/sendMessage", writer.FormDataContentType(), bytes.NewReader(multi.Bytes())),
		"chunked":         w.post(t, path+"/sendMessage", writer.FormDataContentType(), io.MultiReader(&multi)),
		"empty multipart": w.post(t, path+"/getMe", empty.FormDataContentType(), strings.NewReader("")),
		"nothing":         w.post(t, path+"/getMe", "", strings.NewReader("")),
	} {
		if !r.OK {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestAWrongTokenAMethodThatNobodyCallsAndNonsenseAreRefused(t *testing.T) {
	w := begun(t)
	if r := w.post(t, "/bot1000:other/getMe", "", nil); r.Code != 401 {
		t.Errorf("%+v", r)
	}
	if r := w.call(t, "sendSticker", nil); r.Code != 404 {
		t.Errorf("%+v", r)
	}
	if r := w.post(t, "/bot"+token+"/getMe", "application/json", strings.NewReader("{")); r.Code != 400 {
		t.Errorf("%+v", r)
	}
	if r := w.post(t, "/file/bot1000:other/documents/x", "", nil); r.Code != 404 {
		t.Errorf("%+v", r)
	}
}
