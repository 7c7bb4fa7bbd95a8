package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// post is a PostgreSQL server.
type post struct {
	config *pgx.ConnConfig
	db     *sql.DB
	text   numbered
}

// connections is the size of the pool: more than the cores of most servers can use, fewer than they allow.
const connections = 30

func openPostgres(dsn string) (*post, error) {
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, errors.New("the address of the database cannot be read") // pgx tells the password
	}
	for name, value := range map[string]string{
		"lock_timeout": "3s", "statement_timeout": "5s", "idle_in_transaction_session_timeout": "10s",
		"application_name": "javab",
	} {
		if _, set := c.RuntimeParams[name]; !set {
			c.RuntimeParams[name] = value
		}
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = 3 * time.Second
	}
	db := stdlib.OpenDB(*c)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return &post{config: c, db: db}, nil
}

func (p *post) dialect() dialect { return postSQL }

// migrating has none of the short limits: a migration may take its time.
func (p *post) migrating() (*sql.DB, goose.Dialect, []goose.ProviderOption, error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120)) // a try a second, for two minutes
	if err != nil {
		return nil, "", nil, err
	}
	c := p.config.Copy()
	c.RuntimeParams["statement_timeout"], c.RuntimeParams["lock_timeout"] = "0", "0"
	return stdlib.OpenDB(*c), goose.DialectPostgres, []goose.ProviderOption{goose.WithSessionLocker(locker)}, nil
}

func (p *post) read() *sql.DB { return p.db }

func (p *post) close() error { return p.db.Close() }

// write runs f in a transaction, and once more when it lost a race.
func (p *post) write(ctx context.Context, f func(pool) error) error {
	err := p.try(ctx, f)
	if isRace(err) {
		err = p.try(ctx, f)
	}
	return err
}

func (p *post) try(ctx context.Context, f func(pool) error) error {
	t, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return unavailable(err)
	}
	if err := recovered(postTx{t, &p.text}, f); err != nil {
		_ = t.Rollback()
		return err
	}
	if err := t.Commit(); err != nil {
		if isRace(err) {
			return err
		}
		// Whether it was committed is not known: the caller repeats, and the receipt tells.
		return unavailable(fmt.Errorf("commit: %w", err))
	}
	return nil
}

// postTx is a transaction that takes our statements with ? for parameters; gorm's have $1 already.
type postTx struct {
	*sql.Tx
	text *numbered
}

// ExecContext implements gorm.ConnPool.
func (t postTx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return t.Tx.ExecContext(ctx, t.text.of(query), args...)
}

// QueryContext implements gorm.ConnPool.
func (t postTx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.Tx.QueryContext(ctx, t.text.of(query), args...)
}

// QueryRowContext implements gorm.ConnPool.
func (t postTx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return t.Tx.QueryRowContext(ctx, t.text.of(query), args...)
}
