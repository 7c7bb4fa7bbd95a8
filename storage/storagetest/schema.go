package storagetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver of the administrator's connection
)

var schemas atomic.Int64

// Schema makes an empty schema for one test on the server that TEST_POSTGRES names, and returns the address that leads
// into it. It skips, or in CI fails, when none is named.
func Schema(tb testing.TB) string {
	tb.Helper()
	u, err := url.Parse(Server(tb, "TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/test"))
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
	query.Set("synchronous_commit", "off") // the schema is gone after the test: nobody waits for the disk
	u.RawQuery = query.Encode()
	return u.String()
}
