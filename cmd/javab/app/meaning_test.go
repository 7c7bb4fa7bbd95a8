package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/faq"
	"javab/flows"
	"javab/webhook"
)

// kinds are names of one kind each: words alone cannot know that they are. The last of each is in no phrasing.
var kinds = []string{
	"cat dog horse rabbit goldfish parrot hamster kitten", "taxi lorry bus van truck jeep tractor motorbike",
	"bread rice soup cheese salad butter noodles pancake", "kitchen cellar attic hall office lounge bedroom balcony",
	"shirt coat hat scarf glove jacket trousers socks", "boat ferry tanker yacht canoe raft submarine kayak",
	"oak pine maple birch willow cedar chestnut walnut", "hammer saw drill wrench chisel shovel screwdriver pliers",
}

const unheardOf = "tell me about the pancake" // it is of kind 2

func kindDocs() []faq.Document {
	docs := make([]faq.Document, len(kinds))
	for i, names := range kinds {
		docs[i] = faq.Document{ID: fmt.Sprint("answers/", i), Lang: bot.En}
		for j, name := range strings.Fields(names)[:7] {
			docs[i].Phrasings = append(docs[i].Phrasings, []string{"tell me about the ", "what is with the ", "I need to know more of a "}[j%3]+name)
		}
	}
	return docs
}

// oracle is a server that knows what is of which kind.
type oracle struct {
	*httptest.Server
	broken, silent atomic.Bool
	leave          chan struct{}

	mu    sync.Mutex
	heard []string // texts
	calls int
}

func consult(t *testing.T) *oracle {
	t.Helper()
	o := &oracle{leave: make(chan struct{})}
	o.Server = httptest.NewServer(http.HandlerFunc(o.answer))
	t.Cleanup(func() { close(o.leave); o.Close() })
	return o
}

func (o *oracle) answer(w http.ResponseWriter, r *http.Request) {
	var asked struct{ Input []string }
	err := json.NewDecoder(r.Body).Decode(&asked)
	o.mu.Lock()
	o.calls++
	o.heard = append(o.heard, asked.Input...)
	o.mu.Unlock()
	if o.silent.Load() {
		select {
		case <-o.leave:
		case <-r.Context().Done():
		}
	}
	if err != nil || o.broken.Load() {
		http.Error(w, "broken", http.StatusInternalServerError)
		return
	}
	data := make([]map[string]any, len(asked.Input))
	for i, text := range asked.Input {
		vector := make([]float64, 1+len(kinds))
		vector[0] = 2
		for kind, names := range kinds {
			for name := range strings.FieldsSeq(names) {
				if slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }), name) {
					vector[1+kind]++
				}
			}
		}
		data[i] = map[string]any{"index": i, "embedding": vector}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"data": data})
}

// told is what the server was asked about since the last time.
func (o *oracle) told() (calls int, heard []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	calls, heard, o.calls, o.heard = o.calls, o.heard, 0, nil
	return calls, heard
}

// academy is a house of which nothing stands but what learns, with a clock of its own.
type academy struct {
	*house
	t   *testing.T
	log bytes.Buffer // written by teach alone; read when that has ended
	now atomic.Int64
}

func academyOf(t *testing.T, o *oracle) *academy {
	t.Helper()
	a := &academy{t: t}
	a.house = &house{
		library: &library{reader: new(reader), told: make(chan struct{}, 1)}, metrics: webhook.NewMetrics(nil),
		env:    Environment{Clock: func() time.Time { return morning.Add(time.Duration(a.now.Load())) }},
		config: Config{EmbeddingsURL: o.URL, EmbeddingsPatience: 100}, log: slog.New(slog.NewTextHandler(&a.log, nil)),
	}
	a.openMeanings()
	a.library.meanings.again = time.Millisecond
	a.live(kindDocs())
	return a
}

// live makes documents the content.
func (a *academy) live(docs []faq.Document) {
	asked := courseOf(faq.Usual(), docs)
	a.library.live.Store(&edition{knowledge: &knowledge{asked: asked, questions: faq.Serve(a.library.reader.school.index(asked))}})
	a.library.tell()
}

// teaching teaches beside the test, until stop.
func (a *academy) teaching() (stop func()) {
	ctx, cancel := context.WithCancel(a.t.Context())
	done := make(chan error, 1)
	go func() { done <- a.teach(ctx) }()
	return func() {
		a.t.Helper()
		cancel()
		if err := <-done; err != nil {
			a.t.Error(err)
		}
	}
}

