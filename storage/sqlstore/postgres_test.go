package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"javab/storage"
	"javab/storage/sqlstore"
	"javab/storage/storagetest"
)

func TestPostgresKeepsTheContract(t *testing.T) {
	server(t)
	storagetest.Run(t, func(t *testing.T) storage.Store { return open(t, schema(t)) })
}

func server(tb testing.TB) string {
	tb.Helper()
	return storagetest.Server(tb, "TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/test")
}

var schemas atomic.Int64

// schema makes an empty schema for one test and returns the address that leads into it.
func schema(tb testing.TB) string {
	tb.Helper()
	u, err := url.Parse(server(tb))
	if err != nil {
		tb.Fatal(err)
	}
	db, err := sql.Open("pgx", u.String())
	if err != nil {
		tb.Fatal(err)
	}
	name := fmt.Sprintf("javab_%d_%d", time.Now().UnixNano(), schemas.Add(1))
	if _, err := db.ExecContext(tb.Context(), "CREATE SCHEMA "+name); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if _, err := db.ExecContext(context.Background(), "DROP SCHEMA "+name+" CASCADE"); err != nil {
			tb.Error(err)
		}
		_ = db.Close()
	})
	query := u.Query()
	query.Set("search_path", name)
	u.RawQuery = query.Encode()
	return u.String()
}

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
