package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/members"
	"javab/storage"
)

// Member implements members.OfficeTx.
func (t *tx) Member(ctx context.Context, id bot.MemberID) (bot.Member, error) {
	q := t.orm(ctx).Where("id = ?", string(id))
	if t.s.dialect() == postSQL {
		q = q.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
	}
	return t.s.oneMember(q, string(id))
}

// KeepFact implements members.OfficeTx.
func (t *tx) KeepFact(ctx context.Context, id bot.MemberID, f members.Fact) error {
	_, err := t.ExecContext(ctx, "INSERT INTO member_facts (member, field, staff, at) VALUES (?,?,?,?) ON CONFLICT (member, field)"+
		" DO UPDATE SET staff=excluded.staff, at=excluded.at", string(id), f.Field, string(f.By), storage.Millis(f.At))
	return err
}

// LogContact implements members.OfficeTx.
func (t *tx) LogContact(ctx context.Context, c members.Contact) (bool, error) {
	chat := c.Chat()
	if _, err := t.ExecContext(ctx, chatTable.insert+chatTable.values(1)+onceEach, t.s.chatValues(chat)...); err != nil {
		return false, err
	}
	added, err := t.changed(ctx, "INSERT INTO contacts (id, message, member, name, channel, topic, minutes, case_id)"+
		" VALUES (?,0,?,?,?,?,?,?)"+onceEach, c.ID, string(c.Member), clean(c.Name), string(c.Channel), clean(c.Topic), c.Minutes,
		string(c.Case))
	if err != nil || !added {
		return false, err
	}
	if _, err := t.Append(ctx, converse.Rows{Messages: []bot.Message{c.Message()}}, bot.Lease{}); err != nil {
		return false, err
	}
	_, err = t.ExecContext(ctx, "UPDATE contacts SET message=(SELECT MAX(id) FROM messages WHERE draft<>'' AND draft=?) WHERE id=?",
		string(c.Draft()), c.ID)
	return true, err
}

// ReadMembers implements members.Reads.
func (s *Store) ReadMembers(ctx context.Context, by bot.Staff, after members.Cursor, limit int) ([]bot.Member, error) {
	if !members.Looks(by) {
		return nil, nil
	}
	return outside(ctx, s, func(db *gorm.DB) ([]bot.Member, error) {
		if !after.At.IsZero() {
			at := storage.Millis(after.At)
			db = db.Where("created_at < ? OR created_at = ? AND id < ?", at, at, string(after.ID))
		}
		return s.members(db.Order("created_at DESC, id DESC").Limit(limit))
	})
}

// ReadProfile implements members.Reads.
func (s *Store) ReadProfile(ctx context.Context, by bot.Staff, id bot.MemberID) (members.Profile, error) {
	if !members.Looks(by) {
		return members.Profile{}, storage.NotFound("member", string(id))
	}
	return outside(ctx, s, func(db *gorm.DB) (p members.Profile, err error) {
		db = db.Session(&gorm.Session{})
		if p.Member, err = s.oneMember(db.Where("id = ?", string(id)), string(id)); err != nil {
			return p, err
		}
		for _, read := range []func(*gorm.DB, bot.Staff, *members.Profile) error{
			s.profileFacts, s.profileColleagues, s.profileChats, s.profileCases, s.profileContacts, s.profileFiles,
		} {
			if err := read(db, by, &p); err != nil {
				return p, fmt.Errorf("read member %s: %w", id, err)
			}
		}
		return p, nil
	})
}

// profileLimit bounds each list of a profile.
const profileLimit = 100

func (s *Store) profileFacts(db *gorm.DB, _ bot.Staff, p *members.Profile) error {
	var rows []struct {
		Field, Staff string
		At           int64
	}
	err := db.Raw("SELECT field, staff, at FROM member_facts WHERE member = ?", string(p.Member.ID)).Scan(&rows).Error
	var entered []members.Fact
	for _, r := range rows {
		entered = append(entered, members.Fact{
			Field: r.Field, Source: members.Entered, By: bot.StaffID(r.Staff), At: storage.Instant(r.At),
		})
	}
	p.Facts = members.Facts(p.Member, entered)
	return err
}

func (s *Store) profileColleagues(db *gorm.DB, _ bot.Staff, p *members.Profile) (err error) {
	if p.Member.Company != "" {
		p.Colleagues, err = s.members(db.Where("company = ? AND id <> ?", p.Member.Company, string(p.Member.ID)).
			Order("name, id").Limit(profileLimit))
	}
	return err
}

