package sqlstore

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"javab/bot"
	"javab/bot/casefile"
	"javab/storage"
)

// isOpenCase is written as the indexes of the lists have it: SQLite looks for the very words.
const isOpenCase = "c.state NOT IN ('closed', 'withdrawn')"

// caseViews are the conditions of the views, as casefile.View.Fits has them, each with its index.
var caseViews = map[casefile.View]string{
	casefile.Open:     isOpenCase,
	casefile.AtRisk:   isOpenCase + " AND (c.alarm = 'officer' OR c.overdue)",
	casefile.Breached: isOpenCase + " AND c.breached_at > 0",
	casefile.AtUnit:   "c.state = 'referred'",
	casefile.AtMember: "c.state IN ('waiting_member', 'proposed')",
	casefile.Orphans:  isOpenCase + " AND c.next_at = 0",
	casefile.Closed:   "c.state IN ('closed', 'withdrawn')",
	casefile.All:      "1=1",
	casefile.Asked:    "r.replied_at = 0 AND r.withdrawn_at = 0",
	casefile.Answered: "r.replied_at > 0 AND r.withdrawn_at = 0",
}

// ofUnits is the condition that a unit is one of those that by serves.
func ofUnits(column string, by bot.Staff) (cond string, args []any) {
	switch {
	case casefile.Over(by):
		return "1=1", nil
	case len(by.Units) == 0:
		return nobody, nil
	}
	return column + " IN " + tuple(len(by.Units)), units(by)
}

// opensCase is the condition on the case c that does not ask whose it is: it complains about somebody else, and what is
// confidential is for named handlers.
func opensCase(by bot.Staff) (cond string, args []any) {
	cond, who := unaccused("c", by)
	switch {
	case !by.Looks():
		return nobody, nil
	case !by.Confidential:
		cond += " AND NOT c.confidential"
	}
	return cond, []any{who}
}

// findsCase is cases.SightOf as a condition on the case c: by works on it, or was asked about it.
func findsCase(by bot.Staff) (cond string, args []any) {
	opens, args := opensCase(by)
	whole, whose := worksOn(by)
	asked, of := ofUnits("r.unit", by)
	return opens + " AND (" + whole + " OR EXISTS (SELECT 1 FROM referrals r WHERE r.case_id=c.id AND r.withdrawn_at=0 AND " + asked + "))",
		slices.Concat(args, whose, of)
}

// worksOn is the condition that a case is of a unit that by serves, or his own: who only answers works on none.
func worksOn(by bot.Staff) (cond string, args []any) {
	if by.Role == bot.RoleUnit {
		return nobody, nil
	}
	of, args := ofUnits("c.unit", by)
	return "(c.holder=? OR " + of + ")", append([]any{string(by.ID)}, args...)
}

// listing is one page of a view while its query is written.
type listing struct {
	casefile.Query
	from string // the tables, and what is asked of each branch
	cond []string
	args []any
	key  string // by which rows follow one another, then by id
	id   string
	unit string // the column that parts the branches
}

// listingOf begins the query of a view. Its branches are one for each unit: each is walked in the order of an index.
func listingOf(q casefile.Query) listing {
	l := listing{Query: q, from: "cases c", key: "c.due_at", id: "c.id", unit: "c.unit", cond: []string{caseViews[q.View]}}
	switch {
	case q.View.Questions():
		l.from, l.key, l.id, l.unit = "referrals r JOIN cases c ON c.id=r.case_id", "r.due_at", "r.id", "r.unit"
	case q.By.Role == bot.RoleUnit:
		l.cond = []string{nobody}
	case q.View == casefile.Mine:
		l.cond, l.args = []string{isOpenCase, "c.holder <> ''", "c.holder = ?"}, []any{string(q.By.ID)}
	case q.View.Newest():
		l.key = "c.opened_at"
	}
	if q.View == casefile.Answered {
		l.key = "r.replied_at"
	}
	l.narrow()
	return l
}

// narrow adds what the reader has chosen. The kind is written out: an index asks for it by name.
func (l *listing) narrow() {
	if slices.Contains([]bot.CaseKind{bot.Complaint, bot.Request, bot.Question, bot.Suggestion}, l.Kind) {
		l.cond = append(l.cond, "c.kind = '"+string(l.Kind)+"'")
	}
	if l.Category != "" {
		l.cond, l.args = append(l.cond, "c.category = ?"), append(l.args, l.Category)
	}
}

func (l listing) newest() bool { return l.View.Newest() }

