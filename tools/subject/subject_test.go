package subject_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"javab/tools/subject"
)

func TestAProgramThatEndsBeforeItIsReadyTellsItsLastWords(t *testing.T) {
	s := &subject.Subject{
		Binary: "/bin/sh", Args: []string{"-c", "echo no such key; exit 1"}, Address: "127.0.0.1:1", Log: filepath.Join(t.TempDir(), "log"),
	}
	if err := s.Start(); err == nil || !strings.Contains(err.Error(), "no such key") {
		t.Errorf("got %v", err)
	}
	s.Kill() // it has ended already
	if s.CPU() < 0 {
		t.Error("time runs backwards")
	}
}

// sleeper is a process that is ready at once, since somebody else answers for it.
func sleeper(t *testing.T, script string) *subject.Subject {
	t.Helper()
	ready := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(ready.Close)
	s := &subject.Subject{
		Binary: "/bin/sh", Args: []string{"-c", script}, Address: strings.TrimPrefix(ready.URL, "http://"), Log: filepath.Join(t.TempDir(), "log"),
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Kill)
	return s
}

func TestAKilledProgramCanBeStartedAgainAtItsAddress(t *testing.T) {
	s := sleeper(t, "exec sleep 60")
	if s.RSS() == 0 {
		t.Error("it uses no memory")
	}
	s.Kill()
	if err := s.Start(); err != nil {
		t.Error(err)
	}
}

func TestAStopTellsHowTheProgramEnded(t *testing.T) {
	if err := sleeper(t, "trap 'exit 3' TERM; sleep 60 & wait").Stop(10e9); err == nil || !strings.Contains(err.Error(), "3") {
		t.Errorf("got %v", err)
	}
	if err := sleeper(t, "trap '' TERM; while :; do sleep 1; done").Stop(2e8); err == nil || !strings.Contains(err.Error(), "did not end") {
		t.Errorf("got %v", err)
	}
}

func TestTheProgramIsToldWhereItsDataIs(t *testing.T) {
	folder := t.TempDir()
	engine, err := subject.Open(t.Context(), subject.SQLiteName, "", filepath.Join(folder, "data"))
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	s, err := subject.Javab{Binary: "javab", Engine: engine, API: "http://api", Senders: 3}.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"JAVAB_DATA=" + folder + "/data", "JAVAB_TELEGRAM_API=http://api", "JAVAB_SENDERS=3", "JAVAB_LISTEN=" + s.Address} {
		if !slices.Contains(s.Env, want) {
			t.Errorf("%s is not in %v", want, s.Env)
		}
	}
	if !engine.Embedded() || s.Hook() != "http://"+s.Address+"/hook/tg" {
		t.Errorf("embedded %v, hook %s", engine.Embedded(), s.Hook())
	}
	if _, err := os.Stat(filepath.Join(folder, "data")); err != nil {
		t.Error(err)
	}
}

func TestACutLineIsDeadUntilItIsMended(t *testing.T) {
	far := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer far.Close()
	proxy, err := subject.NewProxy(strings.TrimPrefix(far.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{}}
	get := func() error {
		response, err := client.Get("http://" + proxy.Address)
		if err == nil {
			response.Body.Close()
		}
		return err
	}
	for _, step := range []struct{ cut, alive bool }{{false, true}, {true, false}, {false, true}} {
		proxy.Cut(step.cut)
		if err := get(); (err == nil) != step.alive {
			t.Errorf("cut %v: %v", step.cut, err)
		}
	}
}
