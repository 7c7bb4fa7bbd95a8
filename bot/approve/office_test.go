package approve_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/approve"
	"javab/bot/converse"
	"javab/bot/staff"
	"javab/bot/worktime/worktimetest"
	"javab/storage"
	"javab/storage/memstore"
)

// noon is Wednesday 2026-11-25, 12:00 in Tehran; the chamber closes at 16:00 and opens again on Saturday at 08:00.
var noon = time.Date(2026, time.November, 25, 8, 30, 0, 0, time.UTC)

const ann bot.ChatKey = "tg:b:1"

// office is approvals over a store in memory, with a clock of its own. It carries decisions out itself.
type office struct {
	*approve.Office
	t       *testing.T
	store   *memstore.Store
	now     time.Time
	carried []bot.Approval
	fails   error // of what follows a decision
}

var (
	sara = person("sara", bot.RoleOfficer, "trade")
	mona = person("mona", bot.RoleManager, "trade")
	omid = person("omid", bot.RoleManager, "cards")
	head = person("head", bot.RoleHead)
)

func person(id bot.StaffID, role bot.Role, units ...bot.UnitID) bot.Staff {
	return bot.Staff{ID: id, Login: string(id), Name: string(id), Role: role, Units: units, CreatedAt: noon.AddDate(-1, 0, 0)}
}

func open(t *testing.T, staff ...bot.Staff) *office {
	t.Helper()
	o := &office{t: t, store: memstore.New(), now: noon}
	o.Office = &approve.Office{
		Store: storage.As[approve.Tx](o.store), Content: content{guard(t, nil)}, Hours: worktimetest.Book(t, noon), Clock: func() time.Time { return o.now },
		Carriers: map[bot.ApprovalKind]approve.Carrier{bot.ApproveReply: o},
	}
	o.do(func(tx storage.Tx) error {
		for _, s := range staff {
			if err := tx.SaveStaff(t.Context(), s); err != nil {
				return err
			}
		}
		return nil
	})
	return o
}

type content struct{ guard *approve.Guard }

func (c content) Guard() *approve.Guard       { return c.guard }
func (c content) MovesUpAfter() time.Duration { return 4 * time.Hour }

func (o *office) do(f func(storage.Tx) error) {
	o.t.Helper()
	if err := o.store.Do(o.t.Context(), f); err != nil {
		o.t.Fatal(err)
	}
}

// Decided implements approve.Carrier.
func (o *office) Decided(ctx context.Context, _ bot.Approval, decide approve.Decide) error {
	return o.store.Do(ctx, func(tx storage.Tx) error {
		a, err := decide(ctx, tx)
		if err == nil {
			err = o.fails
		}
		if err == nil {
			o.carried = append(o.carried, a)
		}
		return err
	})
}

