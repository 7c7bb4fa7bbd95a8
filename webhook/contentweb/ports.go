package contentweb

import (
	"context"

	"javab/bot"
	"javab/flows"
	"javab/flows/studio"
)

// Sheets are the files of the content, each with the reader's own draft over what is live. studio.Studio has them.
type Sheets interface {
	Open(ctx context.Context, who bot.StaffID, name string) (studio.Sheet, error)
	Save(ctx context.Context, who bot.StaffID, name string, rev int, body []byte) (studio.Sheet, []flows.Problem, error)
	// Check tells what is wrong with the content when one file reads otherwise, without keeping it.
	Check(ctx context.Context, who bot.StaffID, name string, body []byte) ([]flows.Problem, error)
	// Draft is the whole content as somebody would publish it.
	Draft(ctx context.Context, who bot.StaffID) (studio.Folder, error)
	// Version is the content as it was published under a number.
	Version(ctx context.Context, number int) (studio.Version, studio.Folder, error)
}

// Letters are what officers propose. studio.Studio keeps them.
type Letters interface {
	Propose(ctx context.Context, officer bot.StaffID, p studio.Proposal) (studio.Proposal, error)
	Proposals(ctx context.Context, waiting bool, limit int) ([]studio.Proposal, error)
	Decide(ctx context.Context, who bot.StaffID, id string, d studio.Decision) (studio.Proposal, error)
	Verdicts(ctx context.Context, officer bot.StaffID) ([]studio.Proposal, error)
	Seen(ctx context.Context, officer bot.StaffID, id string) error
}

// Defaults are what the program brings with it that is newer than what the chamber has passed. studio.Studio tells.
type Defaults interface {
	Offers(ctx context.Context) ([]studio.Offer, error)
	Take(ctx context.Context, who bot.StaffID, names ...string) error
	Dismiss(ctx context.Context, who bot.StaffID, names ...string) error
}

// Rules say who may publish alone. studio.Studio keeps them, and writes into the audit who changes them.
type Rules interface {
	Rules(ctx context.Context) (studio.Rules, error)
	SetRules(ctx context.Context, who bot.StaffID, rules studio.Rules) error
}

// Book is what was done.
type Book interface {
	// Latest returns the last entry of an act; bot.NotFound when nobody has ever done it.
	Latest(ctx context.Context, what string) (bot.AuditEntry, error)
}

// Matcher finds what a member's sentence is about.
type Matcher interface {
	// Try asks the bot as it is live, and as it would be with these answers in place of its own. Both are trained, as members
	// are answered: it may take seconds, and gives up when ctx ends.
	Try(ctx context.Context, lang bot.Lang, sentence string, answers []Answer) (Tried, error)
}

// Answer is what the matcher learns of an answer: its title, and how people ask for it, the question itself first. Persian in
// Latin letters stands under texts.Finglish.
type Answer struct {
	ID        string // "answers/fees"
	Title     bot.Text
	Phrasings map[bot.Lang][]string
}

// Tried is what the bot makes of a sentence now, and with the draft.
type Tried struct{ Before, After Guesses }

// Guesses are the likeliest things that a sentence is about, and what the bot does with it: answer, ask or handoff.
type Guesses struct {
	Top    []Guess
	Action string
}

// Guess is one thing that a sentence may be about. P is how likely it is meant, 0 to 1.
type Guess struct {
	ID    string // "answers/fees", "flow/complaint"
	Title bot.Text
	P     float64
}
