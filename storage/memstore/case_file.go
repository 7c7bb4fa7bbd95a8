package memstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/casefile"
	"javab/bot/cases"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/storage"
)

// excerptOfCase is how many letters of the member's words stand in a line.
const excerptOfCase = 200

// caseAt is a case with its place in a list.
type caseAt struct {
	c   bot.Case
	key int64
	id  string
}

// CaseRows implements casefile.Lists.
func (s *Store) CaseRows(_ context.Context, q casefile.Query) ([]casefile.Row, error) {
	after := caseAt{}
	if q.After != "" {
		if _, err := fmt.Sscanf(strings.Replace(q.After, "~", " ", 1), "%d %s", &after.key, &after.id); err != nil {
			return nil, &bot.Error{Kind: bot.Invalid, Key: "desk_cursor", Err: err}
		}
	}
	return locked(s, func(t *tx) (rows []casefile.Row) {
		for _, at := range t.listed(q) {
			if order := compareCases(q.View, after, at); q.After != "" && order >= 0 || len(rows) == q.Limit {
				continue
			}
			rows = append(rows, t.caseLine(q.View, at))
		}
		return rows
	}), nil
}

// CaseCount implements casefile.Lists.
func (s *Store) CaseCount(_ context.Context, q casefile.Query) (int, error) {
	return locked(s, func(t *tx) int { return min(casefile.Enough, len(t.listed(q))) }), nil
}

func compareCases(v casefile.View, a, b caseAt) int {
	order := cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.id, b.id))
	if v.Newest() {
		return -order
	}
	return order
}

// listed are the cases of a view in their order.
func (t *tx) listed(q casefile.Query) (list []caseAt) {
	for _, c := range t.cases {
		if q.Kind != "" && c.Kind != q.Kind || q.Category != "" && c.Category != q.Category {
			continue
		}
		if q.View.Questions() {
			list = append(list, t.referredTo(q, c)...)
			continue
		}
		own := q.View == casefile.Mine || q.By.Serves(c.Unit)
		if !own || q.Unit != "" && c.Unit != q.Unit || !q.View.Fits(q.By, c) || !cases.Sees(q.By, c, t.about(c.Chat)) {
			continue
		}
		key := storage.Millis(c.DueAt)
		if q.View.Newest() {
			key = storage.Millis(c.OpenedAt)
		}
		list = append(list, caseAt{c, key, string(c.ID)})
	}
	slices.SortFunc(list, func(a, b caseAt) int { return compareCases(q.View, a, b) })
	return list
}

// referredTo are the places of a case in the list of a unit that was asked about it.
func (t *tx) referredTo(q casefile.Query, c bot.Case) (list []caseAt) {
	for _, r := range t.referrals {
		if r.Case != c.ID || !q.By.Sees(r.Unit, c.Confidential, t.about(c.Chat)) || q.Unit != "" && r.Unit != q.Unit || !r.WithdrawnAt.IsZero() {
			continue
		}
		switch {
		case q.View == casefile.Answered && !r.RepliedAt.IsZero():
			list = append(list, caseAt{c, storage.Millis(r.RepliedAt), r.ID})
		case q.View == casefile.Asked && r.Open():
			list = append(list, caseAt{c, storage.Millis(r.DueAt), r.ID})
		}
	}
	return list
}

func (t *tx) caseLine(view casefile.View, at caseAt) casefile.Row {
	row := casefile.Row{Case: rowOfCase(at.c), Name: t.nameOfCase(at.c), Cursor: fmt.Sprintf("%d~%s", at.key, at.id)}
	referrals, _ := t.Referrals(context.Background(), at.c.ID)
	for _, r := range referrals {
		if shown := view.Questions() && r.ID == at.id || !view.Questions() && r.Open(); shown && (row.Asked == "" || r.DueAt.Before(row.AskedDue)) {
			row.Asked, row.AskedDue = r.Unit, r.DueAt
		}
	}
	row.Case = shownInLine(row.Case)
	return row
}

// nameOfCase is who filed a case: the member, else what he called himself on the phone or at the messenger.
func (t *tx) nameOfCase(c bot.Case) string {
	name := t.members[cmp.Or(c.Member, t.chats[c.Chat].Member)].Name
	for _, k := range ordered(t.contacts) {
		if k.Case == c.ID {
			name = cmp.Or(name, k.Name)
		}
	}
	newest := bot.HandOver{}
	for _, h := range t.hands {
		if h.Chat == c.Chat && (newest.ID == "" || cmp.Or(h.At.Compare(newest.At), cmp.Compare(h.ID, newest.ID)) > 0) {
			newest = h
		}
	}
	return cmp.Or(name, c.Name, newest.Name)
}

// shownInLine leaves of a case what its line shows.
func shownInLine(c bot.Case) bot.Case {
	if runes := []rune(c.Text); len(runes) > excerptOfCase {
		c.Text = string(runes[:excerptOfCase])
	}
	c.Draft, c.Phone, c.Name, c.Answers, c.External, c.WakeAt, c.HoursVersion = "", "", "", nil, "", time.Time{}, 0
	c.FirstAnswerAt, c.ToldAt, c.ToldDue, c.AnsweredAt, c.FirstLateAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}, time.Time{}
	c.Closure = bot.Closure{Round: c.Closure.Round, DeliveredAt: c.Closure.DeliveredAt, ClosedAt: c.Closure.ClosedAt, Ending: c.Closure.Ending}
	return c
}

