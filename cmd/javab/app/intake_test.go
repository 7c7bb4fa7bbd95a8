package app

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
	"javab/storage/memstore"
	"javab/webhook/emulator"
)

func TestTheMetricsTellWhatWaitsByKindAndUnitAndForHowLong(t *testing.T) {
	store, now := memstore.New(), morning
	err := store.Do(t.Context(), func(tx storage.Tx) error {
		jobs := []bot.Job{
			{Kind: bot.JobSend, Lane: "tg:1:1", Key: "a", RunAt: now.Add(-time.Minute)},
			{Kind: bot.JobSend, Lane: "tg:1:2", Key: "b", RunAt: now.Add(-3 * time.Minute)},
			{Kind: bot.JobEvent, Key: "c", RunAt: now.Add(time.Hour)},
		}
		if _, err := tx.Append(t.Context(), converse.Rows{Jobs: jobs}, bot.Lease{}); err != nil {
			return err
		}
		return tx.Enqueue(t.Context(), bot.HandOver{ID: "h", Chat: "tg:1:1", Unit: "cards", At: now.Add(-time.Hour)})
	})
	if err != nil {
		t.Fatal(err)
	}
	w, err := backlog{store, func() time.Time { return now }}.Waiting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := w.Jobs[bot.JobSend]; got.N != 2 || got.Oldest != 3*time.Minute {
		t.Errorf("sends: %+v", got)
	}
	if got := w.Jobs[bot.JobEvent]; got.N != 1 || got.Oldest != 0 {
		t.Errorf("a timer that is not due yet: %+v", got)
	}
	if got, told := w.Jobs[bot.JobFile]; !told || got.N != 0 {
		t.Errorf("a kind of which none is open: %+v, told %t", got, told)
	}
	if got := w.HandOvers["cards"]; got.N != 1 || got.Oldest != time.Hour {
		t.Errorf("hand-overs: %+v", got)
	}
}

func TestAMessageThatCannotBeSentIsSeenInTheMetrics(t *testing.T) {
	tw := settle(t, false)
	w := tw.member(7001, bot.En)
	tw.messenger.AddFault(emulator.Fault{Method: "sendMessage", Status: http.StatusTooManyRequests, RetryAfter: 60})
	w.writes("/help")
	w.sees("a job in the metrics", func(emulator.View) bool {
		return strings.Contains(tw.house.gauges(t, "javab_jobs_open"), `kind="send"} 1`)
	})
	for _, want := range []string{`javab_jobs_open{kind="file"} 0`, `javab_jobs_oldest_seconds{kind="send"}`, "javab_backlog_known 1"} {
		if got := tw.house.gauges(t, "javab_"); !strings.Contains(got, want) {
			t.Errorf("lacks %s:\n%s", want, got)
		}
	}
}
