package members

import (
	"strings"
	"time"

	"javab/bot"
)

// Contact is a phone call, a visit or a letter that somebody of the staff logged by hand (D38). It is kept as a message of
// a chat of its own, which no messenger leads to: so it stands in the one timeline of the member, and search finds it.
type Contact struct {
	ID        string // chosen by the page that logs it: the same is logged once
	Member    bot.MemberID
	Name      string // of somebody who is no member
	Channel   ContactChannel
	Direction bot.Direction // In: they came to us
	Topic     string        // what it was about: a service, a category, an answer
	Text      string
	SearchKey string // text.Fold of Text, and of Name
	Minutes   int
	Officer   bot.StaffID
	Unit      bot.UnitID
	// Confidential is that of its case.
	Confidential bool
	Case         bot.CaseID // that was opened for it; empty when none was
	At           time.Time
}

// ContactChannel is the way somebody came to us, or we to him, when it was no messenger.
type ContactChannel string

// The ways that are logged by hand.
const (
	Call   ContactChannel = "call"
	Visit  ContactChannel = "visit"
	Letter ContactChannel = "letter"
)

// Valid reports whether c is one of the ways.
func (c ContactChannel) Valid() bool { return c == Call || c == Visit || c == Letter }

// ByHand is the channel of chats that are only logged. No messenger answers to it, and what it would be sent is dropped.
const ByHand bot.ChannelID = "hand"

// Chat is where the contact is kept: the member's own chat of what was logged, or one for this contact alone.
func (c Contact) Chat() bot.Chat {
	kind, id := "contact", c.ID
	if c.Member != "" {
		kind, id = "member", string(c.Member)
	}
	key := bot.NewChatKey(ByHand, kind, strings.ReplaceAll(id, ":", "."))
	return bot.Chat{Key: key, Rev: 1, Mode: bot.ModeBot, Member: c.Member, Blocked: true, Since: c.At}
}

// LoggedOf is the chat in which what was logged of a member is kept.
func LoggedOf(id bot.MemberID) bot.ChatKey { return Contact{Member: id}.Chat().Key }

// Caller is who somebody is from then on who was no member and left his phone.
func (c Contact) Caller() bot.MemberID { return bot.MemberID("contact." + c.ID) }

// Draft ties the contact's message to the case that is opened for it, which gives it its unit and confidentiality.
func (c Contact) Draft() bot.DraftID { return bot.DraftID("contact:" + c.ID) }

// Message is the contact as a line of the record. Of somebody who is no member nothing else tells who it was.
func (c Contact) Message() bot.Message {
	said := c.Text
	if c.Member == "" {
		said = c.Name + ": " + said
	}
	return bot.Message{
		Chat: c.Chat().Key, Direction: c.Direction, Author: bot.Author(c.Officer), Kind: bot.Kind(c.Channel), Text: said,
		SearchKey: c.SearchKey, Draft: c.Draft(), Unit: c.Unit, At: c.At,
	}
}
