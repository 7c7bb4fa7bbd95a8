package members

import (
	"context"
	"fmt"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// Filing asks for a case to be opened for a contact.
type Filing struct {
	Kind     bot.CaseKind
	Category string
	Phone    string // where the caller can be reached
}

// Log writes down a contact (D38) and, when filing says of what kind, opens a case for it: a caller needs no messenger to
// be given a number and a promise. The result's variables tell both, as those of case.open. The same id is logged once;
// for its repetition the result is empty.
func (o *Office) Log(ctx context.Context, by bot.Staff, c Contact, filing Filing, from string) (result bot.Result, err error) {
	if c, err = o.checked(by, c); err != nil {
		return bot.Result{}, err
	}
	err = o.Store.Do(ctx, func(tx OfficeTx) error {
		result = bot.Result{}
		if c.Member != "" {
			if _, err := tx.Member(ctx, c.Member); err != nil {
				return err
			}
		}
		if filing.Kind != "" {
			c.Case = bot.CaseID(c.Draft())
		}
		added, err := tx.LogContact(ctx, c)
		if err != nil || !added {
			return err
		}
		if filing.Kind != "" {
			if result, err = o.file(ctx, tx, c, filing); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, bot.AuditEntry{
			At: c.At, By: by.ID, What: "contact.logged", Subject: "contact " + c.ID, After: string(c.Channel), From: from,
		})
	})
	if err != nil {
		return bot.Result{}, fmt.Errorf("log contact %s: %w", c.ID, err)
	}
	return result, nil
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

// file opens the contact's case in the chat that the contact is kept in.
func (o *Office) file(ctx context.Context, tx OfficeTx, c Contact, f Filing) (bot.Result, error) {
	result, err := o.Open(ctx, tx, bot.Call{
		Action: "case.open", Chat: c.Chat(), Event: string(c.Draft()), Now: c.At,
		With: map[string]string{"kind": string(f.Kind), "category": f.Category, "text": c.Text, "phone": f.Phone},
	})
	if err == nil && result.Outcome != "ok" {
		err = invalid("contact_category", f.Category)
	}
	return result, err
}
