package studioweb

import (
	"context"

	"javab/bot"
	"javab/bot/funnel"
	"javab/flows"
	"javab/flows/fixes"
	"javab/flows/studio"
	"javab/flows/texts"
)

// Sheets are the files of the content, each with the reader's own draft over what is live. studio.Studio has them.
type Sheets interface {
	Files(ctx context.Context, who bot.StaffID) ([]studio.Sheet, error)
	Open(ctx context.Context, who bot.StaffID, name string) (studio.Sheet, error)
	Save(ctx context.Context, who bot.StaffID, name string, rev int, body []byte) (studio.Sheet, []flows.Problem, error)
	Discard(ctx context.Context, who bot.StaffID, names ...string) error
	Merge(ctx context.Context, who bot.StaffID, name string, choices map[string]studio.Choice) (studio.Sheet, []texts.Clash, error)
}

// Fresh takes in files that are new. studio.Studio does it.
type Fresh interface {
	Add(ctx context.Context, who bot.StaffID, files studio.Folder) error
}

// Press publishes. studio.Studio does it.
type Press interface {
	Problems(ctx context.Context, who bot.StaffID) ([]flows.Problem, error)
	Rehearse(ctx context.Context, who bot.StaffID, progress func(done, all int)) (studio.Rehearsal, error)
	Publish(ctx context.Context, who bot.StaffID, p studio.Publishing, progress func(done, all int)) (studio.Outcome, error)
	RollBack(ctx context.Context, who bot.StaffID, number int, note string) error
}

// Second is the second person's yes, where the rules ask for it. studio.Studio keeps it.
type Second interface {
	Waiting(ctx context.Context, limit int) ([]studio.Request, error)
	Requested(ctx context.Context, id string) (r studio.Request, live, next studio.Folder, err error)
	Agree(ctx context.Context, who bot.StaffID, id string) (version int, err error)
	Refuse(ctx context.Context, who bot.StaffID, id, reason string) error
}

// Past is what was live. studio.Studio knows it.
type Past interface {
	Versions(ctx context.Context) ([]studio.Listed, error)
	Version(ctx context.Context, number int) (studio.Version, studio.Folder, error)
}

// Content is the content as somebody would publish it.
type Content interface {
	// Draft is all of it.
	Draft(ctx context.Context, who bot.StaffID) (studio.Folder, error)
	// Check tells what is wrong with it, with one more body in its place.
	Check(ctx context.Context, who bot.StaffID, name string, body []byte) ([]flows.Problem, error)
	// Script is a body as a script, whatever is wrong with it; nil when it is none.
	Script(name string, body []byte) *flows.Script
	// Fix adds to the problems of a file what mends them, where that is known.
	Fix(name string, body []byte, found []flows.Problem) []flows.Problem
	// Insert puts a block into a body, below a step or above all when after is empty, and tells the new step's id.
	Insert(name string, body []byte, after string, block fixes.Block) (changed []byte, step string, err error)
}

// Language is what scripts can name: what they are checked against, and the lists and flows that there are.
type Language interface {
	Env() flows.Env
	ListNames() []string
	FlowNames() []string
}

// Stage plays a script that nobody has published.
type Stage interface {
	Try(ctx context.Context, who bot.StaffID, t Trial) (Tried, error)
}

// Counts are the figures of flows. funnel.Office counts them.
type Counts interface {
	Of(ctx context.Context, flow string, days int) (funnel.Funnel, error)
	Uses(ctx context.Context, days int) (map[string]int, error)
}
