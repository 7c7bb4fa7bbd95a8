package sqlstore

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"javab/bot"
	"javab/bot/report"
	"javab/storage"
)

// bare are the columns of a case that are counted; the indexes of reports hold them, so that no row needs to be read.
var bare = map[report.Reason][]string{
	report.DueIn:      {"state", "due_at", "breached_at", "delivered_at", "closed_at", "runs_since", "tried"},
	report.AnsweredIn: {"unit", "opened_at", "answered_at"},
	report.OpenedIn:   {"category", "unit", "cause", "dispute"},
	report.RenewedIn:  {"category"},
}

// isOpen is the condition on a case called k that the chamber still owes something.
const isOpen = "k.state NOT IN ('" + string(bot.Closed) + "','" + string(bot.Withdrawn) + "')"

const isComplaint = "k.kind='" + string(bot.Complaint) + "'"

// reasons are report.Case.Within as conditions on a case called k, each of which one index answers: what has to do with a
// span fulfils one of them. They take the span's beginning and end.
var reasons = map[report.Reason][]string{
	report.DueIn: {
		isComplaint + " AND k.breached_at>0 AND k.breached_at>=? AND k.breached_at<?",
		isComplaint + " AND k.breached_at=0 AND k.due_at>=? AND k.due_at<?",
	},
	report.AnsweredIn: {
		"k.answered_at>0 AND k.answered_at>=? AND k.answered_at<?",
		"k.answered_at=0 AND k.opened_at>=? AND k.opened_at<? AND " + isOpen,
	},
	report.OpenedIn:   {isComplaint + " AND k.opened_at>=? AND k.opened_at<?"},
	report.RenewedIn:  {"k.kind='" + string(bot.Request) + "' AND k.state='" + string(bot.Closed) + "' AND k.closed_at>=? AND k.closed_at<?"},
	report.DisputedIn: {"k.dispute AND (" + isOpen + " OR k.closed_at>=?) AND k.opened_at<?"},
}

// reported is the condition on a row called name that a report may count it, whatever its span.
func reported(name string, q report.Query) (cond string, args []any) {
	cond, args = finds(name, q.By, "")
	if q.Unit != "" {
		cond, args = "("+cond+") AND "+name+".unit=?", append(args, string(q.Unit))
	}
	return cond, args
}

func span(q report.Query) []any { return []any{storage.Millis(q.From), storage.Millis(q.To)} }

// ReportCases implements report.Reads.
func (s *Store) ReportCases(ctx context.Context, q report.Query, why report.Reason) (list []report.Case, err error) {
	var row reportRow
	columns, dest := row.columns(bare[why])
	if !q.Bare {
		columns, dest = row.columns(nil)
	}
	seen, who := reported("k", q)
	var parts []string
	var args []any
	for _, cond := range reasons[why] {
		parts = append(parts, "SELECT k."+strings.Join(columns, ", k.")+" FROM cases k"+where(cond, seen))
		args = slices.Concat(args, span(q), who)
	}
	if len(parts) == 0 {
		return nil, nil
	}
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			err := scan(dest...)
			list = append(list, row.reported())
			return err
		}, strings.Join(parts, " UNION ALL "), args...)
	})
	if !q.Bare {
		slices.SortFunc(list, func(a, b report.Case) int {
			return cmp.Or(cmp.Compare(a.Number.Year, b.Number.Year), cmp.Compare(a.Number.Seq, b.Number.Seq))
		})
	}
	return list, err
}

// reportRow is a case as a report reads it. A month has tens of thousands: they are read into one row of plain types, which
// database/sql fills without reflection.
type reportRow struct {
	id, kind, category, unit, state, holder, cause           string
	year, seq                                                int64
	opened, due, breached, answered, delivered, closed, runs int64
	confidential, dispute, tried                             bool
}

// columns are the chosen ones, or all, and where they go.
func (r *reportRow) columns(chosen []string) (names []string, dest []any) {
	for _, c := range []struct {
		name string
		to   any
	}{
		{"id", &r.id},
		{"year", &r.year},
		{"seq", &r.seq},
		{"kind", &r.kind},
		{"category", &r.category},
		{"unit", &r.unit},
		{"state", &r.state},
		{"holder", &r.holder},
		{"confidential", &r.confidential},
		{"dispute", &r.dispute},
		{"cause", &r.cause},
		{"opened_at", &r.opened},
		{"due_at", &r.due},
		{"breached_at", &r.breached},
		{"answered_at", &r.answered},
		{"delivered_at", &r.delivered},
		{"closed_at", &r.closed},
		{"runs_since", &r.runs},
		{"tried", &r.tried},
	} {
		if chosen == nil || slices.Contains(chosen, c.name) {
			names, dest = append(names, c.name), append(dest, c.to)
		}
	}
	return names, dest
}

