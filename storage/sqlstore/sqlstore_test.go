package sqlstore_test

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"javab/storage"
	"javab/storage/sqlstore"
	"javab/storage/storagetest"
	"javab/storage/vault"
)

func TestSQLiteKeepsTheContract(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) storage.Store { return open(t, filepath.Join(t.TempDir(), "javab.db")) })
}

func open(tb testing.TB, dsn string) *sqlstore.Store {
	tb.Helper()
	s, err := sqlstore.Open(tb.Context(), sqlstore.Config{DSN: dsn, Vault: master(tb), Now: time.Now})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	if _, err := s.Migrate(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return s
}

func master(tb testing.TB) *vault.Vault {
	tb.Helper()
	v, err := vault.New(bytes.Repeat([]byte("master key "), 4))
	if err != nil {
		tb.Fatal(err)
	}
	return v
}
