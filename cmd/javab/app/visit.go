package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"javab/bot"
	"javab/storage"
	"javab/storage/sqlstore"
	"javab/storage/vault"
)

// visit opens the database of an installation that is there, for a command that works beside a running server: it takes
// no lock, frees no lease, and makes neither a database nor a key.
func visit(ctx context.Context, e Environment, c Config) (*sqlstore.Store, *vault.Vault, error) {
	v, err := keptVault(c)
	if err != nil {
		return nil, nil, err
	}
	store, err := openBeside(ctx, e, c, v)
	if err != nil {
		return nil, nil, err
	}
	if err := sameKey(ctx, store, v); err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	return store, v, nil
}

// visited is the configured installation, as a command finds it beside a running server.
type visited struct {
	config Config
	store  *sqlstore.Store
	vault  *vault.Vault
}

// visited visits the configured installation. Its database must be as this program knows it.
func (e Environment) visited(ctx context.Context) (*visited, error) {
	config, err := LoadConfig(e.Env, e.Dir)
	if err != nil {
		return nil, err
	}
	store, v, err := visit(ctx, e, config)
	if err != nil {
		return nil, err
	}
	if err := store.Ready(ctx); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return &visited{config, store, v}, nil
}

// openBeside opens the database as it is.
func openBeside(ctx context.Context, e Environment, c Config, v *vault.Vault) (*sqlstore.Store, error) {
	if c.Database == "" && !exists(c.dsn()) {
		return nil, &bot.Error{Kind: bot.Unavailable, Key: "database.none", Params: map[string]string{"Where": c.dsn()}}
	}
	store, err := sqlstore.Open(ctx, sqlstore.Config{DSN: c.dsn(), Vault: v, Now: e.Clock, Log: e.logger(c.Log)})
	if err != nil {
		return nil, databaseError(c, err)
	}
	if _, _, err := store.Schema(ctx); err != nil {
		return nil, errors.Join(databaseError(c, err), store.Close())
	}
	return store, nil
}

// keptVault is the vault of the key that is configured or lies beside the data. Unlike openVault it never makes a key:
// a new one could open nothing.
func keptVault(c Config) (*vault.Vault, error) {
	if path := filepath.Join(c.Data, keyFile); c.Key == "" && c.Database == "" && !exists(path) {
		return nil, &bot.Error{Kind: bot.Invalid, Key: "key.none", Params: map[string]string{"Path": path}}
	}
	return openVault(c, slog.New(slog.DiscardHandler))
}

// sameKey refuses a key that the database was not sealed with. A database that no key has claimed yet takes any.
func sameKey(ctx context.Context, store *sqlstore.Store, v *vault.Vault) error {
	if have, _, err := store.Schema(ctx); err != nil || have == 0 {
		return err
	}
	held, err := store.Setting(ctx, storage.SettingKey)
	if bot.KindOf(err) == bot.NotFound {
		return nil
	}
	if err == nil && held != v.Fingerprint() {
		err = wrongKey(v.Fingerprint(), held)
	}
	return err
}

func wrongKey(got, want string) error {
	return &bot.Error{Kind: bot.Invalid, Key: "key.wrong", Params: map[string]string{"Got": got, "Want": want}}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
