package sqlstore

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
)

// The rows of gorm. Sealed fields are sealed here, on the way in and out, and not by a serializer: gorm's map updates
// pass those by and would write plain text.

type messageRow struct {
	ID           int64
	Chat         string
	Direction    string
	Author       string
	Kind         string
	Text         string
	SearchKey    string
	Files        string
	Flow         string
	Step         string
	Bundle       int
	Draft        string
	Unit         string
	Confidential bool
	JobKey       string
	Ref          string
	At           int64
	EditedAt     int64
	DeletedAt    int64
	Earlier      string
	AmendKey     string
}

func (messageRow) TableName() string { return "messages" }

// ids are the files that the row names.
func (r messageRow) ids() (ids []string, err error) {
	if r.Files == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(r.Files), &ids); err != nil {
		return nil, fmt.Errorf("read files of message %d: %w", r.ID, err)
	}
	return ids, nil
}

func (r messageRow) message() bot.Message {
	return bot.Message{
		Chat: bot.ChatKey(r.Chat), Direction: bot.Direction(r.Direction), Author: bot.Author(r.Author),
		Kind: bot.Kind(r.Kind), Text: r.Text, SearchKey: r.SearchKey, Flow: r.Flow, Step: r.Step, Bundle: r.Bundle,
		Draft: bot.DraftID(r.Draft), Unit: bot.UnitID(r.Unit), Confidential: r.Confidential, JobKey: r.JobKey, Ref: r.Ref,
		At: storage.Instant(r.At), Amendment: r.amendment(),
	}
}

func (r messageRow) amendment() bot.Amendment {
	a := bot.Amendment{EditedAt: storage.Instant(r.EditedAt), DeletedAt: storage.Instant(r.DeletedAt), AmendKey: r.AmendKey}
	if r.Earlier != "" {
		_ = json.Unmarshal([]byte(r.Earlier), &a.Earlier) // our own writing; a line is worth more than how it once read
	}
	return a
}

type fileRow struct {
	ID     string
	Handle string
	Kind   string
	Name   string
	MIME   string
	Size   int64
	State  string
	SHA256 string `gorm:"column:sha256"`
}

func (fileRow) TableName() string { return "files" }

func (r fileRow) file() bot.File {
	return bot.File{
		ID: r.ID, Handle: r.Handle, Kind: r.Kind, Name: r.Name, MIME: r.MIME, Size: r.Size, State: bot.FileState(r.State),
		SHA256: r.SHA256,
	}
}

type pieceRow struct {
	ID     int64
	Draft  string
	Field  string
	Text   []byte
	File   string
	Append bool
	At     int64
}

func (pieceRow) TableName() string { return "pieces" }

// sealPiece seals what a member filled in: phones and national ids are among it, and nobody searches here.
func (s *Store) sealPiece(p bot.Piece) []byte {
	return s.vault.Seal("pieces.text", string(p.Draft)+" "+p.Field, []byte(p.Text))
}

func (s *Store) pieceOf(r pieceRow) (bot.Piece, error) {
	text, err := s.vault.Open("pieces.text", r.Draft+" "+r.Field, r.Text)
	if err != nil {
		return bot.Piece{}, fmt.Errorf("read draft %s: %w", r.Draft, err)
	}
	return bot.Piece{
		Draft: bot.DraftID(r.Draft), Field: r.Field, Text: string(text), Append: r.Append, At: storage.Instant(r.At),
	}, nil
}

type caseRow struct {
	ID            string
	Year          int
	Seq           int
	Kind          string
	Category      string
	Unit          string
	State         string
	Chat          string
	Member        string
	Draft         *string // NULL when the case has none: the column is unique
	Text          string
	Answers       []byte
	Phone         []byte
	Name          string
	Urgency       string
	Confidential  bool
	OpenedAt      int64
	DueAt         int64
	FirstAnswerAt int64
	NoticeAt      int64
	Holder        string
	Promised      int64 // ms, as all durations
	Spent         int64
	RunsSince     int64
	ToldAt        int64
	ToldDue       int64
	AnsweredAt    int64
	BreachedAt    int64
	FirstLateAt   int64
	Alarm         string
	WakeAt        int64
	HoursVersion  int64
	Work          caseWork `gorm:"embedded"`
	End           caseEnd  `gorm:"embedded"`
}

func (caseRow) TableName() string { return "cases" }

func (s *Store) caseRow(c bot.Case) (caseRow, error) {
	answers, err := json.Marshal(c.Answers)
	if err != nil {
		return caseRow{}, err
	}
	row := caseRow{
		ID: string(c.ID), Year: c.Number.Year, Seq: c.Number.Seq, Kind: string(c.Kind), Category: c.Category,
		Unit: string(c.Unit), State: string(c.State), Chat: string(c.Chat), Member: string(c.Member), Text: clean(c.Text),
		Answers: s.vault.Seal("cases.answers", string(c.ID), answers), Phone: s.vault.Seal("cases.phone", string(c.ID), []byte(c.Phone)),
		Name: clean(c.Name), Urgency: c.Urgency, Confidential: c.Confidential, OpenedAt: storage.Millis(c.OpenedAt),
		DueAt: storage.Millis(c.DueAt), FirstAnswerAt: storage.Millis(c.FirstAnswerAt), NoticeAt: storage.Millis(c.NoticeAt),
		Holder: string(c.Holder), Promised: c.Clock.Promised.Milliseconds(), Spent: c.Clock.Spent.Milliseconds(),
		RunsSince: storage.Millis(c.Clock.Since), ToldAt: storage.Millis(c.ToldAt), ToldDue: storage.Millis(c.ToldDue),
		AnsweredAt: storage.Millis(c.AnsweredAt), BreachedAt: storage.Millis(c.BreachedAt), FirstLateAt: storage.Millis(c.FirstLateAt),
		Alarm: string(c.Alarm), WakeAt: storage.Millis(c.WakeAt), HoursVersion: c.HoursVersion,
		Work: workOf(c), End: endOf(c.Closure),
	}
	if c.Draft != "" {
		draft := string(c.Draft)
		row.Draft = &draft
	}
	return row, nil
}