// branch is the page within one unit; empty: in no unit alone.
func (l listing) branch(unit bot.UnitID, after []any) (query string, args []any) {
	seen, who := opensCase(l.By)
	cond := append(slices.Clone(l.cond), seen)
	args = slices.Concat(l.args, who)
	if unit != "" {
		cond, args = append([]string{l.unit + " = ?"}, cond...), append([]any{string(unit)}, args...)
	}
	order, behind := l.key+", "+l.id, ") > (?, ?)"
	if l.newest() {
		order, behind = l.key+" DESC, "+l.id+" DESC", ") < (?, ?)"
	}
	if len(after) > 0 {
		cond, args = append(cond, "("+l.key+", "+l.id+behind), append(args, after...)
	}
	return "SELECT c.id AS id, " + l.key + " AS k, " + l.id + " AS i FROM " + l.from + where(cond...) + " ORDER BY " + order + " LIMIT " + strconv.Itoa(l.Limit), args
}

// branches are the units in which the page is looked for; none: the reader sees nothing.
func (s *Store) branches(ctx context.Context, l listing) ([]bot.UnitID, error) {
	switch {
	case l.anywhere():
		return []bot.UnitID{l.Unit}, nil
	case l.Unit != "" && !l.By.Serves(l.Unit):
		return nil, nil
	case l.Unit != "":
		return []bot.UnitID{l.Unit}, nil
	case !casefile.Over(l.By):
		return l.By.Units, nil
	}
	return s.unitsOf(ctx, l)
}

// anywhere reports whether the rows are found by something else than their units.
func (l listing) anywhere() bool { return l.View == casefile.Mine }

// unitsOf are the units that have a case in a view: the index is jumped through from one to the next.
func (s *Store) unitsOf(ctx context.Context, l listing) (list []bot.UnitID, err error) {
	first := " FROM " + l.from + where(l.cond...)
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var unit bot.UnitID
			err := scan(&unit)
			list = append(list, unit)
			return err
		}, "WITH RECURSIVE u(unit) AS (SELECT (SELECT "+l.unit+first+" ORDER BY "+l.unit+" LIMIT 1)"+
			" UNION ALL SELECT (SELECT "+l.unit+first+" AND "+l.unit+" > u.unit ORDER BY "+l.unit+" LIMIT 1) FROM u WHERE u.unit IS NOT NULL)"+
			" SELECT unit FROM u WHERE unit IS NOT NULL", slices.Concat(l.args, l.args)...)
	})
	return list, err
}

// CaseRows implements casefile.Lists.
func (s *Store) CaseRows(ctx context.Context, q casefile.Query) ([]casefile.Row, error) {
	l := listingOf(q)
	var after []any
	if q.After != "" {
		place, err := caseCursor(q.After)
		if err != nil {
			return nil, err
		}
		after = place
	}
	in, err := s.branches(ctx, l)
	if err != nil || len(in) == 0 {
		return nil, err
	}
	var parts []string
	var args []any
	for _, unit := range in {
		part, more := l.branch(unit, after)
		parts, args = append(parts, "SELECT * FROM ("+part+") b"), append(args, more...)
	}
	order := " ORDER BY k, i"
	if l.newest() {
		order = " ORDER BY k DESC, i DESC"
	}
	page := strings.Join(parts, " UNION ALL ") + order + " LIMIT " + strconv.Itoa(q.Limit)
	return s.caseLines(ctx, l, page, order, args)
}

// caseCursor reads the Cursor of a row back.
func caseCursor(cursor string) ([]any, error) {
	number, id, found := strings.Cut(cursor, "~")
	at, err := strconv.ParseInt(number, 36, 64)
	if err != nil || !found {
		return nil, &bot.Error{Kind: bot.Invalid, Key: "desk_cursor"}
	}
	return []any{at, id}, nil
}

// excerptOfCase is how many letters of the member's words stand in a line.
const excerptOfCase = "200"

const caseLineColumns = "c.id, c.year, c.seq, c.kind, c.category, c.unit, c.state, c.chat, c.member, substr(c.text, 1, " + excerptOfCase + ")," +
	" c.urgency, c.confidential, c.opened_at, c.due_at, c.notice_at, c.holder, c.promised, c.spent, c.runs_since, c.breached_at, c.alarm," +
	" c.next_what, c.next_who, c.next_at, c.cause, c.waits, c.paused, c.dispute, c.financial, c.overdue, c.round, c.delivered_at, c.closed_at, c.ending"

// asked is one column of the referral that a line shows: the open one that is due first, or the one that the row is about.
func (l listing) asked(column, otherwise string) string {
	of := "r.case_id=c.id AND r.replied_at=0 AND r.withdrawn_at=0 ORDER BY r.due_at, r.id LIMIT 1"
	if l.View.Questions() {
		of = "r.id=p.i"
	}
	return "COALESCE((SELECT r." + column + " FROM referrals r WHERE " + of + "), " + otherwise + ")"
}

