package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the schema up to this program's version and returns the names of what it applied. Several processes
// may do so at once.
func (s *Store) Migrate(ctx context.Context) (applied []string, err error) {
	db, p, err := s.provider()
	if err != nil {
		return nil, err
	}
	defer db.Close()
	results, err := p.Up(ctx)
	if err != nil {
		return nil, sorted(fmt.Errorf("migrate: %w", err))
	}
	for _, r := range results {
		applied = append(applied, r.Source.Path)
	}
	return applied, nil
}

// provider is goose over a connection of its own: the writer does not give up the one it has.
func (s *Store) provider() (*sql.DB, *goose.Provider, error) {
	dir, err := s.migrationFiles()
	if err != nil {
		return nil, nil, err
	}
	db, kind, options, err := s.migrating()
	if err != nil {
		return nil, nil, err
	}
	p, err := goose.NewProvider(kind, db, dir, append(options, goose.WithDisableGlobalRegistry(true))...)
	if err != nil {
		_ = db.Close()
		return nil, nil, fmt.Errorf("read migrations: %w", err)
	}
	return db, p, nil
}

func (s *Store) migrationFiles() (fs.FS, error) {
	return fs.Sub(migrations, "migrations/"+string(s.dialect()))
}

// Schema returns the version of the database's schema, 0 before the first migration, and the one this program wants.
func (s *Store) Schema(ctx context.Context) (have, want int64, err error) {
	dir, err := s.migrationFiles()
	if err != nil {
		return 0, 0, err
	}
	names, err := fs.Glob(dir, "*.sql")
	if err != nil {
		return 0, 0, err
	}
	if want, err = goose.NumericComponent(names[len(names)-1]); err != nil {
		return 0, 0, err
	}
	err = s.guard(ctx, func() error {
		var tables int
		_, err := one(ctx, s.read(), []any{&tables}, s.dialect().gooseTables())
		if err != nil || tables == 0 {
			return err
		}
		_, err = one(ctx, s.read(), []any{&have}, "SELECT MAX(version_id) FROM goose_db_version WHERE is_applied")
		return err
	})
	return have, want, err
}

// Ready implements storage.Health. A schema newer than ours is usable: two versions run during a deployment.
func (s *Store) Ready(ctx context.Context) error {
	have, want, err := s.Schema(ctx)
	if err != nil {
		return err
	}
	if have < want {
		return fmt.Errorf("the schema has version %d, this program needs %d: run javab migrate", have, want)
	}
	return nil
}
