package members

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"javab/bot"
)

// copyLimit is how many messages a copy holds at most, the newest: it travels as one file of some megabytes.
const copyLimit = 5000

// Copy sends the member everything that is kept about him, as one JSON document (member.copy, D42).
func (Register) Copy(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	kept, err := tx.MemberCopy(ctx, call.Chat.Key, copyLimit)
	if err != nil {
		return bot.Result{}, fmt.Errorf("copy data of chat %s: %w", call.Chat.Key, err)
	}
	if kept.Member.ID == "" && len(kept.Messages) == 0 && len(kept.Cases) == 0 {
		return bot.Result{Outcome: "nothing"}, nil
	}
	body, err := json.MarshalIndent(exported(kept, call.Now), "", "  ")
	if err != nil {
		return bot.Result{}, fmt.Errorf("write copy of chat %s: %w", call.Chat.Key, err)
	}
	document := &bot.Document{Name: "mydata.json", MIME: "application/json", Body: body}
	return bot.Result{Outcome: "sent", Send: []bot.Outbound{{Lang: call.Chat.Lang, Document: document}}}, nil
}

// export is the document. Its names are the member's, not the program's: no row ids, no index keys, no names of staff.
type export struct {
	MadeAt   string            `json:"made_at"`
	Member   *exportedMember   `json:"member,omitempty"`
	Chats    []bot.ChatKey     `json:"chats"`
	Messages []exportedMessage `json:"messages"`
	Cases    []exportedCase    `json:"cases"`
}

type exportedMember struct {
	Name         string            `json:"name,omitempty"`
	Phone        string            `json:"phone,omitempty"`
	Verified     bool              `json:"phone_verified"`
	Email        string            `json:"email,omitempty"`
	NationalID   string            `json:"national_id,omitempty"`
	Company      string            `json:"company,omitempty"`
	MembershipNo string            `json:"membership_no,omitempty"`
	Consent      map[string]string `json:"consent,omitempty"`
	Refused      map[string]string `json:"refused,omitempty"`
	Since        string            `json:"since,omitempty"`
}

type exportedMessage struct {
	At    string         `json:"at"`
	From  string         `json:"from"` // you, bot, officer
	Chat  bot.ChatKey    `json:"chat"`
	Text  string         `json:"text,omitempty"`
	Files []exportedFile `json:"files,omitempty"`
}

type exportedFile struct {
	Name   string `json:"name,omitempty"`
	Kind   string `json:"kind"`
	Type   string `json:"type,omitempty"`
	Size   int64  `json:"bytes,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
}

type exportedCase struct {
	Number   string            `json:"number"`
	Kind     bot.CaseKind      `json:"kind"`
	Category string            `json:"category"`
	Unit     bot.UnitID        `json:"unit"`
	State    bot.CaseState     `json:"state"`
	Text     string            `json:"text,omitempty"`
	Answers  map[string]string `json:"answers,omitempty"`
	Phone    string            `json:"phone,omitempty"`
	Opened   string            `json:"opened"`
	Due      string            `json:"due,omitempty"`
}

func exported(kept Copy, now time.Time) export {
	e := export{MadeAt: stamp(now), Chats: kept.Chats, Messages: []exportedMessage{}, Cases: []exportedCase{}}
	if kept.Member.ID != "" {
		e.Member = ofMember(kept.Member)
	}
	for _, m := range kept.Messages {
		if m.Direction != bot.Note { // a note never leaves the desk
			e.Messages = append(e.Messages, ofMessage(m))
		}
	}
	for _, c := range kept.Cases {
		e.Cases = append(e.Cases, exportedCase{
			c.Number.String(), c.Kind, c.Category, c.Unit, c.State, c.Text, c.Answers, c.Phone, stamp(c.OpenedAt), stamp(c.DueAt),
		})
	}
	return e
}

func ofMember(m bot.Member) *exportedMember {
	e := &exportedMember{
		Name: m.Name, Phone: m.Phone, Verified: m.Verified, Email: m.Email, NationalID: m.NationalID, Company: m.Company,
		MembershipNo: m.MembershipNo, Consent: map[string]string{}, Refused: map[string]string{}, Since: stamp(m.CreatedAt),
	}
	for key, at := range m.Consent {
		if purpose, refused := strings.CutPrefix(key, "!"); refused {
			e.Refused[purpose] = stamp(at)
		} else {
			e.Consent[purpose] = stamp(at)
		}
	}
	return e
}

func ofMessage(m bot.Message) exportedMessage {
	e := exportedMessage{At: stamp(m.At), From: "officer", Chat: m.Chat, Text: m.Text}
	switch m.Author {
	case bot.ByMember:
		e.From = "you"
	case bot.ByBot:
		e.From = "bot"
	}
	for _, f := range m.Files {
		e.Files = append(e.Files, exportedFile{f.Name, f.Kind, f.MIME, f.Size, f.SHA256})
	}
	return e
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