// nameOfCase is who filed the case c: the member, else what he called himself on the phone or at the messenger.
const nameOfCase = "COALESCE(NULLIF((SELECT m.name FROM members m WHERE m.id=COALESCE(NULLIF(c.member, ''), (SELECT h.member FROM chats h WHERE h.key=c.chat)) AND m.id<>''), '')," +
	" (SELECT o.name FROM contacts o WHERE o.case_id=c.id AND o.case_id<>'' ORDER BY o.id LIMIT 1)," +
	" NULLIF(c.name, '')," +
	" (SELECT h.name FROM handovers h WHERE h.chat=c.chat ORDER BY h.at DESC, h.id DESC LIMIT 1), '')"

// caseLines reads the lines of a page: what each needs beside is read for these alone.
func (s *Store) caseLines(ctx context.Context, l listing, page, order string, args []any) (list []casefile.Row, err error) {
	query := "WITH p AS (" + page + ") SELECT " + caseLineColumns + ", " + nameOfCase + "," +
		l.asked("unit", "''") + ", " + l.asked("due_at", "0") + ", p.k, p.i FROM p JOIN cases c ON c.id=p.id" + order
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var r caseRow
			var row casefile.Row
			var asked, place int64
			var id string
			err := scan(append(r.line(), &row.Name, &row.Asked, &asked, &place, &id)...)
			row.Case, row.AskedDue = lineOfCase(r), storage.Instant(asked)
			row.Cursor = strconv.FormatInt(place, 36) + "~" + id
			list = append(list, row)
			return err
		}, query, args...)
	})
	return list, err
}

// line is where caseLineColumns are read to.
func (r *caseRow) line() []any {
	return []any{
		&r.ID, &r.Year, &r.Seq, &r.Kind, &r.Category, &r.Unit, &r.State, &r.Chat, &r.Member, &r.Text, &r.Urgency, &r.Confidential,
		&r.OpenedAt, &r.DueAt, &r.NoticeAt, &r.Holder, &r.Promised, &r.Spent, &r.RunsSince, &r.BreachedAt, &r.Alarm, &r.Work.NextWhat,
		&r.Work.NextWho, &r.Work.NextAt, &r.Work.Cause, &r.Work.Waits, &r.Work.Paused, &r.Work.Dispute, &r.Work.Financial, &r.Work.Overdue, &r.End.Round,
		&r.End.DeliveredAt, &r.End.ClosedAt, &r.End.Ending,
	}
}

// lineOfCase is a case as far as a line shows it.
func lineOfCase(r caseRow) bot.Case {
	c := bot.Case{
		ID: bot.CaseID(r.ID), Number: bot.CaseNumber{Year: r.Year, Seq: r.Seq}, Kind: bot.CaseKind(r.Kind), Category: r.Category,
		Unit: bot.UnitID(r.Unit), State: bot.CaseState(r.State), Chat: bot.ChatKey(r.Chat), Member: bot.MemberID(r.Member), Text: r.Text,
		Urgency: r.Urgency, Confidential: r.Confidential, OpenedAt: storage.Instant(r.OpenedAt), DueAt: storage.Instant(r.DueAt),
		NoticeAt: storage.Instant(r.NoticeAt), Holder: bot.StaffID(r.Holder),
		Clock:      bot.Clock{Promised: millis(r.Promised), Spent: millis(r.Spent), Since: storage.Instant(r.RunsSince)},
		BreachedAt: storage.Instant(r.BreachedAt), Alarm: bot.Alarm(r.Alarm), Closure: r.End.closure(),
	}
	r.Work.work(&c)
	return c
}

// within is the condition that parts the units that are counted.
func (l listing) within() (cond string, args []any) {
	switch {
	case l.Unit != "" && !l.anywhere() && !l.By.Serves(l.Unit):
		return nobody, nil
	case l.Unit != "":
		return l.unit + " = ?", []any{string(l.Unit)}
	case l.anywhere():
		return "1=1", nil
	}
	return ofUnits(l.unit, l.By)
}

// CaseCount implements casefile.Lists.
func (s *Store) CaseCount(ctx context.Context, q casefile.Query) (n int, err error) {
	l := listingOf(q)
	seen, who := opensCase(q.By)
	in, whose := l.within()
	cond := append(slices.Clone(l.cond), seen, in)
	err = s.guard(ctx, func() error {
		_, err := one(ctx, s.read(), []any{&n}, "SELECT COUNT(*) FROM (SELECT 1 FROM "+l.from+where(cond...)+
			" LIMIT "+strconv.Itoa(casefile.Enough)+") x", slices.Concat(l.args, who, whose)...)
		return err
	})
	return n, err
}
