package members

import (
	"context"

	"javab/bot"
)

// Copy is everything the product keeps about a member, as `/mydata` hands it out.
type Copy struct {
	Member   bot.Member    `json:"member"`
	Chats    []bot.ChatKey `json:"chats"`
	Messages []bot.Message `json:"messages"`
	Cases    []bot.Case    `json:"cases"`
}

// Tx is what the members' register reads and writes.
type Tx interface {
	// MemberOf returns the member of a chat; bot.NotFound when he is not known.
	MemberOf(ctx context.Context, chat bot.ChatKey) (bot.Member, error)
	// MemberByPhone finds a member by his verified phone (E.164); bot.NotFound when there is none.
	MemberByPhone(ctx context.Context, phone string) (bot.Member, error)
	// SaveMember inserts or updates a member and links the chat to him.
	SaveMember(ctx context.Context, m bot.Member, chat bot.ChatKey) error
	// RecordResult keeps how a guide ended for the member: solved, not solved, failed at a step.
	RecordResult(ctx context.Context, r Result) error
	// MemberCopy gathers all that is kept about the chat's member, at most limit messages.
	MemberCopy(ctx context.Context, chat bot.ChatKey, limit int) (Copy, error)
}

// Result is how a run of a self-service script ended (D3).
type Result struct {
	ID      string
	Chat    bot.ChatKey
	Subject string // "services/membership_issue", "answers/membership.fees"
	Outcome string // solved, not_solved, failed
	Step    string
	At      int64 // unix ms
}
