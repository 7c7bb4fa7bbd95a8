package desk

import (
	"context"

	"javab/bot"
)

// Tx is what the queue reads and writes.
type Tx interface {
	// Enqueue puts a hand-over into its unit's queue; a chat that waits already keeps its place and its older entry.
	Enqueue(ctx context.Context, h bot.HandOver) error
	// Leave takes a waiting chat out of the queue and reports whether it waited.
	Leave(ctx context.Context, chat bot.ChatKey) (bool, error)
	// Place returns the chat's place in its queue, 1 for the next; 0 when it does not wait.
	Place(ctx context.Context, chat bot.ChatKey) (int, error)
	// MemberOf returns the member of a chat; bot.NotFound when he is not known.
	MemberOf(ctx context.Context, chat bot.ChatKey) (bot.Member, error)
}
