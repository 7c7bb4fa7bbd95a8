package sqlstore

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
	"javab/storage/vault"
)

func openLiteStore(t *testing.T) *Store {
	t.Helper()
	v, err := vault.New(bytes.Repeat([]byte("master key "), 4))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), Config{DSN: filepath.Join(t.TempDir(), "a #1?.db"), Vault: v, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryColumnOfEveryRowExists(t *testing.T) {
	s := openLiteStore(t)
	for _, row := range []any{
		messageRow{},
		fileRow{},
		pieceRow{},
		caseRow{},
		entryRow{},
		memberRow{},
		resultRow{},
		handoverRow{},
		poisonRow{},
		jobRow{},
		settingRow{},
		staffRow{},
		secretsRow{},
		sessionRow{},
	} {
		stmt := &gorm.Statement{DB: s.reads}
		if err := stmt.Parse(&row); err != nil {
			t.Fatal(err)
		}
		for _, field := range stmt.Schema.Fields {
			_, err := s.read().ExecContext(t.Context(), "SELECT "+field.DBName+" FROM "+stmt.Schema.Table+" LIMIT 0")
			if err != nil {
				t.Errorf("%T: %v", row, err)
			}
		}
	}
}

func TestTheWriterWaitsForTheDisk(t *testing.T) {
	s := openLiteStore(t)
	for pragma, want := range map[string]string{
		"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1", "secure_delete": "1",
	} {
		got := ""
		err := s.write(t.Context(), func(p pool) error {
			_, err := one(t.Context(), p, []any{&got}, "PRAGMA "+pragma)
			return err
		})
		if err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", pragma, got, want, err)
		}
	}
	if _, err := s.read().ExecContext(t.Context(), "DELETE FROM chats"); err == nil {
		t.Error("a reader could write")
	}
}

// counting counts the statements of a transaction.
type counting struct {
	pool
	n *int
}

func (c counting) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	*c.n++
	return c.pool.ExecContext(ctx, query, args...)
}

func (c counting) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	*c.n++
	return c.pool.QueryContext(ctx, query, args...)
}

func TestATurnCostsFiveStatements(t *testing.T) {
	s, n := openLiteStore(t), 0
	ctx := t.Context()
	err := s.write(ctx, func(p pool) error {
		tx := &tx{s: s, pool: counting{p, &n}}
		_, err := tx.Accept(ctx, converse.Acceptance{
			Receipt: bot.ReceiptKey{Source: "tg", ID: "1"}, Chat: bot.Chat{Key: "tg:b:1", Rev: 1},
		})
		_, errAppend := tx.Append(ctx, converse.Rows{
			Messages: []bot.Message{{Chat: "tg:b:1"}, {Chat: "tg:b:1"}},
			Jobs:     []bot.Job{{Lane: "tg:b:1", Key: "1"}, {Lane: "tg:b:1", Key: "2"}},
		}, bot.Lease{Token: 1, Until: time.Unix(1e9, 0)})
		return errors.Join(err, errAppend)
	})
	if err != nil || n != 5 { // receipt, chat, messages, is the lane empty, jobs
		t.Errorf("%d statements, %v", n, err)
	}
}

// On PostgreSQL a statement is a journey: the same turn makes two between BEGIN and COMMIT.
func TestOnPostgresATurnIsTwoStatements(t *testing.T) {
	var texts []string
	s := &Store{engine: &post{}, vault: openLiteStore(t).vault}
	tx := &tx{s: s, pool: refusing{&texts}}
	_, _ = tx.Accept(t.Context(), converse.Acceptance{Chat: bot.Chat{Key: "tg:b:1", Rev: 1}})
	_, _ = tx.Append(t.Context(), converse.Rows{
		Messages: []bot.Message{{Chat: "tg:b:1"}, {Chat: "tg:b:1"}},
		Jobs:     []bot.Job{{Lane: "tg:b:1", Key: "1"}, {Lane: "tg:b:1", Key: "2"}},
	}, bot.Lease{Token: 1, Until: time.Unix(1e9, 0)})
	if len(texts) != 2 {
		t.Errorf("%d statements: %s", len(texts), strings.Join(texts, "\n"))
	}
}

// refusing notes statements and runs none.
type refusing struct{ texts *[]string }

var errRefused = errors.New("refused")

func (r refusing) PrepareContext(context.Context, string) (*sql.Stmt, error) { return nil, errRefused }

func (r refusing) ExecContext(_ context.Context, query string, _ ...any) (sql.Result, error) {
	*r.texts = append(*r.texts, query)
	return nil, errRefused
}

func (r refusing) QueryContext(_ context.Context, query string, _ ...any) (*sql.Rows, error) {
	*r.texts = append(*r.texts, query)
	return nil, errRefused
}

func (r refusing) QueryRowContext(context.Context, string, ...any) *sql.Row { return nil }

