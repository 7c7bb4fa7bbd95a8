package bot

import (
	"slices"
	"time"
)

// Role says what a member of staff may do; webhook/auth/roles.yaml alone says what that is.
type Role string

// The roles. An officer serves his queues, a senior also reassigns, a unit answers what is referred to it, a manager
// approves, the head stands over all units. An admin changes content and settings and sees no case; an auditor reads.
const (
	RoleOfficer Role = "officer"
	RoleSenior  Role = "senior"
	RoleUnit    Role = "unit"
	RoleManager Role = "manager"
	RoleHead    Role = "head"
	RoleAdmin   Role = "admin"
	RoleAuditor Role = "auditor"
)

// Roles lists the roles from the narrowest to the widest view of cases, then those that see none.
var Roles = [...]Role{RoleOfficer, RoleSenior, RoleUnit, RoleManager, RoleHead, RoleAdmin, RoleAuditor}

// Valid reports whether r is one of the roles.
func (r Role) Valid() bool { return slices.Contains(Roles[:], r) }

// StaffStatus says whether chats may be given to somebody.
type StaffStatus string

// The states of somebody on duty. Who is offline is away, whatever he chose.
const (
	Available StaffStatus = "available"
	OnBreak   StaffStatus = "break"
	Away      StaffStatus = "away"
)

// Valid reports whether s is one of the states.
func (s StaffStatus) Valid() bool { return s == Available || s == OnBreak || s == Away }

// Staff is an officer, manager, admin or auditor of the chamber.
type Staff struct {
	ID    StaffID
	Login string // what he signs in with; lower case, no spaces
	Name  string // what colleagues read
	// Display is what members read beside his messages; empty: the name of the unit. Never the login.
	Display Text
	Role    Role
	Units   []UnitID // whose queues he serves; empty for head, admin and auditor
	Langs   []Lang   // he reads and writes with members
	Lang    Lang     // of his pages
	// Capacity is how many chats he may hold at once; 0 is none.
	Capacity int
	Status   StaffStatus
	SeenAt   time.Time // his browser's last sign of life
	// Confidential says that he is a named handler: he alone, of his units, finds confidential matters.
	Confidential bool
	Substitute   StaffID // who takes his chats over when he is on leave
	Disabled     bool
	CreatedAt    time.Time
	CreatedBy    StaffID // empty: the shell
}

// Author is how his messages are signed in the record.
func (s Staff) Author() Author { return Author(s.ID) }

// Serves reports whether he works in the unit or stands over it, as the head does over all.
func (s Staff) Serves(unit UnitID) bool {
	switch s.Role {
	case RoleAdmin, RoleAuditor:
		return false
	case RoleHead:
		return true
	default:
		return slices.Contains(s.Units, unit)
	}
}

// Looks reports whether somebody of his role sees chats and cases at all.
func (s Staff) Looks() bool {
	return s.Role != RoleAdmin && s.Role != RoleAuditor && !s.Disabled
}

// Sees reports whether he may see a matter of a unit: he serves the unit, or it is in his own hands. A confidential one is
// seen by its named handlers alone, and one that complains about somebody never by him.
func (s Staff) Sees(unit UnitID, confidential bool, about []StaffID, hands ...StaffID) bool {
	if !s.Looks() || confidential && !s.Confidential || slices.Contains(about, s.ID) {
		return false
	}
	return s.Serves(unit) || slices.Contains(hands, s.ID)
}

// Supervises reports whether he stands over the units that he serves.
func (s Staff) Supervises() bool { return s.Role == RoleManager || s.Role == RoleHead }

// Leads reports whether he leads others: he may do what not every officer may.
func (s Staff) Leads() bool { return s.Role == RoleSenior || s.Supervises() }
