package bot

import "time"

// AuditEntry is one line of the audit: who did what to what, when and why. It names things by their ids, never by what
// members wrote, so that erasing a member leaves the chain whole.
type AuditEntry struct {
	At      time.Time
	By      StaffID // empty: the shell, or the program itself
	What    string  // an id: signin, signin.refused, chat.claimed, member.revealed, staff.added ...
	Subject string  // kind and id of what it was done to: "chat tg:b:7", "staff 5f…"
	Before  string
	After   string
	Reason  string
	From    string // the address it came from; empty within the house
}
