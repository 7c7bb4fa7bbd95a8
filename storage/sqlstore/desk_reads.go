package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/desk"
	"javab/storage"
)

// queueOrder is the order of the queue, as its indexes have it.
const queueOrder = " ORDER BY h.due_at, h.priority DESC, h.at, h.id"

// order is how the rows of a tab follow one another: by three numbers, then by id. The cursor of a row is these four, so
// that a next page begins behind the row whatever has come and gone before it.
type order struct {
	by   [3]string
	page string // the same, as a page is read
}

var (
	inQueue = order{[3]string{"h.due_at", "-h.priority", "h.at"}, queueOrder}
	// The officer's own chats: where the member wrote last comes first.
	byHeard = order{[3]string{
		"-COALESCE((SELECT x.id FROM messages x WHERE x.chat=h.chat AND x.direction='in' ORDER BY x.id DESC LIMIT 1), 0)", "0", "0",
	}, " ORDER BY p0, h.id"}
)

// rows are the hand-overs with their place.
func (o order) rows() string {
	return "SELECT h.*, " + o.by[0] + " AS p0, " + o.by[1] + " AS p1, " + o.by[2] + " AS p2 FROM handovers h"
}

func (o order) after() string { return "(" + strings.Join(o.by[:], ", ") + ", h.id) > (?, ?, ?, ?)" }

// Inbox implements desk.Reads.
func (s *Store) Inbox(ctx context.Context, q desk.Query) ([]desk.Row, error) {
	seen, args := sees(q.By)
	conds, follows := []string{seen}, inQueue
	switch q.Tab {
	case desk.TabWaiting:
		conds = append(conds, "h.state='waiting'")
	case desk.TabMine:
		conds, follows = append(conds, "h.state='held' AND h.holder=?"), byHeard
		args = append(args, string(q.By.ID))
	case desk.TabSnoozed:
		conds = append(conds, "h.state='snoozed' AND h.holder=?")
		args = append(args, string(q.By.ID))
	default:
		conds = append(conds, "h.state<>'ended'")
	}
	if q.Unit != "" {
		conds, args = append(conds, "h.unit=?"), append(args, string(q.Unit))
	}
	if q.After != "" {
		after, err := cursor(q.After)
		if err != nil {
			return nil, err
		}
		conds, args = append(conds, follows.after()), append(args, after...)
	}
	page := follows.rows() + where(conds...) + follows.page + " LIMIT " + strconv.Itoa(q.Limit)
	return s.rowsOf(ctx, q.By, page, args)
}

// cursor reads a Cursor back.
func cursor(s string) ([]any, error) {
	parts := strings.SplitN(s, "~", 4)
	var numbers [3]int64
	for i := range numbers {
		n, err := strconv.ParseInt(parts[min(i, len(parts)-1)], 36, 64)
		if err != nil || len(parts) != 4 {
			return nil, &bot.Error{Kind: bot.Invalid, Key: "desk_cursor"}
		}
		numbers[i] = n
	}
	return []any{numbers[0], numbers[1], numbers[2], parts[3]}, nil
}

func cursorOf(place [3]int64, id string) string {
	number := func(n int64) string { return strconv.FormatInt(n, 36) }
	return strings.Join([]string{number(place[0]), number(place[1]), number(place[2]), id}, "~")
}

// between stands between the messages that a row has joined; no text has it.
const between = "\x1f"

// rowsOf makes rows of the hand-overs of a page: what each needs beside is read for these alone.
func (s *Store) rowsOf(ctx context.Context, by bot.Staff, page string, args []any) ([]desk.Row, error) {
	lastRead, lastArgs := reads("x", by)
	newRead, newArgs := reads("u", by)
	saidRead, saidArgs := reads("y", by)
	query := "WITH h AS (" + page + ") SELECT " + handoverColumns + ", c.rev, c.lang, COALESCE(NULLIF(m.name, ''), h.name)," +
		" COALESCE(m.key_account, FALSE), COALESCE(l.text, ''), COALESCE(l.author, ''), COALESCE(l.at, 0)," +
		" (SELECT COUNT(*) FROM messages u WHERE u.chat=h.chat AND u.direction='in' AND u.id>COALESCE(r.up_to, 0)" +
		" AND u.at>=h.at AND " + newRead + ")," +
		" COALESCE((SELECT string_agg(s.text, CAST(? AS TEXT) ORDER BY s.id DESC) FROM (SELECT y.id, y.text FROM messages y" +
		" WHERE y.chat=h.chat AND y.direction='in' AND y.kind<>'press' AND y.at>=h.at AND " + saidRead +
		" ORDER BY y.id DESC LIMIT " + strconv.Itoa(desk.RecentLines) + ") s), '')" +
		", COALESCE(z.staff, ''), COALESCE(z.reason, ''), h.p0, h.p1, h.p2 FROM h JOIN chats c ON c.key=h.chat" +
		" LEFT JOIN members m ON m.id=c.member AND c.member<>'' LEFT JOIN paused_queues z ON z.unit=h.unit AND h.state='waiting'" +
		" LEFT JOIN read_marks r ON r.staff=? AND r.chat=h.chat" +
		" LEFT JOIN messages l ON l.id=(SELECT x.id FROM messages x WHERE x.chat=h.chat AND x.direction<>'note'" +
		" AND x.author<>'bot' AND x.kind<>'press' AND " + lastRead +
		" ORDER BY x.id DESC LIMIT 1) ORDER BY h.p0, h.p1, h.p2, h.id"
	args = slices.Concat(args, newArgs, []any{between}, saidArgs, []any{string(by.ID)}, lastArgs)
	var list []desk.Row
	err := s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var h handoverRow
			var r desk.Row
			var lastAt int64
			var recent string
			var place [3]int64
			err := scan(append(h.scan(), &r.Rev, &r.Lang, &r.Name, &r.KeyAccount, &r.LastText, &r.LastBy, &lastAt, &r.Unread, &recent,
				&r.PausedBy, &r.PausedWhy, &place[0], &place[1], &place[2])...)
			r.LastAt, r.Cursor = storage.Instant(lastAt), cursorOf(place, h.ID)
			if recent != "" {
				r.Recent = strings.Split(recent, between)
			}
			list = append(list, rowOf(r, h))
			return err
		}, query, args...)
	})
	return list, err
}

