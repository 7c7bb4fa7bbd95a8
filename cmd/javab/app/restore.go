package app

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"javab/bot"
	"javab/storage/sqlstore"
	"javab/storage/vault"
)

func restoreCommand(e Environment) *cobra.Command {
	var asJSON bool
	command := &cobra.Command{
		Use: "restore DIR", Short: "Put a backup into an empty installation",
		Long: "Puts the database and the files of `javab backup` where the configuration says. Nothing is overwritten: the data\n" +
			"folder (or the PostgreSQL database) must be empty. The key must be the one of the backup: put it in JAVAB_KEY, or\n" +
			"as javab.key into the data folder, before.\n\n" +
			"Messages that the backup still had to send are held back: some of them were sent since, and all of them are old.\n" +
			"--release sends them, --drop-sends ends them unsent; both work beside a running server. New messages never wait.\n" +
			"After a restore by another tool, --hold holds them back: before `javab serve`.",
		Example: "  JAVAB_DATA=/var/lib/javab JAVAB_KEY_FILE=/safe/javab.key javab restore /backups/2026-11-21\n" +
			"  javab restore --release",
	}
	which := holdingFlags(command)
	command.RunE = func(cmd *cobra.Command, args []string) error {
		config, err := LoadConfig(e.Env, e.Dir)
		if err != nil {
			return err
		}
		if h := which(); h != nil {
			return e.handle(cmd.Context(), config, h, asJSON)
		}
		return e.restore(cmd.Context(), config, e.path(args[0]), asJSON)
	}
	command.Flags().BoolVar(&asJSON, "json", false, "print what was done as JSON")
	return command
}

func (e Environment) restore(ctx context.Context, config Config, dir string, asJSON bool) error {
	c, err := e.console()
	if err != nil {
		return err
	}
	p, err := readLabel(dir)
	if err != nil {
		return err
	}
	v, err := keyOfBackup(config, p)
	if err != nil {
		return err
	}
	if err := fits(config, p); err != nil {
		return err
	}
	if err := os.MkdirAll(config.Data, 0o700); err != nil {
		return badValue("JAVAB_DATA", config.Data, "config.want.folder", err)
	}
	c.progress("restore.progress", nil)
	defer c.settled()
	if config.Database == "" {
		err = restoreEmbedded(config, dir)
	} else {
		err = e.restorePostgres(ctx, config, v, dir)
	}
	if err != nil {
		return err
	}
	held, err := e.holdBack(ctx, config, v, p)
	if err != nil {
		return err
	}
	c.settled()
	if asJSON {
		return c.json(restoredPage{p, held})
	}
	c.say("restore.done", params{"Where": place(config.dsn()), "Files": p.Files})
	c.say("restore.gone", nil)
	if held > 0 {
		c.say("restore.held", params{"N": held})
	}
	return nil
}

// keyOfBackup refuses every key but the one that the backup was sealed with.
func keyOfBackup(config Config, p label) (*vault.Vault, error) {
	v, err := keptVault(config)
	if err != nil {
		return nil, err
	}
	if v.Fingerprint() != p.Fingerprint {
		return nil, wrongKey(v.Fingerprint(), p.Fingerprint)
	}
	return v, nil
}

// fits refuses a backup of the other kind of database, and a place where something is already.
func fits(config Config, p label) error {
	if (config.Database == "") != (p.Database == "sqlite") {
		return &bot.Error{Kind: bot.Invalid, Key: "restore.other_kind", Params: map[string]string{"Kind": p.Database}}
	}
	for _, path := range []string{filepath.Join(config.Data, databaseFile), filepath.Join(config.Data, filesFolder)} {
		held, err := os.ReadDir(path)
		if exists(path) && (err != nil || len(held) > 0) { // a file, or a folder with something in it
			return occupied(path)
		}
	}
	return nil
}

func occupied(where string) error {
	return &bot.Error{Kind: bot.Conflict, Key: "restore.occupied", Params: map[string]string{"Where": where}}
}

func restoreEmbedded(config Config, dir string) error {
	if _, err := copyFolder(filepath.Join(dir, filesFolder), filepath.Join(config.Data, filesFolder)); err != nil {
		return err
	}
	// The database comes last: a restore that was cut short leaves an installation that has none.
	return copyFile(filepath.Join(dir, databaseFile), config.dsn())
}

func (e Environment) restorePostgres(ctx context.Context, config Config, v *vault.Vault, dir string) error {
	store, err := sqlstore.Open(ctx, sqlstore.Config{DSN: config.dsn(), Vault: v, Now: e.Clock})
	if err != nil {
		return databaseError(config, err)
	}
	defer store.Close()
	have, _, err := store.Schema(ctx)
	if err != nil {
		return databaseError(config, err)
	}
	if have > 0 {
		return occupied(place(config.dsn()))
	}
	if _, err := copyFolder(filepath.Join(dir, filesFolder), filepath.Join(config.Data, filesFolder)); err != nil {
		return err
	}
	return undump(ctx, config.Database, filepath.Join(dir, backupDump))
}
