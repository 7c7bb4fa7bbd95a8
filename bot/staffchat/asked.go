package staffchat

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"javab/bot"
	"javab/bot/approve"
	"javab/bot/converse"
	"javab/flows"
)

// order is the payload of a JobAsked: who is to be told of what.
type order struct {
	Approval string            `json:"approval"`
	Level    bot.ApprovalLevel `json:"level"`
	Whom     []bot.StaffID     `json:"whom"`
}

// Asked orders that those who are asked are told, in the transaction in which they are; approve.Herald asks for it.
func Asked(ctx context.Context, tx Record, a bot.Approval, whom []bot.StaffID) error {
	o := order{a.ID, a.Level, whom}
	_, err := tx.Append(ctx, converse.Rows{Jobs: []bot.Job{{
		Kind: bot.JobAsked, Key: "asked:" + a.ID + ":" + string(a.Level), Payload: encode(o), RunAt: a.AskedAt,
	}}}, bot.Lease{})
	return err
}

// CarryAsked carries out a JobAsked. Who may no longer decide is not told, nor anybody of what is decided already.
func (r *Room) CarryAsked(ctx context.Context, job bot.Job) error {
	var o order
	if err := json.Unmarshal(job.Payload, &o); err != nil {
		return fmt.Errorf("read who is asked: %w", err)
	}
	a, err := r.Store.ReadApproval(ctx, o.Approval)
	if err != nil {
		return fmt.Errorf("read approval %s: %w", o.Approval, err)
	}
	everybody, err := r.Store.AllStaff(ctx)
	if err != nil {
		return fmt.Errorf("read staff: %w", err)
	}
	bench := approve.Bench{Staff: everybody, Now: r.Clock()}
	for _, s := range everybody {
		if !a.Open() || !slices.Contains(o.Whom, s.ID) || !bench.Decides(s, a, nil) { // whom it is about was left out when it was asked
			continue
		}
		key := "asked:" + a.ID + ":" + string(o.Level)
		if err := r.Tell(ctx, s.ID, key, "asked", r.waits(a, nameOf(everybody, a.Author))); err != nil {
			return err
		}
	}
	return nil
}

// waits tells that something waits: with its words and the buttons that decide, where it may be decided here.
func (r *Room) waits(a bot.Approval, author string) Message {
	return func(lang bot.Lang) bot.Outbound {
		if !here(a) {
			return r.plainly(textAtDesk)(lang)
		}
		m := r.asked(lang, a, author)
		for _, b := range []struct {
			label string
			wish  wish
		}{{labelApprove, wishApprove}, {labelChange, wishChange}, {labelRefuse, wishRefuse}} {
			label := r.Words.Text(b.label).In(lang)
			if data := press(b.wish, a); len(data) <= maxPress {
				m.Choices = append(m.Choices, bot.Choice{Label: label, Data: data, Beside: len(m.Choices) > 0})
			}
		}
		if len(m.Choices) == 0 {
			m.Choices = []bot.Choice{{Label: r.Words.Text(labelLook).In(lang), Data: flows.CommandChoice(Command, "").Data()}}
		}
		return m
	}
}

// here reports whether an approval may be read and decided outside of the house.
func here(a bot.Approval) bool { return !a.Confidential && len(a.Files) == 0 }

// Command is what begins the script of approvals, which is for staff alone.
const Command = "approve"

// wish is what a button of an approval asks for; the script asks for the code, and for the reason.
type wish string

const (
	wishNone    wish = "none"
	wishApprove wish = "approve"
	wishChange  wish = "change"
	wishRefuse  wish = "refuse"
)

// letters are the wishes as buttons write them.
var letters = map[wish]string{wishApprove: "y", wishChange: "c", wishRefuse: "n"}

// maxPress is how many bytes the data of a button may have on every messenger.
const maxPress = 64

// press is the data of a button: what is wished, the beginning of the hash of the words that it stands under, and the
// approval's id.
func press(w wish, a bot.Approval) string {
	return flows.CommandChoice(Command, letters[w]+":"+mark(a)+":"+a.ID).Data()
}

// mark is enough of the hash to tell the words that were shown from others.
func mark(a bot.Approval) string { return a.Hash[:min(8, len(a.Hash))] }

// picked reads what a button or a choice of the script brings back; it may be forged. A bare id wishes nothing.
func picked(pick string) (id string, w wish, seen string) {
	parts := strings.SplitN(pick, ":", 3)
	if len(parts) < 3 {
		return pick, wishNone, ""
	}
	for w, letter := range letters {
		if letter == parts[0] {
			return parts[2], w, parts[1]
		}
	}
	return parts[2], wishNone, parts[1]
}

func nameOf(staff []bot.Staff, id bot.StaffID) string {
	i := slices.IndexFunc(staff, func(s bot.Staff) bool { return s.ID == id })
	if i < 0 {
		return string(id)
	}
	return staff[i].Name
}
