package subject

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	_ "github.com/glebarez/go-sqlite"  // the embedded engine
	_ "github.com/jackc/pgx/v5/stdlib" // the real one
)

// Names of the engines, as flags spell them.
const (
	SQLiteName   = "sqlite"
	PostgresName = "postgres"
)

// Engine is where a subject keeps its data.
type Engine struct {
	Name  string
	DB    *sql.DB // the tools' own way to the database, past any proxy
	Close func()

	folder   string
	database string // DSN as the subject gets it; empty for SQLite
	redis    string // address as the subject gets it; empty for hot state in memory
	private  string // the Redis server's own address
}

// Open makes an engine by its name, with its data in a folder that it makes.
func Open(ctx context.Context, name, dsn, folder string) (*Engine, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	switch {
	case name == SQLiteName:
		return openSQLite(folder)
	case name == PostgresName && dsn != "":
		return openPostgres(ctx, dsn, folder)
	case name == PostgresName:
		return nil, fmt.Errorf("set TEST_POSTGRES or -postgres to a server, or choose -engine sqlite")
	}
	return nil, fmt.Errorf("engine %q: want sqlite, postgres or both", name)
}

// openSQLite keeps everything in a folder, and the hot state in memory.
func openSQLite(folder string) (*Engine, error) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(folder, "javab.db")+"?_pragma=busy_timeout(10000)")
	if err != nil {
		return nil, err
	}
	return &Engine{Name: "SQLite + memory", DB: db, folder: folder, Close: func() { db.Close() }}, nil
}

// openPostgres uses a schema of its own on the server at dsn, and a Redis server that it starts itself: it will be flushed.
func openPostgres(ctx context.Context, dsn, folder string) (*Engine, error) {
	admin, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	schema := fmt.Sprintf("javab_tools_%d", time.Now().UnixNano())
	if _, err := admin.ExecContext(ctx, "CREATE SCHEMA "+schema); err != nil {
		admin.Close()
		return nil, fmt.Errorf("create schema: %w", err)
	}
	drop := func() { admin.Exec("DROP SCHEMA " + schema + " CASCADE"); admin.Close() }
	own, err := changed(dsn, func(_ *url.URL, q url.Values) { q.Set("search_path", schema) })
	if err != nil {
		drop()
		return nil, err
	}
	redis, stop, err := startRedis(ctx, folder)
	if err != nil {
		drop()
		return nil, err
	}
	db, err := sql.Open("pgx", own)
	if err != nil {
		stop()
		drop()
		return nil, err
	}
	return &Engine{
		Name: "PostgreSQL + Redis", DB: db, folder: folder, database: own, redis: redis, private: redis,
		Close: func() { db.Close(); stop(); drop() },
	}, nil
}

// Env is what tells the subject where its data is.
func (e *Engine) Env() []string {
	env := []string{"JAVAB_DATA=" + e.folder}
	if e.database != "" {
		env = append(env, "JAVAB_DATABASE="+e.database, "JAVAB_REDIS=redis://"+e.redis)
	}
	return env
}

// Embedded says that the hot state is in the subject's memory: only a restart empties it.
func (e *Engine) Embedded() bool { return e.private == "" }

// Flush empties Redis.
func (e *Engine) Flush() error {
	_, err := e.Redis("FLUSHALL")
	return err
}

// Redis runs one command on the private server and returns what it printed.
func (e *Engine) Redis(command ...string) (string, error) {
	host, port, _ := net.SplitHostPort(e.private)
	output, err := exec.Command("redis-cli", append([]string{"-h", host, "-p", port}, command...)...).Output()
	if err != nil {
		return "", fmt.Errorf("redis-cli %v: %w", command, err)
	}
	return string(output), nil
}

// ProxyRedis puts a proxy before Redis; subjects started from now on go through it.
func (e *Engine) ProxyRedis() (*Proxy, error) {
	proxy, err := NewProxy(e.private)
	if err == nil {
		e.redis = proxy.Address
	}
	return proxy, err
}

// ProxyDatabase puts a proxy before PostgreSQL; subjects started from now on go through it.
func (e *Engine) ProxyDatabase() (proxy *Proxy, err error) {
	e.database, err = changed(e.database, func(u *url.URL, _ url.Values) {
		if proxy, err = NewProxy(u.Host); err == nil {
			u.Host = proxy.Address
		}
	})
	return proxy, err
}

func changed(dsn string, change func(*url.URL, url.Values)) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil {
		return "", fmt.Errorf("read the address of PostgreSQL: %w", err)
	}
	query := u.Query()
	change(u, query)
	u.RawQuery = query.Encode()
	return u.String(), nil
}

// startRedis runs a private server without persistence.
func startRedis(ctx context.Context, folder string) (address string, stop func(), err error) {
	if address, err = Port(); err != nil {
		return "", nil, err
	}
	_, port, _ := net.SplitHostPort(address)
	server := exec.CommandContext(ctx, "redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder)
	if err := server.Start(); err != nil {
		return "", nil, fmt.Errorf("start redis-server: %w", err)
	}
	return address, func() { server.Process.Kill(); server.Wait() }, nil
}
