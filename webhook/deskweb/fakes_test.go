package deskweb

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/desk"
)

// noon is Saturday 2026-11-21, 10:49 in Tehran.
var noon = time.Date(2026, time.November, 21, 7, 19, 0, 0, time.UTC)

// room is testdata/room.yaml.
type room struct {
	Staff []string
	Rows  []struct {
		Chat, Name, Lang, Topic, Reason, Last string
		Due, Unread, Holder                   int
		Key, Confidential                     bool
	}
	Topics, Units map[string]bot.Text
	Flow          bot.Text
	Lines         []struct {
		By, Text, Sent, File, Act string
		Ago                       int
		Note                      bool
	}
	Facts   map[string]string
	Company string
	Replies []struct {
		ID, Topic   string
		Title, Text bot.Text
	}
	Guide         bot.Text
	Steps, Fields map[string]bot.Text
}

// fake is the desk behind the pages: it shows the room and notes what it is asked to do.
type fake struct {
	room   room
	now    func() time.Time
	mu     sync.Mutex
	done   []string // what was done, in words
	deny   error    // the answer to every act
	reads  error    // the answer to every question
	kept   [2]string
	hidden map[bot.ChatKey]bool
	lying  map[string]bot.File // files that lines name
	bodies map[string]string
	alter  func([]desk.Line) // what a test makes of the lines
	held   map[bot.ChatKey]bot.StaffID
	ready  string // the ready reply that was sent last
	more   []bot.Case
	muted  time.Time
	legal  bool                  // nothing of the chats is erased
	upset  bool                  // everybody is
	about  []bot.StaffID         // whom the chats complain about
	change func(*desk.Row)       // what a test makes of the rows
	gone   map[bot.ChatKey]error // the answer to acts on these chats
	closed int                   // chats today
	paused []desk.Pause
	asked  []bot.Approval // that chats wait for
}

func (f *fake) did(format string, args ...any) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.deny == nil {
		f.done = append(f.done, fmt.Sprintf(format, args...))
	}
	return f.deny
}

func (f *fake) Claim(_ context.Context, by bot.Staff, chat bot.ChatKey) error {
	return f.did("%s claims %s", by.ID, chat)
}

func (f *fake) TakeOver(_ context.Context, by bot.Staff, chat bot.ChatKey, why string) error {
	return f.did("%s takes %s over: %s", by.ID, chat, why)
}

func (f *fake) Transfer(_ context.Context, by bot.Staff, chat bot.ChatKey, to desk.To) error {
	if err := f.gone[chat]; err != nil {
		return err
	}
	return f.did("%s transfers %s to %q %q: %s", by.ID, chat, to.Unit, to.Staff, to.Reason)
}

func (f *fake) Release(_ context.Context, by bot.Staff, chat bot.ChatKey, _ string) error {
	return f.did("%s releases %s", by.ID, chat)
}

func (f *fake) Close(_ context.Context, by bot.Staff, chat bot.ChatKey, e desk.Ending) error {
	return f.did("%s closes %s: %s %v", by.ID, chat, e.Outcome, e.Greet)
}

func (f *fake) Edit(_ context.Context, by bot.Staff, chat bot.ChatKey, c desk.Change) error {
	if err := f.heed(c.Text, c.Sure); err != nil {
		return err
	}
	return f.did("%s edits %d of %s: %s", by.ID, c.Line, chat, c.Text)
}

func (f *fake) Delete(_ context.Context, by bot.Staff, chat bot.ChatKey, line int64) error {
	return f.did("%s deletes %d of %s", by.ID, line, chat)
}

func (f *fake) Retry(_ context.Context, by bot.Staff, chat bot.ChatKey, line int64) error {
	return f.did("%s sends %d of %s again", by.ID, line, chat)
}

func (f *fake) Reply(_ context.Context, by bot.Staff, chat bot.ChatKey, r desk.Reply) error {
	if err := f.heed(r.Text, r.Sure); err != nil {
		return err
	}
	if len(r.Files) > 0 {
		return f.did("%s replies in %s: %s %s %s", by.ID, chat, r.ID, r.Text, f.spell(r.Files))
	}
	f.ready = r.Ready
	return f.did("%s replies in %s: %s %s", by.ID, chat, r.ID, r.Text)
}

// heed holds words back of which hints were not seen.
func (f *fake) heed(words string, seen []desk.Hint) error {
	for _, h := range f.Hints(words) {
		if !slices.Contains(seen, h) {
			return &bot.Error{Kind: bot.Invalid, Key: "desk_hint"}
		}
	}
	return nil
}

