package caseweb

import (
	"context"
	"io"

	"javab/bot"
	"javab/bot/casefile"
	"javab/bot/cases"
	"javab/bot/digest"
	"javab/bot/worktime"
)

// Reads is what the pages show. What somebody may not see is not there.
type Reads interface {
	casefile.Lists
	casefile.Files
	casefile.Surveys
}

// Acts is what staff do to cases; cases.Office does it.
type Acts interface {
	Do(ctx context.Context, by bot.Staff, number bot.CaseNumber, act cases.Act) error
	// Link makes a reply link for an open referral and returns its token, which nobody can read again.
	Link(ctx context.Context, by bot.Staff, number bot.CaseNumber, referral string) (token string, err error)
	// Export returns an approved letter.
	Export(ctx context.Context, by bot.Staff, number bot.CaseNumber, approval string) (string, error)
	// Alike returns other open cases that may be the same one.
	Alike(ctx context.Context, by bot.Staff, number bot.CaseNumber) ([]bot.CaseNumber, error)
	// Heirs returns the representatives of the same company to whom the case can be handed on.
	Heirs(ctx context.Context, by bot.Staff, number bot.CaseNumber) ([]cases.Heir, error)
	// Draft is what the member would be told of how his case stands.
	Draft(c bot.Case, lang bot.Lang) string
}

// Links is what a unit without a sign-in does.
type Links interface {
	ByLink(ctx context.Context, token string) (cases.LinkView, error)
	ReplyByLink(ctx context.Context, token, name, reply string) error
}

// Content names what the bundle names.
type Content interface {
	// Units are the departments of the content, in its order.
	Units() []bot.UnitID
	Unit(id bot.UnitID, lang bot.Lang) string
	Category(kind bot.CaseKind, id string) (bot.Category, bool)
	Wording
	Procedure
}

// Wording is how the content calls things.
type Wording interface {
	// Subjects are what a case of a kind can be about, in the order of the content.
	Subjects(kind bot.CaseKind) []string
	// Causes are the root causes of a kind of case: for a suggestion, what became of it.
	Causes(kind bot.CaseKind) []bot.Item
	// Label names an entry of a list of the content by its "list/id"; an unknown one is called by its id.
	Label(ref string, lang bot.Lang) string
}

// Procedure is what the content promises.
type Procedure interface {
	PromiseRules() cases.Rules
}

// Hours gives each unit's working calendar.
type Hours interface {
	For(unit bot.UnitID) *worktime.Calendar
}

// Herald tells people what they must hear of; digest.Herald does it.
type Herald interface {
	// Before returns what somebody was told and has not seen, the newest first; Seen notes that he has.
	Before(ctx context.Context, by bot.Staff) ([]bot.Alert, error)
	Seen(ctx context.Context, by bot.Staff, alert string) error
	// Sheet is the newest digest of somebody.
	Sheet(ctx context.Context, by bot.Staff, lang bot.Lang) (digest.Sheet, error)
}

// Shelf is where files lie, sealed.
type Shelf interface {
	Open(id string) (io.ReadSeekCloser, error)
	// Taken writes into the audit that by takes files of a case out of the desk.
	Taken(ctx context.Context, by bot.Staff, c bot.Case, what string) error
}
