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
	claims *sql.DB
	search *sql.DB
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
	return &post{config: c, db: openPool(c, connections), claims: openPool(inOrder(c), claimers), search: openPool(afresh(c), searchers)}, nil
}

func openPool(c *pgx.ConnConfig, size int) *sql.DB {
	db := stdlib.OpenDB(*c)
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db
}

// claimers is how many claims run at once: one for each channel and one for the errands are enough.
const claimers = 4

// inOrder makes PostgreSQL walk the index of due jobs and stop at the limit. A queue's statistics tell of an empty
// table; believing them it sorts the whole backlog, 22 ms for 8,000 jobs instead of .1.
func inOrder(c *pgx.ConnConfig) *pgx.ConnConfig {
	c = c.Copy()
	for _, way := range []string{"enable_bitmapscan", "enable_seqscan", "enable_sort"} {
		c.RuntimeParams[way] = "off"
	}
	return c
}

// searchers is how many searches run at once: each keeps a core busy.
const searchers = 4

// afresh makes PostgreSQL plan each search for its own words: the best way to a common one is the worst to a rare one. To
// read the words of a message anew takes 8 µs, eight times what PostgreSQL believes; so it would rather read 128,000
// messages, a second, than the index, 50 ms.
func afresh(c *pgx.ConnConfig) *pgx.ConnConfig {
	c = c.Copy()
	for name, value := range map[string]string{
		"plan_cache_mode": "force_custom_plan", "cpu_operator_cost": "0.02", "max_parallel_workers_per_gather": "0",
	} {
		c.RuntimeParams[name] = value
	}
	return c
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

func (p *post) read() pool { return postPool{p.db, &p.text} }

func (p *post) searching() pool { return postPool{p.search, &p.text} }

func (p *post) close() error { return errors.Join(p.search.Close(), p.claims.Close(), p.db.Close()) }

func (p *post) single(_ context.Context, f func(pool) error) error { return f(p.read()) }

func (p *post) claiming(_ context.Context, f func(pool) error) error {
	return f(postPool{p.claims, &p.text})
}

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
	if err := recovered(postPool{t, &p.text}, f); err != nil {
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

// postPool is a transaction, or the database itself, that takes our statements with ? for parameters; gorm's have $1
// already.
type postPool struct {
	pool
	text *numbered
}

// ExecContext implements gorm.ConnPool.
func (t postPool) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return t.pool.ExecContext(ctx, t.text.of(query), args...)
}

// QueryContext implements gorm.ConnPool.
func (t postPool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.pool.QueryContext(ctx, t.text.of(query), args...)
}

// QueryRowContext implements gorm.ConnPool.
func (t postPool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return t.pool.QueryRowContext(ctx, t.text.of(query), args...)
}