func (s *Store) profileChats(db *gorm.DB, by bot.Staff, p *members.Profile) error {
	var rows []struct {
		Key, Lang, Mode string
		Chosen, Blocked bool
		Since           int64
	}
	err := db.Raw("SELECT key, lang, mode, chosen, blocked, since FROM chats WHERE member <> '' AND member = ?"+
		" AND key NOT IN (SELECT chat FROM accused WHERE staff = ?) ORDER BY key", string(p.Member.ID), string(by.ID)).Scan(&rows).Error
	for _, r := range rows {
		p.Chats = append(p.Chats, bot.Chat{
			Key: bot.ChatKey(r.Key), Lang: bot.Lang(r.Lang), Mode: bot.Mode(r.Mode), Chosen: r.Chosen, Blocked: r.Blocked,
			Member: p.Member.ID, Since: storage.Instant(r.Since),
		})
	}
	return err
}

// theirs is the condition for rows of any of the member's chats.
const theirs = ".chat IN (SELECT key FROM chats WHERE member <> '' AND member = ?)"

func (s *Store) profileCases(db *gorm.DB, by bot.Staff, p *members.Profile) (err error) {
	seen, args := finds("k", by, "")
	query := "SELECT k.* FROM cases k WHERE (k.member = ? AND k.member <> '' OR k.member = '' AND k" + theirs + ") AND " + seen +
		" ORDER BY CASE WHEN k.state IN ('closed','withdrawn') THEN 1 ELSE 0 END, k.opened_at DESC, k.seq DESC LIMIT ?"
	id := string(p.Member.ID)
	p.Cases, err = s.cases(db.Raw(query, slices.Concat([]any{id, id}, args, []any{profileLimit})...))
	return err
}

func (s *Store) profileContacts(db *gorm.DB, by bot.Staff, p *members.Profile) error {
	seen, args := finds("m", by, "")
	others, who := unaccused("m", by)
	seen, args = "("+seen+" OR m.author = ? AND NOT m.confidential AND "+others+")", append(args, string(by.ID), who)
	var rows []contactRow
	err := db.Raw("SELECT c.*, m.direction, m.author, m.text, m.search_key, m.unit, m.confidential, m.at FROM contacts c"+
		" JOIN messages m ON m.id = c.message WHERE c.member <> '' AND c.member = ? AND "+seen+" ORDER BY m.at DESC, m.id DESC LIMIT ?",
		slices.Concat([]any{string(p.Member.ID)}, args, []any{profileLimit})...).Scan(&rows).Error
	for _, r := range rows {
		p.Contacts = append(p.Contacts, r.contact())
	}
	return err
}

type contactRow struct {
	ID, Member, Name, Channel, Topic, CaseID, Direction, Author, Text, SearchKey, Unit string

	Minutes      int
	Confidential bool
	At           int64
}

func (r contactRow) contact() members.Contact {
	return members.Contact{
		ID: r.ID, Member: bot.MemberID(r.Member), Name: r.Name, Channel: members.ContactChannel(r.Channel),
		Direction: bot.Direction(r.Direction), Topic: r.Topic, Text: r.Text, SearchKey: r.SearchKey, Minutes: r.Minutes,
		Officer: bot.StaffID(r.Author), Unit: bot.UnitID(r.Unit), Confidential: r.Confidential, Case: bot.CaseID(r.CaseID),
		At: storage.Instant(r.At),
	}
}

func (s *Store) profileFiles(db *gorm.DB, by bot.Staff, p *members.Profile) error {
	seen, args := findsMessages(by)
	var rows []messageRow
	err := db.Raw("SELECT m.* FROM messages m WHERE m"+theirs+" AND m.files <> '' AND "+seen+" ORDER BY m.id DESC LIMIT ?",
		slices.Concat([]any{string(p.Member.ID)}, args, []any{profileLimit})...).Scan(&rows).Error
	if err != nil {
		return err
	}
	var ids []string
	came := map[string]bot.ChatKey{}
	for _, r := range rows {
		named, err := r.ids()
		if err != nil {
			return err
		}
		for _, id := range named {
			came[id] = bot.ChatKey(r.Chat)
		}
		ids = append(ids, named...)
	}
	known, err := files(db, ids)
	for _, id := range ids {
		if f, ok := known[id]; ok {
			p.Files = append(p.Files, members.File{File: f, Chat: came[id]})
			delete(known, id)
		}
	}
	return err
}
