package sqlstore

import (
	"javab/bot"
	"javab/storage"
)

// caseWork is what is done about a case.
type caseWork struct {
	NextWhat  string
	NextWho   string
	NextAt    int64
	Cause     string
	External  string
	Waits     string
	Paused    bool
	Dispute   bool
	Financial bool
	Overdue   bool
}

func workOf(c bot.Case) caseWork {
	return caseWork{
		NextWhat: clean(c.Next.What), NextWho: string(c.Next.Who), NextAt: storage.Millis(c.Next.At), Cause: c.Cause,
		External: clean(c.External), Waits: clean(c.Waits), Paused: c.Paused, Dispute: c.Dispute, Financial: c.Financial, Overdue: c.Overdue,
	}
}

func (w caseWork) work(c *bot.Case) {
	c.Next = bot.Next{What: w.NextWhat, Who: bot.StaffID(w.NextWho), At: storage.Instant(w.NextAt)}
	c.Cause, c.External, c.Waits, c.Paused, c.Dispute, c.Financial, c.Overdue = w.Cause, w.External, w.Waits, w.Paused, w.Dispute, w.Financial, w.Overdue
}

// caseEnd is how a case comes to its end.
type caseEnd struct {
	Round       int
	Result      string
	ProposedBy  string
	ProposedAt  int64
	DeliveredAt int64
	Reminders   int
	RemindedAt  int64
	Tried       bool
	ClosedAt    int64
	Ending      string
	ReopenUntil int64
	SurveyAt    int64
	CheckAt     int64
	HeldAt      int64
}

func endOf(c bot.Closure) caseEnd {
	return caseEnd{
		Round: c.Round, Result: clean(c.Result), ProposedBy: string(c.By), ProposedAt: storage.Millis(c.ProposedAt),
		DeliveredAt: storage.Millis(c.DeliveredAt), Reminders: c.Reminders, RemindedAt: storage.Millis(c.RemindedAt), Tried: c.Tried,
		ClosedAt: storage.Millis(c.ClosedAt), Ending: string(c.Ending), ReopenUntil: storage.Millis(c.ReopenUntil),
		SurveyAt: storage.Millis(c.SurveyAt), CheckAt: storage.Millis(c.CheckAt), HeldAt: storage.Millis(c.HeldAt),
	}
}

func (e caseEnd) closure() bot.Closure {
	return bot.Closure{
		Round: e.Round, Result: e.Result, By: bot.StaffID(e.ProposedBy), ProposedAt: storage.Instant(e.ProposedAt),
		DeliveredAt: storage.Instant(e.DeliveredAt), Reminders: e.Reminders, RemindedAt: storage.Instant(e.RemindedAt), Tried: e.Tried,
		ClosedAt: storage.Instant(e.ClosedAt), Ending: bot.Ending(e.Ending), ReopenUntil: storage.Instant(e.ReopenUntil),
		SurveyAt: storage.Instant(e.SurveyAt), CheckAt: storage.Instant(e.CheckAt), HeldAt: storage.Instant(e.HeldAt),
	}
}

type referralRow struct {
	ID          string
	CaseID      string
	Unit        string
	Question    string
	AskedBy     string
	AskedAt     int64
	DueAt       int64
	RemindedAt  int64
	LateAt      int64
	Reply       string
	RepliedBy   string
	RepliedAt   int64
	WithdrawnAt int64
	Link        string
	LinkUntil   int64
}

func (referralRow) TableName() string { return "referrals" }

func referralRowOf(r bot.Referral) referralRow {
	return referralRow{
		ID: r.ID, CaseID: string(r.Case), Unit: string(r.Unit), Question: clean(r.Question), AskedBy: string(r.By),
		AskedAt: storage.Millis(r.AskedAt), DueAt: storage.Millis(r.DueAt), RemindedAt: storage.Millis(r.RemindedAt),
		LateAt: storage.Millis(r.LateAt), Reply: clean(r.Reply), RepliedBy: clean(r.RepliedBy), RepliedAt: storage.Millis(r.RepliedAt),
		WithdrawnAt: storage.Millis(r.WithdrawnAt), Link: r.Link, LinkUntil: storage.Millis(r.LinkUntil),
	}
}

