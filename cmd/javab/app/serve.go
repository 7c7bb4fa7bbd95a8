package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/spf13/cobra"

	"javab/bot"
	"javab/flows/scripts"
	"javab/storage"
	"javab/webhook"
)

// drainLimit is how long a shutdown waits for turns and messages in flight.
const drainLimit = 20 * time.Second

func serveCommand(e Environment) *cobra.Command {
	return &cobra.Command{
		Use: "serve", Short: "Serve the messengers for real", Args: cobra.NoArgs,
		Long: "Reads the configuration, migrates the database, registers the webhooks and serves until SIGTERM, which drains.\n\n" + settingsHelp(),
		Example: "  JAVAB_TELEGRAM_TOKEN=123456:... JAVAB_PUBLIC_URL=https://bot.chamber.example javab serve\n" +
			"  JAVAB_DATABASE=postgres://javab@db/javab JAVAB_KEY_FILE=/run/secrets/key javab serve",
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := LoadConfig(e.Env, e.Dir)
			if err != nil {
				return err
			}
			if len(config.accounts()) == 0 {
				return &bot.Error{Kind: bot.Invalid, Key: "config.no_channel"}
			}
			if err := config.checkAlarms(); err != nil {
				return err
			}
			return serve(cmd.Context(), e, config)
		},
	}
}

// settingsHelp lists all variables for `serve --help`.
func settingsHelp() string {
	var out strings.Builder
	out.WriteString("Settings, each also as NAME_FILE and in javab.yaml:\n")
	for _, v := range Variables() {
		fmt.Fprintf(&out, "  %-26s %s", v.Name, v.Help)
		if v.Default != "" {
			fmt.Fprintf(&out, " (%s)", v.Default)
		}
		out.WriteString("\n")
	}
	return out.String()
}

func serve(ctx context.Context, e Environment, c Config) error {
	listener, err := listen(c.Listen)
	if err != nil {
		return err
	}
	h, err := openHouse(ctx, e, c, scripts.FS)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := h.refuseDemo(ctx); err != nil {
		return errors.Join(err, listener.Close(), h.close())
	}
	if err := h.checkTokens(ctx); err != nil {
		return errors.Join(err, listener.Close(), h.close())
	}
	routes := h.routes()
	if _, err := h.mountPeople(ctx, routes); err != nil {
		return errors.Join(err, listener.Close(), h.close())
	}
	return h.run(ctx, listener, routes)
}

// listen takes the address before anything else is done: a busy port is the commonest mistake.
func listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, &bot.Error{Kind: bot.Unavailable, Key: "port.busy", Err: err, Params: map[string]string{"Listen": address}}
	}
	return listener, nil
}

// refuseDemo keeps what was played from what is real.
func (h *house) refuseDemo(ctx context.Context) error {
	_, err := h.store.Setting(ctx, storage.SettingDemo)
	switch {
	case bot.KindOf(err) == bot.NotFound:
		return nil
	case err != nil:
		return fmt.Errorf("read the stamp of the database: %w", err)
	}
	return &bot.Error{Kind: bot.Invalid, Key: "demo.stamp", Params: map[string]string{"Where": place(h.config.dsn())}}
}

// routes are the web side: the hooks, health and metrics.
func (h *house) routes() *echo.Echo {
	return webhook.New(webhook.Config{
		Hooks: h.hooks(), Ready: h.store.Ready, Metrics: h.metrics, Log: h.log,
		Access:      webhook.Access{Token: h.config.MetricsToken},
		OwnListener: h.config.MetricsListen != "",
		Secure:      strings.HasPrefix(h.config.PublicURL, "https://"),
	})
}

// run serves until ctx ends. Then the order matters: first nothing new comes in, then the turns in flight end, then
// their messages go out, then the stores close.
func (h *house) run(ctx context.Context, listener net.Listener, routes http.Handler) error {
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var work sync.WaitGroup
	if err := h.startUp(ctx, background, &work); err != nil {
		if ctx.Err() != nil {
			err = nil // told to stop before it had begun: that is no failure
		}
		return errors.Join(err, listener.Close(), h.close())
	}
	couriers, dismiss := context.WithCancel(context.WithoutCancel(ctx))
	delivered := make(chan struct{})
	go func() { defer close(delivered); h.courier.Run(couriers) }()

	h.library.reader.loader.Forget()
	debug.FreeOSMemory() // what it took to read the content is nothing that an idle bot should carry for ever
	server := webhook.NewServer(routes, h.log)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	h.log.Info("serving", "listen", listener.Addr().String(), "channels", len(h.channels))

	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainLimit)
	defer cancel()
	err = errors.Join(err, server.Shutdown(drain))
	stop()
	work.Wait()
	dismiss()
	select {
	case <-delivered:
	case <-drain.Done():
		h.log.Warn("some messages were still being sent; they are tried again at the next start")
	}
	return errors.Join(err, h.close())
}

// tellHeld reminds of the messages that a restore has held back: a server that answers looks as if it sent everything.
func (h *house) tellHeld(ctx context.Context) error {
	waits, err := h.store.Backlog(ctx)
	if err != nil {
		return fmt.Errorf("look for messages that are held back: %w", err)
	}
	if waits.Held > 0 {
		h.log.Warn("messages of a restored backup are held back and not sent", "messages", waits.Held,
			"send them", "javab restore --release", "drop them", "javab restore --drop-sends")
	}
	return nil
}

// startUp frees what a killed predecessor held, and begins the work beside the web side.
func (h *house) startUp(ctx, background context.Context, work *sync.WaitGroup) error {
	if h.config.Database == "" { // the lock file proves that nobody else holds leases
		if err := h.store.Release(ctx, h.courier.Owner); err != nil {
			return fmt.Errorf("free the leases of the last run: %w", err)
		}
	}
	if err := h.tellHeld(ctx); err != nil {
		return err
	}
	for _, c := range h.channels {
		work.Go(func() { h.ingress(background, c) })
		work.Go(func() { h.watch(background, c) })
	}
	for _, r := range h.leftOut {
		work.Go(func() { h.alarm(background, r.channel, "alarm.failing", r.cause) })
	}
	work.Go(func() { h.housekeeping(background) })
	work.Go(func() { h.rounds(background) })
	work.Go(func() { h.sweep(background) })
	for _, run := range h.beside {
		work.Go(func() {
			if err := run(background); err != nil && background.Err() == nil {
				h.log.Error("a part of the program has ended", "err", err)
			}
		})
	}
	if h.config.MetricsListen == "" {
		return nil
	}
	listener, err := listen(h.config.MetricsListen)
	if err != nil {
		return err
	}
	metrics := webhook.NewServer(h.metrics.Handler(webhook.Access{Token: h.config.MetricsToken, Open: true}), h.log)
	go metrics.Serve(listener)
	h.closers = append(h.closers, metrics.Close)
	return nil
}
