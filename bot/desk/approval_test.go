package desk_test

import (
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/approve"
	"javab/bot/desk"
	"javab/storage"
)

// mona leads the unit of the chats.
var mona = bot.Staff{ID: "mona", Login: "mona", Name: "MONA", Role: bot.RoleManager, Units: []bot.UnitID{"trade"}, Langs: []bot.Lang{bot.En}, Capacity: 3, Status: bot.Available, SeenAt: noon}

// authority is a content whose words bind.
type authority struct{ lists }

func (authority) Guard() *approve.Guard       { return lexicon.Guard() }
func (authority) MovesUpAfter() time.Duration { return 4 * time.Hour }

// guarded is a chat that sara has claimed, where what binds the chamber needs a yes.
func guarded(t *testing.T) *world {
	w := open(t)
	w.save(mona)
	w.Lexicons = lists{}
	w.Approvals = &approve.Office{
		Store: storage.As[approve.Tx](w.store), Content: authority{}, Hours: w.Hours, Clock: w.Clock,
		Carriers: map[bot.ApprovalKind]approve.Carrier{bot.ApproveReply: w.Desk, bot.ApproveFile: w.Desk, bot.ApproveEdit: w.Desk},
	}
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.told(ann)
	return w
}

// asked is the only approval that waits.
func (w *world) asked() bot.Approval {
	w.t.Helper()
	all, err := w.store.AskedIn(w.t.Context(), ann)
	w.ok(err)
	if len(all) != 1 {
		w.t.Fatalf("%d approvals wait", len(all))
	}
	return all[0]
}

func (w *world) box(by bot.Staff) string {
	w.t.Helper()
	reply, _, err := w.store.Kept(w.t.Context(), by.ID, ann)
	w.ok(err)
	return reply
}

func TestWhatBindsTheChamberWaitsForAYesAndThenGoesOutAsItsAuthors(t *testing.T) {
	w := guarded(t)
	reply := desk.Reply{ID: "r1", Text: "We will refund the fee.", Ready: "refund@3"}
	w.ok(w.Reply(t.Context(), sara, ann, reply))
	w.ok(w.Reply(t.Context(), sara, ann, reply)) // pressed twice
	w.tells(ann)
	a := w.asked()
	if a.Kind != bot.ApproveReply || a.Author != sara.ID || a.Unit != "trade" || !slices.Equal(a.Why, []bot.Concern{bot.ConcernPromise}) {
		t.Errorf("asked %+v", a)
	}
	if !w.hand(ann).AnsweredAt.IsZero() {
		t.Error("a held reply counts as an answer")
	}
	w.ok(w.Approvals.Approve(t.Context(), mona, a.ID, a.Hash))
	w.tells(ann, "We will refund the fee.")
	if l := w.line(sara); l.Flow != bot.ReadyFlow || l.Step != "refund" || l.Bundle != 3 || w.hand(ann).AnsweredAt.IsZero() {
		t.Errorf("the line is %+v", l)
	}
	w.refused(w.Approvals.Approve(t.Context(), mona, a.ID, a.Hash), "approval_decided")
	w.ok(w.Reply(t.Context(), sara, ann, reply))
	w.tells(ann)
	if got := w.acts(ann); !slices.Equal(got[len(got)-2:], []string{desk.ActHeldBack, desk.ActApproved}) {
		t.Errorf("the record has %v", got)
	}
	if got := w.audit(); !slices.Contains(got, "mona approval.approved chat tg:b:1 author sara>approval "+a.ID) {
		t.Errorf("the audit has %q", got)
	}
}

func TestWhileAReplyIsHeldItsAuthorGoesOn(t *testing.T) {
	w := guarded(t)
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "We will refund the fee."}))
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r2", Text: "Please be patient."}))
	w.tells(ann, "Please be patient.")
	w.refused(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "We will refund all."}), "desk_repeated")
}

func TestWhoseReplyIsHeldHasAnsweredInTime(t *testing.T) {
	w := guarded(t)
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "We will refund the fee."}))
	w.waits(2*time.Hour, sara)
	w.stands(ann, "held sara held")
	w.ok(w.Approvals.Refuse(t.Context(), mona, w.asked().ID, "no"))
	w.waits(time.Minute, sara)
	w.stands(ann, "waiting waiting")
}

func TestAnAmountSplitOverTwoMessagesIsHeld(t *testing.T) {
	w := guarded(t)
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "It comes to 4500000"}))
	w.told(ann)
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r2", Text: "rials, as I said."}))
	w.tells(ann)
	if a := w.asked(); a.Text != "rials, as I said." {
		t.Errorf("asked %+v", a)
	}
}

func TestTheMembersOwnFigureIsNotHeld(t *testing.T) {
	w := guarded(t)
	w.writes(ann, "I have paid 300 dollars")
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "I have passed on what you say of 300 dollars."}))
	w.tells(ann, "I have passed on what you say of 300 dollars.")
}

