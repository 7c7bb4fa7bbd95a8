package app

import (
	"bytes"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/webhook/emulator"
)

// notes is a log that a test reads while it is written.
type notes struct {
	mu   sync.Mutex
	held bytes.Buffer
}

func (n *notes) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.held.Write(p)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.held.String()
}

func TestARestoredServerSendsNothingOldUntilItIsToldToAndEverythingNewAtOnce(t *testing.T) {
	i, messenger, log := install(t), open(t, false), &notes{}
	there := plan{messenger: messenger, data: filepath.Join(i.dir, "data"), settings: []string{"JAVAB_KEY=" + testKey}}
	tw := there.settle(t)
	messenger.AddFault(emulator.Fault{Method: "sendMessage", Status: http.StatusBadGateway})
	w := tw.member(7001, bot.En)
	w.writes("/menu")
	if err := tw.stop(); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(i.dir, "backup")
	i.want(i.run("backup", backup), 0)
	messenger.ClearFaults()

	again := install(t)
	again.want(again.run("restore", backup), 0, "held back")
	there.data, there.log = filepath.Join(again.dir, "data"), log
	there.settings = append(there.settings, "JAVAB_LOG=warn")
	w.town = there.settle(t)
	w.says("/help")
	time.Sleep(500 * time.Millisecond) // two polls of the courier
	held := func() int {
		waits, err := w.house.store.Backlog(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return waits.Held
	}
	if view := w.sees("the chat", func(emulator.View) bool { return true }); held() == 0 || len(fromBot(view)) != 1 {
		t.Errorf("held %d; the member reads %q, want the answer to /help alone", held(), fromBot(view))
	}
	for _, want := range []string{"held back", "javab restore --release", "javab restore --drop-sends"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q:\n%s", want, log.String())
		}
	}
	now := again.environment("restore", "--release")
	now.Clock = time.Now
	again.want(again.runIn(now), 0, "let go")
	w.sees("what was held back", func(v emulator.View) bool { return len(fromBot(v)) > 1 })
	if held() != 0 {
		t.Errorf("still held: %d", held())
	}
}

// fromBot is what the member has read.
func fromBot(v emulator.View) (texts []string) {
	for _, m := range v.Messages {
		if m.From.Bot {
			texts = append(texts, m.Text)
		}
	}
	return texts
}
