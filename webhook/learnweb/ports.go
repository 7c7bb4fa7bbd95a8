package learnweb

import (
	"context"

	"javab/bot"
	"javab/bot/learning"
	"javab/flows"
	"javab/flows/studio"
)

// Learning is what is learnt from. learning.Office knows it.
type Learning interface {
	Board(ctx context.Context, q learning.Query) (learning.Board, error)
	Cluster(ctx context.Context, question string) (learning.Cluster, error)
	PutAside(ctx context.Context, who bot.StaffID, question string) error
	// Survey is false while it is being made.
	Survey() (learning.Survey, bool)
	// Effect takes seconds, and ends with ctx.
	Effect(ctx context.Context, who bot.StaffID, id string, class bot.Lang, phrasings []string) ([]learning.Measured, error)
}

// Sheets are the files of the content, each with the reader's own draft over what is live. studio.Studio has them.
type Sheets interface {
	Open(ctx context.Context, who bot.StaffID, name string) (studio.Sheet, error)
	Save(ctx context.Context, who bot.StaffID, name string, rev int, body []byte) (studio.Sheet, []flows.Problem, error)
}