// CaseFile implements casefile.Files.
func (s *Store) CaseFile(ctx context.Context, by bot.Staff, number bot.CaseNumber) (casefile.File, error) {
	f := locked(s, func(t *tx) *casefile.File {
		c := t.cases[t.numbers[number]]
		f := casefile.File{Case: rowOfCase(c), Chat: rowOfChat(t.chats[c.Chat]), Name: t.nameOfCase(c)}
		f.Member = rowOfMember(t.members[cmp.Or(c.Member, f.Chat.Member)])
		f.Chat.Key, f.Chat.State = c.Chat, nil
		f.Referrals, _ = t.Referrals(ctx, c.ID)
		f.Tasks, _ = t.Tasks(ctx, c.ID)
		t.aroundCase(by, &f)
		if f, sees := f.For(by, t.about(c.Chat)); sees && c.ID != "" {
			return &f
		}
		return nil
	})
	if f == nil {
		return casefile.File{}, storage.NotFound("case", number.String())
	}
	return *f, nil
}

func (t *tx) aroundCase(by bot.Staff, f *casefile.File) {
	c := f.Case
	for _, e := range ordered(t.entries) {
		if e.Case == c.ID {
			f.Entries = append(f.Entries, e)
		}
	}
	f.Surveys = where(t.surveys, func(s bot.Survey) bool { return s.Case == c.ID }, func(a, b bot.Survey) int { return cmp.Compare(a.Round, b.Round) })
	f.Approvals = t.approvalsWhere(func(a bot.Approval) bool { return a.Case == c.Number })
	f.Lines = t.saidOfCase(by, c)
	for _, logged := range ordered(t.contacts) {
		if logged.Case == c.ID {
			said := t.messages[logged.message]
			logged.Unit, logged.Confidential, logged.At = said.Unit, said.Confidential, said.At
			f.Contacts = append(f.Contacts, logged.Contact)
		}
	}
	var forms []bot.Draft
	for _, id := range casefile.Forms(c, f.Entries) {
		forms = append(forms, t.draft(id))
	}
	f.Attach(forms)
}

// saidOfCase is what people have said in the chat since the case was filed, what the program wrote about it, and what was
// logged by hand of its member.
func (t *tx) saidOfCase(by bot.Staff, c bot.Case) (list []desk.Line) {
	letter := "case:" + string(c.ID) + ":"
	for id, m := range ordered(t.messages) {
		logged := c.Member != "" && m.Chat == members.LoggedOf(c.Member) && !t.accused[mark{by.ID, m.Chat}]
		if m.Chat != c.Chat && !logged || m.Kind == bot.KindPress || !readable(by, m.Unit, m.Confidential, c.Unit) {
			continue
		}
		spoken := m.Author != bot.ByBot && !m.At.Before(c.OpenedAt) && (m.Direction != bot.Note || m.Flow != desk.NoteFlow)
		if spoken || m.Flow == cases.NoticeFlow && strings.HasPrefix(m.JobKey, letter) {
			list = append(list, t.line(id, m))
		}
	}
	return list[max(0, len(list)-casefile.MaxLines):]
}

// SurveyAnswers implements casefile.Surveys.
func (s *Store) SurveyAnswers(_ context.Context, q casefile.SurveyQuery) ([]casefile.Answer, error) {
	return locked(s, func(t *tx) []casefile.Answer {
		list := t.asked(q)
		list = slices.DeleteFunc(list, func(a casefile.Answer) bool { return q.Low && (a.Rating < 1 || a.Rating > casefile.Low) })
		slices.SortFunc(list, func(a, b casefile.Answer) int {
			return cmp.Or(b.AskedAt.Compare(a.AskedAt), cmp.Compare(b.Case, a.Case), cmp.Compare(b.Round, a.Round))
		})
		return list[:min(q.Limit, len(list))]
	}), nil
}

// SurveyTally implements casefile.Surveys.
func (s *Store) SurveyTally(_ context.Context, q casefile.SurveyQuery) (casefile.Tally, error) {
	return locked(s, func(t *tx) (tally casefile.Tally) {
		for _, a := range t.asked(q) {
			tally.Add(a.Rating, 1)
		}
		return tally
	}), nil
}

func (t *tx) asked(q casefile.SurveyQuery) (list []casefile.Answer) {
	for _, v := range t.surveys {
		c := t.cases[v.Case]
		if !v.AskedAt.Before(q.Since) && (q.Unit == "" || v.Unit == q.Unit) && cases.Sees(q.By, c, t.about(c.Chat)) {
			list = append(list, casefile.Answer{Survey: v, Kind: c.Kind, Category: c.Category, Holder: c.Holder, Name: t.members[v.Member].Name})
		}
	}
	return list
}
