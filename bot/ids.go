package bot

import (
	"fmt"
	"strings"
)

// ChannelID names one messenger account of the chamber in routes, receipts and settings: "tg", "bale".
type ChannelID string

// SourceInternal is the receipt source of Events, which no messenger delivered.
const SourceInternal ChannelID = "int"

// ChatKey is "channel:bot:chat", the one name of a chat everywhere: lane, hot state, logs.
type ChatKey string

// NewChatKey joins the parts of a chat's name. None of them may contain a colon; adapters pass the messenger's own ids.
func NewChatKey(channel ChannelID, account, chat string) ChatKey {
	return ChatKey(string(channel) + ":" + account + ":" + chat)
}

// Channel returns the first part of the key.
func (k ChatKey) Channel() ChannelID {
	channel, _, _ := strings.Cut(string(k), ":")
	return ChannelID(channel)
}

// Native returns the last part of the key: the chat's id at its messenger.
func (k ChatKey) Native() string { return string(k[strings.LastIndexByte(string(k), ':')+1:]) }

// MemberID is the product's own id of a person.
type MemberID string

// CaseID is the product's own id of a case. Members never see it; they see its CaseNumber.
type CaseID string

// DraftID is made when a member begins a form. At most one case is ever opened for it.
type DraftID string

// StaffID is an officer, manager or admin.
type StaffID string

// UnitID is a department of the chamber, as named in the content.
type UnitID string

// ReceiptKey says which delivery a turn answers: the same key is handled once.
type ReceiptKey struct {
	Source ChannelID
	ID     string
}

// String prints the key for logs.
func (k ReceiptKey) String() string { return fmt.Sprintf("%s:%s", k.Source, k.ID) }
