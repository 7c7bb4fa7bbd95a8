package sqlstore_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
	"javab/storage/sqlstore"
	"javab/storage/vault"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// secrets are what must not be found in a stolen database.
var secrets = []string{"+989121234567", "0012345678", "ann@example.ir", "inner state", "message payload", "raw update"}

// confide writes every secret where it belongs.
func confide(t *testing.T, s storage.Store) {
	t.Helper()
	ctx := t.Context()
	err := s.Do(ctx, func(tx storage.Tx) error {
		_, err := tx.Accept(ctx, converse.Acceptance{
			Receipt: bot.ReceiptKey{Source: "tg", ID: "1"}, At: noon,
			Chat: bot.Chat{Key: "tg:b:1", Rev: 1, State: []byte("inner state +989121234567")},
		})
		_, errJobs := tx.Append(ctx, converse.Rows{Jobs: []bot.Job{
			{Kind: bot.JobSend, Lane: "tg:b:1", Key: "u1.0", Payload: []byte("message payload +989121234567")},
		}}, bot.Lease{})
		_, errCase := tx.OpenCase(ctx, bot.Case{ID: "c1", Number: bot.CaseNumber{Year: 1405}, Phone: secrets[0], Answers: map[string]string{"call_phone": secrets[0]}})
		_, errPieces := tx.Append(ctx, converse.Rows{Pieces: []bot.Piece{
			{Draft: "d1", Field: "reach", Text: secrets[0], At: noon}, {Draft: "d1", Field: "id", Text: secrets[1], At: noon},
		}}, bot.Lease{})
		return errors.Join(err, errJobs, errCase, errPieces,
			tx.Quarantine(ctx, converse.Quarantined{Raw: []byte("raw update +989121234567"), At: noon}),
			tx.SaveMember(ctx, bot.Member{
				ID: "m1", Phone: secrets[0], NationalID: secrets[1], Email: secrets[2], Verified: true,
			}, "tg:b:1"))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheFilesOfADatabaseTellNoSecret(t *testing.T) {
	path := filepath.Join(t.TempDir(), "javab.db")
	confide(t, open(t, path))
	names, err := filepath.Glob(path + "*")
	if err != nil || len(names) < 2 {
		t.Fatalf("%v, %v: want the database and its log", names, err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range secrets {
			if bytes.Contains(raw, []byte(secret)) {
				t.Errorf("%s holds %q", filepath.Base(name), secret)
			}
		}
	}
}

func TestTheTablesOfAServerTellNoSecret(t *testing.T) {
	dsn := schema(t)
	confide(t, open(t, dsn))
	db := connect(t, dsn)
	rows, err := db.QueryContext(t.Context(), "SELECT query_to_xml('SELECT * FROM '||tablename, true, false, '')::text"+
		" FROM pg_tables WHERE schemaname=current_schema()")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	tables := 0
	for rows.Next() {
		var dump string
		if err := rows.Scan(&dump); err != nil {
			t.Fatal(err)
		}
		tables++
		for _, secret := range secrets {
			if strings.Contains(dump, secret) || strings.Contains(strings.ToLower(dump), hex.EncodeToString([]byte(secret))) {
				t.Errorf("a table holds %q", secret)
			}
		}
	}
	if tables < 10 {
		t.Errorf("%d tables were searched", tables)
	}
}

func TestAnotherKeyOpensNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "javab.db")
	confide(t, open(t, path))
	wrong, err := vault.New(bytes.Repeat([]byte("other key "), 4))
	if err != nil {
		t.Fatal(err)
	}
	s, err := sqlstore.Open(t.Context(), sqlstore.Config{DSN: path, Vault: wrong, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.ReadChat(t.Context(), "tg:b:1"); !errors.Is(err, vault.ErrTampered) {
		t.Errorf("%v, want ErrTampered", err)
	}
}

func TestOneProcessServesAndOthersWorkBesideIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "javab.db")
	config := sqlstore.Config{DSN: path, Vault: master(t), Now: time.Now, Exclusive: true}
	serving, err := sqlstore.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := serving.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = sqlstore.Open(t.Context(), config)
	if e, ok := errors.AsType[*bot.Error](err); !ok || e.Kind != bot.Conflict || e.Key != "database_in_use" {
		t.Errorf("a second server: %v", err)
	}
	beside := open(t, path)
	var wg sync.WaitGroup
	for who, s := range []*sqlstore.Store{serving, beside} {
		for i := range 20 {
			wg.Go(func() { turn(t, s, fmt.Sprintf("%d.%d", who, i)) })
		}
	}
	wg.Wait()
	if err := serving.Close(); err != nil {
		t.Error(err)
	}
	again, err := sqlstore.Open(t.Context(), config)
	if err != nil {
		t.Fatalf("after the first has gone: %v", err)
	}
	_ = again.Close()
}

// turn commits a turn with all its rows.
func turn(tb testing.TB, s storage.Store, id string) {
	ctx := tb.Context()
	chat := bot.ChatKey("tg:b:" + id)
	err := s.Do(ctx, func(tx storage.Tx) error {
		_, err := tx.Accept(ctx, converse.Acceptance{
			Receipt: bot.ReceiptKey{Source: "tg", ID: id}, At: noon,
			Chat: bot.Chat{Key: chat, Rev: 1, State: bytes.Repeat([]byte("x"), 300), Lang: bot.Fa, Mode: bot.ModeBot},
		})
		if err != nil {
			return err
		}
		_, err = tx.Append(ctx, converse.Rows{
			Messages: []bot.Message{
				{Chat: chat, Direction: bot.In, Author: bot.ByMember, Kind: bot.KindText, Text: "hello", SearchKey: "hello", At: noon},
				{Chat: chat, Direction: bot.Out, Author: bot.ByBot, Kind: bot.KindText, Text: "welcome", JobKey: "u" + id + ".0", At: noon},
			},
			Jobs: []bot.Job{{Kind: bot.JobSend, Lane: chat, Key: "u" + id + ".0", Payload: bytes.Repeat([]byte("p"), 300), RunAt: noon}},
		}, bot.Lease{Owner: "me", Token: 1, Until: noon.Add(time.Minute)})
		return err
	})
	if err != nil {
		tb.Error(err)
	}
}

func TestABackupTakenBesideWritersIsWhole(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "javab.db"))
	confide(t, s)
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() { turn(t, s, fmt.Sprint("w", i)) })
	}
	backup := filepath.Join(dir, "backup.db")
	errBackup, errAgain := s.Backup(t.Context(), backup), s.Backup(t.Context(), backup)
	wg.Wait()
	if errBackup != nil {
		t.Fatal(errBackup)
	}
	if errAgain == nil {
		t.Error("a backup was written over another file")
	}

	restored := filepath.Join(dir, "restored", "javab.db")
	if err := os.Mkdir(filepath.Dir(restored), 0o700); err != nil {
		t.Fatal(err)
	}
	copyFile(t, backup, restored)
	r := open(t, restored)
	if chat, err := r.ReadChat(t.Context(), "tg:b:1"); err != nil || chat.Rev == 0 {
		t.Errorf("chat %+v, %v", chat, err)
	}
	if list, err := r.CasesAfter(t.Context(), bot.CaseNumber{}, 9); err != nil || len(list) != 1 || list[0].Phone != secrets[0] {
		t.Errorf("cases %+v, %v", list, err)
	}
	turn(t, r, "after")
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(out, in)
	if err := errors.Join(err, out.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestADatabaseIsReadyOnceItIsMigrated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "javab.db")
	s, err := sqlstore.Open(t.Context(), sqlstore.Config{DSN: path, Vault: master(t), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Ready(t.Context()); err == nil {
		t.Error("ready without tables")
	}
	applied, err := s.Migrate(t.Context())
	if err != nil || len(applied) == 0 {
		t.Fatalf("applied %v, %v", applied, err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	if applied, err := s.Migrate(t.Context()); err != nil || len(applied) != 0 {
		t.Errorf("again: applied %v, %v", applied, err)
	}
}

func TestAPlaceThatCannotBeWrittenIsAnErrorAtOnce(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(dir, "file", "javab.db"), dir} {
		s, err := sqlstore.Open(t.Context(), sqlstore.Config{DSN: path, Vault: master(t), Now: time.Now})
		if err == nil {
			_ = s.Close()
			t.Errorf("%s was opened", path)
		}
	}
}
