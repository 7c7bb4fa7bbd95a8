package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"javab/storage/sqlstore"
	"javab/storage/vault"
)

// Messages that a backup still had to send may have been sent since, and are old in any case. A restore holds them back
// until the operator says what becomes of them.

// holding is one of the things to do with such messages.
type holding struct {
	flag, help, done string
	do               func(*sqlstore.Store, context.Context, time.Time) (int, error)
}

var holdings = []holding{
	{"release", "send the messages that are held back", "restore.released", (*sqlstore.Store).SendHeld},
	{"drop-sends", "drop the messages that are held back", "restore.dropped", (*sqlstore.Store).DropHeld},
	{"hold", "hold the messages back after a restore by another tool", "restore.held", hold},
}

func hold(s *sqlstore.Store, ctx context.Context, _ time.Time) (int, error) { return s.Hold(ctx) }

// holdingFlags adds the flags and the check of the arguments; which is what was asked for by flag, or nil.
func holdingFlags(command *cobra.Command) (which func() *holding) {
	set := make([]bool, len(holdings))
	for i, h := range holdings {
		command.Flags().BoolVar(&set[i], h.flag, false, h.help)
	}
	which = func() *holding {
		if i := slices.Index(set, true); i >= 0 {
			return &holdings[i]
		}
		return nil
	}
	command.Args = func(cmd *cobra.Command, args []string) error {
		first := slices.Index(set, true)
		switch {
		case first < 0:
			return cobra.ExactArgs(1)(cmd, args)
		case slices.Contains(set[first+1:], true):
			return &usageError{errors.New("--release, --drop-sends and --hold exclude one another")}
		default:
			return cobra.NoArgs(cmd, args)
		}
	}
	return which
}

// handle does with the messages what was asked, beside a running server or none.
func (e Environment) handle(ctx context.Context, config Config, h *holding, asJSON bool) error {
	c, err := e.console()
	if err != nil {
		return err
	}
	store, _, err := visit(ctx, e, config)
	if err != nil {
		return err
	}
	n, err := h.do(store, ctx, e.Clock())
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	if asJSON {
		return c.json(map[string]int{strings.TrimPrefix(h.done, "restore."): n})
	}
	c.say(h.done, params{"N": n})
	return nil
}

// restoredPage is what a restore tells.
type restoredPage struct {
	label
	Held int `json:"held"` // messages that are held back
}

// holdBack keeps the messages of a restored database from being sent, before any server runs on it.
func (e Environment) holdBack(ctx context.Context, config Config, v *vault.Vault, p label) (int, error) {
	if p.Schema == 0 { // it has no tables yet
		return 0, nil
	}
	store, err := openBeside(ctx, e, config, v)
	if err != nil {
		return 0, err
	}
	held, err := store.Hold(ctx)
	return held, errors.Join(sameKey(ctx, store, v), err, store.Close())
}