func (f *fake) Note(_ context.Context, by bot.Staff, chat bot.ChatKey, n desk.Note) error {
	return f.did("%s notes in %s: %s %s %v", by.ID, chat, n.ID, n.Text, n.Mentions)
}

func (f *fake) Keep(_ context.Context, by bot.Staff, chat bot.ChatKey, mode, text string) error {
	return f.did("%s keeps a %s in %s: %s", by.ID, mode, chat, text)
}

func (f *fake) Seen(_ context.Context, by bot.Staff, chat bot.ChatKey, upTo int64) error {
	return f.did("%s has read %s up to %d", by.ID, chat, upTo)
}

func (f *fake) Snooze(_ context.Context, by bot.Staff, chat bot.ChatKey, until time.Time) error {
	return f.did("%s snoozes %s until %s", by.ID, chat, until.UTC().Format(time.DateTime))
}

func (f *fake) Status(_ context.Context, by bot.Staff, s bot.StaffStatus) error {
	return f.did("%s is %s", by.ID, s)
}

func (f *fake) row(i int) desk.Row {
	r := f.room.Rows[i]
	row := desk.Row{
		Chat: bot.ChatKey(r.Chat), Rev: 1, Name: r.Name, Lang: bot.Lang(r.Lang), Unit: "member_relations", Topic: r.Topic, Reason: r.Reason,
		State: bot.HandOverWaiting, KeyAccount: r.Key, Confidential: r.Confidential, At: f.now().Add(-time.Hour),
		LastText: r.Last, LastBy: bot.ByMember, LastAt: f.now(), Unread: r.Unread, Upset: f.upset, Cursor: fmt.Sprint(i),
	}
	if r.Due != 0 {
		row.DueAt = f.now().Add(time.Duration(r.Due) * time.Minute)
	}
	row.Holder = f.held[row.Chat]
	if r.Holder != 0 {
		row.Holder = bot.StaffID(fmt.Sprint(r.Holder))
	}
	if row.Holder != "" {
		row.State = bot.HandOverHeld
	}
	if f.change != nil {
		f.change(&row)
	}
	return row
}

func (f *fake) Inbox(_ context.Context, q desk.Query) ([]desk.Row, error) {
	var rows []desk.Row
	for i := range f.room.Rows {
		if r := f.row(i); !f.hidden[r.Chat] && q.After == "" && (q.Unit == "" || q.Unit == r.Unit) && (q.Tab == desk.TabWaiting || stands(r, q.By, q.Tab)) && len(rows) < q.Limit {
			rows = append(rows, r)
		}
	}
	return rows, f.reads
}

func (f *fake) Tabs(context.Context, bot.Staff, time.Time) (desk.Tabs, error) {
	return desk.Tabs{Waiting: len(f.room.Rows), Mine: 3, All: 12, Snoozed: 1, ClosedToday: f.closed}, f.reads
}

func (f *fake) Row(_ context.Context, _ bot.Staff, chat bot.ChatKey) (desk.Row, error) {
	for i := range f.room.Rows {
		if r := f.row(i); r.Chat == chat && !f.hidden[chat] {
			return r, f.reads
		}
	}
	return desk.Row{}, &bot.Error{Kind: bot.NotFound, Key: "chat_not_found", Params: map[string]string{"id": string(chat)}}
}

func (f *fake) Thread(ctx context.Context, by bot.Staff, chat bot.ChatKey, before int64, _ int) (desk.Thread, error) {
	row, err := f.Row(ctx, by, chat)
	if err != nil {
		return desk.Thread{}, err
	}
	t := desk.Thread{
		Row: row, Chat: bot.Chat{Key: chat, Lang: row.Lang, MutedUntil: f.muted}, LegalHold: f.legal, More: before == 0 && chat == "tg:b:5",
		HandOver: bot.HandOver{
			Chat: chat, Unit: row.Unit, Topic: row.Topic, Name: row.Name, Flow: "renewal", Step: "show_dues", Bundle: 7, Reason: row.Reason, State: row.State, Holder: row.Holder, About: f.about,
		},
		Member: bot.Member{
			ID: "m1", Name: row.Name, Company: f.room.Company, Phone: "+989121234567", Verified: true, NationalID: "0012345679", MembershipNo: "10101234",
		},
		Past:  []bot.HandOver{{Reason: "asked", Outcome: "solved", EndedAt: f.now().AddDate(0, -1, 0)}},
		Cases: append([]bot.Case{{Number: bot.CaseNumber{Year: 1405, Seq: 123}, State: bot.InWork, DueAt: f.now().Add(50 * time.Hour)}}, f.more...),
	}
	for name, text := range f.room.Facts {
		t.Collected = append(t.Collected, bot.Piece{Field: name, Text: text})
	}
	slices.SortFunc(t.Collected, func(a, b bot.Piece) int { return strings.Compare(a.Field, b.Field) })
	t.Lines = f.lines(chat)
	return t, f.reads
}

