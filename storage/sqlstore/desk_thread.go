package sqlstore

import (
	"context"
	"slices"
	"strconv"

	"gorm.io/gorm"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/desk"
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
	th.Lines, th.More, err = s.lines(ctx, by, th.HandOver, before, limit)
	return th, err
}

// around reads what stands beside the lines.
func (s *Store) around(ctx context.Context, by bot.Staff, th *desk.Thread) (err error) {
	chat := th.HandOver.Chat
	if th.Chat, err = s.ReadChat(ctx, chat); err != nil {
		return err
	}
	th.Chat.State = nil // where the member stands in a script is nobody's business
	draft, err := s.ReadDraft(ctx, th.HandOver.Draft)
	if err != nil {
		return err
	}
	th.Collected = draft.Pieces
	seen, args := sees(by)
	if th.Past, err = s.handOvers(ctx, where("h.chat=?", "h.state='ended'", seen)+" ORDER BY h.at DESC, h.id DESC LIMIT 20",
		append([]any{string(chat)}, args...)...); err != nil {
		return err
	}
	_, err = outside(ctx, s, func(db *gorm.DB) (struct{}, error) { return struct{}{}, s.known(db, by, th) })
	return err
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
	th.Cases, err = s.casesSeen(db, cases.Owner{Chat: th.HandOver.Chat, Member: th.Chat.Member}, shown, cond, args...)
	return err
}

// lines reads the record before an id, and whether there is more.
func (s *Store) lines(ctx context.Context, by bot.Staff, h bot.HandOver, before int64, limit int) (list []desk.Line, more bool, err error) {
	cond, args := reads("m", by, h.Unit)
	if before > 0 {
		cond, args = cond+" AND m.id<?", append(args, before)
	}
	_, err = outside(ctx, s, func(db *gorm.DB) (struct{}, error) {
		var rows []lineRow
		err := db.Raw("SELECT m.*, COALESCE(j.state, '') AS job_state FROM messages m LEFT JOIN jobs j ON m.job_key<>'' AND j.key=m.job_key"+
			" WHERE m.chat=? AND "+cond+" ORDER BY m.id DESC LIMIT "+strconv.Itoa(limit+1),
			append([]any{string(h.Chat)}, args...)...).Scan(&rows).Error
		if err != nil {
			return struct{}{}, err
		}
		more = len(rows) > limit
		rows = rows[:min(limit, len(rows))]
		slices.Reverse(rows)
		list, err = linesOf(db, rows)
		return struct{}{}, err
	})
	return list, more, err
}

// lineRow is a message with the state of the job that sends it.
type lineRow struct {
	Message  messageRow `gorm:"embedded"`
	JobState string
}

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
		list[i] = desk.Line{ID: r.Message.ID, Message: m, Sent: storage.SentState(m, bot.JobState(r.JobState))}
		for _, id := range named[i] {
			list[i].Files = append(list[i].Files, known[id])
		}
	}
	return list, err
}

// standing are the hand-overs that time may change, with who spoke last. An officer is whoever is neither the member
// nor the bot.
const standing = "WITH s AS (SELECT h.*, c.rev, (SELECT o.id FROM messages o WHERE o.chat=h.chat AND o.direction='out'" +
	" AND o.author<>'bot' AND o.at>=h.at ORDER BY o.id DESC LIMIT 1) AS answer" +
	" FROM handovers h JOIN chats c ON c.key=h.chat WHERE h.state IN ('held', 'snoozed')" +
	" OR h.state='waiting' AND h.answered_at>0)" +
	" SELECT " + handoverColumns + ", h.rev, COALESCE((SELECT o.at FROM messages o WHERE o.id=h.answer), 0)," +
	" COALESCE((SELECT i.at FROM messages i WHERE i.chat=h.chat AND i.direction='in' AND i.id>h.answer ORDER BY i.id LIMIT 1), 0)," +
	" COALESCE((SELECT i.at FROM messages i WHERE i.chat=h.chat AND i.direction='in' ORDER BY i.id DESC LIMIT 1), 0)" +
	" FROM s h ORDER BY h.at, h.id"

// Standing implements desk.Rounds.
func (s *Store) Standing(ctx context.Context) (list []desk.Standing, err error) {
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var r handoverRow
			var rev, officer, member, heard int64
			err := scan(append(r.scan(), &rev, &officer, &member, &heard)...)
			list = append(list, desk.Standing{
				HandOver: r.handOver(), Rev: rev, OfficerAt: storage.Instant(officer), MemberAt: storage.Instant(member),
				HeardAt: storage.Instant(heard),
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
