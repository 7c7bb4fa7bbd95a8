package crowd

import (
	"context"
	"database/sql"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"javab/tools/messenger"

	_ "github.com/glebarez/go-sqlite" // the tables that are read
)

// tables are the columns that the judge reads, with one member's complaint and what was said to him, all as it should be.
const tables = `
	CREATE TABLE messages (id INTEGER PRIMARY KEY, chat TEXT, direction TEXT, text TEXT, ref TEXT, job_key TEXT);
	CREATE TABLE jobs (state TEXT, kind TEXT);
	CREATE TABLE cases (year INTEGER, seq INTEGER, chat TEXT, text TEXT);
	CREATE TABLE quarantine (raw TEXT);
	INSERT INTO messages (chat, direction, text, ref, job_key) VALUES
		('tg:bot:7', 'in', 'it broke', '1', ''), ('tg:bot:7', 'out', 'filed', '5', 'utg:1.0'), ('tg:bot:8', 'out', 'not his', '6', 'utg:2.0');
	INSERT INTO jobs VALUES ('done', 'send'), ('open', 'sla');
	INSERT INTO cases VALUES (1405, 12, 'tg:bot:7', 'it broke');`

func database(t *testing.T, more string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if _, err := db.Exec(tables + more); err != nil {
		t.Fatal(err)
	}
	return db
}

// settled is a crowd of one that was told its number and has seen these messages.
func settled(seen ...messenger.Seen) *Crowd {
	m := messenger.New("secret", 1)
	for _, s := range seen {
		body := `{"chat_id":7,"message_id":` + strconv.Itoa(s.ID) + `,"text":"` + s.Text + `"}`
		r := httptest.NewRequest(http.MethodPost, "/bot1:x/sendMessage", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		m.ServeHTTP(httptest.NewRecorder(), r)
	}
	c := &Crowd{Messenger: m, Chats: 1, FirstID: 7}
	c.keep(told{messenger.Filed{Number: "JV-1405-000012-3", Text: "it broke"}, 7})
	return c
}

var filed = messenger.Seen{ID: 5, Text: "filed"}

func compare(t *testing.T, c *Crowd, more string) *Report {
	t.Helper()
	r, err := c.Compare(t.Context(), database(t, more))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhatWasWrittenToldAndSeenAgrees(t *testing.T) {
	if r := compare(t, settled(filed), ""); !r.Clean(0) || r.Complaints != 1 {
		t.Errorf("not clean: %s", r)
	}
}

func TestTheComparisonSaysNo(t *testing.T) {
	for name, c := range map[string]struct {
		more string
		seen []messenger.Seen
		says string
	}{
		"to a case that is not there":          {"DELETE FROM cases", saw(filed), "complaints: lost 1,"},
		"to a case that nobody was told of":    {"INSERT INTO cases VALUES (1405, 13, 'tg:bot:7', 'it broke')", saw(filed), "doubled 1, with"},
		"to a case with other words":           {"UPDATE cases SET text = 'it broke it broke'", saw(filed), "another's text 1"},
		"to a case of somebody else":           {"UPDATE cases SET chat = 'tg:bot:77'", saw(filed), "another's text 1"},
		"to an update that was put aside":      {"INSERT INTO quarantine VALUES ('{}')", saw(filed), "quarantined 1"},
		"to a reply that never came":           {"", nil, "replies: lost 1"},
		"to a reply that nobody committed":     {"", saw(filed, messenger.Seen{ID: 6, Text: "who?"}), "out of order 1"},
		"to a copy where none may be":          {"", saw(messenger.Seen{ID: 4, Text: "filed"}, filed), "order 0, doubled 1"},
		"to a reply that is another's":         {"UPDATE messages SET text = 'not his' WHERE ref = '5'", saw(filed), "out of order 1"},
		"to a reply that bears another's name": {"UPDATE messages SET ref = '9' WHERE ref = '5'", saw(filed), "doubled 1"},
	} {
		t.Run(name, func(t *testing.T) {
			if r := compare(t, settled(c.seen...), ";"+c.more); r.Clean(0) || !strings.Contains(r.String(), c.says) {
				t.Errorf("want %q in: %s", c.says, r)
			}
		})
	}
}

func saw(seen ...messenger.Seen) []messenger.Seen { return seen }

func TestATableThatCannotBeReadIsNoCleanRun(t *testing.T) {
	for _, table := range []string{"messages", "jobs", "cases", "quarantine"} {
		if r, err := settled(filed).Compare(t.Context(), database(t, "; DROP TABLE "+table)); err == nil {
			t.Errorf("without %s: %s", table, r)
		}
	}
}

func TestAMessageThatIsNeverSentIsNoDrainedQueue(t *testing.T) {
	db := database(t, "; INSERT INTO jobs VALUES ('open', 'send')")
	if err := Drained(t.Context(), db, 60*time.Millisecond); err == nil || !strings.Contains(err.Error(), "1 messages are still unsent") {
		t.Errorf("got %v", err)
	}
	if err := Drained(t.Context(), database(t, ""), time.Second); err != nil {
		t.Error(err)
	}
}

func TestMembersWhoWaitInVainAreCountedAndNobodyWaitsForThem(t *testing.T) {
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer silent.Close()
	m := messenger.New("secret", 4)
	m.Hook = silent.URL
	c := &Crowd{Messenger: m, Chats: 2, FirstID: 7, Updates: 10, Patience: 20 * time.Millisecond}
	c.Start(t.Context())
	if c.Reached(t.Context(), 1) {
		t.Error("the work is done without a reply")
	}
	c.Wait()
	if r := compare(t, c, "; DELETE FROM messages; DELETE FROM cases"); r.Unanswered != 2 || r.Clean(100) {
		t.Errorf("got %s", r)
	}
	if c.Trouble() == nil || c.Answered() != 0 {
		t.Errorf("%d answered, trouble %v", c.Answered(), c.Trouble())
	}
}

func TestWhoIsInterruptedHasNotReachedHisShare(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if (&Crowd{Chats: 1, Updates: 1}).Reached(ctx, 0.5) {
		t.Error("reached")
	}
}

func TestTheShareIsOfUpdatesOrOfComplaintsWhateverIsFurther(t *testing.T) {
	c := &Crowd{Updates: 4, Complaints: 2}
	c.note(time.Second)
	if got := c.share(); got != 0.25 {
		t.Errorf("after one of four updates: %v", got)
	}
	c.keep(told{})
	if got := c.share(); got != 0.5 {
		t.Errorf("after one of two complaints: %v", got)
	}
}

func TestAPercentileIsWhatThatShareStaysBelow(t *testing.T) {
	c := &Crowd{}
	for i := range 100 {
		c.note(time.Duration(100-i) * time.Millisecond)
	}
	if p50, p99 := c.Percentile(0.5), c.Percentile(0.99); p50 != 51*time.Millisecond || p99 != 100*time.Millisecond {
		t.Errorf("p50 %s, p99 %s", p50, p99)
	}
	if late := c.Times(98); len(late) != 2 || Percentile(nil, 0.5) != 0 {
		t.Errorf("the last two are %v", late)
	}
}
