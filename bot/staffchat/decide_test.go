package staffchat_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/flows"
	"javab/storage"
)

func TestAYesWithItsCodeIsCarriedOutAndBothNamesAreTold(t *testing.T) {
	h := open(t, sara, mona)
	h.link(own, mona.ID)
	a := h.asks(reply("r1"))
	result := h.decides(a, "approve", h.code())
	wantOutcome(t, "the right code", result, "ok")
	if len(result.Jobs) != 1 || strings.Contains(string(result.Jobs[0].Payload), h.code()) {
		t.Fatalf("jobs %+v", result.Jobs)
	}
	for range 2 { // a job may run twice
		if err := h.CarryDecision(t.Context(), result.Jobs[0]); err != nil {
			t.Fatal(err)
		}
	}
	if got := h.is(a.ID); got.State != bot.ApprovalApproved || got.DecidedBy != mona.ID {
		t.Errorf("it is %+v", got)
	}
	if told := h.told(own); len(told) != 1 || !contains(told[0], "staff.done", "staff.verdict.approved", "Ms mona", "Ms sara") {
		t.Errorf("told %+v", told)
	}
}

func TestANoOrAReturnCarriesItsReason(t *testing.T) {
	for verdict, state := range map[string]bot.ApprovalState{"refuse": bot.ApprovalRefused, "change": bot.ApprovalChanged} {
		h := open(t, sara, mona)
		h.link(own, mona.ID)
		a := h.asks(reply("r1"))
		result := h.decides(a, verdict, h.code())
		wantOutcome(t, verdict, result, "ok")
		if err := h.CarryDecision(t.Context(), result.Jobs[0]); err != nil {
			t.Fatal(err)
		}
		if got := h.is(a.ID); got.State != state || got.Reason != "too much" {
			t.Errorf("%s: it is %+v", verdict, got)
		}
	}
}

func TestAWrongCodeOrOneUsedBeforeDecidesNothingAndGuessingIsSlowedDown(t *testing.T) {
	h := open(t, sara, mona)
	h.link(own, mona.ID)
	first, second := h.asks(reply("r1")), h.asks(reply("r2"))
	wantOutcome(t, "right", h.decides(first, "approve", h.code()), "ok")
	wantOutcome(t, "the same again", h.decides(second, "approve", h.code()), "wrong")
	wantOutcome(t, "wrong", h.decides(second, "approve", "000000"), "wrong")
	wantOutcome(t, "wrong once more", h.decides(second, "approve", "000001"), "wrong")
	early := h.decides(second, "approve", h.code())
	wantOutcome(t, "too early", early, "wait")
	if early.Vars["seconds"].Text == "" {
		t.Error("it is not told how long to wait")
	}
	h.now = h.now.Add(time.Minute)
	wantOutcome(t, "after the pause", h.decides(second, "approve", h.code()), "ok")
	if len(h.jobs(bot.JobSend)) != 0 {
		t.Error("something was told by an action")
	}
}

func TestOtherWordsThanThoseThatWereSeenAreNotDecided(t *testing.T) {
	h := open(t, sara, mona)
	h.link(own, mona.ID)
	a := h.asks(reply("r1"))
	shown := h.acts(own, "approval.show", map[string]string{"pick": pick(t, h, "y")})
	wantOutcome(t, "its button", shown, "open")
	if shown.Vars["wish"].Text != "approve" || len(shown.Send) != 0 {
		t.Errorf("a button below the words asks for %+v", shown)
	}
	changed := a
	changed.Text, changed.Hash = "We refund twice as much.", strings.Repeat("f", 64)
	h.do(func(tx storage.Tx) error { return tx.SaveApproval(t.Context(), changed) })
	wantOutcome(t, "by the old hash", h.decides(a, "approve", h.code()), "changed")
	shown = h.acts(own, "approval.show", map[string]string{"pick": "y:" + a.Hash[:8] + ":r1"})
	if shown.Vars["wish"].Text != "none" || len(shown.Send) != 1 || !contains(shown.Send[0], "twice as much") || !shown.Send[0].Private {
		t.Errorf("the old button shows %+v", shown)
	}
}

// pick is what the button of a letter brings back, below the last message in mona's chat.
func pick(t *testing.T, h *house, letter string) string {
	t.Helper()
	h.carries(bot.JobAsked, h.CarryAsked)
	told := h.told(own)
	for _, c := range told[len(told)-1].Choices {
		choice, _ := flows.ParsePress(c.Data)
		if argument := strings.TrimPrefix(choice.ID, "/approve "); strings.HasPrefix(argument, letter+":") {
			return argument
		}
	}
	t.Fatal("no such button")
	return ""
}

func TestWhoIsLateIsToldWhoWasFirst(t *testing.T) {
	h := open(t, sara, mona, head)
	h.link(own, mona.ID)
	a := h.asks(reply("r1"))
	late := h.decides(a, "refuse", h.code())
	if err := h.office.Approve(t.Context(), head, a.ID, a.Hash); err != nil {
		t.Fatal(err)
	}
	if err := h.CarryDecision(t.Context(), late.Jobs[0]); err != nil {
		t.Fatal(err)
	}
	if told := h.told(own); len(told) != 1 || !contains(told[0], "staff.already", "staff.verdict.approved", "Ms head") {
		t.Errorf("told %+v", told)
	}
	for _, action := range []bot.Result{h.decides(a, "refuse", h.code()), h.acts(own, "approval.show", map[string]string{"pick": a.ID})} {
		wantOutcome(t, "afterwards", action, "decided")
		if action.Vars["approval.by"].Text != "Ms head" {
			t.Errorf("it was %q", action.Vars["approval.by"].Text)
		}
	}
}

