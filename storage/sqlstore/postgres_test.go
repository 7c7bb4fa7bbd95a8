package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
	"javab/storage/sqlstore"
	"javab/storage/storagetest"
)

func TestPostgresKeepsTheContract(t *testing.T) {
	dsn := schema(t)
	storagetest.Run(t, func(t *testing.T) storage.Store {
		s := open(t, dsn)
		t.Cleanup(func() { empty(t, dsn) })
		return s
	})
}

// empty takes all rows out of a schema and leaves it as its migrations did: making one takes a hundred times as long.
// The rules of the tables sleep meanwhile, since some say that nothing is ever taken out of them.
func empty(t *testing.T, dsn string) {
	const rows = `DO $$ DECLARE name text; BEGIN
		SET LOCAL session_replication_role = replica;
		FOR name IN SELECT tablename FROM pg_tables
			WHERE schemaname = current_schema() AND tablename NOT IN ('goose_db_version', 'audit_head', 'hours_head', 'content_head')
		LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
		FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()
		LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', name); END LOOP;
		UPDATE audit_head SET seq = 0, hash = '';
		UPDATE hours_head SET version = 0;
		UPDATE content_head SET live = 0, last = 0, defaults = '{}', rules = '{}';
	END $$`
	if _, err := connect(t, dsn).ExecContext(context.Background(), rows); err != nil {
		t.Error(err)
	}
}

func schema(tb testing.TB) string { return storagetest.Schema(tb) }

func TestFourProcessesMayMigrateAtOnce(t *testing.T) {
	dsn := schema(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			s, err := sqlstore.Open(t.Context(), sqlstore.Config{DSN: dsn, Vault: master(t), Now: time.Now})
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := s.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
			_ = s.Close()
		})
	}
	wg.Wait()
}

func connect(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestAnAbsentServerIsUnavailableAtOnce(t *testing.T) {
	s, err := sqlstore.Open(t.Context(), sqlstore.Config{
		DSN: "postgres://nobody:hunter22@127.0.0.1:1/x", Vault: master(t), Now: time.Now,
	})
	if err == nil {
		defer s.Close()
		for range 10 {
			if err = s.Do(t.Context(), func(storage.Tx) error { return nil }); bot.KindOf(err) != bot.Unavailable {
				t.Errorf("%v", err)
			}
		}
		begin := time.Now()
		_, err = s.ReadChat(t.Context(), "tg:b:1")
		if took := time.Since(begin); took > 20*time.Millisecond {
			t.Errorf("behind the breaker a read took %s", took)
		}
	}
	if bot.KindOf(err) != bot.Unavailable || strings.Contains(err.Error(), "hunter22") {
		t.Errorf("%v", err)
	}
	if _, err := sqlstore.Open(t.Context(), sqlstore.Config{DSN: "postgres://u:hunter22@h:notaport/x"}); err == nil ||
		strings.Contains(err.Error(), "hunter22") {
		t.Errorf("an address that cannot be read: %v", err)
	}
}

func TestAServerThatDropsItsConnectionsIsUsedAgain(t *testing.T) {
	dsn := schema(t)
	s := open(t, dsn)
	turn(t, s, "before")
	killer := connect(t, dsn)
	err := s.Do(t.Context(), func(tx storage.Tx) error {
		_, err := killer.ExecContext(t.Context(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"+
			" WHERE application_name='javab' AND query LIKE 'begin%'")
		if err != nil {
			return err
		}
		_, err = tx.Append(t.Context(), converse.Rows{Chat: &bot.Chat{Key: "tg:b:before", Rev: 9}}, bot.Lease{})
		return err
	})
	if bot.KindOf(err) != bot.Unavailable {
		t.Errorf("%v, want Unavailable", err)
	}
	turn(t, s, "after")
}

func TestAClosureThatLostARaceRunsAgain(t *testing.T) {
	s := open(t, schema(t))
	for _, chat := range []bot.ChatKey{"tg:b:1", "tg:b:2"} {
		err := s.Do(t.Context(), func(tx storage.Tx) error {
			_, err := tx.Chat(t.Context(), chat)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var wg sync.WaitGroup
	var met sync.WaitGroup // both hold their first lock before they want the other's
	met.Add(2)
	for i := range 2 {
		wg.Go(func() {
			runs := 0
			err := s.Do(t.Context(), func(tx storage.Tx) error {
				runs++
				if _, err := tx.Chat(t.Context(), bot.ChatKey(fmt.Sprint("tg:b:", 1+i))); err != nil {
					return err
				}
				if runs == 1 {
					met.Done()
					met.Wait()
				}
				_, err := tx.Chat(t.Context(), bot.ChatKey(fmt.Sprint("tg:b:", 2-i)))
				return err
			})
			if err != nil && runs < 2 { // on a busy machine it may lose once more
				t.Errorf("closure %d: %v", i, err)
			}
		})
	}
	wg.Wait()
}