func (s *Store) caseOf(r caseRow) (bot.Case, error) {
	c := bot.Case{
		ID: bot.CaseID(r.ID), Number: bot.CaseNumber{Year: r.Year, Seq: r.Seq}, Kind: bot.CaseKind(r.Kind),
		Category: r.Category, Unit: bot.UnitID(r.Unit), State: bot.CaseState(r.State), Chat: bot.ChatKey(r.Chat),
		Member: bot.MemberID(r.Member), Text: r.Text, Name: r.Name, Urgency: r.Urgency, Confidential: r.Confidential,
		OpenedAt: storage.Instant(r.OpenedAt), DueAt: storage.Instant(r.DueAt),
		FirstAnswerAt: storage.Instant(r.FirstAnswerAt), NoticeAt: storage.Instant(r.NoticeAt), Holder: bot.StaffID(r.Holder),
		Clock:  bot.Clock{Promised: millis(r.Promised), Spent: millis(r.Spent), Since: storage.Instant(r.RunsSince)},
		ToldAt: storage.Instant(r.ToldAt), ToldDue: storage.Instant(r.ToldDue), AnsweredAt: storage.Instant(r.AnsweredAt),
		BreachedAt: storage.Instant(r.BreachedAt), FirstLateAt: storage.Instant(r.FirstLateAt), Alarm: bot.Alarm(r.Alarm),
		WakeAt: storage.Instant(r.WakeAt), HoursVersion: r.HoursVersion, Closure: r.End.closure(),
	}
	r.Work.work(&c)
	if r.Draft != nil {
		c.Draft = bot.DraftID(*r.Draft)
	}
	phone, err := s.vault.Open("cases.phone", r.ID, r.Phone)
	if err != nil {
		return bot.Case{}, fmt.Errorf("read case %s: %w", r.ID, err)
	}
	c.Phone = string(phone)
	answers, err := s.vault.Open("cases.answers", r.ID, r.Answers)
	if err == nil {
		err = json.Unmarshal(answers, &c.Answers)
	}
	if err != nil {
		return bot.Case{}, fmt.Errorf("read answers of case %s: %w", r.ID, err)
	}
	return c, nil
}

func millis(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

type entryRow struct {
	ID         int64
	CaseID     string
	What       string
	Author     string
	Text       string
	TextBefore string
	TextAfter  string
	Draft      string
	At         int64
}

func (entryRow) TableName() string { return "case_entries" }

func entryRowOf(e bot.CaseEntry) entryRow {
	return entryRow{
		CaseID: string(e.Case), What: e.What, Author: string(e.Author), Text: clean(e.Text), TextBefore: clean(e.Before),
		TextAfter: clean(e.After), Draft: string(e.Draft), At: storage.Millis(e.At),
	}
}

func (r entryRow) entry() bot.CaseEntry {
	return bot.CaseEntry{
		Case: bot.CaseID(r.CaseID), What: r.What, Author: bot.Author(r.Author), Text: r.Text, Before: r.TextBefore,
		After: r.TextAfter, Draft: bot.DraftID(r.Draft), At: storage.Instant(r.At),
	}
}

type poisonRow struct {
	ID         int64
	RowKey     string // what the sealed delivery is bound to: the id is not known before the insert
	Source     string
	Receipt    string
	Chat       string
	Raw        []byte
	Reason     string
	Bundle     int
	At         int64
	ResolvedAt int64
}

func (poisonRow) TableName() string { return "quarantine" }

func (s *Store) poisonRow(q converse.Quarantined) poisonRow {
	key := rand.Text()
	return poisonRow{
		RowKey: key, Source: string(q.Receipt.Source), Receipt: clean(q.Receipt.ID), Chat: string(q.Chat),
		Raw: s.vault.Seal("quarantine.raw", key, q.Raw), Reason: clean(q.Reason), Bundle: q.Bundle,
		At: storage.Millis(q.At),
	}
}

func (s *Store) kept(r poisonRow) (storage.Kept, error) {
	raw, err := s.vault.Open("quarantine.raw", r.RowKey, r.Raw)
	if err != nil {
		return storage.Kept{}, fmt.Errorf("read quarantined delivery %d: %w", r.ID, err)
	}
	return storage.Kept{ID: r.ID, Quarantined: converse.Quarantined{
		Receipt: bot.ReceiptKey{Source: bot.ChannelID(r.Source), ID: r.Receipt}, Chat: bot.ChatKey(r.Chat), Raw: raw,
		Reason: r.Reason, Bundle: r.Bundle, At: storage.Instant(r.At),
	}}, nil
}

type jobRow struct {
	ID       int64
	Kind     string
	Lane     string
	Key      *string
	Payload  []byte
	RunAt    int64
	Attempts int
	State    string
	Err      string
	EndedAt  int64
}

func (jobRow) TableName() string { return "jobs" }

type settingRow struct {
	Name  string `gorm:"primaryKey"`
	Value string
}

func (settingRow) TableName() string { return "settings" }
