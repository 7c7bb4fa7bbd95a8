package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"javab/bot"
	"javab/flows/studio"
	"javab/storage"
)

// studioHead reads where the content stands.
const studioHead = "SELECT live, last, defaults, rules FROM content_head WHERE id=1"

// readHead reads it through any pool; suffix may lock it.
func readHead(ctx context.Context, p pool, suffix string) (h studio.Head, err error) {
	var defaults, rules string
	if _, err := one(ctx, p, []any{&h.Live, &h.Last, &defaults, &rules}, studioHead+suffix); err != nil {
		return studio.Head{}, err
	}
	return h, decoded(map[string]any{defaults: &h.Defaults, rules: &h.Rules})
}

// decoded reads columns that hold JSON.
func decoded(columns map[string]any) error {
	for column, into := range columns {
		if err := json.Unmarshal([]byte(column), into); err != nil {
			return fmt.Errorf("read a row of the studio: %w", err)
		}
	}
	return nil
}

// StudioHead implements studio.Tx.
func (t *tx) StudioHead(ctx context.Context) (studio.Head, error) {
	return readHead(ctx, t.pool, t.s.dialect().forUpdate())
}

// SaveStudioHead implements studio.Tx.
func (t *tx) SaveStudioHead(ctx context.Context, h studio.Head) error {
	_, err := t.ExecContext(ctx, "UPDATE content_head SET live=?, last=?, defaults=?, rules=? WHERE id=1", h.Live, h.Last,
		list(h.Defaults), list(h.Rules))
	return err
}

// AddVersion implements studio.Tx.
func (t *tx) AddVersion(ctx context.Context, v studio.Version) error {
	added, err := t.changed(ctx, "INSERT INTO content_versions (number, author, agreed, at, note, made_from, files) VALUES (?,?,?,?,?,?,?)"+onceEach,
		v.Number, string(v.By), string(v.Agreed), storage.Millis(v.At), clean(v.Note), v.From, list(v.Files))
	if err == nil && !added {
		return storage.Taken("version")
	}
	return err
}

// KeepBodies implements studio.Tx.
func (t *tx) KeepBodies(ctx context.Context, bodies map[studio.Hash][]byte) error {
	for hash, body := range bodies {
		_, err := t.ExecContext(ctx, "INSERT INTO content_bodies (hash, body) VALUES (?,?)"+onceEach, string(hash), solid(body))
		if err != nil {
			return err
		}
	}
	return nil
}

// solid is a body for a column that is never NULL.
func solid(body []byte) []byte { return append([]byte{}, body...) }

// versionRow is one row of content_versions.
type versionRow struct {
	Number   int
	Author   string
	Agreed   string
	At       int64
	Note     string
	MadeFrom int
	Files    string
}

func (versionRow) TableName() string { return "content_versions" }

func (r versionRow) version() (studio.Version, error) {
	v := studio.Version{
		Number: r.Number, By: bot.StaffID(r.Author), Agreed: bot.StaffID(r.Agreed), At: storage.Instant(r.At), Note: r.Note, From: r.MadeFrom,
	}
	if r.Files == "" { // a list leaves them out
		return v, nil
	}
	return v, decoded(map[string]any{r.Files: &v.Files})
}

// oneVersion reads a version.
func oneVersion(db *gorm.DB, number int) (studio.Version, error) {
	var rows []versionRow
	if err := db.Where("number = ?", number).Find(&rows).Error; err != nil {
		return studio.Version{}, err
	}
	if len(rows) == 0 {
		return studio.Version{}, storage.NotFound("version", fmt.Sprint(number))
	}
	return rows[0].version()
}

// StudioVersion implements studio.Tx.
func (t *tx) StudioVersion(ctx context.Context, number int) (studio.Version, error) {
	return oneVersion(t.orm(ctx), number)
}

// draftRow is one row of content_drafts.
type draftRow struct {
	Author   string `gorm:"primaryKey"`
	Name     string `gorm:"primaryKey"`
	MadeFrom int
	Base     string
	Body     []byte
	Gone     bool
	Rev      int64
	At       int64
}

func (draftRow) TableName() string { return "content_drafts" }

func (r draftRow) draft() studio.Draft {
	return studio.Draft{
		By: bot.StaffID(r.Author), Name: r.Name, From: r.MadeFrom, Base: studio.Hash(r.Base), Body: solid(r.Body), Gone: r.Gone,
		Rev: int(r.Rev), At: storage.Instant(r.At),
	}
}

