package sqlstore

import (
	"encoding/json"
	"fmt"
	"time"

	"javab/bot"
	"javab/bot/members"
	"javab/storage"
)

type memberRow struct {
	ID         string
	Name       string
	Phone      []byte
	PhoneIndex []byte
	Verified   bool
	Email      []byte
	NationalID []byte

	NationalIDIndex []byte `gorm:"column:national_id_index"`

	Company      string
	MembershipNo string
	Consent      string
	KeyAccount   bool
	Owner        string
	CreatedAt    int64 `gorm:"autoCreateTime:false"`
}

func (memberRow) TableName() string { return "members" }

func (s *Store) memberRow(m bot.Member) (memberRow, error) {
	consent := map[string]int64{}
	for purpose, at := range m.Consent {
		consent[purpose] = storage.Millis(at)
	}
	given, err := json.Marshal(consent)
	if err != nil {
		return memberRow{}, err
	}
	id := string(m.ID)
	return memberRow{
		ID: id, Name: clean(m.Name), Phone: s.vault.Seal("members.phone", id, []byte(m.Phone)),
		PhoneIndex: s.phoneIndex(m.Phone), Verified: m.Verified,
		Email:      s.vault.Seal("members.email", id, []byte(m.Email)),
		NationalID: s.vault.Seal("members.national_id", id, []byte(m.NationalID)), NationalIDIndex: s.nationalIndex(m.NationalID),
		Company: clean(m.Company), MembershipNo: clean(m.MembershipNo), Consent: string(given), KeyAccount: m.KeyAccount,
		Owner: string(m.Owner), CreatedAt: storage.Millis(m.CreatedAt),
	}, nil
}

func (s *Store) phoneIndex(phone string) []byte { return s.vault.Blind("members.phone", phone) }

func (s *Store) nationalIndex(id string) []byte { return s.vault.Blind("members.national_id", id) }

func (s *Store) member(r memberRow) (bot.Member, error) {
	m := bot.Member{
		ID: bot.MemberID(r.ID), Name: r.Name, Verified: r.Verified, Company: r.Company, MembershipNo: r.MembershipNo,
		KeyAccount: r.KeyAccount, Owner: bot.StaffID(r.Owner), CreatedAt: storage.Instant(r.CreatedAt),
	}
	for _, sealed := range []struct {
		column string
		value  []byte
		into   *string
	}{
		{"members.phone", r.Phone, &m.Phone},
		{"members.email", r.Email, &m.Email},
		{"members.national_id", r.NationalID, &m.NationalID},
	} {
		plain, err := s.vault.Open(sealed.column, r.ID, sealed.value)
		if err != nil {
			return bot.Member{}, fmt.Errorf("read member %s: %w", r.ID, err)
		}
		*sealed.into = string(plain)
	}
	var consent map[string]int64
	if err := json.Unmarshal([]byte(r.Consent), &consent); err != nil {
		return bot.Member{}, fmt.Errorf("read consent of member %s: %w", r.ID, err)
	}
	for purpose, at := range consent {
		if m.Consent == nil {
			m.Consent = map[string]time.Time{}
		}
		m.Consent[purpose] = storage.Instant(at)
	}
	return m, nil
}

type resultRow struct {
	ID      string
	Chat    string
	Subject string
	Outcome string
	Step    string
	At      int64
}

func (resultRow) TableName() string { return "results" }

func resultRowOf(r members.Result) resultRow {
	return resultRow{ID: r.ID, Chat: string(r.Chat), Subject: r.Subject, Outcome: r.Outcome, Step: r.Step, At: r.At}
}
