package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"javab/bot"
)

// What a backup consists of: the database, the members' files (sealed as they lie), and a label about both. Never the
// key: who finds the backup must not be able to read it.
const (
	backupLabel = "backup.json"
	backupDump  = "javab.dump" // of a PostgreSQL database, by pg_dump
	filesFolder = "files"
)

// label is what a backup tells about itself.
type label struct {
	Made        time.Time `json:"made"`
	Database    string    `json:"database"` // sqlite or postgres
	Schema      int64     `json:"schema"`
	Fingerprint string    `json:"key_fingerprint"`
	Files       int       `json:"files"`
}

func backupCommand(e Environment) *cobra.Command {
	var asJSON bool
	command := &cobra.Command{
		Use: "backup DIR", Short: "Copy the database and the files into a new folder", Args: cobra.ExactArgs(1),
		Long: "Works beside a running server. An embedded database is copied whole; a PostgreSQL one by pg_dump, when that is\n" +
			"installed. The key is not in the backup, and without it the backup cannot be read: keep a copy of the key\n" +
			"in another place.",
		Example: "  javab backup /backups/2026-11-21\n  JAVAB_DATA=/var/lib/javab javab backup --json /backups/today",
		RunE: func(cmd *cobra.Command, args []string) error {
			config, err := LoadConfig(e.Env, e.Dir)
			if err != nil {
				return err
			}
			return e.backup(cmd.Context(), config, e.path(args[0]), asJSON)
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, "print what the backup holds as JSON")
	return command
}

func (e Environment) backup(ctx context.Context, config Config, dir string, asJSON bool) error {
	c, err := e.console()
	if err != nil {
		return err
	}
	store, v, err := visit(ctx, e, config)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := newFolder(dir); err != nil {
		return err
	}
	p := label{Made: e.Clock().UTC(), Database: "sqlite", Fingerprint: v.Fingerprint()}
	if p.Schema, _, err = store.Schema(ctx); err != nil {
		return err
	}
	c.progress("backup.database", nil)
	defer c.settled()
	if config.Database == "" {
		err = store.Backup(ctx, filepath.Join(dir, databaseFile))
	} else {
		p.Database = "postgres"
		err = dump(ctx, config.Database, filepath.Join(dir, backupDump))
	}
	if err != nil {
		return err
	}
	// The files come after the database: one that arrives meanwhile is too many, never missing.
	c.progress("backup.files", nil)
	if p.Files, err = copyFolder(filepath.Join(config.Data, filesFolder), filepath.Join(dir, filesFolder)); err != nil {
		return err
	}
	if err := p.write(dir); err != nil {
		return err
	}
	c.settled()
	if asJSON {
		return c.json(p)
	}
	c.say("backup.done", params{"Dir": dir, "Files": p.Files})
	c.say("backup.key", params{"Fingerprint": p.Fingerprint})
	return nil
}

// newFolder makes a folder, or takes one that is empty.
func newFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return &bot.Error{Kind: bot.Invalid, Key: "backup.folder", Err: err, Params: map[string]string{"Dir": dir}}
	}
	held, err := os.ReadDir(dir)
	if err != nil || len(held) > 0 {
		return &bot.Error{Kind: bot.Conflict, Key: "backup.not_empty", Err: err, Params: map[string]string{"Dir": dir}}
	}
	return nil
}

// copyFolder copies the files of a folder and tells how many there were; a folder that is not there has none. Files that
// are being written (*.part) are left out, and so is one that is erased meanwhile.
func copyFolder(from, to string) (n int, err error) {
	if !exists(from) {
		return 0, nil
	}
	err = filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		switch {
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(to, name), 0o700)
		case filepath.Ext(name) == ".part":
			return nil
		}
		err = copyFile(path, filepath.Join(to, name))
		if err == nil {
			n++
		} else if !exists(path) {
			err = nil
		}
		return err
	})
	if err != nil {
		return n, fmt.Errorf("copy the files: %w", err)
	}
	return n, nil
}

// copyFile writes a copy that is on the disk when it returns. It never overwrites.
func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	if _, err := target.ReadFrom(source); err != nil {
		return err
	}
	return target.Sync()
}

func (l label) write(dir string) error {
	text, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return fmt.Errorf("write the label of the backup: %w", err)
	}
	return os.WriteFile(filepath.Join(dir, backupLabel), append(text, '\n'), 0o600)
}

// readLabel reads what a backup tells about itself; what is no backup is refused.
func readLabel(dir string) (l label, err error) {
	text, err := os.ReadFile(filepath.Join(dir, backupLabel))
	if err == nil {
		err = json.Unmarshal(text, &l)
	}
	whole := exists(filepath.Join(dir, databaseFile)) || exists(filepath.Join(dir, backupDump))
	if err != nil || !whole {
		return l, &bot.Error{Kind: bot.Invalid, Key: "restore.no_backup", Err: err, Params: map[string]string{"Dir": dir}}
	}
	return l, nil
}
