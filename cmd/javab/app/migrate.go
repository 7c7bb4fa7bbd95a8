package app

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"javab/storage/sqlstore"
)

func migrateCommand(e Environment) *cobra.Command {
	var asJSON bool
	command := &cobra.Command{
		Use: "migrate", Short: "Bring the database's tables up to this version", Args: cobra.NoArgs,
		Long: "Applies what is missing to the configured database and tells what it applied. `serve` does the same at its\n" +
			"start. Run it beside the former version: every change keeps that one working.",
		Example: "  javab migrate\n  JAVAB_DATABASE=postgres://javab@db/javab JAVAB_KEY_FILE=/run/secrets/key javab migrate",
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := LoadConfig(e.Env, e.Dir)
			if err != nil {
				return err
			}
			return e.migrate(cmd.Context(), config, asJSON)
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, "print what was applied as JSON")
	return command
}

func (e Environment) migrate(ctx context.Context, config Config, asJSON bool) error {
	c, err := e.console()
	if err != nil {
		return err
	}
	applied, version, err := e.applyMigrations(ctx, c, config)
	if err != nil {
		return err
	}
	if asJSON {
		return c.json(map[string]any{"database": place(config.dsn()), "applied": append([]string{}, applied...), "version": version})
	}
	for _, name := range applied {
		c.say("migrate.applied", params{"Name": name})
	}
	c.say("migrate.done", params{"Where": place(config.dsn()), "Version": version})
	return nil
}

func (e Environment) applyMigrations(ctx context.Context, c *console, config Config) (applied []string, version int64, err error) {
	if err := os.MkdirAll(config.Data, 0o700); err != nil {
		return nil, 0, badValue("JAVAB_DATA", config.Data, "config.want.folder", err)
	}
	v, err := openVault(config, e.logger(config.Log))
	if err != nil {
		return nil, 0, err
	}
	store, err := sqlstore.Open(ctx, sqlstore.Config{DSN: config.dsn(), Vault: v, Now: e.Clock})
	if err != nil {
		return nil, 0, databaseError(config, err)
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	c.progress("migrate.progress", nil)
	defer c.settled()
	if applied, err = store.Migrate(ctx); err != nil {
		return nil, 0, databaseError(config, err)
	}
	if err := claimKey(ctx, store, v); err != nil {
		return nil, 0, err
	}
	version, _, err = store.Schema(ctx)
	return applied, version, err
}
