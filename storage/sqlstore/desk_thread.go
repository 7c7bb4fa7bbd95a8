package sqlstore

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"gorm.io/gorm"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/storage"
)

// Thread implements desk.Reads.
func (s *Store) Thread(ctx context.Context, by bot.Staff, chat bot.ChatKey, before int64, limit int) (desk.Thread, error) {
	row, err := s.Row(ctx, by, chat)
	if err != nil {
		return desk.Thread{}, err
	}
	th := desk.Thread{Row: row}
	list, err := s.handOvers(ctx, where(latestOf), string(chat))
	if err == nil && len(list) == 1 {
		th.HandOver = list[0]
		err = s.around(ctx, by, &th)
	}
	if err != nil {
		return desk.Thread{}, err
	}
	_, err = outside(ctx, s, func(db *gorm.DB) (struct{}, error) { return struct{}{}, s.lines(db, by, &th, before, limit) })
	return th, err
}

// around reads what stands beside the lines.
func (s *Store) around(ctx context.Context, by bot.Staff, th *desk.Thread) (err error) {
	chat := th.HandOver.Chat
	if th.Chat, err = s.ReadChat(ctx, chat); err != nil {
		return err
	}
	th.Chat.State = nil // where the member stands in a script is nobody's business
	if th.Collected, err = s.collected(ctx, by, th.HandOver); err != nil {
		return err
	}
	if th.LegalHold, err = s.LegalHold(ctx, chat); err != nil {
		return err
	}
	seen, args := sees(by)
	if th.Past, err = s.handOvers(ctx, where("h.chat=?", "h.state='ended'", seen)+" ORDER BY h.at DESC, h.id DESC LIMIT 20",
		append([]any{string(chat)}, args...)...); err != nil {
		return err
	}
	_, err = outside(ctx, s, func(db *gorm.DB) (struct{}, error) { return struct{}{}, s.known(db, by, th) })
	return err
}

// collected reads the form of a hand-over. One that has become confidential since is there for its readers alone.
func (s *Store) collected(ctx context.Context, by bot.Staff, h bot.HandOver) ([]bot.Piece, error) {
	cond, args := reads("m", by, h.Unit)
	hidden := 0
	err := s.guard(ctx, func() error {
		_, err := one(ctx, s.read(), []any{&hidden}, "SELECT 1 FROM messages m WHERE m.draft<>'' AND m.draft=? AND NOT ("+cond+") LIMIT 1",
			append([]any{string(h.Draft)}, args...)...)
		return err
	})
	if err != nil || hidden > 0 {
		return nil, err
	}
	draft, err := s.ReadDraft(ctx, h.Draft)
	return draft.Pieces, err
}

// shown is how many cases stand beside a thread.
const shown = 50

// known reads who the member is and his cases.
func (s *Store) known(db *gorm.DB, by bot.Staff, th *desk.Thread) error {
	m, err := s.oneMember(db.Where("id = ?", string(th.Chat.Member)), string(th.Chat.Member))
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return err
	}
	th.Member = m
	cond, args := reads("cases", by)
	open, who := unaccused("cases", by)
	cond, args = cond+" AND "+open, append(args, who)
	th.Cases, err = s.casesSeen(db, cases.Owner{Chat: th.HandOver.Chat, Member: th.Chat.Member}, shown, cond, args...)
	return err
}

// lines reads the record before an id, with what was logged by hand of its member, and whether there is more.
func (s *Store) lines(db *gorm.DB, by bot.Staff, th *desk.Thread, before int64, limit int) error {
	cond, args := reads("m", by, th.HandOver.Unit)
	rows, err := lineRows(db, th.HandOver.Chat, before, limit, cond, args)
	if err == nil && th.Chat.Member != "" {
		var logged []lineRow
		cond, args := reads("m", by)
		others, who := unaccused("m", by)
		logged, err = lineRows(db, members.LoggedOf(th.Chat.Member), before, limit, cond+" AND "+others, append(args, who))
		rows = append(rows, logged...)
	}
	if err != nil {
		return err
	}
	slices.SortFunc(rows, func(a, b lineRow) int { return cmp.Compare(a.Message.ID, b.Message.ID) })
	th.More = len(rows) > limit
	th.Lines, err = linesOf(db, rows[max(0, len(rows)-limit):])
	return err
}

// lineRows are the newest lines of a chat before an id, one more than the limit when there are more.
func lineRows(db *gorm.DB, chat bot.ChatKey, before int64, limit int, cond string, args []any) (rows []lineRow, err error) {
	if before > 0 {
		cond, args = cond+" AND m.id<?", append(args, before)
	}
	err = db.Raw(selectLines+" WHERE m.chat=? AND "+cond+" ORDER BY m.id DESC LIMIT "+strconv.Itoa(limit+1),
		append([]any{string(chat)}, args...)...).Scan(&rows).Error
	return rows, err
}