func TestAFullDiskIsUnavailableAndTheStoreRecovers(t *testing.T) {
	s := openLiteStore(t)
	ctx := t.Context()
	limit := func(pages int) {
		t.Helper()
		err := s.write(ctx, func(p pool) error {
			return each(ctx, p, func(func(...any) error) error { return nil }, fmt.Sprintf("PRAGMA max_page_count=%d", pages))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	fill := func(text string) error {
		return s.Do(ctx, func(tx storage.Tx) error {
			_, err := tx.Append(ctx, converse.Rows{Messages: []bot.Message{{Chat: "tg:b:1", Text: text}}}, bot.Lease{})
			return err
		})
	}
	limit(1) // SQLite takes it as: no more than there are
	if err := fill(strings.Repeat("x", 1<<20)); bot.KindOf(err) != bot.Unavailable {
		t.Fatalf("full: %v, want Unavailable", err)
	}
	limit(1 << 20)
	if err := fill("small"); err != nil {
		t.Errorf("with room again: %v", err)
	}
	got, err := s.ReadMessages(ctx, "tg:b:1", 9)
	if err != nil || len(got) != 1 {
		t.Errorf("%d messages, %v", len(got), err)
	}
}

func TestACallerWhoGoesInTheMiddleHurtsNobody(t *testing.T) {
	s := openLiteStore(t)
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			err := s.Do(ctx, func(tx storage.Tx) error {
				if i%4 == 0 {
					cancel()
				}
				_, err := tx.Accept(ctx, converse.Acceptance{Receipt: bot.ReceiptKey{Source: "tg", ID: fmt.Sprint(i)}})
				return err
			})
			if err != nil {
				t.Errorf("closure %d: %v", i, err)
			}
		})
	}
	wg.Wait()
}

func TestAClosedStoreIsUnavailableAndNobodyHangs(t *testing.T) {
	s := openLiteStore(t)
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			for range 20 {
				err := s.Do(t.Context(), func(tx storage.Tx) error {
					_, err := tx.Append(t.Context(), converse.Rows{Chat: &bot.Chat{Key: "tg:b:1"}}, bot.Lease{})
					return err
				})
				if err != nil && bot.KindOf(err) != bot.Unavailable {
					t.Error(err)
				}
			}
		})
	}
	_ = s.Close()
	wg.Wait()
	if err := s.Do(t.Context(), func(storage.Tx) error { return nil }); bot.KindOf(err) != bot.Unavailable {
		t.Errorf("closed: %v", err)
	}
}

func TestWaitingClosuresShareACommit(t *testing.T) {
	s := openLiteStore(t)
	hold, held := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() { _ = s.write(t.Context(), func(pool) error { close(held); <-hold; return nil }) })
	<-held
	var seen []int // what a reader beside the writer sees of the group while it is at work
	for i := range groupSize - 1 {
		wg.Go(func() {
			err := s.write(t.Context(), func(p pool) error {
				n := 0
				_, err := one(t.Context(), s.read(), []any{&n}, "SELECT COUNT(*) FROM settings")
				seen = append(seen, n)
				_, errInsert := p.ExecContext(t.Context(), "INSERT INTO settings (name, value) VALUES (?, '')", fmt.Sprint(i))
				return errors.Join(err, errInsert)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	for len(s.engine.(*lite).writer.queue) < groupSize-1 {
		time.Sleep(time.Millisecond)
	}
	close(hold)
	wg.Wait()
	// A slow machine may need a second group, since a group has a time too; it never needs one per closure.
	groups := 0
	for i, n := range seen {
		if i == 0 || n != seen[i-1] {
			groups++
		}
	}
	if len(seen) != groupSize-1 || groups > 10 {
		t.Errorf("%d closures in %d groups: %v", len(seen), groups, seen)
	}
}

func TestAGroupWorksAsLongAsItsCommitWithinBounds(t *testing.T) {
	for commit, want := range map[time.Duration]time.Duration{0: leastTime, 10 * time.Millisecond: 10 * time.Millisecond, time.Second: mostTime} {
		if got := groupTime(commit); got != want {
			t.Errorf("after a commit of %s a group works for %s, want %s", commit, got, want)
		}
	}
}

func TestErrorsAreSortedByWhatTheCallerCanDo(t *testing.T) {
	own := &bot.Error{Kind: bot.Conflict, Key: "x"}
	for _, c := range []struct {
		err        error
		want       bot.ErrorKind
		opensSoon  bool
		explaining string
	}{
		{sql.ErrConnDone, bot.Unavailable, true, "a closed connection"},
		{context.DeadlineExceeded, bot.Unavailable, false, "a caller out of time"},
		{fmt.Errorf("read: %w", context.Canceled), bot.Unavailable, false, "a caller who left"},
		{own, bot.Conflict, false, "an error of ours"},
		{errors.New("bug"), "", false, "an error of nobody's"},
	} {
		if got := bot.KindOf(sorted(c.err)); got != c.want || isAway(c.err) != c.opensSoon {
			t.Errorf("%s: %s, away %v", c.explaining, got, isAway(c.err))
		}
	}
	if sorted(nil) != nil || unavailable(nil) != nil {
		t.Error("no error became one")
	}
}
