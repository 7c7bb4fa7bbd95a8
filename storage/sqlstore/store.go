// Package sqlstore keeps everything that must last in SQL: SQLite for an embedded installation, PostgreSQL for others.
//
// It knows tables, locks, commits and what a database's errors mean. It never knows a clock of its own, a messenger or
// what a state says: states, payloads and personal fields pass through sealed by the vault.
//
// What a turn needs is hand-written SQL (turn.go, queue.go); the rest is gorm over the same connections.
package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"javab/bot"
	"javab/storage"
	"javab/storage/vault"
)

// Config says which database to open.
type Config struct {
	// DSN is postgres://... or the path of an SQLite file.
	DSN string
	// Vault seals personal fields.
	Vault *vault.Vault
	// Now is the clock of the breaker.
	Now func() time.Time
	// Log is told where a closure panicked; may be nil.
	Log *slog.Logger
	// Exclusive takes the lock file of an embedded database: for `serve` and `demo`, of which there is only one.
	Exclusive bool
}

// Store is a storage.Store in SQL.
type Store struct {
	engine
	vault   *vault.Vault
	breaker *storage.Breaker
	log     *slog.Logger
	reads   *gorm.DB // for what no transaction needs
	lock    *lockFile
}

var _ storage.Store = (*Store)(nil)

// engine is what differs between the databases.
type engine interface {
	dialect() dialect
	// write runs f in one transaction. f may run twice.
	write(ctx context.Context, f func(pool) error) error
	// single runs f outside of a transaction where each of its statements can be one of its own; else like write.
	single(ctx context.Context, f func(pool) error) error
	// claiming is single for claims of jobs.
	claiming(ctx context.Context, f func(pool) error) error
	// read is where statements run that write nothing.
	read() pool
	// searching is read for searches, which must not hold up others.
	searching() pool
	// migrating opens a connection for goose, and says how goose shall lock.
	migrating() (*sql.DB, goose.Dialect, []goose.ProviderOption, error)
	close() error
}

// pool is what statements run on. A database, a connection and a transaction all are one.
type pool = gorm.ConnPool

// Open opens the database; it neither makes nor changes tables (Migrate).
func Open(ctx context.Context, c Config) (*Store, error) {
	s := &Store{vault: c.Vault, breaker: &storage.Breaker{Now: c.Now, Limit: 3, Pause: time.Second}}
	s.log = cmp.Or(c.Log, slog.New(slog.DiscardHandler))
	var err error
	if c.Exclusive && !IsPostgres(c.DSN) {
		if s.lock, err = takeLock(c.DSN + ".lock"); err != nil {
			return nil, err
		}
	}
	if s.engine, err = openEngine(ctx, c.DSN); err != nil {
		s.lock.release()
		return nil, err
	}
	s.reads, err = gorm.Open(s.dialect().gorm(s.read()), &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		Logger:                 logger.Discard,
	})
	if err != nil {
		_ = s.Close()
		return nil, unavailable(err)
	}
	return s, nil
}

func openEngine(ctx context.Context, dsn string) (engine, error) {
	if IsPostgres(dsn) {
		p, err := openPostgres(dsn)
		if err != nil {
			return nil, err
		}
		return p, nil
	}
	l, err := openSQLite(ctx, dsn)
	if err != nil {
		return nil, err
	}
	return l, nil
}

// IsPostgres reports whether a DSN names a PostgreSQL server.
func IsPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// Close implements storage.Store.
func (s *Store) Close() error {
	defer s.lock.release()
	return s.engine.close()
}

// Do implements storage.Store.
func (s *Store) Do(ctx context.Context, f func(storage.Tx) error) error {
	return s.commit(ctx, func(t *tx) error { return f(t) })
}

// commit runs f in one transaction, and tells the breaker how the database fared.
func (s *Store) commit(ctx context.Context, f func(*tx) error) error {
	return s.guard(ctx, func() error {
		return s.write(ctx, func(p pool) error {
			t := &tx{s: s, pool: p}
			if err := f(t); err != nil {
				return err
			}
			return t.sealAudit(ctx)
		})
	})
}

// guard runs one use of the database behind the breaker and sorts its error. Where a closure panicked is in its stack
// alone, which the quarantine has no place for.
func (s *Store) guard(ctx context.Context, use func() error) error {
	if err := ctx.Err(); err != nil {
		return storage.Unavailable(err)
	}
	if !s.breaker.Allow() {
		return storage.Unavailable(errAway)
	}
	err := sorted(use())
	s.breaker.Report(!isAway(err))
	if panicked, is := errors.AsType[*storage.PanicError](err); is {
		s.log.Error("panic in a transaction", "stack", string(panicked.Stack))
	}
	return err
}

// tx is one transaction.
type tx struct {
	s *Store
	pool
	audit []bot.AuditEntry // written when the closure has ended well
}

// orm is gorm inside this transaction.
func (t *tx) orm(ctx context.Context) *gorm.DB {
	db := t.s.reads.Session(&gorm.Session{NewDB: true, Context: ctx})
	db.Statement.ConnPool = t.pool
	return db
}

// one runs a query and scans its first row; it reports whether there was one.
func one(ctx context.Context, p pool, dest []any, query string, args ...any) (bool, error) {
	rows, err := p.QueryContext(ctx, query, args...)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	if !rows.Next() {
		return false, rows.Err()
	}
	if err := rows.Scan(dest...); err != nil {
		return false, err
	}
	return true, rows.Close()
}

// each runs a query and calls f for each row.
func each(ctx context.Context, p pool, f func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := p.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