// lineRow is a message with the states of the jobs that send and change it.
type lineRow struct {
	Message                                messageRow `gorm:"embedded"`
	JobState, JobErr, AmendState, AmendErr string
}

const selectLines = "SELECT m.*, COALESCE(j.state, '') AS job_state, COALESCE(j.err, '') AS job_err," +
	" COALESCE(a.state, '') AS amend_state, COALESCE(a.err, '') AS amend_err" +
	" FROM messages m LEFT JOIN jobs j ON m.job_key<>'' AND j.key=m.job_key" +
	" LEFT JOIN jobs a ON m.amend_key<>'' AND a.key=m.amend_key"

func linesOf(db *gorm.DB, rows []lineRow) ([]desk.Line, error) {
	named := make([][]string, len(rows))
	for i, r := range rows {
		var err error
		if named[i], err = r.Message.ids(); err != nil {
			return nil, err
		}
	}
	known, err := files(db, slices.Concat(named...))
	list := make([]desk.Line, len(rows))
	for i, r := range rows {
		m := r.Message.message()
		list[i] = storage.Shown(r.Message.ID, m, storage.Carried{State: bot.JobState(r.JobState), Err: r.JobErr},
			storage.Carried{State: bot.JobState(r.AmendState), Err: r.AmendErr})
		for _, id := range named[i] {
			list[i].Files = append(list[i].Files, known[id])
		}
	}
	return list, err
}

// standing are the hand-overs that time may change, with who spoke last. An officer is whoever is neither the member
// nor the bot. The first condition is an index of SQLite's; PostgreSQL plans a hundred times worse when the states of the
// second are not spelt out.
const standing = "WITH s AS (SELECT h.*, c.rev, (SELECT o.id FROM messages o WHERE o.chat=h.chat AND o.direction='out'" +
	" AND o.author<>'bot' AND o.at>=h.at ORDER BY o.id DESC LIMIT 1) AS answer" +
	" FROM handovers h JOIN chats c ON c.key=h.chat" +
	" WHERE h.state<>'ended' AND (h.state IN ('held', 'snoozed') OR h.state='waiting' AND h.answered_at>0" +
	" OR h.state='waiting' AND h.named<>''))" +
	" SELECT " + handoverColumns + ", h.rev, COALESCE((SELECT o.at FROM messages o WHERE o.id=h.answer), 0)," +
	" COALESCE((SELECT i.at FROM messages i WHERE i.chat=h.chat AND i.direction='in' AND i.id>h.answer ORDER BY i.id LIMIT 1), 0)," +
	" COALESCE((SELECT i.at FROM messages i WHERE i.chat=h.chat AND i.direction='in' ORDER BY i.id DESC LIMIT 1), 0)," +
	" EXISTS (SELECT 1 FROM approvals p WHERE p.state='asked' AND p.chat=h.chat AND p.author=h.holder)" +
	" FROM s h ORDER BY h.at, h.id"

// Standing implements desk.Rounds.
func (s *Store) Standing(ctx context.Context) (list []desk.Standing, err error) {
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var r handoverRow
			var rev, officer, member, heard int64
			var held bool
			err := scan(append(r.scan(), &rev, &officer, &member, &heard, &held)...)
			list = append(list, desk.Standing{
				HandOver: r.handOver(), Rev: rev, OfficerAt: storage.Instant(officer), MemberAt: storage.Instant(member),
				HeardAt: storage.Instant(heard), Held: held,
			})
			return err
		}, standing)
	})
	return list, err
}

// Crowds implements desk.Rounds.
func (s *Store) Crowds(ctx context.Context) (list []desk.Crowd, err error) {
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var c desk.Crowd
			err := scan(&c.Unit, &c.Lang, &c.N)
			list = append(list, c)
			return err
		}, "SELECT unit, lang, COUNT(*) FROM handovers WHERE state='waiting' AND named='' GROUP BY unit, lang ORDER BY unit, lang")
	})
	return list, err
}

// Waiting implements desk.Rounds.
func (s *Store) Waiting(ctx context.Context, unit bot.UnitID, lang bot.Lang, limit int) ([]bot.ChatKey, error) {
	list, err := s.handOvers(ctx, where("h.state='waiting'", "h.named=''", "h.unit=?", "h.lang=?")+queueOrder+" LIMIT "+strconv.Itoa(limit),
		string(unit), string(lang))
	chats := make([]bot.ChatKey, len(list))
	for i, h := range list {
		chats[i] = h.Chat
	}
	return chats, err
}

// Handled implements desk.Rounds.
func (s *Store) Handled(ctx context.Context, unit bot.UnitID, limit int) ([]bot.HandOver, error) {
	return s.handOvers(ctx, where("h.state='ended'", "h.claimed_at>0", "h.unit=?")+" ORDER BY h.ended_at DESC LIMIT "+strconv.Itoa(limit),
		string(unit))
}
