package staff

import (
	"context"
	"time"

	"javab/bot"
)

// Tx is what accounts and sign-ins read and write in one transaction.
type Tx interface {
	People
	Sessions
	Failures
	Chats
	// CountTry adds one to a named counter and returns how many tries it has seen since the given instant.
	CountTry(ctx context.Context, name string, now, since time.Time) (int, error)
	// Audit adds an entry to the chain. It is written when the closure has ended well, last of all, so that others wait
	// for the chain's end as briefly as can be.
	Audit(ctx context.Context, e bot.AuditEntry) error
}

// People are the accounts.
type People interface {
	// Staff returns somebody and keeps others from changing him until the transaction ends; bot.NotFound when there is
	// no such person.
	Staff(ctx context.Context, id bot.StaffID) (bot.Staff, error)
	// StaffByLogin is Staff by what he signs in with.
	StaffByLogin(ctx context.Context, login string) (bot.Staff, error)
	// Admins returns all admins who are not disabled, and keeps others from changing them until the transaction ends.
	Admins(ctx context.Context) ([]bot.Staff, error)
	// SaveStaff inserts or updates; bot.Conflict when the login is another's.
	SaveStaff(ctx context.Context, s bot.Staff) error
	// Secrets returns what somebody proves himself with; nothing for one who has none.
	Secrets(ctx context.Context, id bot.StaffID) (Secrets, error)
	// SaveSecrets replaces it.
	SaveSecrets(ctx context.Context, id bot.StaffID, s Secrets) error
}

// Secrets is what somebody proves himself with. The second factor's secrets are encrypted at rest.
type Secrets struct {
	Password string // argon2id, in the usual form with its parameters; empty: nobody gets in by password
	// Temporary says that somebody else chose the password: it opens nothing but the page where a new one is chosen.
	Temporary bool
	TOTP      string   // base32; empty: not set up yet
	Offered   string   // a new one that its owner has not confirmed yet
	Step      int64    // of the last code that was used: none is taken twice
	Recovery  []string // hashes of the recovery codes that are left
}

// Sessions are browsers that somebody has signed in with.
type Sessions interface {
	// Session returns a session; bot.NotFound when it has ended.
	Session(ctx context.Context, id string) (Session, error)
	// SaveSession inserts or updates.
	SaveSession(ctx context.Context, s Session) error
	// Touch notes that the person did something; a later sign is never taken back.
	Touch(ctx context.Context, id string, at time.Time) error
	// EndSession ends one session, if it is there.
	EndSession(ctx context.Context, id string) error
	// EndSessions ends all of somebody's but one, and tells how many there were.
	EndSessions(ctx context.Context, of bot.StaffID, but string) (int, error)
}

// Failures are tries that did not succeed, by who and where.
type Failures interface {
	// Failure returns what is kept under a name and keeps others from changing it until the transaction ends; nothing
	// when there is none.
	Failure(ctx context.Context, name string) (Failure, error)
	// SaveFailure replaces it.
	SaveFailure(ctx context.Context, name string, f Failure) error
}

// Failure is how often somebody failed lately, and until when he has to wait.
type Failure struct {
	N     int
	At    time.Time // of the last one
	Until time.Time
}

// Store is where accounts are kept.
type Store interface {
	// Do commits what f wrote when f returns nil, and nothing otherwise. f may run twice.
	Do(ctx context.Context, f func(Tx) error) error
	Reads
}

// Reads are the questions that no transaction needs.
type Reads interface {
	Roll
	// SessionStaff returns a session and whose it is, in one question: it is asked at every request. bot.NotFound when
	// there is no such session.
	SessionStaff(ctx context.Context, id string) (Session, bot.Staff, error)
	// SessionsOf returns somebody's sessions, the latest first.
	SessionsOf(ctx context.Context, id bot.StaffID) ([]Session, error)
	// StaffChats returns the chats that somebody has linked, the earliest first.
	StaffChats(ctx context.Context, of bot.StaffID) ([]LinkedChat, error)
	// AuditLines returns entries of the audit, the latest first.
	AuditLines(ctx context.Context, q AuditQuery) ([]AuditLine, error)
	// VerifyAudit walks the whole chain; since is the mark of an earlier walk, or nothing.
	VerifyAudit(ctx context.Context, since Mark) (Chain, error)
}

// Roll is who belongs to the staff.
type Roll interface {
	// AllStaff returns everybody, disabled ones too, by login.
	AllStaff(ctx context.Context) ([]bot.Staff, error)
	// Proofs tells how far everybody is able to prove himself. Who has no secrets is not in it.
	Proofs(ctx context.Context) (map[bot.StaffID]Proof, error)
}

// Proof is what may be known of somebody's Secrets.
type Proof struct {
	Temporary bool // his password is still the one that was handed to him
	TOTP      bool // he has a second factor
}

// Proof tells of the secrets what may be known.
func (s Secrets) Proof() Proof { return Proof{Temporary: s.Temporary, TOTP: s.TOTP != ""} }
