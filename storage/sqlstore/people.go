package sqlstore

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/members"
	"javab/storage"
)

// MemberOf implements members.Tx and desk.Tx.
func (t *tx) MemberOf(ctx context.Context, chat bot.ChatKey) (bot.Member, error) {
	q := t.orm(ctx).Where("id = (SELECT member FROM chats WHERE key = ?)", string(chat))
	return t.s.oneMember(q, string(chat))
}

// MemberByPhone implements members.Tx.
func (t *tx) MemberByPhone(ctx context.Context, phone string) (bot.Member, error) {
	if phone == "" {
		return bot.Member{}, storage.NotFound("member", "phone")
	}
	return t.s.oneMember(t.orm(ctx).Where("verified AND phone_index = ?", t.s.phoneIndex(phone)), "phone")
}

func (s *Store) oneMember(q *gorm.DB, name string) (bot.Member, error) {
	var rows []memberRow
	if err := q.Limit(1).Find(&rows).Error; err != nil {
		return bot.Member{}, err
	}
	if len(rows) == 0 {
		return bot.Member{}, storage.NotFound("member", name)
	}
	return s.member(rows[0])
}

// SaveMember implements members.Tx. The chat keeps its revision: the turn that saves a member has already moved it.
func (t *tx) SaveMember(ctx context.Context, m bot.Member, chat bot.ChatKey) error {
	if m.Verified && m.Phone != "" {
		// The unique index would say so too, but on PostgreSQL it would end the transaction.
		other, err := t.MemberByPhone(ctx, m.Phone)
		if err == nil && other.ID != m.ID {
			return storage.Taken("phone")
		}
		if err != nil && bot.KindOf(err) != bot.NotFound {
			return err
		}
	}
	row, err := t.s.memberRow(m)
	if err != nil {
		return err
	}
	upsert := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}
	if err := t.orm(ctx).Clauses(upsert).Create(&row).Error; err != nil {
		return err
	}
	if err := t.indexMember(ctx, m); err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, "UPDATE chats SET member=? WHERE key=? AND member<>?", row.ID, string(chat), row.ID)
	return err
}

// RecordResult implements members.Tx.
func (t *tx) RecordResult(ctx context.Context, r members.Result) error {
	row := resultRowOf(r)
	return t.orm(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
}

// all is no limit.
const all = -1

// MemberCopy implements members.Tx.
func (t *tx) MemberCopy(ctx context.Context, chat bot.ChatKey, limit int) (members.Copy, error) {
	c := members.Copy{Chats: []bot.ChatKey{chat}}
	m, err := t.MemberOf(ctx, chat)
	if err == nil {
		c.Member = m
		err = t.orm(ctx).Table("chats").Where("member = ?", string(m.ID)).Order("key").Pluck("key", &c.Chats).Error
	}
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return members.Copy{}, err
	}
	c.Messages, err = messages(t.orm(ctx).Where("direction <> ? AND chat IN ?", string(bot.Note), texts(c.Chats)), limit)
	if err != nil {
		return members.Copy{}, err
	}
	c.Cases, err = t.s.casesOf(t.orm(ctx), cases.Owner{Chat: chat, Member: c.Member.ID}, all)
	return c, err
}

func texts(keys []bot.ChatKey) []string {
	list := make([]string, len(keys))
	for i, k := range keys {
		list[i] = string(k)
	}
	return list
}
