package sqlstore_test

import (
	"bytes"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"javab/storage"
	"javab/storage/sqlstore"
)

func TestTheLogTellsWhereAClosurePanickedAndNotWhatItSaid(t *testing.T) {
	var log bytes.Buffer
	s, err := sqlstore.Open(t.Context(), sqlstore.Config{
		DSN: filepath.Join(t.TempDir(), "javab.db"), Vault: master(t), Now: time.Now, Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	words := "what a member wrote"
	if err := s.Do(t.Context(), func(storage.Tx) error { panic(words) }); err == nil {
		t.Error("a panic is no error")
	}
	if got := log.String(); !strings.Contains(got, "panic_test.go") || strings.Contains(got, words) {
		t.Errorf("the log has\n%s", got)
	}
}
