package sqlstore

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"javab/bot"
	"javab/bot/members"
	"javab/locales/text"
)

// lastLetter stands behind every word that begins with what stands before it.
const lastLetter = "\U0010FFFF"

func (s *Store) findMembers(ctx context.Context, q members.Query) ([]members.Hit, error) {
	found, err := outside(ctx, s, func(db *gorm.DB) ([]bot.Member, error) {
		exact, err := s.membersWith(db, q)
		if err != nil {
			return nil, err
		}
		named, err := s.membersNamed(db, q)
		return append(exact, named...), err
	})
	var hits []members.Hit
	seen := map[bot.MemberID]bool{}
	for _, m := range found {
		if !seen[m.ID] {
			hits = append(hits, members.Hit{Kind: members.HitMember, Member: m.ID, Name: m.Name, Text: m.Company, At: m.CreatedAt})
		}
		seen[m.ID] = true
	}
	return hits[:min(len(hits), q.Limit)], err
}

// membersWith finds members by what only they have.
func (s *Store) membersWith(db *gorm.DB, q members.Query) (found []bot.Member, err error) {
	for _, by := range []struct {
		column, value string
		index         []byte
	}{
		{"phone_index", q.Phone, s.phoneIndex(q.Phone)},
		{"national_id_index", q.NationalID, s.nationalIndex(q.NationalID)},
	} {
		if by.value == "" {
			continue
		}
		list, err := s.members(db.Where(by.column+" = ?", by.index).Order("id").Limit(q.Limit))
		if err != nil {
			return nil, err
		}
		found = append(found, list...)
	}
	return found, nil
}

// membersNamed finds members by the beginnings of their words.
func (s *Store) membersNamed(db *gorm.DB, q members.Query) ([]bot.Member, error) {
	var with []string
	var args []any
	for _, word := range q.Words {
		until := word
		if begins(word) {
			until += lastLetter
		}
		with = append(with, "SELECT member FROM member_words WHERE word BETWEEN ? AND ?")
		args = append(args, word, until)
	}
	query := "SELECT * FROM members WHERE id IN (SELECT id FROM members WHERE id IN (" + strings.Join(with, " INTERSECT ") +
		") ORDER BY name, id LIMIT " + strconv.Itoa(q.Limit) + ") ORDER BY name, id"
	return s.members(db.Raw(query, args...))
}

func (s *Store) members(q *gorm.DB) ([]bot.Member, error) {
	var rows []memberRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, err
	}
	var list []bot.Member
	for _, r := range rows {
		m, err := s.member(r)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

// indexMember keeps the words of a member in step with him.
func (t *tx) indexMember(ctx context.Context, m bot.Member) error {
	words := strings.Fields(text.Fold(clean(m.Name + " " + m.Company + " " + m.MembershipNo)))
	slices.Sort(words)
	words = slices.Compact(words)
	if _, err := t.ExecContext(ctx, "DELETE FROM member_words WHERE member=?", string(m.ID)); err != nil {
		return err
	}
	for _, word := range words {
		if len(word) > maxWord {
			continue
		}
		if _, err := t.ExecContext(ctx, "INSERT INTO member_words (word, member) VALUES (?,?)", word, string(m.ID)); err != nil {
			return err
		}
	}
	return nil
}

// maxWord is the longest word of a name in bytes: an index of PostgreSQL takes no more than 2,700.
const maxWord = 200
