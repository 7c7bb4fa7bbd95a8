package embeddings

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

const secret = "a-key-that-nobody-shall-read"

// server answers each text with its length and its place among all that were sent, last text first. It notes what it hears.
type server struct {
	mu       sync.Mutex
	batches  [][]string
	model    string
	path     string
	key      string
	address  map[string]bool
	override http.HandlerFunc
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.override != nil {
		s.override(w, r)
		return
	}
	var asked request
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || r.Method != http.MethodPost {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.path, s.model, s.key = r.URL.Path, asked.Model, r.Header.Get("Authorization")
	s.address[r.RemoteAddr] = true
	s.batches = append(s.batches, asked.Input)
	type vector struct {
		Object    string    `json:"object"`
		Index     int       `json:"index"`
		Embedding []float64 `json:"embedding"`
	}
	var data []vector
	for i, text := range asked.Input {
		data = append(data, vector{"embedding", i, []float64{float64(len(text)), float64(i)}})
	}
	slices.Reverse(data)
	_ = json.NewEncoder(w).Encode(map[string]any{"object": "list", "data": data, "usage": map[string]int{"total_tokens": 1}})
}

func open(t *testing.T, override http.HandlerFunc) (*Client, *server) {
	t.Helper()
	s := &server{override: override, address: map[string]bool{}}
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	return Open(web.URL, "small", secret), s
}

func TestTextsAreSentInTheCommonFormAndVectorsComeInTheirOrder(t *testing.T) {
	c, s := open(t, nil)
	got, err := c.Embed(t.Context(), []string{"a", "bb", "ccc"})
	if err != nil || !reflect.DeepEqual(got, [][]float32{{1, 0}, {2, 1}, {3, 2}}) {
		t.Errorf("got %v, %v", got, err)
	}
	if s.path != "/v1/embeddings" || s.model != "small" || s.key != "Bearer "+secret || !reflect.DeepEqual(s.batches, [][]string{{"a", "bb", "ccc"}}) {
		t.Errorf("the server heard %+v", s)
	}
	if got, err := c.Embed(t.Context(), nil); err != nil || len(got) != 0 || len(s.batches) != 1 {
		t.Errorf("of nothing: %v, %v", got, err)
	}
}

func TestManyTextsGoInBatchesOverOneConnection(t *testing.T) {
	c, s := open(t, nil)
	texts := make([]string, 2*Batch+3)
	for i := range texts {
		texts[i] = fmt.Sprint("text ", i)
	}
	got, err := c.Embed(t.Context(), texts)
	if err != nil || len(got) != len(texts) || !slices.Equal(slices.Concat(s.batches...), texts) {
		t.Errorf("%d vectors, %v", len(got), err)
	}
	if len(s.batches) != 3 || len(s.batches[0]) != Batch || len(s.batches[2]) != 3 || len(s.address) != 1 {
		t.Errorf("%d batches over %d connections", len(s.batches), len(s.address))
	}
}

func TestWhatIsPersonalNeverLeavesTheHouse(t *testing.T) {
	c, s := open(t, nil)
	if _, err := c.Embed(t.Context(), []string{"My phone is 0912 123 4567, my mail ann@example.com, I am @ann_lee", "fees of 1405"}); err != nil {
		t.Fatal(err)
	}
	if want := [][]string{{"My phone is [number], my mail [mail] I am [name]", "fees of 1405"}}; !reflect.DeepEqual(s.batches, want) {
		t.Errorf("the server heard %q", s.batches)
	}
}

func TestAnAddressMayEndAsPeopleWriteIt(t *testing.T) {
	for _, end := range []string{"", "/", "/v1", "/v1/"} {
		if c := Open("http://localhost:1/models"+end, "", ""); c.endpoint != "http://localhost:1/models/v1/embeddings" {
			t.Errorf("%q: %s", end, c.endpoint)
		}
	}
}

func TestWithoutModelAndKeyNothingIsSaidOfThem(t *testing.T) {
	var body, key string
	_, s := open(t, nil)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		read, _ := io.ReadAll(r.Body)
		body, key = string(read), r.Header.Get("Authorization")
		r.Body = io.NopCloser(strings.NewReader(body))
		s.ServeHTTP(w, r)
	}))
	defer web.Close()
	if _, err := Open(web.URL, "", "").Embed(t.Context(), []string{"a"}); err != nil || body != `{"input":["a"]}` || key != "" {
		t.Errorf("said %s with %q, %v", body, key, err)
	}
}

// saying answers with a status and a body.
func saying(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func TestABadAnswerIsAnErrorThatTellsNoSecret(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		says   string
	}{
		"in trouble":      {saying(500, "no such key: "+secret+", ann@example.com"), "500 Internal Server Error"},
		"the key refused": {saying(401, secret), "401 Unauthorized"},
		"sent elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusTemporaryRedirect)
		}, "307"},
		"no JSON":                {saying(200, "<html>"+secret), "not of the form"},
		"another form":           {saying(200, `{"data":"`+secret+`"}`), "not of the form"},
		"numbers out of bounds":  {saying(200, `{"data":[{"index":0,"embedding":[1e99]},{"index":1,"embedding":[1]}]}`), "not of the form"},
		"nothing":                {saying(200, `{}`), "0 vectors for 2 texts"},
		"one too few":            {saying(200, `{"data":[{"index":0,"embedding":[1]}]}`), "1 vectors for 2 texts"},
		"one twice":              {saying(200, `{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}`), "twice"},
		"one for a text unknown": {saying(200, `{"data":[{"index":0,"embedding":[1]},{"index":7,"embedding":[1]}]}`), "vector 7"},
		"one below all":          {saying(200, `{"data":[{"index":0,"embedding":[1]},{"index":-1,"embedding":[1]}]}`), "vector -1"},
		"empty vectors":          {saying(200, `{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]}`), "not of one length"},
		"of several lengths":     {saying(200, `{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}`), "not of one length"},
		"huge":                   {saying(200, `{"data":[`+strings.Repeat(" ", maxAnswer)+`]}`), "longer than 16 MB"},
		"cut off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, secret)
		}, "read the answer"},
	} {
		client, _ := open(t, c.answer)
		got, err := client.Embed(t.Context(), []string{"a", "b"})
		if err == nil || got != nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, %v", name, got, err)
			continue
		}
		if said := fmt.Sprintf("%v %+v", err, err); strings.Contains(said, secret) || strings.Contains(said, "ann@") || strings.Contains(said, "127.0.0.1") {
			t.Errorf("%s: tells %s", name, said)
		}
	}
}

func TestWhoNoLongerWaitsIsAnsweredAtOnce(t *testing.T) {
	release := make(chan struct{})
	c, _ := open(t, func(http.ResponseWriter, *http.Request) { <-release })
	defer close(release)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	begun := time.Now()
	_, err := c.Embed(ctx, []string{"a"})
	if took := time.Since(begun); !errors.Is(err, context.DeadlineExceeded) || took > 5*time.Second {
		t.Errorf("after %v: %v", took, err)
	}
}

func TestAnAddressWhereNobodyListensIsNotInTheError(t *testing.T) {
	for _, address := range []string{"http://user:" + secret + "@127.0.0.1:1/?key=" + secret, "http://\x7f" + secret} {
		_, err := Open(address, "", "two\nlines "+secret).Embed(t.Context(), []string{"a"})
		if err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("got %v", err)
		}
	}
}
