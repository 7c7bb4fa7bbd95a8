package cases

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"javab/bot"
)

// Edit changes what a request says (case.edit), until work on it starts: single answers are replaced, free words are
// added to what was written. Every change is a line of the timeline with before and after, so that both sides see the
// difference.
func (p *Procedure) Edit(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	c, err := own(ctx, tx, call)
	if err != nil {
		return unless("unknown", err)
	}
	if c.Kind != bot.Request || c.State != bot.Received {
		return bot.Result{Outcome: "too_late"}, nil
	}
	form, err := filled(ctx, tx, call)
	if err != nil {
		return bot.Result{}, err
	}
	answers := make(map[string]string)
	maps.Copy(answers, c.Answers)
	c.Answers = answers // a closure may run twice: the stored case is not touched
	for _, entry := range edits(&c, form, call) {
		if err := save(ctx, tx, c, entry); err != nil {
			return bot.Result{}, err
		}
	}
	return bot.Result{Outcome: "ok"}, nil
}

// edits changes the case and returns a line for each thing changed: phone, account, files, then the answers by name.
func edits(c *bot.Case, f form, call bot.Call) []bot.CaseEntry {
	var entries []bot.CaseEntry
	change := func(field, before, after string) bool {
		if after == "" || after == before {
			return false
		}
		entry := written(call, "edited", field)
		entry.Before, entry.After = shown(field, before), shown(field, after)
		entries = append(entries, entry)
		return true
	}
	if phone := call.With["phone"]; change("phone", c.Phone, phone) {
		c.Phone = phone
	}
	if text := appended(c.Text, f.text); change("text", c.Text, text) {
		c.Text = text
	}
	if f.files > 0 {
		entries = append(entries, written(call, "edited", "files"))
	}
	for _, field := range slices.Sorted(maps.Keys(f.answers)) {
		if change(field, c.Answers[field], f.answers[field]) {
			c.Answers[field] = f.answers[field]
		}
	}
	return entries
}

// appended returns the account with new words added, once.
func appended(account, words string) string {
	switch {
	case words == "", strings.HasSuffix("\n"+account, "\n"+words):
		return account
	case strings.HasPrefix(words, account): // the same form, gone on with
		return words
	default:
		return account + "\n" + words
	}
}

// shown is a value as the timeline tells it. What is encrypted in the case is told by its last letters only: the timeline
// is kept as plain text.
func shown(field, value string) string {
	switch field {
	case "phone", "national_id", "email":
		const tail = 3
		if len(value) > tail {
			return "\u2026" + value[len(value)-tail:]
		}
	}
	return value
}

// Add puts what the member sends later into his open case (case.add): words and files, as a line of the timeline. What
// he wrote first stays as it was. A case that waits for him goes on.
func (p *Procedure) Add(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	c, err := own(ctx, tx, call)
	if err != nil {
		return unless("unknown", err)
	}
	if !c.State.Open() {
		return bot.Result{Outcome: "closed"}, nil
	}
	form, err := filled(ctx, tx, call)
	if err != nil {
		return bot.Result{}, err
	}
	if form.empty() {
		return bot.Result{Outcome: "ok"}, nil
	}
	entry := written(call, "added", form.words())
	if c.State == bot.WaitingMember {
		entry.Before, entry.After = string(c.State), string(bot.InWork)
		if c, err = p.sent(c, call.Now); err != nil {
			return bot.Result{}, err
		}
	}
	return bot.Result{Outcome: "ok"}, save(ctx, tx, c, entry)
}

// sent takes a case back to work whose member has sent what it waited for; its clock runs on.
func (p *Procedure) sent(c bot.Case, at time.Time) (bot.Case, error) {
	c.Waits = ""
	c.Next = bot.Next{What: NextWork, Who: c.Holder, At: at}
	return p.promise(c).move(c, bot.InWork, at)
}

// Withdraw closes a case by its owner's wish (case.withdraw).
func (p *Procedure) Withdraw(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	c, err := own(ctx, tx, call)
	if err != nil {
		return unless("unknown", err)
	}
	if !c.State.Open() {
		return bot.Result{Outcome: "closed"}, nil
	}
	before := c
	if c, err = p.promise(c).withdraw(c, call.Now); err != nil {
		return bot.Result{}, err
	}
	lines, err := settle(ctx, tx, &c, call.Now)
	if err != nil {
		return bot.Result{}, err
	}
	return bot.Result{Outcome: "ok"}, save(ctx, tx, c, append([]bot.CaseEntry{shifted(call, "withdrawn", before, c)}, lines...)...)
}

// written is a line that the member himself adds to the timeline.
func written(call bot.Call, what, words string) bot.CaseEntry {
	return bot.CaseEntry{What: what, Author: bot.ByMember, Text: words, Draft: call.Draft, At: call.Now}
}

func save(ctx context.Context, tx Tx, c bot.Case, entries ...bot.CaseEntry) error {
	for i := range entries {
		entries[i].Case = c.ID
	}
	if err := tx.SaveCase(ctx, c, entries...); err != nil {
		return fmt.Errorf("save case %s: %w", c.Number, err)
	}
	return nil
}
