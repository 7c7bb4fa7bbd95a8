package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/worktime"
	"javab/storage"
)

// hoursVersion reads the number of the last change.
const hoursVersion = "SELECT version FROM hours_head WHERE id=1"

// HoursVersion implements hours.Tx.
func (t *tx) HoursVersion(ctx context.Context) (version int64, err error) {
	_, err = one(ctx, t.pool, []any{&version}, hoursVersion+t.s.dialect().forUpdate())
	return version, err
}

// HoursRows implements hours.Tx.
func (t *tx) HoursRows(ctx context.Context) ([]hours.Row, error) { return hoursRows(t.orm(ctx)) }

func hoursRows(db *gorm.DB) ([]hours.Row, error) {
	var rows []hoursRow
	if err := db.Where("NOT gone").Order("at, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	list := make([]hours.Row, len(rows))
	for i, r := range rows {
		var err error
		if list[i], err = r.row(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// SaveHours implements hours.Tx.
func (t *tx) SaveHours(ctx context.Context, r hours.Row) error {
	row := hoursRowOf(r)
	upsert := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}
	return t.orm(ctx).Clauses(upsert).Create(&row).Error
}

// LogHours implements hours.Tx.
func (t *tx) LogHours(ctx context.Context, c hours.Change) error {
	row := changeRowOf(c)
	if err := t.orm(ctx).Create(&row).Error; err != nil {
		return err
	}
	_, err := t.ExecContext(ctx, "UPDATE hours_head SET version=? WHERE id=1", c.Version)
	return err
}

// ReadHours implements hours.Reads. The number is read first: a change between the two is found at the next look.
func (s *Store) ReadHours(ctx context.Context) (version int64, rows []hours.Row, err error) {
	err = s.guard(ctx, func() error {
		_, err := one(ctx, s.read(), []any{&version}, hoursVersion)
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	rows, err = outside(ctx, s, hoursRows)
	return version, rows, err
}

// HoursChanges implements hours.Reads.
func (s *Store) HoursChanges(ctx context.Context, since int64) ([]hours.Change, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]hours.Change, error) {
		var rows []changeRow
		if err := db.Where("version > ?", since).Order("version").Find(&rows).Error; err != nil {
			return nil, err
		}
		list := make([]hours.Change, len(rows))
		for i, r := range rows {
			var err error
			if list[i], err = r.change(); err != nil {
				return nil, err
			}
		}
		return list, nil
	})
}

type hoursRow struct {
	ID        string
	Kind      string
	Unit      string
	FirstDay  int64
	LastDay   int64
	Windows   string // of a weekly table by weekday, else the one of the row under the first
	Name      string
	Source    string
	Confirmed bool
	Review    bool
	Gone      bool
	Author    string
	At        int64
	Reason    string
}

func (hoursRow) TableName() string { return "hours" }

func hoursRowOf(r hours.Row) hoursRow {
	windows := r.Open
	if !r.Weekly() {
		windows = [7][]worktime.Window{}
		if r.Window.Valid() {
			windows[0] = []worktime.Window{r.Window}
		}
	}
	return hoursRow{
		ID: r.ID, Kind: string(r.Kind), Unit: string(r.Unit), FirstDay: int64(r.From), LastDay: int64(r.Until), Windows: list(windows),
		Name: list(r.Name), Source: string(r.Source), Confirmed: r.Confirmed, Review: r.Review, Gone: r.Gone, Author: string(r.By),
		At: storage.Millis(r.At), Reason: clean(r.Reason),
	}
}

func (r hoursRow) row() (hours.Row, error) {
	row := hours.Row{
		ID: r.ID, Kind: hours.Kind(r.Kind), Unit: bot.UnitID(r.Unit), From: worktime.Day(r.FirstDay), Until: worktime.Day(r.LastDay),
		Source: worktime.Source(r.Source), Confirmed: r.Confirmed, Review: r.Review, Gone: r.Gone, By: bot.StaffID(r.Author),
		At: storage.Instant(r.At), Reason: r.Reason,
	}
	for column, into := range map[string]any{r.Windows: &row.Open, r.Name: &row.Name} {
		if err := json.Unmarshal([]byte(column), into); err != nil {
			return hours.Row{}, fmt.Errorf("read row %s of the working time: %w", r.ID, err)
		}
	}
	if !row.Weekly() {
		for _, w := range row.Open[0] {
			row.Window = w
		}
		row.Open = [7][]worktime.Window{}
	}
	return row, nil
}

type changeRow struct {
	Version  int64 `gorm:"primaryKey;autoIncrement:false"`
	What     string
	Hours    string
	Unit     string
	FirstDay int64
	LastDay  int64
	Counts   bool
	Name     string
	Author   string
	At       int64
	Reason   string
}

func (changeRow) TableName() string { return "hours_changes" }

func changeRowOf(c hours.Change) changeRow {
	return changeRow{
		Version: c.Version, What: string(c.What), Hours: c.Row, Unit: string(c.Unit), FirstDay: int64(c.From), LastDay: int64(c.Until),
		Counts: c.Counts, Name: list(c.Name), Author: string(c.By), At: storage.Millis(c.At), Reason: clean(c.Reason),
	}
}

func (r changeRow) change() (hours.Change, error) {
	c := hours.Change{
		Version: r.Version, What: hours.Act(r.What), Row: r.Hours, Unit: bot.UnitID(r.Unit), From: worktime.Day(r.FirstDay),
		Until: worktime.Day(r.LastDay), Counts: r.Counts, By: bot.StaffID(r.Author), At: storage.Instant(r.At), Reason: r.Reason,
	}
	if err := json.Unmarshal([]byte(r.Name), &c.Name); err != nil {
		return hours.Change{}, fmt.Errorf("read change %d of the working time: %w", r.Version, err)
	}
	return c, nil
}
