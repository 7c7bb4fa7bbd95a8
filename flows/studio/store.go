package studio

import (
	"context"
	"time"

	"javab/bot"
)

// Tx is what the studio reads and writes in one transaction. Whoever changes anything takes the head first, so that
// those who change content do so one after the other.
type Tx interface {
	Shelf
	Drafts
	Requests
	Letters
	Colleagues
}

// Shelf is where versions are kept.
type Shelf interface {
	// StudioHead returns where the content stands, and keeps others from moving it until the transaction ends.
	StudioHead(ctx context.Context) (Head, error)
	// SaveStudioHead replaces it.
	SaveStudioHead(ctx context.Context, h Head) error
	// AddVersion keeps a version; bot.Conflict when there is one of its number.
	AddVersion(ctx context.Context, v Version) error
	// KeepBodies keeps bodies; those that are there already stay as they are.
	KeepBodies(ctx context.Context, bodies map[Hash][]byte) error
	// StudioVersion returns a version inside the transaction; bot.NotFound when there is none of the number.
	StudioVersion(ctx context.Context, number int) (Version, error)
}

// Drafts are what admins are working on.
type Drafts interface {
	// StudioDraft returns somebody's draft of a file; bot.NotFound when he has none.
	StudioDraft(ctx context.Context, by bot.StaffID, name string) (Draft, error)
	// SaveStudioDraft inserts or replaces.
	SaveStudioDraft(ctx context.Context, d Draft) error
	// DropStudioDraft takes a draft away, if it is there.
	DropStudioDraft(ctx context.Context, by bot.StaffID, name string) error
}

// Requests are what waits for a second person.
type Requests interface {
	// PublishRequest returns a request; bot.NotFound when there is none.
	PublishRequest(ctx context.Context, id string) (Request, error)
	// OpenRequests returns those that wait, the earliest first.
	OpenRequests(ctx context.Context) ([]Request, error)
	// SavePublishRequest inserts or replaces.
	SavePublishRequest(ctx context.Context, r Request) error
}

// Letters are what officers propose.
type Letters interface {
	// EditProposal returns a proposal and keeps others from changing it until the transaction ends; bot.NotFound when
	// there is none.
	EditProposal(ctx context.Context, id string) (Proposal, error)
	// SaveEditProposal inserts or replaces.
	SaveEditProposal(ctx context.Context, p Proposal) error
}

// Colleagues are who else may publish, and the book in which it is written.
type Colleagues interface {
	// Admins returns all admins who are not disabled, and keeps others from changing them until the transaction ends.
	Admins(ctx context.Context) ([]bot.Staff, error)
	// Audit adds an entry to the chain.
	Audit(ctx context.Context, e bot.AuditEntry) error
}

// Store is where content is kept.
type Store interface {
	// Do commits what f wrote when f returns nil, and nothing otherwise. f may run twice.
	Do(ctx context.Context, f func(Tx) error) error
	Reads
	Queries
}

// Reads are the questions that no transaction needs.
type Reads interface {
	// ReadStudio returns where the content stands.
	ReadStudio(ctx context.Context) (Head, error)
	// ReadVersion returns a version; bot.NotFound when there is none of the number.
	ReadVersion(ctx context.Context, number int) (Version, error)
	// ReadVersions returns all versions without their files, the latest first.
	ReadVersions(ctx context.Context) ([]Version, error)
	// ReadBodies returns those bodies that are there. None is nil, which would be no file.
	ReadBodies(ctx context.Context, hashes []Hash) (map[Hash][]byte, error)
	// PinnedChats counts the chats that stay with a version, by its number: those pinned to one since an instant.
	PinnedChats(ctx context.Context, since time.Time) (map[int]int, error)
}

// Queries are what lists show.
type Queries interface {
	// ReadStudioDrafts returns somebody's drafts by name; everybody's when he is empty.
	ReadStudioDrafts(ctx context.Context, by bot.StaffID) ([]Draft, error)
	// ReadRequests returns the latest requests, the latest first, whatever became of them.
	ReadRequests(ctx context.Context, limit int) ([]Request, error)
	// ReadProposals returns the latest proposals, the latest first: those that wait, or all.
	ReadProposals(ctx context.Context, waiting bool, limit int) ([]Proposal, error)
	// ReadVerdicts returns what was decided about somebody's proposals and he has not read, the earliest first.
	ReadVerdicts(ctx context.Context, by bot.StaffID) ([]Proposal, error)
}
