package app

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/telegram"
	"javab/flows/scripts"
	"javab/storage"
)

func replayCommand(e Environment) *cobra.Command {
	var all, asJSON bool
	command := &cobra.Command{
		Use: "replay [ID...]", Short: "List deliveries that could not be handled, or handle them again",
		Long: "A delivery that this program could not handle is kept, and its member was told that a person will look. After a\n" +
			"repair, hand it to the bot again: it is handled as if it came now. Works beside a running server, which sends\n" +
			"the replies.",
		Example: "  javab replay\n  javab replay 12 13\n  javab replay --all --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			ids, err := numbers(args)
			if err != nil {
				return err
			}
			config, err := LoadConfig(e.Env, e.Dir)
			if err != nil {
				return err
			}
			return e.replay(cmd.Context(), config, ids, all, asJSON)
		},
	}
	command.Flags().BoolVar(&all, "all", false, "handle all of them again, oldest first")
	command.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return command
}

func numbers(args []string) ([]int64, error) {
	var ids []int64
	for _, arg := range args {
		id, err := strconv.ParseInt(arg, 10, 64)
		if err != nil {
			return nil, &usageError{fmt.Errorf("%q is no number of a delivery; see them with `javab replay`", arg)}
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// replayLimit is how many deliveries one run looks at.
const replayLimit = 10_000

func (e Environment) replay(ctx context.Context, config Config, ids []int64, all, asJSON bool) (err error) {
	c, err := e.console()
	if err != nil {
		return err
	}
	h, err := openAnnex(ctx, e, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	kept, err := h.store.Quarantined(ctx, replayLimit)
	if err != nil {
		return databaseError(config, err)
	}
	if len(ids) == 0 && !all {
		return c.listKept(kept, asJSON)
	}
	chosen, err := choose(kept, ids, all)
	if err != nil {
		return err
	}
	return h.replayAll(ctx, c, chosen, asJSON)
}

// openAnnex puts up as much of the house as a turn needs, beside the running one: no lock is taken, nothing is freed, and
// the replies are left to the server.
func openAnnex(ctx context.Context, e Environment, config Config) (_ *house, err error) {
	h := &house{env: e, config: config, log: e.logger(config.Log)}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.close())
		}
	}()
	store, v, err := visit(ctx, e, config)
	if err != nil {
		return nil, err
	}
	h.vault, h.store = v, store
	h.closers = append(h.closers, store.Close)
	if err := store.Ready(ctx); err != nil {
		return nil, err
	}
	if err := h.openHot(); err != nil {
		return nil, err
	}
	if h.library, err = openLibrary(scripts.FS, e.Clock()); err != nil {
		return nil, err
	}
	if err := h.openChannels(); err != nil {
		return nil, err
	}
	if err := h.assemble(); err != nil {
		return nil, err
	}
	h.turn.Post = leave{}
	return h, nil
}

// leave leaves every message for the server to claim.
type leave struct{}

func (leave) Reserve(bot.ChannelID) bot.Lease           { return bot.Lease{} }
func (leave) Carry(bot.ChannelID, bot.Lease, []bot.Job) {}
func (leave) Wake(bot.ChannelID)                        {}
func (leave) Ack(bot.ChatKey, string)                   {}

// listed is a delivery as the operator sees it. What the member wrote is not shown.
type listed struct {
	ID      int64       `json:"id"`
	At      time.Time   `json:"at"`
	Receipt string      `json:"receipt"`
	Chat    bot.ChatKey `json:"chat,omitempty"`
	Reason  string      `json:"reason"`
}

func (c *console) listKept(kept []storage.Kept, asJSON bool) error {
	lines := make([]listed, len(kept))
	for i, k := range kept {
		lines[i] = listed{k.ID, k.At.UTC(), k.Receipt.String(), k.Chat, scrub(k.Reason)}
	}
	if asJSON {
		return c.json(map[string]any{"waiting": lines})
	}
	for _, l := range lines {
		fmt.Fprintf(c.out, "%d\t%s\t%s\t%s\t%s\n", l.ID, l.At.Format(time.DateTime), l.Receipt, l.Chat, l.Reason)
	}
	c.say("replay.waiting", params{"N": len(lines)})
	return nil
}

// choose returns the deliveries that were asked for; one that does not wait is a mistake.
func choose(kept []storage.Kept, ids []int64, all bool) ([]storage.Kept, error) {
	if all {
		return kept, nil
	}
	byID := make(map[int64]storage.Kept, len(kept))
	for _, k := range kept {
		byID[k.ID] = k
	}
	var chosen []storage.Kept
	for _, id := range ids {
		k, waits := byID[id]
		if !waits {
			return nil, &bot.Error{Kind: bot.NotFound, Key: "replay.unknown", Params: map[string]string{"ID": strconv.FormatInt(id, 10)}}
		}
		chosen = append(chosen, k)
	}
	return chosen, nil
}

// replayed is what came of one delivery. Outcome is handled, again (it failed once more, and is kept under a new number)
// or stays.
type replayed struct {
	ID      int64  `json:"id"`
	Outcome string `json:"outcome"`
	Reason  string `json:"reason,omitempty"`
}

func (h *house) replayAll(ctx context.Context, c *console, chosen []storage.Kept, asJSON bool) error {
	results, failed := []replayed{}, 0
	for i, k := range chosen {
		c.progress("replay.progress", params{"Done": i, "All": len(chosen)})
		r := h.replayOne(ctx, k)
		c.settled()
		if r.Outcome != "handled" {
			failed++
		}
		results = append(results, r)
		if !asJSON {
			c.say("replay."+r.Outcome, params{"ID": r.ID, "Reason": r.Reason})
		}
	}
	if asJSON {
		if err := c.json(map[string]any{"replayed": results, "failed": failed}); err != nil {
			return err
		}
	}
	if failed > 0 {
		return errProblems
	}
	return nil
}

// replayOne hands a delivery to the turn under a receipt of its own, so that a replay that is cut short and run again
// acts once. Then it leaves the quarantine: what failed again is there under a new number.
func (h *house) replayOne(ctx context.Context, k storage.Kept) replayed {
	r := replayed{ID: k.ID, Outcome: "stays"}
	in, err := h.reread(k)
	if err != nil {
		r.Reason = cause(err)
		return r
	}
	err = h.turn.Handle(ctx, in)
	again, failed := errors.AsType[*converse.QuarantineError](err)
	if err != nil && !failed {
		r.Reason = cause(err)
		return r
	}
	if err := h.store.Resolve(ctx, k.ID, h.env.Clock()); err != nil {
		r.Reason = cause(err)
		return r
	}
	r.Outcome = "handled"
	if failed {
		r.Outcome, r.Reason = "again", cause(again.Cause)
	}
	return r
}

// reread reads the delivery's bytes once more, with the adapter that they came through.
func (h *house) reread(k storage.Kept) (bot.Inbound, error) {
	receiver := h.receiver(k.Receipt.Source)
	if receiver == nil {
		return bot.Inbound{}, fmt.Errorf("the channel %q is not set up here", k.Receipt.Source)
	}
	in, err := receiver.Parse(k.Raw)
	in.Receipt = bot.ReceiptKey{Source: k.Receipt.Source, ID: fmt.Sprintf("replay-%d", k.ID)}
	return in, err
}

func (h *house) receiver(id bot.ChannelID) *telegram.Receiver {
	for _, c := range h.channels {
		if c.ID == id {
			return c.Receiver
		}
	}
	return nil
}