func (r referralRow) referral() bot.Referral {
	return bot.Referral{
		ID: r.ID, Case: bot.CaseID(r.CaseID), Unit: bot.UnitID(r.Unit), Question: r.Question, By: bot.StaffID(r.AskedBy),
		AskedAt: storage.Instant(r.AskedAt), DueAt: storage.Instant(r.DueAt), RemindedAt: storage.Instant(r.RemindedAt),
		LateAt: storage.Instant(r.LateAt), Reply: r.Reply, RepliedBy: r.RepliedBy, RepliedAt: storage.Instant(r.RepliedAt),
		WithdrawnAt: storage.Instant(r.WithdrawnAt), Link: r.Link, LinkUntil: storage.Instant(r.LinkUntil),
	}
}

type taskRow struct {
	ID      string
	CaseID  string
	Kind    string
	What    string
	Who     string
	Unit    string
	MadeBy  string
	MadeAt  int64
	DueAt   int64
	LateAt  int64
	DoneAt  int64
	DoneBy  string
	Outcome string
}

func (taskRow) TableName() string { return "tasks" }

func taskRowOf(t bot.Task) taskRow {
	return taskRow{
		ID: t.ID, CaseID: string(t.Case), Kind: string(t.Kind), What: clean(t.What), Who: string(t.Who), Unit: string(t.Unit),
		MadeBy: string(t.MadeBy), MadeAt: storage.Millis(t.MadeAt), DueAt: storage.Millis(t.DueAt), LateAt: storage.Millis(t.LateAt),
		DoneAt: storage.Millis(t.DoneAt), DoneBy: string(t.DoneBy), Outcome: string(t.Outcome),
	}
}

func (r taskRow) task() bot.Task {
	return bot.Task{
		ID: r.ID, Case: bot.CaseID(r.CaseID), Kind: bot.TaskKind(r.Kind), What: r.What, Who: bot.StaffID(r.Who), Unit: bot.UnitID(r.Unit),
		MadeBy: bot.StaffID(r.MadeBy), MadeAt: storage.Instant(r.MadeAt), DueAt: storage.Instant(r.DueAt), LateAt: storage.Instant(r.LateAt),
		DoneAt: storage.Instant(r.DoneAt), DoneBy: bot.StaffID(r.DoneBy), Outcome: bot.TaskOutcome(r.Outcome),
	}
}

type surveyRow struct {
	CaseID  string
	Round   int
	Year    int
	Seq     int
	Chat    string
	Member  string
	Unit    string
	AskedAt int64
	Rating  int
	Reason  string
	RatedAt int64
}

func (surveyRow) TableName() string { return "surveys" }

func surveyRowOf(s bot.Survey) surveyRow {
	return surveyRow{
		CaseID: string(s.Case), Round: s.Round, Year: s.Number.Year, Seq: s.Number.Seq, Chat: string(s.Chat), Member: string(s.Member),
		Unit: string(s.Unit), AskedAt: storage.Millis(s.AskedAt), Rating: s.Rating, Reason: clean(s.Reason), RatedAt: storage.Millis(s.RatedAt),
	}
}

func (r surveyRow) survey() bot.Survey {
	return bot.Survey{
		Case: bot.CaseID(r.CaseID), Number: bot.CaseNumber{Year: r.Year, Seq: r.Seq}, Round: r.Round, Chat: bot.ChatKey(r.Chat),
		Member: bot.MemberID(r.Member), Unit: bot.UnitID(r.Unit), AskedAt: storage.Instant(r.AskedAt), Rating: r.Rating,
		Reason: r.Reason, RatedAt: storage.Instant(r.RatedAt),
	}
}
