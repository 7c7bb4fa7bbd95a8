package cases_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/approve"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/staff"
	"javab/storage"
)

// bureau is an office with people in it, one case of member_relations, and units that can be asked.
type bureau struct {
	*office
	*cases.Office
}

var (
	sara  = bot.Staff{ID: "sara", Login: "sara", Role: bot.RoleOfficer, Units: []bot.UnitID{"member_relations"}}
	reza  = bot.Staff{ID: "reza", Login: "reza", Role: bot.RoleOfficer, Units: []bot.UnitID{"member_relations"}}
	omid  = bot.Staff{ID: "omid", Login: "omid", Role: bot.RoleSenior, Units: []bot.UnitID{"member_relations"}}
	mona  = bot.Staff{ID: "mona", Login: "mona", Role: bot.RoleManager, Units: []bot.UnitID{"member_relations"}}
	head  = bot.Staff{ID: "head", Login: "head", Role: bot.RoleHead, Confidential: true}
	lena  = bot.Staff{ID: "lena", Login: "lena", Role: bot.RoleUnit, Units: []bot.UnitID{"trade"}}
	karim = bot.Staff{ID: "karim", Login: "karim", Role: bot.RoleOfficer, Units: []bot.UnitID{"finance"}}
	admin = bot.Staff{ID: "admin", Login: "admin", Role: bot.RoleAdmin}
)

// full is a catalog with all rules of the chamber.
type full struct{ promised }

func (full) PromiseRules() cases.Rules {
	r := rules
	r.Clock = map[bot.CaseState]cases.ClockRule{}
	for _, s := range []bot.CaseState{bot.Received, bot.InWork, bot.Referred, bot.Reopened, bot.WaitingExternal} {
		r.Clock[s] = cases.ClockRuns
	}
	r.Clock[bot.WaitingMember], r.Clock[bot.Proposed], r.Clock[bot.Closed] = cases.ClockPaused, cases.ClockStopped, cases.ClockStopped
	r.ReplyWithin, r.LinkFor, r.CloseAfter, r.ReopenFor = 8*time.Hour, 48*time.Hour, 40*time.Hour, 240*time.Hour
	r.Confirm = []bot.CaseKind{bot.Complaint, bot.Request}
	return r
}

type departments struct{}

func (departments) UnitName(id bot.UnitID) bot.Text {
	if slices.Contains([]bot.UnitID{"member_relations", "trade", "finance"}, id) {
		return bot.Text{En: string(id)}
	}
	return bot.Text{}
}

// strict is what the authority guard knows without any content: sums of money.
type strict struct{}

func (strict) Guard() *approve.Guard       { return &approve.Guard{} }
func (strict) MovesUpAfter() time.Duration { return 4 * time.Hour }

// twice runs every closure two times, as a database may: what the first one did is undone.
type twice struct {
	storage.Narrow[cases.OfficeTx]
}

var errAgain = errors.New("once more")

func (s twice) Do(ctx context.Context, f func(cases.OfficeTx) error) error {
	err := s.Narrow.Do(ctx, func(tx cases.OfficeTx) error { return cmpErr(f(tx), errAgain) })
	if !errors.Is(err, errAgain) {
		return err
	}
	return s.Narrow.Do(ctx, f)
}

func cmpErr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// staffed opens the office of a case that is promised within so many hours.
func staffed(t *testing.T, hours int) *bureau {
	t.Helper()
	o := filed(t, hours)
	o.keeper.Catalog = full{promised(hours)}
	approvals := &approve.Office{
		Store: storage.As[approve.Tx](o.store), Content: strict{}, Hours: o.hours, Clock: o.keeper.Clock, Carriers: map[bot.ApprovalKind]approve.Carrier{},
	}
	b := &bureau{office: o, Office: &cases.Office{
		Keeper: o.keeper, Store: twice{storage.As[cases.OfficeTx](o.store)}, Units: departments{}, Approvals: approvals,
	}}
	for _, kind := range cases.Carried {
		approvals.Carriers[kind] = b.Office
	}
	o.do(func(tx storage.Tx) error {
		for _, s := range []bot.Staff{sara, reza, omid, mona, head, lena, karim, admin} {
			s.CreatedAt = sunday.AddDate(-1, 0, 0)
			if err := tx.SaveStaff(t.Context(), s); err != nil {
				return err
			}
		}
		return nil
	})
	return b
}

// working is staffed with a case that sara works on.
func working(t *testing.T) *bureau {
	t.Helper()
	b := staffed(t, 24)
	b.acts(sara, cases.Begin{})
	return b
}

// acts does acts that must succeed.
func (b *bureau) acts(by bot.Staff, acts ...cases.Act) {
	b.t.Helper()
	for _, act := range acts {
		if err := b.Do(b.t.Context(), by, b.number, act); err != nil {
			b.t.Fatalf("%s does %T: %v", by.ID, act, err)
		}
	}
}

