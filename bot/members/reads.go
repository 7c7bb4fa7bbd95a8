package members

import (
	"context"
	"time"

	"javab/bot"
)

// Reads is what the pages of the register ask. Who may see what is part of every question: a hidden case or message is
// not there, nor is any sign of it.
type Reads interface {
	// Search finds members, a case, and what was said in chats: people first, then the case, then messages, newest first.
	// Of words that very many messages have, only the newest messages are looked at.
	Search(ctx context.Context, q Query) ([]Hit, error)
	// ReadMembers returns one page of the register, the newest members first.
	ReadMembers(ctx context.Context, by bot.Staff, after Cursor, limit int) ([]bot.Member, error)
	// ReadProfile returns all that by may know of a member; bot.NotFound when there is none, or by sees no members.
	ReadProfile(ctx context.Context, by bot.Staff, id bot.MemberID) (Profile, error)
}

// Query is what somebody looks for. All words must be found; of each, its beginning is enough in names, and of the last
// one in messages.
type Query struct {
	By         bot.Staff
	Words      []string       // each folded (text.Fold)
	Number     bot.CaseNumber // when the words are one
	Phone      string         // E.164, when they are one
	NationalID string         // when they are one
	Limit      int            // of each kind
}

// HitKind says what was found.
type HitKind string

// What can be found.
const (
	HitMember  HitKind = "member"
	HitCase    HitKind = "case"
	HitMessage HitKind = "message"
)

// Hit is one thing that was found.
type Hit struct {
	Kind   HitKind
	Member bot.MemberID // whose it is; empty when he is not known
	Name   string       // of the member
	Number bot.CaseNumber
	Chat   bot.ChatKey
	Line   int64 // the message's id in the chat
	Author bot.Author
	Unit   bot.UnitID
	Text   string // of the message or case; a member's company
	At     time.Time
}

// Cursor is a place in the register: behind the member with that id who came at that time. The zero Cursor is its
// beginning.
type Cursor struct {
	At time.Time
	ID bot.MemberID
}

// Profile is a member as an officer knows him. Phone, e-mail and national id are masked: Reveal tells them.
type Profile struct {
	Member     bot.Member
	Facts      []Fact       // how each of his details is known
	Colleagues []bot.Member // others of the same company
	Chats      []bot.Chat   // on all channels; without what they wait for
	Cases      []bot.Case   // open ones first
	Contacts   []Contact    // logged by hand, newest first
	Files      []File       // newest first
}

// File is a file of one of the member's chats.
type File struct {
	bot.File
	Chat bot.ChatKey
}

// Source says how a fact is known.
type Source string

// A phone is verified by the member's own contact card; anything else he told, or somebody of the staff entered it.
const (
	Verified Source = "verified"
	Told     Source = "told"
	Entered  Source = "entered"
)

// Fact is how a detail of a member is known.
type Fact struct {
	Field  string
	Source Source
	By     bot.StaffID // who entered it
	At     time.Time   // when it was entered
}

// Facts says of each detail that is there how it is known. entered are the facts that staff entered.
func Facts(m bot.Member, entered []Fact) []Fact {
	var facts []Fact
	for _, field := range Details {
		if Detail(m, field) == "" {
			continue
		}
		fact := Fact{Field: field, Source: Told}
		for _, e := range entered {
			if e.Field == field {
				fact = Fact{Field: field, Source: Entered, By: e.By, At: e.At}
			}
		}
		if field == "phone" && m.Verified {
			fact = Fact{Field: field, Source: Verified}
		}
		facts = append(facts, fact)
	}
	return facts
}

// Looks reports whether somebody of this role sees members at all: those who serve them.
func Looks(by bot.Staff) bool {
	return by.Role.Valid() && by.Role != bot.RoleAdmin && by.Role != bot.RoleAuditor && !by.Disabled
}
