package memstore

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"javab/bot"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/locales/text"
)

// Search implements members.Reads.
func (s *Store) Search(_ context.Context, q members.Query) ([]members.Hit, error) {
	if !members.Looks(q.By) || len(q.Words) == 0 {
		return nil, nil
	}
	return locked(s, func(t *tx) []members.Hit {
		return slices.Concat(t.findMembers(q), t.findCase(q), t.findMessages(q))
	}), nil
}

func (t *tx) findMembers(q members.Query) (hits []members.Hit) {
	var exact, named []bot.Member
	for _, m := range t.members {
		switch {
		case q.Phone != "" && m.Phone == q.Phone, q.NationalID != "" && m.NationalID == q.NationalID:
			exact = append(exact, m)
		case hasWords(text.Fold(m.Name+" "+m.Company+" "+m.MembershipNo), q.Words, true):
			named = append(named, m)
		}
	}
	slices.SortFunc(named, func(a, b bot.Member) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	for _, m := range append(exact, named...) {
		hits = append(hits, members.Hit{
			Kind: members.HitMember, Member: m.ID, Name: m.Name, Text: m.Company, At: rowOfMember(m).CreatedAt,
		})
	}
	return hits[:min(len(hits), q.Limit)]
}

// hasWords reports whether a key has all the words: the last of them, or all, may be the beginning of one.
func hasWords(key string, words []string, beginnings bool) bool {
	have := strings.Fields(key)
	for i, word := range words {
		begins := len([]rune(word)) > 1 && (beginnings || i == len(words)-1)
		if !slices.ContainsFunc(have, func(w string) bool { return w == word || begins && strings.HasPrefix(w, word) }) {
			return false
		}
	}
	return true
}

func (t *tx) findCase(q members.Query) []members.Hit {
	id, ok := t.numbers[q.Number]
	if c := t.cases[id]; ok && finds(q.By, c.Unit, c.Confidential) && !t.accused[mark{q.By.ID, c.Chat}] {
		return []members.Hit{{
			Kind: members.HitCase, Member: c.Member, Number: c.Number, Chat: c.Chat, Unit: c.Unit, Text: c.Text, At: c.OpenedAt,
		}}
	}
	return nil
}

func (t *tx) findMessages(q members.Query) (hits []members.Hit) {
	for id, m := range ordered(t.messages) {
		if !hasWords(m.SearchKey, q.Words, false) || !t.findsMessage(q.By, m.Message) {
			continue
		}
		member := t.members[t.chats[m.Chat].Member]
		hits = append(hits, members.Hit{
			Kind: members.HitMessage, Line: id, Chat: m.Chat, Author: m.Author, Unit: m.Unit, Text: m.Text, At: m.At,
			Member: t.chats[m.Chat].Member, Name: member.Name,
		})
	}
	slices.Reverse(hits)
	return hits[:min(len(hits), q.Limit)]
}

// finds reports whether by may find what has a unit and confidentiality of its own.
func finds(by bot.Staff, unit bot.UnitID, confidential bool) bool {
	return members.Looks(by) && by.Serves(unit) && (by.Confidential || !confidential)
}

// findsMessage reports whether by may find a message: it is of a unit that he serves, or of a chat with a hand-over that he
// sees or a case that he finds.
func (t *tx) findsMessage(by bot.Staff, m bot.Message) bool {
	if t.accused[mark{by.ID, m.Chat}] {
		return false
	}
	if finds(by, m.Unit, m.Confidential) {
		return true
	}
	if m.Confidential {
		return false
	}
	for _, h := range t.hands {
		if h.Chat == m.Chat && desk.Sees(by, h) {
			return true
		}
	}
	for _, c := range t.cases {
		if c.Chat == m.Chat && finds(by, c.Unit, c.Confidential) {
			return true
		}
	}
	return false
}