// until waits for what is done beside the test.
func (a *academy) until(what string, holds func() bool) {
	a.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			a.t.Fatalf("never comes: %s", what)
		}
	}
}

func (a *academy) knowsMeanings() bool {
	s := a.library.sensed.Load()
	return s != nil && s.of == a.library.live.Load().questions.Index()
}

// taught is an academy that has learnt everything, and its server, which is asked from now on by questions alone.
func taught(t *testing.T) (*academy, *oracle) {
	t.Helper()
	o := consult(t)
	a := academyOf(t, o)
	stop := a.teaching()
	a.until("the meanings", a.knowsMeanings)
	stop()
	o.told()
	return a, o
}

func (a *academy) asks(text string) flows.Match {
	return a.library.Match(converse.Ask{Lang: bot.En, Text: text, Free: true})
}

func (a *academy) byWords(text string) flows.Match {
	return a.library.Match(converse.Ask{Lang: bot.En, Text: text})
}

func TestAQuestionInOtherWordsIsFoundByItsMeaning(t *testing.T) {
	a, o := taught(t)
	if m := a.asks(unheardOf + ", 0912 123 4567"); m.Sure != "answers/2" || m.P < .8 {
		t.Errorf("got %+v", m)
	}
	if _, heard := o.told(); !slices.Equal(heard, []string{unheardOf + ", [number]"}) {
		t.Errorf("the server heard %q", heard)
	}
}

func TestWhatIsSaidInTheMiddleOfSomethingNeverLeavesTheHouse(t *testing.T) {
	a, o := taught(t)
	if m := a.byWords(unheardOf); m.Sure == "answers/2" {
		t.Errorf("words alone know it: %+v", m)
	}
	if calls, heard := o.told(); calls > 0 {
		t.Errorf("the server heard %q", heard)
	}
}

func TestPhrasingsAreAskedAboutOnce(t *testing.T) {
	o := consult(t)
	a := academyOf(t, o)
	stop := a.teaching()
	defer stop()
	a.until("the meanings", a.knowsMeanings)
	if calls, heard := o.told(); calls != 1 || len(heard) != 7*len(kinds) {
		t.Errorf("%d texts in %d calls", len(heard), calls)
	}
	a.live(kindDocs()) // the same again
	a.until("the meanings", a.knowsMeanings)
	changed := kindDocs()
	changed[3].Phrasings[0] = "where is the kitchen"
	a.live(changed)
	a.until("the meanings of what has changed", a.knowsMeanings)
	if _, heard := o.told(); !slices.Equal(heard, []string{"where is the kitchen"}) {
		t.Errorf("asked again about %q", heard)
	}
}

func TestAServerThatIsAwayAtFirstIsLearntFromLater(t *testing.T) {
	o := consult(t)
	o.broken.Store(true)
	a := academyOf(t, o)
	stop := a.teaching()
	a.until("some tries", func() bool { o.mu.Lock(); defer o.mu.Unlock(); return o.calls > 3 })
	if got, want := a.asks(unheardOf), a.byWords(unheardOf); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	o.broken.Store(false)
	a.until("the meanings", a.knowsMeanings)
	if m := a.asks(unheardOf); m.Sure != "answers/2" {
		t.Errorf("got %+v", m)
	}
	stop()
	if log := a.log.String(); strings.Count(log, "level=WARN") != 1 || !strings.Contains(log, "500") || !strings.Contains(log, "languages=[en]") {
		t.Errorf("the log is\n%s", log)
	}
}

func TestAServerThatFallsSilentCostsOneQuestionItsPatience(t *testing.T) {
	a, o := taught(t)
	o.silent.Store(true)
	for range 5 {
		begun := time.Now()
		if got, want := a.asks(unheardOf), a.byWords(unheardOf); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
		if took := time.Since(begun); took > time.Second {
			t.Errorf("a question takes %v", took)
		}
	}
	if calls, _ := o.told(); calls != 1 {
		t.Errorf("%d questions have waited", calls)
	}
	o.silent.Store(false)
	a.now.Add(int64(messagesAgain))
	if m := a.asks(unheardOf); m.Sure != "answers/2" {
		t.Errorf("it is not asked again: %+v", m)
	}
	endings := map[string]uint64{}
	families, err := a.metrics.Registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == "javab_embedding_seconds" {
				endings[m.GetLabel()[0].GetValue()] = m.GetHistogram().GetSampleCount()
			}
		}
	}
	if want := map[string]uint64{"failed": 1, "answered": 1}; !reflect.DeepEqual(endings, want) {
		t.Errorf("counted %v", endings)
	}
}

