package app

import (
	"fmt"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/deliver"
	"javab/webhook/emulator"
)

// settled waits until nothing is on its way: every update stored, every message sent.
func (tw *town) settled() {
	tw.t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		waits, err := tw.house.store.Backlog(tw.t.Context())
		if err != nil {
			tw.t.Fatal(err)
		}
		if tw.messenger.Pending() == 0 && waits.Jobs[bot.JobSend].N == 0 && waits.Jobs[bot.JobEvent].N == 0 {
			return
		}
	}
	tw.t.Fatal("updates or messages wait for ever")
}

// ledger compares what the member said and saw with what is stored: nothing lost, nothing doubled.
func (w *walker) ledger(said int) {
	w.t.Helper()
	in, out, read := 0, 0, 0
	for _, m := range w.record() {
		switch m.Direction {
		case bot.In:
			in++
		case bot.Out:
			out++
		}
	}
	for _, m := range w.sees("the chat", func(emulator.View) bool { return true }).Messages {
		if m.From.Bot {
			read++
		}
	}
	if in != said || read != out || out < said {
		w.t.Errorf("member %d said %d and %d are stored; %d replies are stored and he read %d", w.id, said, in, out, read)
	}
}

func TestAShutdownUnderLoadLosesNothingAndDoublesNothing(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, settings ...string) {
		const crowd, words = 20, 10
		p := plan{messenger: open(t, false), data: t.TempDir(), settings: settings}
		tw := p.settle(t)
		p.messenger.AddFault(emulator.Fault{Method: "sendMessage", Delay: 20})
		var members []*walker
		for i := range crowd {
			members = append(members, tw.member(int64(7001+i), bot.En))
		}
		for i := range words {
			for _, w := range members {
				if _, err := p.messenger.Say(w.id, fmt.Sprint("/help ", i)); err != nil {
					t.Fatal(err)
				}
			}
		}
		for p.messenger.Stats().Calls["sendMessage"] < crowd*words/4 {
			time.Sleep(time.Millisecond)
		}
		began, sent := time.Now(), p.messenger.Stats().Calls["sendMessage"]
		if err := tw.stop(); err != nil {
			t.Errorf("the program ended with: %v", err)
		}
		if took := time.Since(began); took > drainLimit || sent >= crowd*words {
			t.Errorf("the shutdown took %s and came after %d messages of %d", took, sent, crowd*words)
		}
		began = time.Now()
		next := p.settle(t)
		next.settled()
		if took := time.Since(began); took > deliver.LeaseTime {
			t.Errorf("the next run needed %s: the one before kept leases", took)
		}
		for _, w := range members {
			w.town = next
			w.ledger(words)
		}
	})
}
