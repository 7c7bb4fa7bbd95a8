package memstore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

// ReadCase implements cases.OfficeReads.
func (s *Store) ReadCase(ctx context.Context, number bot.CaseNumber) (bot.Case, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &tx{data: &s.data}
	return t.Case(ctx, number)
}

// LinkedReferral implements cases.OfficeReads.
func (s *Store) LinkedReferral(_ context.Context, hash string) (bot.Referral, bot.CaseNumber, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.data.referrals {
		if r.Link == hash && hash != "" {
			return r, s.data.cases[r.Case].Number, nil
		}
	}
	return bot.Referral{}, bot.CaseNumber{}, storage.NotFound("referral", "")
}

// CaseApprovals implements cases.OfficeTx.
func (t *tx) CaseApprovals(_ context.Context, number bot.CaseNumber) ([]bot.Approval, error) {
	return t.approvalsWhere(func(a bot.Approval) bool { return a.Case == number }), nil
}

// Alike implements cases.OfficeTx.
func (t *tx) Alike(_ context.Context, c bot.Case, since time.Time, limit int) ([]bot.Case, error) {
	company := t.members[c.Member].Company
	list := t.casesWhere(func(other bot.Case) bool {
		owner := other.Chat == c.Chat || c.Member != "" && other.Member == c.Member || company != "" && t.members[other.Member].Company == company
		return owner && other.ID != c.ID && other.Kind == c.Kind && other.Category == c.Category && other.State.Open() &&
			!other.OpenedAt.Before(storage.Round(since))
	}, func(a, b bot.Case) int { return cmp.Or(b.OpenedAt.Compare(a.OpenedAt), byNumber(b.Number, a.Number)) })
	return list[:min(limit, len(list))], nil
}

// Heirs implements cases.OfficeTx.
func (t *tx) Heirs(_ context.Context, c bot.Case, limit int) (heirs []cases.Heir, err error) {
	his := t.members[cmp.Or(c.Member, t.chats[c.Chat].Member)]
	for _, chat := range ordered(t.chats) {
		m := t.members[chat.Member]
		if chat.Blocked || !m.Verified || m.ID == his.ID || m.MembershipNo == "" || m.MembershipNo != his.MembershipNo {
			continue
		}
		_, entered := t.facts[factKey{m.ID, "membership_no"}]
		heirs = append(heirs, cases.Heir{Member: rowOfMember(m), Chat: chat.Key, Entered: entered})
	}
	slices.SortStableFunc(heirs, func(a, b cases.Heir) int { return cmp.Compare(a.Member.Name, b.Member.Name) })
	return heirs[:min(limit, len(heirs))], nil
}

// Entered implements cases.People.
func (t *tx) Entered(_ context.Context, e bot.CaseEntry) (bool, error) {
	for _, line := range t.entries {
		if line.Case == e.Case && line.What == e.What && line.Author == e.Author && line.Text == e.Text && !line.At.Before(storage.Round(e.At)) {
			return true, nil
		}
	}
	return false, nil
}