// asks holds a reply back and returns it.
func (o *office) asks(by bot.Staff, id string) (a bot.Approval) {
	o.t.Helper()
	bench, err := o.Bench(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	o.do(func(tx storage.Tx) (err error) {
		a, err = o.Ask(o.t.Context(), tx, bench, bot.Approval{
			ID: id, Kind: bot.ApproveReply, Chat: ann, Unit: "trade", Author: by.ID, Text: "We will refund it.", Why: []bot.Concern{bot.ConcernCompensation},
		})
		return err
	})
	return a
}

func (o *office) is(id string) bot.Approval {
	o.t.Helper()
	a, err := o.store.ReadApproval(o.t.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return a
}

func (o *office) refused(err error, kind bot.ErrorKind, key string) {
	o.t.Helper()
	e, is := errors.AsType[*bot.Error](err)
	if !is || e.Kind != kind || e.Key != key {
		o.t.Errorf("got %v, want %s: %s", err, kind, key)
	}
}

// audited are the entries about an approval: what, of whom, by whom.
func (o *office) audited(id string) (all []string) {
	o.t.Helper()
	entries, err := o.store.AuditLines(o.t.Context(), staff.AuditQuery{Limit: 100})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, e := range slices.Backward(entries) {
		if e.Subject == "chat "+string(ann) && e.After == "approval "+id {
			all = append(all, fmt.Sprintf("%s %s by %s %s", e.What, e.Before, e.By, e.Reason))
		}
	}
	return all
}

func TestAYesNamesBothAndCarriesExactlyWhatWasSeen(t *testing.T) {
	o := open(t, sara, mona)
	a := o.asks(sara, "r1")
	o.refused(o.Approve(t.Context(), mona, "r1", "another hash"), bot.Conflict, "approval_hash")
	if err := o.Approve(t.Context(), mona, "r1", a.Hash); err != nil {
		t.Fatal(err)
	}
	if len(o.carried) != 1 || o.carried[0].Text != "We will refund it." || o.carried[0].DecidedBy != mona.ID || o.is("r1").State != bot.ApprovalApproved {
		t.Errorf("carried %+v", o.carried)
	}
	if got := o.audited("r1"); !slices.Equal(got, []string{"approval.asked author sara by sara ", "approval.approved author sara by mona "}) {
		t.Errorf("the audit has %q", got)
	}
	o.refused(o.Refuse(t.Context(), mona, "r1", "too late"), bot.Conflict, "approval_decided")
}

func TestATextThatWasChangedBehindItsHashIsRefused(t *testing.T) {
	o := open(t, sara, mona)
	a := o.asks(sara, "r1")
	a.Text = "We will refund it twice."
	o.do(func(tx storage.Tx) error { return tx.SaveApproval(t.Context(), a) })
	o.refused(o.Approve(t.Context(), mona, "r1", a.Hash), bot.Conflict, "approval_hash")
}

func TestTheHashBindsEverythingThatGoesOut(t *testing.T) {
	a := bot.Approval{Kind: bot.ApproveReply, Chat: ann, Text: "ab", Files: []bot.File{{ID: "f", SHA256: "1"}}}
	seen := []string{approve.Hash(a)}
	for _, change := range []func(*bot.Approval){
		func(a *bot.Approval) { a.Kind = bot.ApproveLetter },
		func(a *bot.Approval) { a.Chat = "tg:b:2" },
		func(a *bot.Approval) { a.Case = bot.CaseNumber{Year: 1405, Seq: 1} },
		func(a *bot.Approval) { a.Text = "abc" },
		func(a *bot.Approval) { a.Chat, a.Text = ann+"a", "b" },
		func(a *bot.Approval) { a.Files = nil },
		func(a *bot.Approval) { a.Files = []bot.File{{ID: "f", SHA256: "2"}} },
	} {
		b := a
		change(&b)
		if hash := approve.Hash(b); slices.Contains(seen, hash) {
			t.Errorf("%+v has the hash of another", b)
		} else {
			seen = append(seen, hash)
		}
	}
}

func TestNobodyDecidesHisOwn(t *testing.T) {
	o := open(t, mona, head)
	a := o.asks(mona, "r1")
	if a.Level != bot.LevelHead {
		t.Errorf("asked at level %s", a.Level)
	}
	o.refused(o.Approve(t.Context(), mona, "r1", a.Hash), bot.Forbidden, "approval_own")
	o.refused(o.Refuse(t.Context(), mona, "r1", "x"), bot.Forbidden, "approval_own")
	if err := o.Approve(t.Context(), head, "r1", a.Hash); err != nil {
		t.Error(err)
	}
}

func TestWhoMayNotDecideLearnsNothing(t *testing.T) {
	o := open(t, sara, mona, omid, head)
	a := o.asks(sara, "r1")
	gone, named := mona, mona
	gone.Disabled, named.Confidential = true, true
	for _, by := range []bot.Staff{person("reza", bot.RoleOfficer, "trade"), person("eli", bot.RoleSenior, "trade"), person("root", bot.RoleAdmin), omid, gone} {
		o.refused(o.Approve(t.Context(), by, "r1", a.Hash), bot.NotFound, "approval_not_found")
		o.refused(o.Change(t.Context(), by, "r1", "x"), bot.NotFound, "approval_not_found")
	}
	o.refused(o.Withdraw(t.Context(), mona, "r1"), bot.NotFound, "approval_not_found")
	a.Confidential = true
	o.do(func(tx storage.Tx) error { return tx.SaveApproval(t.Context(), a) })
	o.refused(o.Approve(t.Context(), mona, "r1", a.Hash), bot.NotFound, "approval_not_found")
	o.do(func(tx storage.Tx) error { return tx.Accuse(t.Context(), ann, mona.ID, noon) })
	o.refused(o.Approve(t.Context(), named, "r1", a.Hash), bot.NotFound, "approval_not_found")
	if o.is("r1").State != bot.ApprovalAsked {
		t.Error("somebody decided")
	}
}

func TestWhoMadeAnAccountYesterdayDecidesNothingThatItAsks(t *testing.T) {
	puppet := sara
	puppet.CreatedBy, puppet.CreatedAt = mona.ID, noon.AddDate(0, 0, -6)
	o := open(t, puppet, mona, head)
	a := o.asks(puppet, "r1")
	if a.Level != bot.LevelHead {
		t.Errorf("asked at level %s", a.Level)
	}
	o.refused(o.Approve(t.Context(), mona, "r1", a.Hash), bot.NotFound, "approval_not_found")
	o.now = noon.AddDate(0, 0, 2)
	if err := o.Approve(t.Context(), mona, "r1", a.Hash); err != nil {
		t.Error(err)
	}
}

func TestANoAndAWishForChangeNeedAReason(t *testing.T) {
	o := open(t, sara, mona)
	for id, decide := range map[string]func(context.Context, bot.Staff, string, string) error{"r1": o.Refuse, "r2": o.Change} {
		o.asks(sara, id)
		o.refused(decide(t.Context(), mona, id, ""), bot.Invalid, "approval_reason")
		if err := decide(t.Context(), mona, id, "say when"); err != nil {
			t.Error(err)
		}
		if a := o.is(id); a.Open() || a.Reason != "say when" {
			t.Errorf("%s is %+v", id, a)
		}
	}
}

func TestItsAuthorMayTakeItBack(t *testing.T) {
	o := open(t, sara, mona)
	a := o.asks(sara, "r1")
	if err := o.Withdraw(t.Context(), sara, "r1"); err != nil {
		t.Fatal(err)
	}
	o.refused(o.Approve(t.Context(), mona, "r1", a.Hash), bot.Conflict, "approval_decided")
}

func TestADecisionWhoseWorkFailsWasNeverMade(t *testing.T) {
	o := open(t, sara, mona)
	a := o.asks(sara, "r1")
	o.fails = errors.New("the chat is gone")
	if err := o.Approve(t.Context(), mona, "r1", a.Hash); !errors.Is(err, o.fails) {
		t.Fatal(err)
	}
	if o.is("r1").State != bot.ApprovalAsked || len(o.audited("r1")) != 1 {
		t.Errorf("%s, audit %q", o.is("r1").State, o.audited("r1"))
	}
}

func TestWhatNobodyDecidesMovesUpInWorkingHoursAndNeverDies(t *testing.T) {
	away := mona
	away.Substitute = omid.ID
	o := open(t, sara, away, omid, head)
	a := o.asks(sara, "r1")
	o.refused(o.Approve(t.Context(), omid, "r1", a.Hash), bot.NotFound, "approval_not_found")
	closing := noon.Add(4 * time.Hour)
	at := func(now time.Time, want bot.ApprovalLevel) {
		t.Helper()
		for range 2 {
			o.now = now
			if err := o.Round(t.Context(), now); err != nil {
				t.Fatal(err)
			}
		}
		if got := o.is("r1"); got.Level != want || !got.Open() {
			t.Errorf("at %s: %s, %s", now, got.Level, got.State)
		}
	}
	at(closing.Add(-time.Minute), bot.LevelManager)
	at(closing, bot.LevelDeputy)
	saturday := time.Date(2026, time.November, 28, 4, 30, 0, 0, time.UTC)
	at(saturday.Add(3*time.Hour), bot.LevelDeputy)
	his, _, err := o.Waiting(t.Context(), omid)
	if err != nil || len(his) != 1 {
		t.Errorf("the substitute is asked %d, %v", len(his), err)
	}
	at(saturday.Add(4*time.Hour), bot.LevelHead)
	at(saturday.AddDate(0, 1, 0), bot.LevelHead)
	if err := o.Approve(t.Context(), omid, "r1", a.Hash); err != nil {
		t.Error(err)
	}
	if got := o.audited("r1"); len(got) != 4 || got[1] != "approval.moved_up author sara by  deputy" {
		t.Errorf("the audit has %q", got)
	}
}

func TestALevelThatNobodyIsAtIsPassedOver(t *testing.T) {
	lone := head
	lone.Substitute = omid.ID
	for _, c := range []struct {
		staff []bot.Staff
		by    bot.Staff
		want  bot.ApprovalLevel
	}{
		{[]bot.Staff{sara, mona, head}, sara, bot.LevelManager},
		{[]bot.Staff{sara, omid, head}, sara, bot.LevelHead},
		{[]bot.Staff{sara}, sara, bot.LevelHead},
		{[]bot.Staff{head, mona}, head, bot.LevelManager},
		{[]bot.Staff{lone, omid}, lone, bot.LevelHead},
		{[]bot.Staff{mona, omid}, mona, bot.LevelHead},
	} {
		o := open(t, c.staff...)
		if a := o.asks(c.by, "r1"); a.Level != c.want || a.DueAt.IsZero() != (c.want == bot.LevelHead) {
			t.Errorf("%v by %s: asked at %s, due %s", c.staff, c.by.ID, a.Level, a.DueAt)
		}
	}
}

func TestTheHeadsSubstituteDecidesForHim(t *testing.T) {
	lone := head
	lone.Substitute = omid.ID
	o := open(t, lone, omid)
	a := o.asks(lone, "r1")
	if err := o.Approve(t.Context(), omid, "r1", a.Hash); err != nil {
		t.Error(err)
	}
}

func TestWithoutAHeadAnyOtherManagerDecidesRatherThanNobody(t *testing.T) {
	o := open(t, mona, omid)
	a := o.asks(mona, "r1")
	if err := o.Approve(t.Context(), omid, "r1", a.Hash); err != nil {
		t.Error(err)
	}
	o = open(t, mona, omid, head)
	a = o.asks(mona, "r1")
	o.refused(o.Approve(t.Context(), omid, "r1", a.Hash), bot.NotFound, "approval_not_found")
}

func TestFourEyesAreOffOnlyForWhoIsAlone(t *testing.T) {
	gone := omid
	gone.Disabled = true
	for _, c := range []struct {
		staff []bot.Staff
		by    bot.Staff
		want  bool
	}{
		{[]bot.Staff{sara, mona}, mona, true},
		{[]bot.Staff{sara, mona}, sara, false},
		{[]bot.Staff{sara}, sara, false},
		{[]bot.Staff{mona, gone}, mona, true},
		{[]bot.Staff{mona, omid}, mona, false},
		{[]bot.Staff{mona, head}, head, false},
		{[]bot.Staff{head}, head, true},
	} {
		if got := (approve.Bench{Staff: c.staff, Now: noon}).Alone(c.by); got != c.want {
			t.Errorf("%v, %s: alone %v", c.staff, c.by.ID, got)
		}
	}
}

func TestTheGuardReadsWithWhatWasSaidBefore(t *testing.T) {
	o := open(t, sara, mona)
	said := func(by bot.Author, d bot.Direction, words string, ago time.Duration) {
		o.do(func(tx storage.Tx) error {
			_, err := tx.Append(t.Context(), converse.Rows{Messages: []bot.Message{
				{Chat: ann, Direction: d, Author: by, Text: words, At: noon.Add(-ago)},
			}}, bot.Lease{})
			return err
		})
	}
	found := func(words string) (n int) {
		o.do(func(tx storage.Tx) error {
			list, err := o.Office.Guard(t.Context(), tx, sara.ID, ann, words)
			n = len(approve.Why(list))
			return err
		})
		return n
	}
	said("sara", bot.Out, "It comes to 4500000", time.Hour)
	if found("rials, as I said") != 0 {
		t.Error("an hour ago counts")
	}
	said("mona", bot.Out, "It comes to 4500000", time.Minute)
	if found("rials, as I said") != 0 {
		t.Error("what a colleague said counts")
	}
	said("sara", bot.Out, "It comes to 4500000", time.Minute)
	if found("rials, as I said") != 1 {
		t.Error("an amount split over two messages is not found")
	}
	if found("It was 77 dollars.") != 1 {
		t.Error("an amount is not found")
	}
	said(bot.ByMember, bot.In, "I paid 77 dollars", 100*time.Hour)
	if found("It was 77 dollars.") != 0 {
		t.Error("the member's own figure is held")
	}
	if found(" \n") != 0 {
		t.Error("no words hold")
	}
}

// heard is a herald that notes whom it shall tell.
type heard struct {
	whom []bot.StaffID
	fail error
}

func (h *heard) Asked(_ context.Context, _ approve.Tx, _ bot.Approval, whom []bot.StaffID) error {
	h.whom = append(h.whom, whom...)
	return h.fail
}

func TestThoseWhomALevelIsAboutAreToldInTheTransactionInWhichTheyAreAsked(t *testing.T) {
	o, h := open(t, sara, mona, omid, head), &heard{}
	o.Herald = h
	o.asks(sara, "r1")
	if want := []bot.StaffID{"mona"}; !slices.Equal(h.whom, want) {
		t.Errorf("told are %v", h.whom)
	}
	if err := o.Round(t.Context(), noon.AddDate(0, 0, 7)); err != nil {
		t.Fatal(err)
	}
	if want := []bot.StaffID{"mona", "head"}; !slices.Equal(h.whom, want) {
		t.Errorf("after it moved up, told are %v", h.whom)
	}
	h.fail = errors.New("the disk is full")
	bench, _ := o.Bench(t.Context())
	err := o.store.Do(t.Context(), func(tx storage.Tx) error {
		_, err := o.Ask(t.Context(), tx, bench, bot.Approval{ID: "r2", Kind: bot.ApproveReply, Chat: ann, Unit: "trade", Author: sara.ID, Text: "x"})
		return err
	})
	if err == nil {
		t.Error("it was asked, and nobody is told")
	}
}

func TestWhoListensHearsOfADecisionOnceItIsCommitted(t *testing.T) {
	o, n := open(t, sara, mona), 0
	o.Office.Decided = func(context.Context) { n++ }
	a := o.asks(sara, "r1")
	o.fails = errors.New("the disk is full")
	if err := o.Approve(t.Context(), mona, a.ID, a.Hash); err == nil || n != 0 {
		t.Errorf("%v, heard %d times", err, n)
	}
	o.fails = nil
	if err := o.Approve(t.Context(), mona, a.ID, a.Hash); err != nil || n != 1 {
		t.Errorf("%v, heard %d times", err, n)
	}
}
