package members

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// Filing is what comes of a contact: who the caller is, and the case that is opened for him.
type Filing struct {
	Kind     bot.CaseKind // empty: no case
	Category string
	Phone    string // where the caller can be reached; empty: at the phone that is recorded
}

// Log writes down a contact (D38) and, when filing says of what kind, opens a case for it: a caller needs no messenger to
// be given a number and a promise. The result's variables tell both, as those of case.open, and its member whose contact
// it is. The same id is logged once, and its case is opened once: its repetition is told the same.
func (o *Office) Log(ctx context.Context, by bot.Staff, c Contact, filing Filing, from string) (result bot.Result, err error) {
	if c, err = o.checked(by, c); err != nil {
		return bot.Result{}, err
	}
	if filing.Phone, err = read("phone", filing.Phone); err != nil {
		return bot.Result{}, err
	}
	err = o.Store.Do(ctx, func(tx OfficeTx) error {
		c, filing := c, filing
		caller, err := o.caller(ctx, tx, c, filing.Phone, from)
		if err != nil {
			return err
		}
		c.Member, filing.Phone = caller.ID, cmp.Or(filing.Phone, caller.Phone)
		result, err = o.keep(ctx, tx, c, filing, from)
		return err
	})
	if err != nil {
		return bot.Result{}, fmt.Errorf("log contact %s: %w", c.ID, err)
	}
	return result, nil
}

// caller is whose contact it is. Somebody who is no member and leaves his phone is one from then on, by the officer's word.
func (o *Office) caller(ctx context.Context, tx OfficeTx, c Contact, phone, from string) (bot.Member, error) {
	if c.Member != "" {
		return tx.Member(ctx, c.Member)
	}
	if phone == "" {
		return bot.Member{}, nil
	}
	m := bot.Member{ID: c.Caller(), Name: c.Name, Phone: phone, CreatedAt: o.Clock()}
	if known, err := tx.Member(ctx, m.ID); bot.KindOf(err) != bot.NotFound {
		return known, err // the same contact, once more
	}
	if err := tx.SaveMember(ctx, m, ""); err != nil {
		return m, err
	}
	for _, field := range []string{"name", "phone"} {
		if err := tx.KeepFact(ctx, m.ID, Fact{Field: field, Source: Entered, By: c.Officer, At: m.CreatedAt}); err != nil {
			return m, err
		}
	}
	return m, tx.Audit(ctx, bot.AuditEntry{
		At: m.CreatedAt, By: c.Officer, What: "member.added", Subject: "member " + string(m.ID), Reason: "contact " + c.ID, From: from,
	})
}

// keep writes the contact and opens its case.
func (o *Office) keep(ctx context.Context, tx OfficeTx, c Contact, filing Filing, from string) (result bot.Result, err error) {
	if filing.Kind != "" {
		c.Case = bot.CaseID(c.Draft())
	}
	added, err := tx.LogContact(ctx, c)
	if err == nil && filing.Kind != "" {
		result, err = o.file(ctx, tx, c, filing)
	}
	result.Member = c.Member
	if err != nil || !added {
		return result, err
	}
	return result, tx.Audit(ctx, bot.AuditEntry{
		At: o.Clock(), By: c.Officer, What: "contact.logged", Subject: "contact " + c.ID, After: string(c.Channel), From: from,
	})
}

// checked completes a contact and refuses one that says nothing.
func (o *Office) checked(by bot.Staff, c Contact) (Contact, error) {
	c.Text, c.Name, c.Officer, c.Confidential = strings.TrimSpace(c.Text), strings.TrimSpace(c.Name), by.ID, false
	switch {
	case !Looks(by) || !by.Serves(c.Unit):
		return c, invalid("contact_unit", string(c.Unit))
	case c.ID == "" || !c.Channel.Valid() || c.Direction != bot.In && c.Direction != bot.Out:
		return c, invalid("contact_channel", string(c.Channel))
	case c.Member == "" && c.Name == "":
		return c, invalid("contact_who", "")
	case c.Text == "" || c.Minutes < 0:
		return c, invalid("contact_text", "")
	}
	if c.At.IsZero() || c.At.After(o.Clock()) {
		c.At = o.Clock()
	}
	c.SearchKey = text.Fold(strings.TrimSpace(c.Name + " " + c.Text))
	return c, nil
}

// file opens the contact's case in the chat that the contact is kept in. Its promise counts from now, whenever the contact
// was: that is when the caller is told of it.
func (o *Office) file(ctx context.Context, tx OfficeTx, c Contact, f Filing) (bot.Result, error) {
	result, err := o.Open(ctx, tx, bot.Call{
		Action: "case.open", Chat: c.Chat(), Event: string(c.Draft()), Now: o.Clock(), By: c.Officer,
		With: map[string]string{"kind": string(f.Kind), "category": f.Category, "text": c.Text, "phone": f.Phone},
	})
	if err == nil && result.Outcome != "ok" {
		err = invalid("contact_category", f.Category)
	}
	return result, err
}