// studioDrafts reads drafts by name.
func studioDrafts(q *gorm.DB) ([]studio.Draft, error) {
	var rows []draftRow
	if err := q.Order("name, author").Find(&rows).Error; err != nil {
		return nil, err
	}
	var drafts []studio.Draft
	for _, r := range rows {
		drafts = append(drafts, r.draft())
	}
	return drafts, nil
}

// StudioDraft implements studio.Tx.
func (t *tx) StudioDraft(ctx context.Context, by bot.StaffID, name string) (studio.Draft, error) {
	drafts, err := studioDrafts(t.orm(ctx).Where("author = ? AND name = ?", string(by), name))
	if err != nil {
		return studio.Draft{}, err
	}
	if len(drafts) == 0 {
		return studio.Draft{}, storage.NotFound("studio_draft", name)
	}
	return drafts[0], nil
}

// SaveStudioDraft implements studio.Tx.
func (t *tx) SaveStudioDraft(ctx context.Context, d studio.Draft) error {
	row := draftRow{
		Author: string(d.By), Name: d.Name, MadeFrom: d.From, Base: string(d.Base), Body: solid(d.Body), Gone: d.Gone, Rev: int64(d.Rev),
		At: storage.Millis(d.At),
	}
	return t.orm(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
}

// DropStudioDraft implements studio.Tx.
func (t *tx) DropStudioDraft(ctx context.Context, by bot.StaffID, name string) error {
	_, err := t.ExecContext(ctx, "DELETE FROM content_drafts WHERE author=? AND name=?", string(by), name)
	return err
}

// ReadStudio implements studio.Reads.
func (s *Store) ReadStudio(ctx context.Context) (h studio.Head, err error) {
	err = s.guard(ctx, func() (err error) {
		h, err = readHead(ctx, s.read(), "")
		return err
	})
	return h, err
}

// ReadVersion implements studio.Reads.
func (s *Store) ReadVersion(ctx context.Context, number int) (studio.Version, error) {
	return outside(ctx, s, func(db *gorm.DB) (studio.Version, error) { return oneVersion(db, number) })
}

// ReadVersions implements studio.Reads.
func (s *Store) ReadVersions(ctx context.Context) ([]studio.Version, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]studio.Version, error) {
		var rows []versionRow
		if err := db.Omit("files").Order("number DESC").Find(&rows).Error; err != nil {
			return nil, err
		}
		versions := make([]studio.Version, len(rows))
		for i, r := range rows {
			var err error
			if versions[i], err = r.version(); err != nil {
				return nil, err
			}
		}
		return versions, nil
	})
}

// bodySlice is how many bodies one statement reads: databases bound their parameters.
const bodySlice = 500

// ReadBodies implements studio.Reads.
func (s *Store) ReadBodies(ctx context.Context, hashes []studio.Hash) (map[studio.Hash][]byte, error) {
	found := make(map[studio.Hash][]byte, len(hashes))
	for len(hashes) > 0 {
		n := min(bodySlice, len(hashes))
		args := make([]any, n)
		for i, hash := range hashes[:n] {
			args[i] = string(hash)
		}
		hashes = hashes[n:]
		err := s.guard(ctx, func() error {
			return each(ctx, s.read(), func(scan func(...any) error) error {
				var (
					hash string
					body []byte
				)
				err := scan(&hash, &body)
				found[studio.Hash(hash)] = solid(body)
				return err
			}, "SELECT hash, body FROM content_bodies WHERE hash IN "+tuple(n), args...)
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// PinnedChats implements studio.Reads.
func (s *Store) PinnedChats(ctx context.Context, since time.Time) (map[int]int, error) {
	found := map[int]int{}
	err := s.guard(ctx, func() error {
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var version, chats int
			err := scan(&version, &chats)
			found[version] = chats
			return err
		}, "SELECT pinned, COUNT(*) FROM chats WHERE pinned>0 AND pinned_at>=? GROUP BY pinned", storage.Millis(since))
	})
	return found, err
}

// ReadStudioDrafts implements studio.Queries.
func (s *Store) ReadStudioDrafts(ctx context.Context, by bot.StaffID) ([]studio.Draft, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]studio.Draft, error) {
		if by != "" {
			db = db.Where("author = ?", string(by))
		}
		return studioDrafts(db)
	})
}
