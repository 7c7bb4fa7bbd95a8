package sqlstore

import (
	"encoding/json"
	"fmt"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

type staffRow struct {
	ID           string
	Login        string
	Name         string
	Display      string
	Role         string
	Units        string
	Langs        string
	Lang         string
	Capacity     int
	Status       string
	SeenAt       int64
	Confidential bool
	Substitute   string
	Disabled     bool
	CreatedAt    int64 `gorm:"autoCreateTime:false"`
	CreatedBy    string
}

func (staffRow) TableName() string { return "staff" }

func staffRowOf(s bot.Staff) staffRow {
	return staffRow{
		ID: string(s.ID), Login: clean(s.Login), Name: clean(s.Name), Display: list(s.Display), Role: string(s.Role),
		Units: list(s.Units), Langs: list(s.Langs), Lang: string(s.Lang), Capacity: s.Capacity, Status: string(s.Status),
		SeenAt: storage.Millis(s.SeenAt), Confidential: s.Confidential, Substitute: string(s.Substitute),
		Disabled: s.Disabled, CreatedAt: storage.Millis(s.CreatedAt), CreatedBy: string(s.CreatedBy),
	}
}

// list is a column that holds several texts.
func list(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts always marshal
	}
	return clean(string(text))
}

func (r staffRow) staff() (bot.Staff, error) {
	s := bot.Staff{
		ID: bot.StaffID(r.ID), Login: r.Login, Name: r.Name, Role: bot.Role(r.Role), Lang: bot.Lang(r.Lang),
		Capacity: r.Capacity, Status: bot.StaffStatus(r.Status), SeenAt: storage.Instant(r.SeenAt),
		Confidential: r.Confidential, Substitute: bot.StaffID(r.Substitute), Disabled: r.Disabled,
		CreatedAt: storage.Instant(r.CreatedAt), CreatedBy: bot.StaffID(r.CreatedBy),
	}
	for column, into := range map[string]any{r.Display: &s.Display, r.Units: &s.Units, r.Langs: &s.Langs} {
		if err := json.Unmarshal([]byte(column), into); err != nil {
			return bot.Staff{}, fmt.Errorf("read account %s: %w", r.ID, err)
		}
	}
	return s, nil
}

type secretsRow struct {
	Staff     string `gorm:"primaryKey"`
	Password  string
	Temporary bool
	TOTP      []byte `gorm:"column:totp"`
	Offered   []byte
	Step      int64
	Recovery  string
}

func (secretsRow) TableName() string { return "staff_secrets" }

func (s *Store) secretsRow(id bot.StaffID, secrets staff.Secrets) secretsRow {
	return secretsRow{
		Staff: string(id), Password: secrets.Password, Temporary: secrets.Temporary,
		TOTP:    s.vault.Seal("staff.totp", string(id), []byte(secrets.TOTP)),
		Offered: s.vault.Seal("staff.offered", string(id), []byte(secrets.Offered)),
		Step:    secrets.Step, Recovery: list(secrets.Recovery),
	}
}

func (s *Store) secretsOf(r secretsRow) (staff.Secrets, error) {
	secrets := staff.Secrets{Password: r.Password, Temporary: r.Temporary, Step: r.Step}
	totp, err := s.vault.Open("staff.totp", r.Staff, r.TOTP)
	if err != nil {
		return staff.Secrets{}, fmt.Errorf("read the second factor of %s: %w", r.Staff, err)
	}
	offered, err := s.vault.Open("staff.offered", r.Staff, r.Offered)
	if err != nil {
		return staff.Secrets{}, fmt.Errorf("read the second factor of %s: %w", r.Staff, err)
	}
	secrets.TOTP, secrets.Offered = string(totp), string(offered)
	if err := json.Unmarshal([]byte(r.Recovery), &secrets.Recovery); err != nil {
		return staff.Secrets{}, fmt.Errorf("read the recovery codes of %s: %w", r.Staff, err)
	}
	return secrets, nil
}

type sessionRow struct {
	ID        string
	Staff     string
	Stage     string
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	SeenAt    int64
	CodeAt    int64
	Origin    string
	Agent     string
}

func (sessionRow) TableName() string { return "sessions" }

func sessionRowOf(s staff.Session) sessionRow {
	return sessionRow{
		ID: s.ID, Staff: string(s.Staff), Stage: string(s.Stage), CreatedAt: storage.Millis(s.CreatedAt),
		SeenAt: storage.Millis(s.SeenAt), CodeAt: storage.Millis(s.CodeAt), Origin: clean(s.From), Agent: clean(s.Agent),
	}
}

func (r sessionRow) session() staff.Session {
	return staff.Session{
		ID: r.ID, Staff: bot.StaffID(r.Staff), Stage: staff.Stage(r.Stage), CreatedAt: storage.Instant(r.CreatedAt),
		SeenAt: storage.Instant(r.SeenAt), CodeAt: storage.Instant(r.CodeAt), From: r.Origin, Agent: r.Agent,
	}
}
