package app

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"javab/bot"
	"javab/storage"
	"javab/storage/vault"
)

// keyFile is the generated master key of an embedded installation, beside its data.
const keyFile = "javab.key"

// openVault finds the master key: the configured one, or the file beside the data, which is made at the first start of
// an embedded installation. Beside a database server no key is ever made: every instance would make its own.
func openVault(c Config, log *slog.Logger) (*vault.Vault, error) {
	text, err := masterKey(c, log)
	if err != nil {
		return nil, err
	}
	key, err := vault.ParseKey(text)
	if err != nil {
		return nil, badValue("JAVAB_KEY", "…", "config.want.key", err)
	}
	return vault.New(key)
}

func masterKey(c Config, log *slog.Logger) (string, error) {
	if c.Key != "" {
		return c.Key, nil
	}
	if c.Database != "" {
		return "", &bot.Error{Kind: bot.Invalid, Key: "key.missing"}
	}
	path := filepath.Join(c.Data, keyFile)
	text, err := os.ReadFile(path)
	if err == nil {
		return string(text), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read the key: %w", err)
	}
	made := vault.Generate()
	if err := os.WriteFile(path, []byte(made), 0o600); err != nil {
		return "", fmt.Errorf("write the new key: %w", err)
	}
	log.Warn("a new master key was made; keep a copy of it apart from the data", "file", path)
	return made, nil
}

// claimKey makes sure that the key belongs to the database: the first key that opens it is settled for good.
func claimKey(ctx context.Context, store storage.Store, v *vault.Vault) error {
	held, err := store.Settle(ctx, storage.SettingKey, v.Fingerprint())
	if err != nil {
		return fmt.Errorf("compare the key with the database: %w", err)
	}
	if held != v.Fingerprint() {
		return wrongKey(v.Fingerprint(), held)
	}
	return nil
}

// hookSecrets are the webhook's secret of a channel and the one before it. Unless the operator sets one it is derived
// from the master key, another for each channel.
func hookSecrets(c Config, v *vault.Vault, channel bot.ChannelID) []string {
	secret := c.HookSecret
	if secret == "" {
		secret = hex.EncodeToString(v.Derive("hook " + string(channel)))
	}
	if c.HookSecretOld == "" {
		return []string{secret}
	}
	return []string{secret, c.HookSecretOld}
}
