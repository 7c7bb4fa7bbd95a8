package subject

import (
	"context"
	"database/sql"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/glebarez/go-sqlite"  // the embedded engine
	_ "github.com/jackc/pgx/v5/stdlib" // the real one
)

// Engine is where a subject keeps its data.
type Engine struct {
	Name  string
	Env   []string
	DB    *sql.DB
	Flush func() error // empties the hot state; nil where only a restart does
	Close func()
}

// SQLite keeps everything in a folder, and the hot state in memory.
func SQLite(folder string) (*Engine, error) {
	path := filepath.Join(folder, "javab.db")
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)")
	if err != nil {
		return nil, err
	}
	return &Engine{Name: "SQLite + memory", Env: []string{"JAVAB_DATA=" + folder}, DB: db, Close: func() { db.Close() }}, nil
}

// Postgres uses a schema of its own on the server at dsn, and a Redis server that it starts itself: it will be flushed.
func Postgres(ctx context.Context, dsn, folder string) (*Engine, error) {
	admin, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	defer admin.Close()
	schema := fmt.Sprintf("javab_tools_%d", time.Now().UnixNano())
	if _, err := admin.ExecContext(ctx, "CREATE SCHEMA "+schema); err != nil {
		return nil, fmt.Errorf("create schema: %w", err)
	}
	own := withSearchPath(dsn, schema)
	db, err := sql.Open("pgx", own)
	if err != nil {
		return nil, err
	}
	redis, stop, err := startRedis(ctx, folder)
	if err != nil {
		return nil, err
	}
	return &Engine{
		Name: "PostgreSQL + Redis", DB: db,
		Env:   []string{"JAVAB_DATA=" + folder, "JAVAB_DATABASE=" + own, "JAVAB_REDIS=redis://" + redis},
		Flush: func() error { return flush(redis) },
		Close: func() {
			db.Close()
			stop()
			if again, err := sql.Open("pgx", dsn); err == nil {
				again.Exec("DROP SCHEMA " + schema + " CASCADE")
				again.Close()
			}
		},
	}, nil
}

func withSearchPath(dsn, schema string) string {
	separator := "?"
	if strings.Contains(dsn, "?") {
		separator = "&"
	}
	return dsn + separator + "search_path=" + schema
}

// startRedis runs a private server without persistence.
func startRedis(ctx context.Context, folder string) (address string, stop func(), err error) {
	if address, err = Port(); err != nil {
		return "", nil, err
	}
	_, port, _ := strings.Cut(address, ":")
	server := exec.CommandContext(ctx, "redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder)
	if err := server.Start(); err != nil {
		return "", nil, fmt.Errorf("start redis-server: %w", err)
	}
	return address, func() { server.Process.Kill(); server.Wait() }, nil
}

func flush(address string) error {
	host, port, _ := strings.Cut(address, ":")
	return exec.Command("redis-cli", "-h", host, "-p", port, "FLUSHALL").Run()
}