func TestCaptionsAndFileNamesAreReadToo(t *testing.T) {
	photo := bot.File{ID: "f1", Kind: "photo", Name: "card.jpg", State: bot.FileStored, SHA256: "ab"}
	bill := bot.File{ID: "f2", Kind: "document", Name: "500 dollars.pdf", State: bot.FileStored, SHA256: "cd"}
	for _, r := range []desk.Reply{
		{ID: "r1", Text: "That is guaranteed", Files: []bot.File{photo}},
		{ID: "r2", Files: []bot.File{photo, bill}},
	} {
		w := guarded(t)
		w.ok(w.Reply(t.Context(), sara, ann, r))
		w.ok(w.Reply(t.Context(), sara, ann, r))
		w.tells(ann)
		a := w.asked()
		if a.Kind != bot.ApproveFile || len(a.Files) != len(r.Files) {
			t.Errorf("asked %+v", a)
		}
		w.ok(w.Approvals.Approve(t.Context(), mona, a.ID, a.Hash))
		if got := w.told(ann); len(got) != len(r.Files) {
			t.Errorf("the member is told %q", got)
		}
	}
}

func TestAnEditThatBindsWaitsWhileTheOldWordsStand(t *testing.T) {
	w := guarded(t)
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "We look into it."}))
	w.told(ann)
	line := w.line(sara)
	change := desk.Change{Line: line.ID, Text: "We will refund it."}
	w.ok(w.Edit(t.Context(), sara, ann, change))
	w.ok(w.Edit(t.Context(), sara, ann, change))
	w.tells(ann)
	a := w.asked()
	if a.Earlier != line.Text || a.Text != "We will refund it." {
		t.Errorf("it takes the place of %q", a.Earlier)
	}
	w.ok(w.Approvals.Refuse(t.Context(), mona, a.ID, "not agreed"))
	w.tells(ann)
	if w.line(sara).Text != line.Text || w.box(sara) != "" {
		t.Error("a refused edit did something")
	}
	w.ok(w.Edit(t.Context(), sara, ann, change))
	again := w.asked()
	w.ok(w.Approvals.Approve(t.Context(), mona, again.ID, again.Hash))
	w.tells(ann, "or1 now: We will refund it.")
	w.ok(w.Edit(t.Context(), sara, ann, change)) // as it stands
	w.tells(ann)
}

func TestAnEditOfAMessageThatIsGoneCannotBeApproved(t *testing.T) {
	w := guarded(t)
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "We look into it."}))
	w.told(ann)
	line := w.line(sara)
	w.ok(w.Edit(t.Context(), sara, ann, desk.Change{Line: line.ID, Text: "We will refund it."}))
	w.ok(w.Delete(t.Context(), sara, ann, line.ID))
	a := w.asked()
	w.refused(w.Approvals.Approve(t.Context(), mona, a.ID, a.Hash), "desk_amend_deleted")
	if w.asked().ID != a.ID {
		t.Error("it was decided")
	}
}

func TestAWishForChangeBringsTheWordsBackToTheirAuthor(t *testing.T) {
	w := guarded(t)
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "We will refund the fee."}))
	w.ok(w.Keep(t.Context(), sara, ann, desk.ModeReply, "Dear Ann"))
	w.ok(w.Approvals.Change(t.Context(), mona, w.asked().ID, "say when"))
	w.tells(ann)
	if got := w.box(sara); got != "We will refund the fee.\n\nDear Ann" {
		t.Errorf("his box has %q", got)
	}
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r2", Text: "We will refund the fee."}))
	w.ok(w.Approvals.Withdraw(t.Context(), sara, w.asked().ID))
	w.tells(ann)
	if got := w.box(sara); got != "We will refund the fee." {
		t.Errorf("his box has %q", got)
	}
	if got := w.acts(ann); !slices.Equal(got[len(got)-4:], []string{desk.ActHeldBack, desk.ActChanged, desk.ActHeldBack, desk.ActWithdrawn}) {
		t.Errorf("the record has %v", got)
	}
}

func TestAYesToAChatThatBlockedUsIsNone(t *testing.T) {
	w := guarded(t)
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "We will refund the fee."}))
	w.do(func(tx storage.Tx) error { return block(t, tx) })
	a := w.asked()
	w.refused(w.Approvals.Approve(t.Context(), mona, a.ID, a.Hash), "chat_blocked")
	if w.asked().ID != a.ID {
		t.Error("it was decided")
	}
}

func TestAManagersOwnWordsAreHeldUnlessHeIsAlone(t *testing.T) {
	w := guarded(t)
	w.ok(w.Release(t.Context(), sara, ann, "x"))
	w.told(ann)
	w.ok(w.Reply(t.Context(), mona, ann, desk.Reply{ID: "r1", Text: "We will refund the fee."}))
	w.told(ann)
	if !slices.Contains(w.audit(), "mona approval.alone chat tg:b:1 >") {
		t.Errorf("the audit has %q", w.audit())
	}
	head := bot.Staff{ID: "head", Login: "head", Role: bot.RoleHead}
	w.save(head)
	w.ok(w.Reply(t.Context(), mona, ann, desk.Reply{ID: "r2", Text: "We will refund all."}))
	w.tells(ann)
	a := w.asked()
	w.refused(w.Approvals.Approve(t.Context(), mona, a.ID, a.Hash), "approval_own")
	w.ok(w.Approvals.Approve(t.Context(), head, a.ID, a.Hash))
	w.tells(ann, "We will refund all.")
}

func TestWhatIsRudeStillAsksOnceMore(t *testing.T) {
	w := guarded(t)
	rude := desk.Reply{ID: "r1", Text: "You idiot, we will refund it."}
	w.refused(w.Reply(t.Context(), sara, ann, rude), "desk_hint")
	rude.Sure = []desk.Hint{desk.HintRude}
	w.ok(w.Reply(t.Context(), sara, ann, rude))
	w.tells(ann)
	w.asked()
}
