package memstore

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/storage"
)

// Inbox implements desk.Reads.
func (s *Store) Inbox(_ context.Context, q desk.Query) ([]desk.Row, error) {
	after, err := placeOf(q.After)
	if err != nil {
		return nil, err
	}
	return locked(s, func(t *tx) (rows []desk.Row) {
		list := map[place]bot.HandOver{}
		for h := range t.unended() {
			at := t.place(q.Tab, h)
			if desk.Sees(q.By, h) && on(q.Tab, q.By, h) && (q.Unit == "" || h.Unit == q.Unit) && (q.After == "" || at.compare(after) > 0) {
				list[at] = h
			}
		}
		places := slices.SortedFunc(maps.Keys(list), place.compare)
		for _, at := range places[:min(q.Limit, len(places))] {
			row := t.row(q.By, list[at])
			row.Cursor = at.String()
			rows = append(rows, row)
		}
		return rows
	}), nil
}

// place is where a row stands in its tab: by three numbers, then by id. It is the row's cursor, so that a next page begins
// behind the row whatever has come and gone before it.
type place struct {
	by [3]int64
	id string
}

// place is that of the queue; of the officer's own chats the one where the member wrote last comes first.
func (t *tx) place(tab desk.Tab, h bot.HandOver) place {
	if tab == desk.TabMine {
		return place{[3]int64{-t.heard(h.Chat)}, h.ID}
	}
	return place{[3]int64{storage.Millis(h.DueAt), -int64(h.Priority), storage.Millis(h.At)}, h.ID}
}

func (p place) compare(q place) int {
	return cmp.Or(slices.Compare(p.by[:], q.by[:]), cmp.Compare(p.id, q.id))
}

func (p place) String() string { return fmt.Sprintf("%d~%d~%d~%s", p.by[0], p.by[1], p.by[2], p.id) }

// placeOf reads a cursor back; the empty one is before all.
func placeOf(cursor string) (p place, err error) {
	if cursor == "" {
		return p, nil
	}
	if _, err := fmt.Sscanf(cursor, "%d~%d~%d~%s", &p.by[0], &p.by[1], &p.by[2], &p.id); err != nil {
		return p, &bot.Error{Kind: bot.Invalid, Key: "desk_cursor", Err: err}
	}
	return p, nil
}

func on(tab desk.Tab, by bot.Staff, h bot.HandOver) bool {
	switch tab {
	case desk.TabWaiting:
		return h.State == bot.HandOverWaiting
	case desk.TabMine:
		return h.State == bot.HandOverHeld && h.Holder == by.ID
	case desk.TabSnoozed:
		return h.State == bot.HandOverSnoozed && h.Holder == by.ID
	default:
		return true
	}
}

// heard is the id of the member's last message.
func (d *data) heard(chat bot.ChatKey) (last int64) {
	for id, m := range d.messages {
		if m.Chat == chat && m.Direction == bot.In {
			last = max(last, id)
		}
	}
	return last
}

// readable reports whether somebody may read a line or a case: what is confidential is for the named handlers of its unit.
func readable(by bot.Staff, unit bot.UnitID, confidential bool, also ...bot.UnitID) bool {
	return !confidential || by.Confidential && (desk.Over(by) || slices.Contains(by.Units, unit) || slices.Contains(also, unit))
}

func (t *tx) row(by bot.Staff, h bot.HandOver) desk.Row {
	chat := t.chats[h.Chat]
	m := t.members[chat.Member]
	r := desk.Row{
		Chat: h.Chat, Rev: chat.Rev, Name: cmp.Or(m.Name, h.Name), Lang: chat.Lang, Unit: h.Unit, Topic: h.Topic, Reason: h.Reason,
		State: h.State, Holder: h.Holder, Named: h.Named, Priority: h.Priority, KeyAccount: m.KeyAccount,
		Confidential: h.Confidential, DueAt: h.DueAt, At: h.At, SnoozedUntil: h.SnoozedUntil,
	}
	if h.State == bot.HandOverWaiting {
		r.PausedBy, r.PausedWhy = t.paused[h.Unit].By, t.paused[h.Unit].Reason
	}
	for id, line := range ordered(t.messages) {
		if line.Chat != h.Chat || line.Direction == bot.Note || !readable(by, line.Unit, line.Confidential) {
			continue
		}
		if line.Author != bot.ByBot && line.Kind != bot.KindPress {
			r.LastText, r.LastBy, r.LastAt = line.Text, line.Author, line.At
		}
		if line.Direction == bot.In && id > t.marks[mark{by.ID, h.Chat}] && !line.At.Before(h.At) {
			r.Unread++
		}
		if line.Direction == bot.In && line.Kind != bot.KindPress && !line.At.Before(h.At) {
			r.Recent = slices.Insert(r.Recent, 0, line.Text)
		}
	}
	r.Recent = r.Recent[:min(len(r.Recent), desk.RecentLines)]
	return r
}

