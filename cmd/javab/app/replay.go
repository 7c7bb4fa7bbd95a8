package app

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"javab/bot"
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
