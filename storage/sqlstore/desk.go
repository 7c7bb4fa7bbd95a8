package sqlstore

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"javab/bot"
	"javab/bot/desk"
	"javab/storage"
)

// Enqueue implements desk.Tx.
func (t *tx) Enqueue(ctx context.Context, h bot.HandOver) error {
	if h.State != bot.HandOverSnoozed { // until a mute is over
		h.State = bot.HandOverWaiting
	}
	row := handoverRowOf(h)
	made := t.orm(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	if made.Error != nil || made.RowsAffected == 0 || !h.Confidential {
		return made.Error
	}
	return t.Seal(ctx, h.Draft, h.Unit)
}

// Leave implements desk.Tx.
func (t *tx) Leave(ctx context.Context, chat bot.ChatKey) (bool, error) {
	return t.changed(ctx, "UPDATE handovers SET state='ended', outcome='"+desk.TakenBack+"' WHERE state='waiting' AND chat=?",
		string(chat))
}

// Place implements desk.Tx.
func (t *tx) Place(ctx context.Context, chat bot.ChatKey) (place int, err error) {
	_, err = one(ctx, t.pool, []any{&place}, "SELECT COUNT(h.id)+1 FROM handovers m LEFT JOIN handovers h"+
		" ON h.state='waiting' AND h.unit=m.unit AND (h.due_at<m.due_at OR h.due_at=m.due_at AND (h.priority>m.priority"+
		" OR h.priority=m.priority AND (h.at<m.at OR h.at=m.at AND h.id<m.id)))"+
		" WHERE m.state='waiting' AND m.chat=? GROUP BY m.id", string(chat))
	return place, err
}

// Running implements desk.Tx.
func (t *tx) Running(ctx context.Context, chat bot.ChatKey) (bot.HandOver, error) {
	var r handoverRow
	found, err := one(ctx, t.pool, r.scan(), "SELECT "+handoverColumns+" FROM handovers h WHERE h.state<>'ended' AND h.chat=?",
		string(chat))
	if err == nil && !found {
		err = storage.NotFound("chat", string(chat))
	}
	return r.handOver(), err
}

// Claim implements desk.Tx.
func (t *tx) Claim(ctx context.Context, chat bot.ChatKey, by bot.Staff, at time.Time) (bool, error) {
	id := string(by.ID)
	seen, args := sees(by)
	query := "UPDATE handovers AS h SET state='held', holder=?, named='', claimed_at=?, snoozed_until=0 WHERE h.chat=?" +
		" AND (h.state='waiting' AND (h.named='' OR h.named=?) AND " + going(by) + " OR h.state='snoozed' AND h.holder=?)" +
		" AND (SELECT COUNT(*) FROM handovers o WHERE o.state='held' AND o.holder=?) < ? AND " + seen
	return t.changed(ctx, query, append([]any{id, storage.Millis(at), string(chat), id, id, id, by.Capacity}, args...)...)
}

// going is the condition on the hand-over h that its queue goes on, or that by leads it all the same.
func going(by bot.Staff) string {
	if desk.Supervises(by) {
		return "1=1"
	}
	return "NOT EXISTS (SELECT 1 FROM paused_queues z WHERE z.unit=h.unit)"
}

// Holds implements desk.Tx.
func (t *tx) Holds(ctx context.Context, by bot.StaffID) (n int, err error) {
	_, err = one(ctx, t.pool, []any{&n}, "SELECT COUNT(*) FROM handovers WHERE state='held' AND holder=?", string(by))
	return n, err
}

// SaveHandOver implements desk.Tx.
func (t *tx) SaveHandOver(ctx context.Context, h bot.HandOver) error {
	row := handoverRowOf(h)
	done := t.orm(ctx).Model(&handoverRow{}).Where("id = ?", row.ID).Select("*").Omit("id").Updates(&row)
	if done.Error == nil && done.RowsAffected == 0 {
		return storage.NotFound("chat", row.Chat)
	}
	if done.Error != nil || !h.Confidential {
		return done.Error
	}
	_, err := t.ExecContext(ctx, "UPDATE messages SET unit=?, confidential=? WHERE chat=? AND at>=? AND NOT confidential",
		row.Unit, true, row.Chat, row.At)
	return err
}

// Written implements desk.Tx. The line is found before it is put in order: for the newest of few PostgreSQL would walk all
// messages from the newest on, to the first one when the key is new.
func (t *tx) Written(ctx context.Context, key string) (bot.Message, error) {
	list, err := messages(t.orm(ctx).Where("id = (SELECT w.id FROM messages w WHERE w.job_key <> '' AND w.job_key = ? LIMIT 1)", key), 1)
	if err == nil && len(list) == 0 {
		err = storage.NotFound("message", key)
	}
	if err != nil {
		return bot.Message{}, err
	}
	return list[0], nil
}

// Mark implements desk.Tx.
func (t *tx) Mark(ctx context.Context, by bot.StaffID, chat bot.ChatKey, upTo int64) error {
	_, err := t.ExecContext(ctx, "INSERT INTO read_marks (staff, chat, up_to) VALUES (?,?,?) ON CONFLICT (staff, chat)"+
		" DO UPDATE SET up_to=excluded.up_to WHERE read_marks.up_to<excluded.up_to", string(by), string(chat), upTo)
	return err
}

// Keep implements desk.Tx.
func (t *tx) Keep(ctx context.Context, k desk.Kept) error {
	if k.Text == "" {
		_, err := t.ExecContext(ctx, "DELETE FROM kept_replies WHERE staff=? AND chat=? AND mode=?",
			string(k.Staff), string(k.Chat), k.Mode)
		return err
	}
	_, err := t.ExecContext(ctx, "INSERT INTO kept_replies (staff, chat, mode, text, at) VALUES (?,?,?,?,?)"+
		" ON CONFLICT (staff, chat, mode) DO UPDATE SET text=excluded.text, at=excluded.at",
		string(k.Staff), string(k.Chat), k.Mode, clean(k.Text), storage.Millis(k.At))
	return err
}

// nobody is a condition that no row fulfils.
const nobody = "1=0"

// sees is desk.Sees as a condition on the hand-over h.
func sees(by bot.Staff) (cond string, args []any) {
	if !desk.Looks(by) {
		return nobody, nil
	}
	cond = "(h.holder=? OR h.named=?"
	args = []any{string(by.ID), string(by.ID)}
	switch {
	case desk.Over(by):
		cond += " OR 1=1"
	case len(by.Units) > 0:
		cond += " OR h.unit IN " + tuple(len(by.Units))
		args = append(args, units(by)...)
	}
	cond += ")"
	if !by.Confidential {
		cond += " AND NOT h.confidential"
	}
	seen, who := unaccused("h", by)
	return cond + " AND " + seen, append(args, who)
}

// unaccused is the condition on a row called name with a chat: it complains about somebody else.
func unaccused(name string, by bot.Staff) (cond string, arg any) {
	return name + ".chat NOT IN (SELECT x.chat FROM accused x WHERE x.staff=?)", string(by.ID)
}

// reads is the condition on a row called name with a unit and confidentiality: what is confidential is read by the
// named handlers of its unit.
func reads(name string, by bot.Staff, also ...bot.UnitID) (cond string, args []any) {
	switch {
	case by.Confidential && desk.Over(by):
		return "1=1", nil
	case !by.Confidential || len(by.Units)+len(also) == 0:
		return "NOT " + name + ".confidential", nil
	}
	args = units(by)
	for _, unit := range also {
		args = append(args, string(unit))
	}
	return "(NOT " + name + ".confidential OR " + name + ".unit IN " + tuple(len(args)) + ")", args
}

func units(by bot.Staff) []any {
	list := make([]any, len(by.Units))
	for i, unit := range by.Units {
		list[i] = string(unit)
	}
	return list
}

// where joins conditions.
func where(conds ...string) string { return " WHERE " + strings.Join(conds, " AND ") }
