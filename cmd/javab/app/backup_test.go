package app

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
	"javab/storage/files"
	"javab/storage/sqlstore"
	"javab/storage/storagetest"
	"javab/storage/vault"
)

const sara = bot.ChatKey("tg:100001:77")

// opened is the installation's database, as a server would have it.
func (i *installation) opened() (*sqlstore.Store, *vault.Vault) {
	i.t.Helper()
	config, err := LoadConfig(i.vars, i.dir)
	if err != nil {
		i.t.Fatal(err)
	}
	store, v, err := visit(i.t.Context(), i.environment(), config)
	if err != nil {
		i.t.Fatal(err)
	}
	i.t.Cleanup(func() { store.Close() })
	return store, v
}

// filled is an installation in which a member has filed a complaint with a file.
func filled(t *testing.T, vars ...string) *installation {
	t.Helper()
	i := install(t, vars...)
	i.want(i.run("migrate"), 0)
	store, v := i.opened()
	err := store.Do(t.Context(), func(tx storage.Tx) error {
		if _, err := tx.Chat(t.Context(), sara); err != nil {
			return err
		}
		_, err := tx.OpenCase(t.Context(), bot.Case{
			ID: "case1", Number: bot.CaseNumber{Year: 1405}, Kind: bot.Complaint, Category: "card_delivery", Unit: "membership",
			State: bot.Received, Chat: sara, Draft: "draft1", Text: "My card has not come", Phone: "+989121234567", OpenedAt: morning,
		})
		if err != nil {
			return err
		}
		_, err = tx.Append(t.Context(), converse.Rows{
			Messages: []bot.Message{{Chat: sara, Direction: bot.In, Author: bot.ByMember, Kind: bot.KindText, Text: "My card has not come", At: morning}},
			Jobs:     []bot.Job{{Kind: bot.JobSend, Lane: sara, Key: "u1.0", Payload: []byte("{}"), RunAt: morning}},
		}, bot.Lease{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	bodies := &files.Store{Dir: filepath.Join(i.dir, "data", filesFolder), Vault: v}
	if _, err := bodies.Save(bot.File{ID: "file1", MIME: "application/pdf"}, strings.NewReader("%PDF-1.4 "+strings.Repeat("x", 1000))); err != nil {
		t.Fatal(err)
	}
	return i
}

// memory is all that an installation knows, for comparison.
type memory struct {
	Cases    []bot.Case
	Timeline []bot.CaseEntry
	Messages []bot.Message
	Counts   storage.Counts
	Files    map[string]string
}

func (i *installation) memory() (m memory) {
	i.t.Helper()
	store, _ := i.opened()
	ctx := i.t.Context()
	var errs [5]error
	m.Cases, errs[0] = store.CasesAfter(ctx, bot.CaseNumber{}, 100)
	m.Timeline, errs[1] = store.ReadTimeline(ctx, "case1")
	m.Messages, errs[2] = store.ReadMessages(ctx, sara, 100)
	m.Counts, errs[3] = store.Count(ctx)
	m.Files = map[string]string{}
	root := filepath.Join(i.dir, "data", filesFolder)
	errs[4] = filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		m.Files[strings.TrimPrefix(path, root)] = string(body)
		return err
	})
	for _, err := range errs {
		if err != nil {
			i.t.Fatal(err)
		}
	}
	return m
}

// moved backs one installation up and restores it into another; both must then know the same, once the message that was
// held back is let go.
func moved(t *testing.T, from, to *installation) (backup string) {
	t.Helper()
	backup = filepath.Join(t.TempDir(), "backup")
	from.want(from.run("backup", backup), 0, backup)
	to.want(to.run("restore", backup), 0, "restored", "held back: 1", "javab restore --release", "--drop-sends")
	if n := to.memory().Counts.OpenJobs; n != 0 {
		t.Errorf("%d messages of the backup are on their way", n)
	}
	to.want(to.run("restore", "--release"), 0, "let go: 1")
	to.want(to.run("restore", "--release"), 0, "let go: 0")
	before, after := from.memory(), to.memory()
	if len(before.Cases) != 1 || len(before.Messages) != 1 || before.Counts.OpenJobs != 1 || len(before.Files) != 1 || len(before.Timeline) == 0 {
		t.Fatalf("too little to compare: %+v", before)
	}
	if !reflect.DeepEqual(before, after) {
		t.Errorf("restored\n%+v\nwas\n%+v", after, before)
	}
	return backup
}

func TestARestoredBackupKnowsWhatTheInstallationKnew(t *testing.T) {
	from, to := filled(t), install(t)
	backup := moved(t, from, to)
	to.want(to.run("restore", backup), 1, "not overwritten")
	to.want(to.run("doctor"), 0)
}

func TestMessagesOfABackupAreHeldBackUntilTheyAreDropped(t *testing.T) {
	from, to := filled(t), install(t)
	backup := filepath.Join(t.TempDir(), "backup")
	from.want(from.run("backup", backup), 0)
	told := decoded[restoredPage](to, to.run("restore", "--json", backup))
	if told.Held != 1 || told.Schema == 0 {
		t.Errorf("told %+v", told)
	}
	to.want(to.run("doctor"), 0, "held back: 1", "javab restore --release")
	to.wantFinding("work", warning, "held back: 1")
	to.want(to.run("restore", "--release", "--json"), 0, `"released": 1`)
	to.want(to.run("restore", "--hold"), 0, "held back: 1", "javab restore --release")
	to.want(to.run("restore", "--drop-sends", "--json"), 0, `"dropped": 1`)
	to.wantFinding("work", fine, "Nothing is overdue")
	if m := to.memory(); m.Counts.OpenJobs != 0 || m.Counts.GivenUp != 0 || len(m.Messages) != 1 {
		t.Errorf("left: %+v", m)
	}
}

func TestLettingGoNamesNoBackupAndIsOneOfTwo(t *testing.T) {
	i := filled(t)
	i.want(i.run("restore", "--release", "--drop-sends"), 2, "exclude")
	i.want(i.run("restore", "--drop-sends", "--hold"), 2, "exclude")
	i.want(i.run("restore", "--release", "backup"), 2)
	i.want(i.run("restore"), 2)
	install(t).want(install(t).run("restore", "--release"), 1, "There is no database")
	if n := i.memory().Counts.OpenJobs; n != 1 {
		t.Errorf("%d open", n)
	}
}

func TestABackupHoldsNeitherTheKeyNorAPhone(t *testing.T) {
	i := filled(t)
	backup := filepath.Join(i.dir, "backup")
	i.want(i.run("backup", backup), 0)
	err := filepath.WalkDir(backup, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		for _, secret := range []string{testKey, "9121234567", "%PDF"} {
			if strings.Contains(string(body), secret) {
				t.Errorf("%s has %s", path, secret)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestABackupTellsAboutItself(t *testing.T) {
	i := filled(t)
	backup := filepath.Join(i.dir, "backup")
	told := decoded[label](i, i.run("backup", "--json", backup))
	kept, err := readLabel(backup)
	if err != nil || !reflect.DeepEqual(told, kept) {
		t.Errorf("told %+v, kept %+v, %v", told, kept, err)
	}
	if told.Database != "sqlite" || told.Files != 1 || told.Schema == 0 || !told.Made.Equal(morning) || told.Fingerprint == "" {
		t.Errorf("got %+v", told)
	}
}

func TestABackupIsRefusedByAnotherKindOfDatabase(t *testing.T) {
	i := filled(t)
	backup := filepath.Join(i.dir, "backup")
	i.want(i.run("backup", backup), 0)
	other := install(t, "JAVAB_DATABASE=postgres://javab@127.0.0.1:1/javab")
	other.want(other.run("restore", backup), 2, "sqlite", "JAVAB_DATABASE")
}

func TestHalfABackupIsRefused(t *testing.T) {
	i := filled(t)
	backup := filepath.Join(i.dir, "backup")
	i.want(i.run("backup", backup), 0)
	if err := os.Remove(filepath.Join(backup, databaseFile)); err != nil {
		t.Fatal(err)
	}
	other := install(t)
	other.want(other.run("restore", backup), 2, "no whole backup")
}

func TestAFileThatIsBeingWrittenIsLeftOut(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "to")
	for _, name := range []string{"whole", "half.part"} {
		if err := os.WriteFile(filepath.Join(from, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := copyFolder(from, to); n != 1 || err != nil || exists(filepath.Join(to, "half.part")) {
		t.Errorf("%d files, %v", n, err)
	}
	if n, err := copyFolder(filepath.Join(from, "nowhere"), to); n != 0 || err != nil {
		t.Errorf("%d files of a folder that is not there, %v", n, err)
	}
}

func TestThePasswordIsNotOnACommandLine(t *testing.T) {
	for dsn, want := range map[string]string{
		"postgres://javab:hush@db/javab?sslmode=require":          "postgres://javab@db/javab?sslmode=require",
		"postgres://javab@db/javab?password=hush&search_path=own": "postgres://javab@db/javab",
	} {
		if got, password, err := withoutPassword(dsn); got != want || password != "hush" || err != nil {
			t.Errorf("%s: %s, %q, %v", dsn, got, password, err)
		}
	}
}

func TestWithoutTheToolsOfPostgresTheOperatorGetsTheRecipe(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	err := dump(t.Context(), "postgres://javab:hush@db/javab", "out/javab.dump")
	told, ok := err.(*bot.Error)
	if !ok || told.Key != "backup.recipe" || told.Params["Command"] != "pg_dump --format=custom --no-owner --file=out/javab.dump --dbname=postgres://javab@db/javab" {
		t.Errorf("got %v", err)
	}
}

func TestARestoredPostgresBackupKnowsWhatTheInstallationKnew(t *testing.T) {
	server := storagetest.Server(t, "TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/test?sslmode=disable")
	for _, tool := range []string{"pg_dump", "pg_restore"} {
		_, err := exec.LookPath(tool)
		if err != nil && os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed, and CI must test backups of PostgreSQL", tool)
		}
		if err != nil {
			t.Skipf("install %s to test backups of PostgreSQL", tool)
		}
	}
	from := filled(t, "JAVAB_DATABASE="+emptyDatabase(t, server, "from"))
	to := install(t, "JAVAB_DATABASE="+emptyDatabase(t, server, "to"))
	backup := moved(t, from, to)
	to.want(to.run("restore", backup), 1, "not overwritten")
}

// emptyDatabase makes one on the server for this test.
func emptyDatabase(t *testing.T, server, name string) string {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	name = fmt.Sprintf("javab_backup_%s_%d", name, os.Getpid())
	if _, err := db.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
		_ = db.Close()
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}