func (f *fake) lines(chat bot.ChatKey) []desk.Line {
	var lines []desk.Line
	for i, l := range f.room.Lines {
		m := bot.Message{Chat: chat, Direction: bot.Out, Author: bot.Author(l.By), Kind: bot.KindText, Text: l.Text, At: f.now().Add(-time.Duration(l.Ago) * time.Minute)}
		switch {
		case l.Act != "":
			m.Direction, m.Flow, m.Step = bot.Note, desk.NoteFlow, l.Act
		case l.Note:
			m.Direction = bot.Note
		case l.By == "member":
			m.Direction = bot.In
		}
		if l.File != "" {
			m.Kind, m.Files = bot.KindFile, []bot.File{{Kind: "photo", Name: l.File, Size: 214_000}}
		}
		lines = append(lines, desk.Line{ID: int64(100 + i), Message: m, Sent: desk.SentState(l.Sent)})
	}
	if f.alter != nil {
		f.alter(lines)
	}
	return lines
}

func (f *fake) Kept(context.Context, bot.StaffID, bot.ChatKey) (reply, note string, err error) {
	return f.kept[0], f.kept[1], f.reads
}

func (f *fake) AllStaff(context.Context) ([]bot.Staff, error) {
	var all []bot.Staff
	for i, name := range f.room.Staff {
		all = append(all, bot.Staff{
			ID: bot.StaffID(fmt.Sprint(i + 1)), Name: name, Role: bot.RoleOfficer, Units: []bot.UnitID{"member_relations"}, Capacity: 6,
			Status: []bot.StaffStatus{bot.Available, bot.OnBreak}[i%2], SeenAt: f.now().Add(-time.Duration(i) * 2 * time.Minute),
		})
	}
	return all, f.reads
}

func (f *fake) Accuse(_ context.Context, by bot.Staff, chat bot.ChatKey, who bot.StaffID, why string) error {
	return f.did("%s says that %s is about %s: %s", by.ID, chat, who, why)
}

func (f *fake) Absolve(_ context.Context, by bot.Staff, chat bot.ChatKey, who bot.StaffID, why string) error {
	return f.did("%s says that %s is not about %s: %s", by.ID, chat, who, why)
}

func (f *fake) Assign(_ context.Context, by bot.Staff, chat bot.ChatKey, to bot.StaffID, why string) error {
	return f.did("%s assigns %s to %s: %s", by.ID, chat, to, why)
}

func (f *fake) StatusOf(_ context.Context, by bot.Staff, who bot.StaffID, s bot.StaffStatus, why string) error {
	return f.did("%s sets %s to %s: %s", by.ID, who, s, why)
}

func (f *fake) Pause(_ context.Context, by bot.Staff, unit bot.UnitID, why string) error {
	return f.did("%s pauses %s: %s", by.ID, unit, why)
}

func (f *fake) Resume(_ context.Context, by bot.Staff, unit bot.UnitID, why string) error {
	return f.did("%s resumes %s: %s", by.ID, unit, why)
}

func (f *fake) Pauses(context.Context) ([]desk.Pause, error) { return f.paused, f.reads }

func (f *fake) Live(context.Context, bot.Staff, time.Time) ([]desk.Load, error) {
	return []desk.Load{
		{Unit: "member_relations", Waiting: 6, Late: 1, Snoozed: 1, Oldest: f.now().Add(-23 * time.Minute)},
		{Unit: "member_relations", Staff: "1", Held: 3},
		{Unit: "member_relations", Staff: "2", Held: 1},
		{Unit: "membership_renewal", Waiting: 2, Oldest: f.now().Add(-3 * time.Hour)},
		{Unit: "membership_renewal", Staff: "1", Held: 3},
	}, f.reads
}

func (f *fake) Units() []bot.UnitID {
	return []bot.UnitID{"member_relations", "membership_renewal", "finance"}
}

func (f *fake) Unit(id bot.UnitID, lang bot.Lang) string { return f.room.Units[string(id)].In(lang) }
func (f *fake) Topic(topic string, lang bot.Lang) string { return f.room.Topics[topic].In(lang) }
func (f *fake) Flow(_ string, lang bot.Lang) string      { return f.room.Flow.In(lang) }

func (f *fake) asking(context.Context, bot.ChatKey) ([]bot.Approval, error) { return f.asked, f.reads }