// rowOf fills in what the hand-over itself says.
func rowOf(r desk.Row, row handoverRow) desk.Row {
	h := row.handOver()
	r.Chat, r.Unit, r.Topic, r.Reason, r.State, r.Holder, r.Named = h.Chat, h.Unit, h.Topic, h.Reason, h.State, h.Holder, h.Named
	r.Priority, r.Confidential, r.DueAt, r.At, r.SnoozedUntil = h.Priority, h.Confidential, h.DueAt, h.At, h.SnoozedUntil
	return r
}

// Tabs implements desk.Reads.
func (s *Store) Tabs(ctx context.Context, by bot.Staff, now time.Time) (tabs desk.Tabs, err error) {
	seen, args := sees(by)
	count := func(cond string) string { return "COALESCE(SUM(CASE WHEN " + cond + " THEN 1 ELSE 0 END), 0)" }
	query := "SELECT " + count("h.state='waiting'") + ", " + count("h.state='held' AND h.holder=?") + ", COUNT(*), " +
		count("h.state='snoozed' AND h.holder=?") + " FROM handovers h" + where("h.state<>'ended'", seen)
	args = append([]any{string(by.ID), string(by.ID)}, args...)
	err = s.guard(ctx, func() error {
		_, err := one(ctx, s.read(), []any{&tabs.Waiting, &tabs.Mine, &tabs.All, &tabs.Snoozed}, query, args...)
		if err == nil {
			tabs.ClosedToday, err = s.closed(ctx, by, desk.Today(now))
		}
		return err
	})
	return tabs, err
}

// closed counts the hand-overs that people have ended since an instant.
func (s *Store) closed(ctx context.Context, by bot.Staff, since time.Time) (n int, err error) {
	seen, args := sees(by)
	_, err = one(ctx, s.read(), []any{&n}, "SELECT COUNT(*) FROM handovers h"+
		where("h.state='ended'", "h.claimed_at>0", "h.ended_at>=?", seen), append([]any{storage.Millis(since)}, args...)...)
	return n, err
}

// latestOf is the chat's hand-over that its page shows: the running one, else the last. Only this one is asked whether
// it may be seen: an older one opens no door to a chat that is confidential now.
const latestOf = "h.id=(SELECT p.id FROM handovers p WHERE p.chat=? ORDER BY CASE WHEN p.state='ended' THEN 1 ELSE 0 END," +
	" p.at DESC, p.id DESC LIMIT 1)"

// Row implements desk.Reads.
func (s *Store) Row(ctx context.Context, by bot.Staff, chat bot.ChatKey) (desk.Row, error) {
	seen, args := sees(by)
	page := inQueue.rows() + where(latestOf, seen)
	rows, err := s.rowsOf(ctx, by, page, append([]any{string(chat)}, args...))
	if err == nil && len(rows) == 0 {
		err = storage.NotFound("chat", string(chat))
	}
	if err != nil {
		return desk.Row{}, err
	}
	return rows[0], nil
}

// handOvers reads hand-overs.
func (s *Store) handOvers(ctx context.Context, tail string, args ...any) (list []bot.HandOver, err error) {
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var r handoverRow
			err := scan(r.scan()...)
			list = append(list, r.handOver())
			return err
		}, "SELECT "+handoverColumns+" FROM handovers h"+tail, args...)
	})
	return list, err
}

// Live implements desk.Reads.
func (s *Store) Live(ctx context.Context, by bot.Staff, now time.Time) (list []desk.Load, err error) {
	seen, args := sees(by)
	query := "SELECT h.unit, h.holder, SUM(CASE WHEN h.state='waiting' THEN 1 ELSE 0 END)," +
		" SUM(CASE WHEN h.state='waiting' AND h.due_at<? THEN 1 ELSE 0 END), SUM(CASE WHEN h.state='held' THEN 1 ELSE 0 END)," +
		" SUM(CASE WHEN h.state='snoozed' THEN 1 ELSE 0 END), COALESCE(MIN(CASE WHEN h.state='waiting' THEN h.at END), 0)" +
		" FROM handovers h" + where("h.state<>'ended'", seen) + " GROUP BY h.unit, h.holder ORDER BY h.unit, h.holder"
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var l desk.Load
			var oldest int64
			err := scan(&l.Unit, &l.Staff, &l.Waiting, &l.Late, &l.Held, &l.Snoozed, &oldest)
			l.Oldest = storage.Instant(oldest)
			list = append(list, l)
			return err
		}, query, append([]any{storage.Millis(now)}, args...)...)
	})
	return list, err
}

// Kept implements desk.Reads.
func (s *Store) Kept(ctx context.Context, by bot.StaffID, chat bot.ChatKey) (reply, note string, err error) {
	err = s.guard(ctx, func() error {
		reply, note = "", ""
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var mode, text string
			err := scan(&mode, &text)
			switch mode {
			case desk.ModeReply:
				reply = text
			case desk.ModeNote:
				note = text
			default:
				err = fmt.Errorf("kept text of mode %q", mode)
			}
			return err
		}, "SELECT mode, text FROM kept_replies WHERE staff=? AND chat=?", string(by), string(chat))
	})
	return reply, note, err
}
