package bot

import "time"

// Member is a person. Phone, national id and e-mail are encrypted at rest.
type Member struct {
	ID           MemberID
	Name         string // as he wrote it
	Phone        string // E.164
	Verified     bool   // the phone came as his own contact card
	Email        string
	NationalID   string
	Company      string
	MembershipNo string
	Consent      map[string]time.Time // purpose -> when given; refused purposes are under "!purpose"
	KeyAccount   bool
	Owner        StaffID // of the key account: who is asked first
	CreatedAt    time.Time
}
