package members

import (
	"context"
	"maps"
	"strings"
	"time"

	"javab/bot"
	"javab/locales/text"
)

// detail returns where a member's record keeps a detail, by the name that scripts use.
func detail(m *bot.Member, field string) (*string, bool) {
	switch field {
	case "name":
		return &m.Name, true
	case "phone":
		return &m.Phone, true
	case "email":
		return &m.Email, true
	case "company":
		return &m.Company, true
	case "membership_no":
		return &m.MembershipNo, true
	case "national_id":
		return &m.NationalID, true
	}
	return nil, false
}

// Details are the parts of a member's record, by the names that scripts use.
var Details = [...]string{"name", "phone", "email", "company", "membership_no", "national_id"}

// Detail returns one of them; empty when it is not known.
func Detail(m bot.Member, field string) string {
	if kept, known := detail(&m, field); known {
		return *kept
	}
	return ""
}

// Save records a detail that the member told and the script validated (member.save). Where something else is recorded,
// nothing is written and the outcome is a conflict: people decide, not the chat.
func (Register) Save(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	field, value := call.With["field"], strings.TrimSpace(call.With["value"])
	m, err := findOrMake(ctx, tx, call)
	if err != nil {
		return bot.Result{}, err
	}
	recorded, known := detail(&m, field)
	switch {
	case !known:
		return bot.Result{}, invalid("member_field", field)
	case value == "" || same(field, *recorded, value):
		return bot.Result{Outcome: "ok"}, nil
	case *recorded != "":
		return bot.Result{Outcome: "conflict"}, nil
	}
	*recorded = value
	return save(ctx, tx, m, call)
}

// read returns a detail as the record keeps it, however somebody of the staff has typed it. Nothing is nothing.
func read(field, typed string) (value string, err error) {
	typed = strings.TrimSpace(typed)
	plain := text.Digits(typed)
	ok := true
	switch value = typed; field {
	case "phone":
		value = dialled(plain)
		ok = value != ""
	case "national_id":
		value, ok = text.OnlyDigits(plain)
		ok = ok && len(value) == 10
	case "email":
		name, host, found := strings.Cut(plain, "@")
		value, ok = plain, found && name != "" && strings.Contains(host, ".") && !strings.ContainsAny(plain, " ,;")
	case "membership_no":
		value = plain
	}
	switch {
	case typed == "":
		return "", nil
	case !ok:
		return "", invalid("member_"+field, typed)
	}
	return value, nil
}

// same reports whether two values of a detail say the same. Names are compared as they are searched: by Arabic or
// Persian letters, with or without marks.
func same(field, a, b string) bool {
	switch field {
	case "name", "company":
		return a != "" && text.Fold(a) == text.Fold(b)
	case "email":
		return strings.EqualFold(a, b)
	default:
		return a == b
	}
}

// decide keeps one of the two answers to a question of consent, and drops the other.
func decide(m bot.Member, purpose string, given bool, now time.Time) bot.Member {
	m.Consent = maps.Clone(m.Consent)
	if m.Consent == nil {
		m.Consent = make(map[string]time.Time)
	}
	yes, no := purpose, "!"+purpose
	if !given {
		yes, no = no, yes
	}
	m.Consent[yes] = now
	delete(m.Consent, no)
	return m
}
