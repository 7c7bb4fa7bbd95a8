package memstore

import (
	"cmp"
	"context"
	"slices"

	"javab/bot"
	"javab/bot/members"
	"javab/storage"
)

// contact is one logged contact; what was said is the message.
type contact struct {
	members.Contact
	message int64
}

// factKey names a detail of a member.
type factKey struct {
	member bot.MemberID
	field  string
}

// Member implements members.OfficeTx.
func (t *tx) Member(_ context.Context, id bot.MemberID) (bot.Member, error) {
	m, ok := t.members[id]
	if !ok {
		return bot.Member{}, storage.NotFound("member", string(id))
	}
	return rowOfMember(m), nil
}

// KeepFact implements members.OfficeTx.
func (t *tx) KeepFact(_ context.Context, id bot.MemberID, f members.Fact) error {
	f.Source, f.At = members.Entered, storage.Round(f.At)
	put(t, &t.facts, factKey{id, f.Field}, f)
	return nil
}

// LogContact implements members.OfficeTx.
func (t *tx) LogContact(_ context.Context, c members.Contact) (bool, error) {
	chat := c.Chat()
	if _, known := t.chats[chat.Key]; !known {
		put(t, &t.chats, chat.Key, rowOfChat(chat))
	}
	if _, known := t.contacts[c.ID]; known {
		return false, nil
	}
	t.addMessage(c.Message())
	put(t, &t.contacts, c.ID, contact{c, t.last})
	return true, nil
}

// ReadMembers implements members.Reads.
func (s *Store) ReadMembers(_ context.Context, by bot.Staff, after members.Cursor, limit int) ([]bot.Member, error) {
	if !members.Looks(by) {
		return nil, nil
	}
	return locked(s, func(t *tx) (list []bot.Member) {
		for _, m := range t.members {
			if after.At.IsZero() || newer(bot.Member{ID: after.ID, CreatedAt: storage.Round(after.At)}, m) < 0 {
				list = append(list, rowOfMember(m))
			}
		}
		slices.SortFunc(list, newer)
		return list[:min(len(list), limit)]
	}), nil
}

func newer(a, b bot.Member) int {
	return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(b.ID, a.ID))
}

// ReadProfile implements members.Reads.
func (s *Store) ReadProfile(_ context.Context, by bot.Staff, id bot.MemberID) (p members.Profile, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &tx{data: &s.data}
	m, ok := t.members[id]
	if !ok || !members.Looks(by) {
		return p, storage.NotFound("member", string(id))
	}
	p.Member = rowOfMember(m)
	var entered []members.Fact
	for key, f := range t.facts {
		if key.member == id {
			entered = append(entered, f)
		}
	}
	p.Facts = members.Facts(m, entered)
	t.profilePeople(by, &p)
	p.Cases = t.casesOf(len(t.cases), func(c bot.Case) bool {
		theirs := c.Member == id || c.Member == "" && t.chats[c.Chat].Member == id
		return theirs && finds(by, c.Unit, c.Confidential) && !t.accused[mark{by.ID, c.Chat}]
	})
	t.profileContacts(by, &p)
	t.profileFiles(by, &p)
	return p, nil
}

func (t *tx) profilePeople(by bot.Staff, p *members.Profile) {
	for key, m := range ordered(t.members) {
		if m.Company != "" && m.Company == p.Member.Company && key != p.Member.ID {
			p.Colleagues = append(p.Colleagues, rowOfMember(m))
		}
	}
	slices.SortStableFunc(p.Colleagues, func(a, b bot.Member) int { return cmp.Compare(a.Name, b.Name) })
	for _, c := range ordered(t.chats) {
		if c.Member == p.Member.ID && !t.accused[mark{by.ID, c.Key}] {
			c = rowOfChat(c)
			c.Rev, c.State = 0, nil
			p.Chats = append(p.Chats, c)
		}
	}
}

func (t *tx) profileContacts(by bot.Staff, p *members.Profile) {
	for _, c := range ordered(t.contacts) {
		said := t.messages[c.message]
		if c.Member == p.Member.ID && (finds(by, said.Unit, said.Confidential) || c.Officer == by.ID && !said.Confidential) && !t.accused[mark{by.ID, said.Chat}] {
			c.Unit, c.Confidential, c.At = said.Unit, said.Confidential, said.At
			p.Contacts = append(p.Contacts, c.Contact)
		}
	}
	slices.SortFunc(p.Contacts, func(a, b members.Contact) int { return b.At.Compare(a.At) })
}

func (t *tx) profileFiles(by bot.Staff, p *members.Profile) {
	seen := map[string]bool{}
	for _, m := range ordered(t.messages) {
		if t.chats[m.Chat].Member != p.Member.ID || !t.findsMessage(by, m.Message) {
			continue
		}
		for _, f := range t.whole(m).Files {
			if !seen[f.ID] {
				p.Files = append(p.Files, members.File{File: f, Chat: m.Chat})
			}
			seen[f.ID] = true
		}
	}
	slices.Reverse(p.Files)
}