func TestWhoMayNotDecideLearnsNothing(t *testing.T) {
	h := open(t, sara, mona, omid)
	h.link("tg:b:8", omid.ID)
	h.link("tg:b:9", sara.ID)
	h.link(own, mona.ID)
	a := h.asks(reply("r1"))
	h.do(func(tx storage.Tx) error { return tx.Accuse(t.Context(), ann, mona.ID, noon) })
	for _, chat := range []bot.ChatKey{"tg:b:8", "tg:b:9", own} {
		wantOutcome(t, string(chat)+" picks", h.acts(chat, "approval.show", map[string]string{"pick": a.ID}), "unknown")
		wantOutcome(t, string(chat)+" lists", h.acts(chat, "approval.show", nil), "none")
		wantOutcome(t, string(chat)+" decides", h.acts(chat, "approval.decide", map[string]string{
			"id": a.ID, "hash": a.Hash, "verdict": "approve", "code": h.code(),
		}), "unknown")
	}
	wantOutcome(t, "one that is not there", h.acts(own, "approval.show", map[string]string{"pick": "r9"}), "unknown")
}

func TestInAChatThatIsNobodysNothingIsShownAndTheChatForgetsThatItWas(t *testing.T) {
	h := open(t, sara, mona)
	a := h.asks(reply("r1"))
	for _, result := range []bot.Result{h.acts(own, "approval.show", nil), h.decides(a, "approve", h.code())} {
		wantOutcome(t, "nobody's", result, "not_linked")
		if result.Staff != bot.ChatUnlinked {
			t.Errorf("it stays %q", result.Staff)
		}
	}
}

func TestOneThatWaitsIsShownAtOnceAndSeveralAreListed(t *testing.T) {
	h := open(t, sara, mona)
	h.link(own, mona.ID)
	wantOutcome(t, "none", h.acts(own, "approval.show", nil), "none")
	h.asks(reply("r1"))
	only := h.acts(own, "approval.show", nil)
	wantOutcome(t, "one", only, "open")
	if only.Vars["approval.id"].Text != "r1" || len(only.Send) != 1 || !contains(only.Send[0], "We refund r1.") {
		t.Errorf("shown %+v", only)
	}
	h.asks(reply("r2"))
	several := h.acts(own, "approval.show", nil)
	wantOutcome(t, "two", several, "some")
	if items := several.Vars["approvals"].Items; len(items) != 2 || !strings.Contains(items[0].Label, "Ms sara") {
		t.Errorf("listed %+v", items)
	}
}

func TestWhatCannotBeCarriedOutIsToldAndWhatMayYetBeIsTriedAgain(t *testing.T) {
	h := open(t, sara, mona)
	h.link(own, mona.ID)
	a := h.asks(reply("r1"))
	job := h.decides(a, "approve", h.code()).Jobs[0]
	h.fails = errors.New("the disk is full")
	if err := h.CarryDecision(t.Context(), job); err == nil || len(h.told(own)) != 0 {
		t.Errorf("%v, told %+v", err, h.told(own))
	}
	h.fails = &bot.Error{Kind: bot.Conflict, Key: "chat_blocked"}
	if err := h.CarryDecision(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	if told := h.told(own); len(told) != 1 || !contains(told[0], "staff.undone") || !h.is(a.ID).Open() {
		t.Errorf("told %+v", told)
	}
}

func TestWhoWasDisabledAfterHisCodeDecidesNothing(t *testing.T) {
	h := open(t, sara, mona)
	h.link(own, mona.ID)
	a := h.asks(reply("r1"))
	job := h.decides(a, "approve", h.code()).Jobs[0]
	gone := mona
	gone.Disabled = true
	h.do(func(tx storage.Tx) error { return tx.SaveStaff(t.Context(), gone) })
	if err := h.CarryDecision(context.WithoutCancel(t.Context()), job); err != nil {
		t.Fatal(err)
	}
	if told := h.told(own); !h.is(a.ID).Open() || len(told) != 1 || !contains(told[0], "staff.gone") {
		t.Errorf("told %+v", told)
	}
}

func TestALinkCodeMakesTheChatItsOwners(t *testing.T) {
	h := open(t, mona)
	wantOutcome(t, "no code", h.acts(own, "staff.link", nil), "wrong")
	h.invites(mona.ID, "K7QM-2RTA")
	linked := h.acts(own, "staff.link", map[string]string{"code": "k7qm2rta"})
	wantOutcome(t, "her code", linked, "ok")
	if linked.Staff != bot.ChatLinked || linked.Vars["staff.name"].Text != "Ms mona" {
		t.Errorf("linked %+v", linked)
	}
	for range 3 {
		h.acts(own, "staff.link", map[string]string{"code": "AAAA"})
	}
	wantOutcome(t, "the sixth try", h.acts(own, "staff.link", map[string]string{"code": "AAAA"}), "too_many")
}
