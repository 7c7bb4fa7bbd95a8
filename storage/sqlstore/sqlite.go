package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
)

// lite is an SQLite file: one connection that writes, behind one goroutine, and a few that only read.
type lite struct {
	path    string
	writer  *writer
	writing *sql.DB
	reading *reading
}

// readers is how many connections read beside the writer.
const readers = 4

func openSQLite(ctx context.Context, path string) (*lite, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	l := &lite{path: path}
	var err error
	if l.writing, err = openLite(path, "busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)",
		"foreign_keys(1)", "secure_delete(1)"); err != nil {
		return nil, err
	}
	l.writing.SetMaxOpenConns(1)
	conn, err := l.writing.Conn(ctx)
	if err != nil {
		_ = l.writing.Close()
		return nil, unavailable(fmt.Errorf("open database %s: %w", path, err))
	}
	reads, err := openLite(path, "busy_timeout(10000)", "query_only(1)")
	if err != nil {
		_ = l.writing.Close()
		return nil, err
	}
	reads.SetMaxOpenConns(readers)
	reads.SetMaxIdleConns(readers)
	l.reading = &reading{DB: reads, kept: map[string]*sql.Stmt{}}
	l.writer = startWriter(conn)
	return l, nil
}

// openLite opens the file with its pragmas set on every connection.
func openLite(path string, pragmas ...string) (*sql.DB, error) {
	uri := "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	return sql.Open("sqlite", uri+"?_pragma="+strings.Join(pragmas, "&_pragma="))
}

func (l *lite) dialect() dialect { return liteSQL }

func (l *lite) read() pool { return l.reading }

func (l *lite) searching() pool { return l.reading }

func (l *lite) single(ctx context.Context, f func(pool) error) error { return l.write(ctx, f) }

func (l *lite) claiming(ctx context.Context, f func(pool) error) error { return l.write(ctx, f) }

func (l *lite) write(ctx context.Context, f func(pool) error) error { return l.writer.do(ctx, f) }

func (l *lite) migrating() (*sql.DB, goose.Dialect, []goose.ProviderOption, error) {
	db, err := openLite(l.path, "busy_timeout(10000)", "synchronous(FULL)&_txlock=immediate")
	return db, goose.DialectSQLite3, nil, err
}

func (l *lite) close() error {
	l.writer.stop()
	_ = l.reading.Close()
	return l.writing.Close()
}
