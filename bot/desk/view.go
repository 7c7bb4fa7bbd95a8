package desk

import (
	"context"

	"javab/bot"
)

// View is Reads with what the lexicon hints at.
type View struct {
	Reads
	Lexicons Lexicons
}

// Inbox implements Reads.
func (v View) Inbox(ctx context.Context, q Query) ([]Row, error) {
	rows, err := v.Reads.Inbox(ctx, q)
	for i := range rows {
		v.hint(&rows[i])
	}
	return rows, err
}

// Row implements Reads.
func (v View) Row(ctx context.Context, by bot.Staff, chat bot.ChatKey) (Row, error) {
	row, err := v.Reads.Row(ctx, by, chat)
	v.hint(&row)
	return row, err
}

// Thread implements Reads.
func (v View) Thread(ctx context.Context, by bot.Staff, chat bot.ChatKey, before int64, limit int) (Thread, error) {
	th, err := v.Reads.Thread(ctx, by, chat, before, limit)
	v.hint(&th.Row)
	return th, err
}

func (v View) hint(r *Row) { r.Upset = v.Lexicons.Lexicon().Upset(r.Recent) }
