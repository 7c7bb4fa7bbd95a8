package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"javab/bot"
	"javab/bot/approve"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/bot/desk"
	"javab/bot/digest"
	"javab/bot/hours"
	"javab/bot/learning"
	"javab/bot/staffchat"
	"javab/bot/telegram"
	"javab/flows/studio"
	"javab/storage"
	"javab/storage/files"
	"javab/storage/memstore"
	"javab/storage/redisstore"
	"javab/storage/sqlstore"
	"javab/storage/vault"
	"javab/webhook"
)

// house is everything a running program consists of. It is put together once, and taken apart by close.
type house struct {
	env       Environment
	config    Config
	log       *slog.Logger
	vault     *vault.Vault
	store     storage.Store
	files     *files.Store
	hot       hotStore
	hours     *hours.Rota
	desk      *desk.Desk
	approvals *approve.Office
	room      *staffchat.Room
	digest    *digest.Herald
	learning  *learning.Office
	keeper    *cases.Keeper
	cases     *cases.Office
	moves     *caseWatch
	library   *library
	studio    *studio.Studio
	turn      *converse.Turn
	courier   *deliver.Courier
	channels  []*telegram.Channel
	leftOut   []refusal // channels that are set up and not served
	metrics   *webhook.Metrics
	closers   []func() error

	rehearsing rehearsals                    // of contents, before they are published
	watchEvery time.Duration                 // between two looks at a channel
	beside     []func(context.Context) error // what else runs until the shutdown
}

// hotStore is the working state of conversations, and the line between instances.
type hotStore interface {
	converse.Hot
	storage.Signals
}

// databaseFile is the embedded database within the data folder.
const databaseFile = "javab.db"

func (c Config) dsn() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, databaseFile)
}

// openHouse puts the program together. scripts is the content it plays.
func openHouse(ctx context.Context, e Environment, c Config, scripts fs.FS) (_ *house, err error) {
	h := &house{env: e, config: c, log: e.logger(c.Log), watchEvery: watchEvery}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.close())
		}
	}()
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, badValue("JAVAB_DATA", c.Data, "config.want.folder", err)
	}
	if h.vault, err = openVault(c, h.log); err != nil {
		return nil, err
	}
	if err := h.openStores(ctx); err != nil {
		return nil, err
	}
	if err := h.openStudio(ctx, scripts); err != nil {
		return nil, err
	}
	h.beside = append(h.beside, h.followLive, settled(h.teach))
	if err := h.openChannels(); err != nil {
		return nil, err
	}
	return h, h.assemble(ctx)
}

func (h *house) openStores(ctx context.Context) error {
	store, err := h.openDatabase(ctx)
	if err != nil {
		return err
	}
	h.store = store
	h.closers = append(h.closers, store.Close)
	if err := claimKey(ctx, store, h.vault); err != nil {
		return err
	}
	h.files = &files.Store{Dir: filepath.Join(h.config.Data, "files"), Vault: h.vault}
	return h.openHot()
}

// openDatabase opens and migrates the database that the configuration names.
func (h *house) openDatabase(ctx context.Context) (*sqlstore.Store, error) {
	store, err := sqlstore.Open(ctx, sqlstore.Config{
		DSN: h.config.dsn(), Vault: h.vault, Now: h.env.Clock, Log: h.log, Exclusive: true,
	})
	if err != nil {
		return nil, databaseError(h.config, err)
	}
	if _, err := store.Migrate(ctx); err != nil {
		return nil, errors.Join(databaseError(h.config, err), store.Close())
	}
	return store, nil
}

// databaseError tells the operator where the database is and why it cannot be used.
func databaseError(c Config, err error) error {
	if bot.KindOf(err) != bot.Unavailable {
		return err
	}
	return &bot.Error{Kind: bot.Unavailable, Key: "database.unreachable", Err: err, Params: map[string]string{"Where": place(c.dsn())}}
}

func (h *house) openHot() error {
	if h.config.Redis == "" {
		h.hot = &memstore.Hot{Now: h.env.Clock}
		return nil
	}
	hot, err := redisstore.Open(redisstore.Config{URL: h.config.Redis, Vault: h.vault, Now: h.env.Clock})
	if err != nil {
		return badValue("JAVAB_REDIS", place(h.config.Redis), "config.want.redis", err)
	}
	h.hot = hot
	h.closers = append(h.closers, hot.Close)
	return nil
}

func (h *house) assemble(ctx context.Context) error {
	if err := h.openHours(ctx); err != nil {
		return err
	}
	h.metrics = webhook.NewMetrics(backlog{h.store, h.env.Clock})
	h.openMeanings()
	h.courier = &deliver.Courier{
		Queue: h.store, Senders: h.senders(), Handlers: h.errands(), Owner: h.owner(),
		Workers: h.config.Senders, Clock: h.env.Clock, Token: func() int64 { return int64(h.env.Random() >> 1) }, Log: h.log,
		Observe: observer(h.metrics.Registry),
	}
	h.desk = &desk.Desk{
		Store: storage.As[desk.Tx](h.store), Hot: h.hot, Post: h.courier, Content: h.library, Hours: h.hours,
		Clock: h.env.Clock, Random: h.env.Random, Log: h.log, Lexicons: h.library, Caps: h.caps,
		Left: h.unitLeft,
	}
	h.moves = newCaseWatch()
	h.openApprovals()
	h.openRoom()
	h.openLearning()
	h.openDigest()
	h.openCases()
	h.turn = &converse.Turn{
		Store: storage.As[converse.Tx](h.store), Hot: watchedHot{h.hot, h.moves}, Content: h.library, Matcher: h.library,
		Actions: watchedActions{newActions(h.library, h.hours, h.desk, h.room), h.moves}, Post: h.courier, Clock: h.env.Clock, Random: h.env.Random,
		Limit: h.config.MemberLimit, Log: h.log,
	}
	return nil
}

// owner names this instance in leases. On an embedded database there is only ever one, which finds its own again.
func (h *house) owner() string {
	if h.config.Database == "" {
		return "embedded"
	}
	return fmt.Sprintf("%016x", h.env.Random())
}

func (h *house) close() error {
	var errs []error
	for i := len(h.closers) - 1; i >= 0; i-- {
		errs = append(errs, h.closers[i]())
	}
	return errors.Join(errs...)
}
