package cases

import (
	"context"
	"fmt"
	"time"

	"javab/bot"
)

// Leave gives the open cases of somebody who is away to his substitute; one that the substitute may not see goes back to
// its unit, and so do all when there is none.
func Leave(ctx context.Context, tx HeldTx, from, to bot.StaffID, at time.Time, sees func(bot.Case) (bool, error)) error {
	held, err := tx.HeldCases(ctx, from)
	if err != nil {
		return fmt.Errorf("read the cases of %s: %w", from, err)
	}
	for _, c := range held {
		c.Holder = ""
		if to != "" {
			allowed, err := sees(c)
			if err != nil {
				return fmt.Errorf("who may see case %s: %w", c.Number, err)
			}
			if allowed {
				c.Holder = to
			}
		}
		entry := bot.CaseEntry{Case: c.ID, What: "moved", Author: bot.ByBot, Before: string(from), After: string(c.Holder), At: at}
		if err := tx.SaveCase(ctx, c, entry); err != nil {
			return fmt.Errorf("move case %s: %w", c.Number, err)
		}
	}
	return nil
}