func (r *reportRow) reported() report.Case {
	return report.Case{
		ID: bot.CaseID(r.id), Number: bot.CaseNumber{Year: int(r.year), Seq: int(r.seq)}, Kind: bot.CaseKind(r.kind), Category: r.category,
		Unit: bot.UnitID(r.unit), State: bot.CaseState(r.state), Holder: bot.StaffID(r.holder), Confidential: r.confidential, Dispute: r.dispute,
		Cause: r.cause, OpenedAt: storage.Instant(r.opened), DueAt: storage.Instant(r.due), BreachedAt: storage.Instant(r.breached),
		AnsweredAt: storage.Instant(r.answered), DeliveredAt: storage.Instant(r.delivered), ClosedAt: storage.Instant(r.closed), Runs: r.runs > 0,
		Tried: r.tried,
	}
}

// ReportSurveys implements report.Reads.
func (s *Store) ReportSurveys(ctx context.Context, q report.Query) (list []report.Survey, err error) {
	seen, who := reported("k", q)
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var v report.Survey
			var asked, rated int64
			err := scan(&v.Case, &v.Number.Year, &v.Number.Seq, &v.Round, &v.Unit, &asked, &v.Rating, &v.Reason, &rated)
			v.AskedAt, v.RatedAt = storage.Instant(asked), storage.Instant(rated)
			list = append(list, v)
			return err
		}, "SELECT s.case_id, s.year, s.seq, s.round, k.unit, s.asked_at, s.rating, s.reason, s.rated_at FROM surveys s JOIN cases k ON k.id=s.case_id"+
			where("(s.asked_at>=? AND s.asked_at<? OR s.rated_at>0 AND s.rated_at>=? AND s.rated_at<?)", seen)+" ORDER BY s.year, s.seq, s.round",
			slices.Concat(span(q), span(q), who)...)
	})
	return list, err
}

// byStaff is the condition on a message called m that somebody of the staff wrote it to a member, or logged a call or a
// visit of his own. It stands in the index as well.
const byStaff = "m.direction='out' AND m.author<>'bot' AND m.author<>'member'"

// ReportContacts implements report.Reads. The messages are counted by chat before anything else is read.
func (s *Store) ReportContacts(ctx context.Context, q report.Query) (list []report.Contact, err error) {
	seen, who := reported("m", q)
	said := "SELECT m.chat, COUNT(*) AS times, MIN(m.at) AS first, MAX(m.at) AS last FROM messages m" +
		where(byStaff, "m.deleted_at=0", "m.at>=? AND m.at<?", seen) + " GROUP BY m.chat"
	name, named := "COALESCE(MAX(n.name), '')", " LEFT JOIN members n ON n.id=c.member AND c.member<>''"
	if q.Bare {
		name, named = "''", ""
	}
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var c report.Contact
			var first, last int64
			err := scan(&c.Member, &c.Name, &c.Chat, &c.Times, &first, &last)
			c.First, c.Last = storage.Instant(first), storage.Instant(last)
			list = append(list, c)
			return err
		}, "SELECT COALESCE(c.member, ''), "+name+", MIN(s.chat), SUM(s.times), MIN(s.first), MAX(s.last) FROM ("+said+") s"+
			" LEFT JOIN chats c ON c.key=s.chat"+named+
			" GROUP BY COALESCE(c.member, ''), CASE WHEN COALESCE(c.member, '')='' THEN s.chat ELSE '' END ORDER BY 3",
			slices.Concat(span(q), who)...)
	})
	return list, err
}

// movesAtOnce is of how many cases the lines are read by one statement.
const movesAtOnce = 500

// ReportMoves implements report.Reads.
func (s *Store) ReportMoves(ctx context.Context, of []bot.CaseID) (list []bot.CaseEntry, err error) {
	err = s.guard(ctx, func() error {
		list = nil
		for ids := range slices.Chunk(of, movesAtOnce) {
			if err := s.moves(ctx, ids, &list); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

func (s *Store) moves(ctx context.Context, of []bot.CaseID, list *[]bot.CaseEntry) error {
	var args []any
	for _, id := range of {
		args = append(args, string(id))
	}
	return each(ctx, s.read(), func(scan func(...any) error) error {
		var e bot.CaseEntry
		var at int64
		err := scan(&e.Case, &e.What, &e.Author, &e.Text, &e.Before, &e.After, &at)
		e.At = storage.Instant(at)
		if report.IsMove(e) {
			*list = append(*list, e)
		}
		return err
	}, "SELECT case_id, what, author, text, text_before, text_after, at FROM case_entries WHERE case_id IN "+tuple(len(of))+
		" AND (text_after<>'' OR what IN ('"+report.ClockStopped+"','"+report.ClockStarted+"','"+report.Delivered+"')) ORDER BY id", args...)
}