func TestAServerWithAnotherModelIsLearntFromAnew(t *testing.T) {
	p := phrasings{server: lengthOf(2)}
	if _, err := p.Embed(t.Context(), []string{"a", "b"}); err != nil {
		t.Fatal(err)
	}
	p.server = lengthOf(3)
	if _, err := p.Embed(t.Context(), []string{"a", "c"}); err == nil {
		t.Error("vectors of two models are mixed")
	}
	if got, err := p.Embed(t.Context(), []string{"a", "c"}); err != nil || len(got[0]) != 3 || len(got[1]) != 3 {
		t.Errorf("got %v, %v", got, err)
	}
}

// lengthOf is an embedder whose vectors have so many dimensions.
type lengthOf int

func (l lengthOf) Embed(_ context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i := range vectors {
		vectors[i] = make([]float32, l)
	}
	return vectors, nil
}

func TestNobodyIsAskedAboutMeaningsUnlessTheOperatorSaysSo(t *testing.T) {
	for _, url := range []string{"", "http://127.0.0.1:1"} {
		h := plan{messenger: open(t, false), settings: []string{"JAVAB_EMBEDDINGS_URL=" + url}}.house(t, "http://127.0.0.1:1")
		if asks := h.library.meanings != nil; asks != (url != "") {
			t.Errorf("%q: asks %v", url, asks)
		}
		sandbox, err := h.build(t.Context())
		if err != nil || sandbox.library.meanings != nil || sandbox.library.sensed.Load() != nil {
			t.Errorf("who practises asks outside of the house: %v", err)
		}
		if err := h.close(); err != nil {
			t.Error(err)
		}
	}
}

func TestTheDoctorTellsHowTheServerOfMeaningsIs(t *testing.T) {
	const key = "a-key-that-nobody-shall-read"
	o := consult(t)
	i, _ := clinic(t, false, 0, "JAVAB_EMBEDDINGS_URL="+o.URL+"/v1", "JAVAB_EMBEDDINGS_KEY="+key)
	i.wantFinding("meaning", fine, "answers in 0 ms")
	if _, heard := o.told(); !slices.Equal(heard, []string{"Javab", "Javab"}) {
		t.Errorf("it asks about %q", heard)
	}
	o.broken.Store(true)
	i.wantFinding("meaning", warning, "500")
	if all := i.run("doctor", "--json"); strings.Contains(all.out+all.errors, key) || all.code != 0 {
		t.Errorf("exit code %d\n%s%s", all.code, all.out, all.errors)
	}
	o.broken.Store(false)
	slow := i.environment("doctor")
	var looks atomic.Int64
	slow.Clock = func() time.Time { return morning.Add(time.Duration(looks.Add(1)) * time.Second) }
	i.want(i.runIn(slow), 0, "answers in 1000 ms", "300 ms at most", "JAVAB_EMBEDDINGS_PATIENCE")
	without, _ := clinic(t, false, 0)
	if _, looked := without.findings()["meaning"]; looked {
		t.Error("it looks for a server that nobody has set up")
	}
}

func TestTheSettingsOfMeaningsAreChecked(t *testing.T) {
	_, err := LoadConfig([]string{"JAVAB_EMBEDDINGS_URL=models.example", "JAVAB_EMBEDDINGS_PATIENCE=5000"}, t.TempDir())
	got := strings.Join(sentences(t, err), "\n")
	for _, part := range []string{"JAVAB_EMBEDDINGS_URL", "models.example", "JAVAB_EMBEDDINGS_PATIENCE", "from 20 to 2000"} {
		if !strings.Contains(got, part) {
			t.Errorf("lacks %q: %s", part, got)
		}
	}
	c, err := LoadConfig([]string{"JAVAB_EMBEDDINGS_URL=https://models.example"}, t.TempDir())
	if err != nil || c.EmbeddingsPatience != 300 {
		t.Errorf("got %+v, %v", c, err)
	}
}
