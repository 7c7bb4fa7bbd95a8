package cases

import (
	"context"

	"javab/bot"
	"javab/bot/converse"
)

// Propose writes a result to the member of a case, as an officer's act does.
func (k *Keeper) Propose(ctx context.Context, tx RoundTx, number bot.CaseNumber, result string) error {
	return k.by(ctx, tx, number, func(p promise, l *letter, c bot.Case) (bot.Case, []bot.CaseEntry, error) {
		c, err := p.propose(l, c, "sara", result, "")
		return c, []bot.CaseEntry{{What: Proposed, Author: "sara", At: l.now}}, err
	})
}

// Called ends the open call of a case, as an officer's act does.
func (k *Keeper) Called(ctx context.Context, tx RoundTx, number bot.CaseNumber, outcome bot.TaskOutcome) error {
	return k.by(ctx, tx, number, func(p promise, l *letter, c bot.Case) (bot.Case, []bot.CaseEntry, error) {
		tasks, err := tx.Tasks(ctx, c.ID)
		for _, t := range tasks {
			if t.Open() {
				t.Outcome, t.DoneAt, t.DoneBy = outcome, l.now, "sara"
				err = tx.SaveTask(ctx, t)
			}
		}
		if err != nil {
			return c, nil, err
		}
		return p.called(l, c, outcome)
	})
}

func (k *Keeper) by(ctx context.Context, tx RoundTx, number bot.CaseNumber, act func(promise, *letter, bot.Case) (bot.Case, []bot.CaseEntry, error)) error {
	c, err := tx.Case(ctx, number)
	if err != nil {
		return err
	}
	l := &letter{texts: k.Words, now: k.Clock()}
	if l.chat, err = tx.Chat(ctx, c.Chat); err != nil {
		return err
	}
	c, entries, err := act(k.promise(c), l, c)
	if err != nil {
		return err
	}
	if err := tx.SaveCase(ctx, c, entries...); err != nil {
		return err
	}
	_, err = tx.Append(ctx, converse.Rows{Messages: l.rows.Messages, Jobs: l.rows.Jobs}, bot.Lease{})
	return err
}