// refuses wants an act refused with a key, and the case as it was.
func (b *bureau) refuses(by bot.Staff, act cases.Act, kind bot.ErrorKind, key string) {
	b.t.Helper()
	before, lines := b.of(), len(b.entries())
	err := b.Do(b.t.Context(), by, b.number, act)
	refusal, _ := errors.AsType[*bot.Error](err)
	if refusal == nil || refusal.Kind != kind || refusal.Key != key {
		b.t.Errorf("%s does %T: %v, want %s %s", by.ID, act, err, kind, key)
	}
	after := b.of()
	if after.State != before.State || after.Holder != before.Holder || after.Next != before.Next || len(b.entries()) != lines {
		b.t.Errorf("%s was refused %T, and left %+v", by.ID, act, after)
	}
}

func (b *bureau) entries() []bot.CaseEntry {
	b.t.Helper()
	list, err := b.store.ReadTimeline(b.t.Context(), b.of().ID)
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

// last is the newest line of the timeline.
func (b *bureau) last() bot.CaseEntry {
	b.t.Helper()
	list := b.entries()
	return list[len(list)-1]
}

// did are the lines that people have added, in order.
func (b *bureau) did() string {
	b.t.Helper()
	var lines []string
	for _, e := range b.entries() {
		if e.Author != bot.ByBot && e.Author != bot.ByMember {
			lines = append(lines, string(e.Author)+" "+e.What)
		}
	}
	return strings.Join(lines, ", ")
}

// audited are the entries of the audit about cases, oldest first.
func (b *bureau) audited(what string) []staff.AuditLine {
	b.t.Helper()
	lines, err := b.store.AuditLines(b.t.Context(), staff.AuditQuery{What: what, Limit: 100})
	if err != nil {
		b.t.Fatal(err)
	}
	slices.Reverse(lines)
	return lines
}

// parts are the referrals and tasks of the case.
func (b *bureau) parts() (referrals []bot.Referral, tasks []bot.Task) {
	b.t.Helper()
	of := b.of().ID
	b.office.do(func(tx storage.Tx) (err error) {
		if referrals, err = tx.Referrals(b.t.Context(), of); err != nil {
			return err
		}
		tasks, err = tx.Tasks(b.t.Context(), of)
		return err
	})
	return referrals, tasks
}

// words are the messages in the chat, with their author.
func (b *bureau) words(chat bot.ChatKey) (all []bot.Message) {
	b.t.Helper()
	list, err := b.store.ReadMessages(b.t.Context(), chat, 100)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, m := range list {
		if m.Direction == bot.Out {
			m.Text = strings.Map(unmarked, m.Text)
			all = append(all, m)
		}
	}
	return all
}

// asked is the only open approval of the case.
func (b *bureau) asked() bot.Approval {
	b.t.Helper()
	list, err := b.store.AskedIn(b.t.Context(), b.of().Chat)
	if err != nil || len(list) != 1 {
		b.t.Fatalf("%d approvals wait, %v", len(list), err)
	}
	return list[0]
}

func (b *bureau) ok(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// member makes a verified member of a company with a chat.
func (b *bureau) member(chat bot.ChatKey, m bot.Member) {
	b.t.Helper()
	b.office.do(func(tx storage.Tx) error {
		c, err := tx.Chat(b.t.Context(), chat)
		if err != nil {
			return err
		}
		c.Rev, c.Lang, c.Member = c.Rev+1, bot.En, m.ID
		if _, err := tx.Append(b.t.Context(), converse.Rows{Chat: &c}, bot.Lease{}); err != nil {
			return err
		}
		return tx.SaveMember(b.t.Context(), m, chat)
	})
}

func TestAnActIsALineOfTheTimelineWithBeforeAndAfterAndAnEntryOfTheAudit(t *testing.T) {
	b := staffed(t, 24)
	b.acts(sara, cases.Begin{})
	c, line := b.of(), b.last()
	if c.State != bot.InWork || c.Holder != "sara" || line.What != cases.DidBegin || line.Author != "sara" || line.Before != "received" || line.After != "in_work" || !line.At.Equal(b.now) {
		t.Errorf("case %+v, line %+v", c, line)
	}
	audit := b.audited("case.")
	if len(audit) != 1 || audit[0].What != "case.begun" || audit[0].By != "sara" || audit[0].Subject != "chat "+string(b.key) || audit[0].Before != "received" || audit[0].After != "case "+b.number.String()+" in_work" {
		t.Errorf("audited %+v", audit)
	}
	b.acts(sara, cases.Begin{}) // the same form again
	if len(b.entries()) != 2 || len(b.audited("case.")) != 1 {
		t.Errorf("begun twice: %s", b.did())
	}
}

func TestAMoveThatTheProcedureDoesNotKnowIsRefusedAndAudited(t *testing.T) {
	for _, act := range []cases.Act{
		cases.Propose{ID: "p", Result: "done"},
		cases.AwaitMember{ID: "w", Reason: "papers"},
		cases.AwaitOutside{Reason: "customs"},
		cases.Resume{},
		cases.Reopen{Reason: "x"},
		cases.Refer{ID: "r", Unit: "trade", Question: "Where?"},
	} {
		b := staffed(t, 24)
		b.refuses(sara, act, bot.Conflict, "case.transition")
		audit := b.audited("case.")
		if len(audit) != 1 || audit[0].What != "case.illegal" || audit[0].By != "sara" || audit[0].Before != "received" || len(b.entries()) != 1 {
			t.Errorf("%T: audited %+v", act, audit)
		}
		if referrals, _ := b.parts(); len(referrals) != 0 {
			t.Errorf("%T: a referral was written", act)
		}
	}
}

// all is one act of each kind.
func all() []cases.Act {
	return []cases.Act{
		cases.Take{},
		cases.Assign{To: "reza"},
		cases.Begin{},
		cases.Resume{},
		cases.Refer{ID: "r9", Unit: "finance", Question: "Paid?"},
		cases.RecallReferral{ID: "r1"},
		cases.AwaitMember{ID: "w9", Reason: "x"},
		cases.AwaitOutside{Reason: "x"},
		cases.StopClock{Reason: "x"},
		cases.StartClock{},
		cases.Plan{Next: bot.Next{What: "call", At: sunday.AddDate(0, 0, 2)}},
		cases.AddTask{Task: bot.Task{ID: "t9", What: "copy", DueAt: sunday.AddDate(0, 0, 2)}},
		cases.EndTask{ID: "t1", Outcome: bot.TaskDone},
		cases.Mark{Dispute: true},
		cases.Classify{Cause: "delay"},
		cases.Remark{Text: "x"},
		cases.Tell{ID: "n9", Text: "x"},
		cases.Letter{ID: "l9", To: "Customs", Text: "x"},
		cases.Propose{ID: "p9", Result: "x"},
		cases.Reopen{Reason: "x"},
		cases.HandOn{Chat: "tg:javab:8", Reason: "x"},
		cases.Then{Act: cases.Begin{}, Next: bot.Next{What: "x", At: sunday.AddDate(0, 0, 2)}},
	}
}

func TestWhoDoesNotSeeACaseFindsNoneByActing(t *testing.T) {
	b := working(t)
	unnamed := mona
	b.change(func(c *bot.Case) { c.Confidential = true })
	accused := head
	b.office.do(func(tx storage.Tx) error { return tx.Accuse(t.Context(), b.key, "head", b.now) })
	gone := sara
	gone.Disabled = true
	for _, by := range []bot.Staff{karim, lena, admin, unnamed, accused, gone, sara, {ID: "nobody"}} {
		for _, act := range append(all(), cases.AnswerReferral{ID: "r1", Reply: "x"}) {
			b.refuses(by, act, bot.NotFound, "case_not_found")
		}
		if _, err := b.Alike(t.Context(), by, b.number); bot.KindOf(err) != bot.NotFound {
			t.Errorf("%s is told of cases like it: %v", by.ID, err)
		}
		if _, err := b.ApprovalsOf(t.Context(), by, b.number); bot.KindOf(err) != bot.NotFound {
			t.Errorf("%s is told of its approvals: %v", by.ID, err)
		}
	}
	b.number.Seq++
	if err := b.Do(t.Context(), head, b.number, cases.Begin{}); bot.KindOf(err) != bot.NotFound {
		t.Errorf("a case that is none: %v", err)
	}
}

func TestTheNamedHandlerSeesAConfidentialCase(t *testing.T) {
	b := working(t)
	b.change(func(c *bot.Case) { c.Confidential = true })
	named := sara
	named.Confidential = true
	b.acts(named, cases.Remark{Text: "seen"})
}

func TestAUnitThatIsAskedAnswersAndDoesNothingElse(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Refer{ID: "r1", Unit: "trade", Question: "Where is the file?"})
	for _, act := range all() {
		b.refuses(lena, act, bot.Forbidden, "case_asked_only")
	}
	b.refuses(karim, cases.AnswerReferral{ID: "r1", Reply: "here"}, bot.NotFound, "case_not_found")
	b.acts(lena, cases.AnswerReferral{ID: "r1", Reply: "On the second floor."})
	if referrals, _ := b.parts(); referrals[0].Reply != "On the second floor." || referrals[0].RepliedBy != "lena" {
		t.Errorf("referral %+v", referrals[0])
	}
}

func TestWhatOnlyAManagerMayDoIsRefusedToOfficers(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.AwaitOutside{Reason: "customs", External: "C-7"})
	for _, by := range []bot.Staff{sara, omid} {
		b.refuses(by, cases.StopClock{Reason: "x"}, bot.Forbidden, "desk_manager")
		b.refuses(by, cases.StartClock{}, bot.Forbidden, "desk_manager")
		b.refuses(by, cases.HandOn{Chat: "tg:javab:8", Reason: "x"}, bot.Forbidden, "desk_manager")
	}
}
