package members

import (
	"context"
	"fmt"
	"strings"
	"time"

	"javab/bot"
	"javab/locales/text"
)

// OfficeTx is what the staff's side of the register reads and writes in one transaction.
type OfficeTx interface {
	// Member locks and returns a member; bot.NotFound when there is none.
	Member(ctx context.Context, id bot.MemberID) (bot.Member, error)
	// SaveMember inserts or updates a member. No chat is linked when its key is empty.
	SaveMember(ctx context.Context, m bot.Member, chat bot.ChatKey) error
	// KeepFact notes who entered a detail, in place of who did before.
	KeepFact(ctx context.Context, id bot.MemberID, f Fact) error
	// LogContact adds a contact with its message, and its chat when that is not there, and reports whether it did: one
	// with an id that is known is left as it is.
	LogContact(ctx context.Context, c Contact) (bool, error)
	Staff
}

// Staff are the colleagues, and the audit of what they do.
type Staff interface {
	// Staff returns somebody; bot.NotFound when there is no such person.
	Staff(ctx context.Context, id bot.StaffID) (bot.Staff, error)
	// Audit adds an entry to the chain.
	Audit(ctx context.Context, e bot.AuditEntry) error
}

// Store runs closures in one transaction each, and reads outside of any.
type Store interface {
	Do(ctx context.Context, f func(OfficeTx) error) error
	Reads
}

// Office is the register as the staff see and use it. What they write is audited in the transaction that writes it.
type Office struct {
	Store Store
	Clock func() time.Time
	// Open files a case for a contact (cases.Procedure.Open over the same transaction).
	Open func(ctx context.Context, tx OfficeTx, call bot.Call) (bot.Result, error)
}

// maxWords is how many words of a search count.
const maxWords = 8

// Search finds members by the beginnings of their names, by phone, national id or membership number; a case by its
// number; messages by their words. However letters and digits are written, they are found.
func (o *Office) Search(ctx context.Context, by bot.Staff, words string, limit int) ([]Hit, error) {
	if !Looks(by) {
		return nil, nil
	}
	q := Query{By: by, Words: strings.Fields(text.Fold(words)), Limit: limit}
	q.Words = q.Words[:min(len(q.Words), maxWords)]
	if len(q.Words) == 0 {
		return nil, nil
	}
	digits := text.Digits(words)
	if number, ok := bot.ParseCaseNumber(digits); ok {
		q.Number = number
	}
	if code, ok := text.OnlyDigits(digits); ok && len(code) == 10 {
		q.NationalID = code
	}
	q.Phone = dialled(digits)
	hits, err := o.Store.Search(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return hits, nil
}

// dialled reads a phone number as officers type it: with or without the country, with spaces and dashes.
func dialled(s string) string {
	s = strings.TrimPrefix(strings.TrimSpace(s), "+")
	s = strings.TrimPrefix(s, "00")
	digits, ok := text.OnlyDigits(s)
	switch {
	case !ok:
		return ""
	case len(digits) == 11 && digits[0] == '0':
		digits = "98" + digits[1:]
	case len(digits) == 10 && digits[0] == '9':
		digits = "98" + digits
	}
	number, ok := e164(digits)
	if !ok {
		return ""
	}
	return number
}

// Profile returns all that by may know of a member.
func (o *Office) Profile(ctx context.Context, by bot.Staff, id bot.MemberID) (Profile, error) {
	if !Looks(by) {
		return Profile{}, unknown(id)
	}
	p, err := o.Store.ReadProfile(ctx, by, id)
	if err != nil {
		return Profile{}, fmt.Errorf("read member %s: %w", id, err)
	}
	p.Member = masked(p.Member)
	for i := range p.Colleagues {
		p.Colleagues[i] = masked(p.Colleagues[i])
	}
	for i := range p.Cases {
		p.Cases[i].Phone = MaskPhone(p.Cases[i].Phone)
	}
	return p, nil
}

// List returns one page of the register, masked.
func (o *Office) List(ctx context.Context, by bot.Staff, after Cursor, limit int) ([]bot.Member, error) {
	if !Looks(by) {
		return nil, nil
	}
	list, err := o.Store.ReadMembers(ctx, by, after, limit)
	if err != nil {
		return nil, fmt.Errorf("list members: %w", err)
	}
	for i := range list {
		list[i] = masked(list[i])
	}
	return list, nil
}

func masked(m bot.Member) bot.Member {
	m.Phone, m.Email, m.NationalID = MaskPhone(m.Phone), MaskEmail(m.Email), MaskNationalID(m.NationalID)
	return m
}

func unknown(id bot.MemberID) error {
	return &bot.Error{Kind: bot.NotFound, Key: "member_not_found", Params: map[string]string{"name": string(id)}}
}