// Tabs implements desk.Reads.
func (s *Store) Tabs(_ context.Context, by bot.Staff, now time.Time) (desk.Tabs, error) {
	return locked(s, func(t *tx) (tabs desk.Tabs) {
		for h := range t.unended() {
			if !desk.Sees(by, h) {
				continue
			}
			for tab, n := range map[desk.Tab]*int{
				desk.TabWaiting: &tabs.Waiting, desk.TabMine: &tabs.Mine, desk.TabAll: &tabs.All, desk.TabSnoozed: &tabs.Snoozed,
			} {
				if on(tab, by, h) {
					*n++
				}
			}
		}
		for id, h := range t.hands {
			if h.State == bot.HandOverEnded && !h.ClaimedAt.IsZero() && !h.EndedAt.Before(desk.Today(now)) && desk.Sees(by, t.hand(id)) {
				tabs.ClosedToday++
			}
		}
		return tabs
	}), nil
}

// latest is the chat's hand-over that its page shows: the running one, else the last.
func (d *data) latest(chat bot.ChatKey) (bot.HandOver, bool) {
	if id, runs := d.running[chat]; runs {
		return d.hand(id), true
	}
	past := d.past(chat)
	if len(past) == 0 {
		return bot.HandOver{}, false
	}
	return past[0], true
}

// past are the chat's hand-overs that are over, newest first.
func (d *data) past(chat bot.ChatKey) (list []bot.HandOver) {
	for id, h := range d.hands {
		if h.Chat == chat && h.State == bot.HandOverEnded {
			list = append(list, d.hand(id))
		}
	}
	slices.SortFunc(list, func(a, b bot.HandOver) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) })
	return list
}

// Row implements desk.Reads.
func (s *Store) Row(ctx context.Context, by bot.Staff, chat bot.ChatKey) (desk.Row, error) {
	th, err := s.Thread(ctx, by, chat, 0, 0)
	return th.Row, err
}

// Thread implements desk.Reads.
func (s *Store) Thread(_ context.Context, by bot.Staff, chat bot.ChatKey, before int64, limit int) (desk.Thread, error) {
	th := locked(s, func(t *tx) *desk.Thread {
		h, known := t.latest(chat)
		if !known || !desk.Sees(by, h) {
			return nil
		}
		th := &desk.Thread{Row: t.row(by, h), HandOver: h, Chat: rowOfChat(t.chats[chat])}
		th.Chat.State = nil
		th.Member = rowOfMember(t.members[th.Chat.Member])
		th.Collected = t.collected(by, h)
		th.LegalHold = t.held[chat]
		th.Past = slices.DeleteFunc(t.past(chat), func(h bot.HandOver) bool { return !desk.Sees(by, h) })
		owner := cases.Owner{Chat: chat, Member: th.Chat.Member}
		th.Cases = t.casesOf(50, func(c bot.Case) bool {
			return readable(by, c.Unit, c.Confidential) && !t.accused[mark{by.ID, c.Chat}] && (c.Member == "" && c.Chat == owner.Chat || c.Member != "" && c.Member == owner.Member)
		})
		th.Lines, th.More = t.lines(by, th, before, limit)
		return th
	})
	if th == nil {
		return desk.Thread{}, storage.NotFound("chat", string(chat))
	}
	return *th, nil
}

// collected is the form of a hand-over. One that has become confidential since is there for its readers alone.
func (t *tx) collected(by bot.Staff, h bot.HandOver) []bot.Piece {
	for _, m := range t.messages {
		if m.Draft == h.Draft && h.Draft != "" && !readable(by, m.Unit, m.Confidential, h.Unit) {
			return nil
		}
	}
	return t.draft(h.Draft).Pieces
}

// lines are the record of a chat, with what was logged by hand of its member.
func (t *tx) lines(by bot.Staff, th *desk.Thread, before int64, limit int) (list []desk.Line, more bool) {
	h, logged := th.HandOver, members.LoggedOf(th.Chat.Member)
	for id, m := range ordered(t.messages) {
		said := m.Chat == h.Chat && readable(by, m.Unit, m.Confidential, h.Unit)
		noted := m.Chat == logged && th.Chat.Member != "" && readable(by, m.Unit, m.Confidential) && !t.accused[mark{by.ID, logged}]
		if before > 0 && id >= before || !said && !noted {
			continue
		}
		list = append(list, t.line(id, m))
	}
	return list[max(0, len(list)-limit):], len(list) > limit
}

// Live implements desk.Reads.
func (s *Store) Live(_ context.Context, by bot.Staff, now time.Time) ([]desk.Load, error) {
	return locked(s, func(t *tx) []desk.Load {
		type share struct {
			unit  bot.UnitID
			staff bot.StaffID
		}
		loads := map[share]desk.Load{}
		for h := range t.unended() {
			if !desk.Sees(by, h) {
				continue
			}
			at := share{h.Unit, h.Holder}
			l := loads[at]
			l.Unit, l.Staff = h.Unit, h.Holder
			switch h.State {
			case bot.HandOverWaiting:
				l.Waiting, l.Oldest = l.Waiting+1, earlier(l.Oldest, h.At)
				if h.DueAt.Before(storage.Round(now)) {
					l.Late++
				}
			case bot.HandOverHeld:
				l.Held++
			default:
				l.Snoozed++
			}
			loads[at] = l
		}
		return slices.SortedFunc(maps.Values(loads), func(a, b desk.Load) int {
			return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Staff, b.Staff))
		})
	}), nil
}

// Kept implements desk.Reads.
func (s *Store) Kept(_ context.Context, by bot.StaffID, chat bot.ChatKey) (reply, note string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := mark{by, chat}
	return s.kept[keptKey{at, desk.ModeReply}].Text, s.kept[keptKey{at, desk.ModeNote}].Text, nil
}
