package cases_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/storage"
)

const binding = "We refund 2,500,000 rials."

func TestAnOfficersWordAboutACaseIsSignedAndCountsAsAWord(t *testing.T) {
	b := working(t)
	b.now = b.at("2026-11-22 12:00")
	b.acts(sara, cases.Tell{ID: "n1", Text: "Your card is printed."}, cases.Tell{ID: "n1", Text: "Your card is printed."})
	words, c := b.words(b.key), b.of()
	if len(words) != 1 || words[0].Author != "sara" || words[0].Text != "case.told "+b.number.String()+"\nYour card is printed." || words[0].Unit != c.Unit {
		t.Fatalf("he reads %+v", words)
	}
	if b.instant(c.ToldAt) != "Sun 11-22 12:00" || b.instant(c.AnsweredAt) != "Sun 11-22 12:00" || b.last().What != cases.DidTell {
		t.Errorf("told %s, answered %s", b.instant(c.ToldAt), b.instant(c.AnsweredAt))
	}
	b.refuses(sara, cases.Tell{ID: "n1", Text: "It is not."}, bot.Conflict, "case_repeated")
	b.until("2026-11-22 12:15")
	if b.instant(b.of().NoticeAt) == "-" || len(b.words(b.key)) != 1 {
		t.Errorf("after the keeper has looked: %+v", b.of())
	}
	for _, a := range b.audited("case.told") {
		if strings.Contains(a.After+a.Before+a.Reason, "card") {
			t.Errorf("the audit has his words: %+v", a)
		}
	}
}

func TestWhomNoMessageReachesIsNotWrittenTo(t *testing.T) {
	b := working(t)
	b.block()
	b.refuses(sara, cases.Tell{ID: "n1", Text: "Hello."}, bot.Conflict, "chat_blocked")
}

// block makes the member's chat unreachable.
func (b *bureau) block() {
	b.t.Helper()
	b.office.do(func(tx storage.Tx) error {
		chat, err := tx.Chat(b.t.Context(), b.key)
		chat.Blocked = true
		_, errAppend := tx.Append(b.t.Context(), converse.Rows{Chat: &chat}, bot.Lease{})
		return errors.Join(err, errAppend)
	})
}

func TestBindingWordsAreHeldUntilAManagersYes(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Tell{ID: "n1", Text: binding}, cases.Tell{ID: "n1", Text: binding})
	a := b.asked()
	if a.Kind != bot.ApproveNotice || a.Text != binding || a.Author != "sara" || a.Case != b.number || a.Unit != "member_relations" {
		t.Errorf("asked %+v", a)
	}
	if c, line := b.of(), b.last(); len(b.words(b.key)) != 0 || line.What != cases.DidHold || line.Text != binding || c.Next.What != cases.NextYes || !c.Next.At.Equal(a.DueAt) || !c.AnsweredAt.IsZero() {
		t.Errorf("held as %+v, %+v", b.last(), c.Next)
	}
	b.refuses(sara, cases.Tell{ID: "n1", Text: binding + " Today."}, bot.Conflict, "case_repeated")
	b.ok(b.Approvals.Approve(t.Context(), mona, a.ID, a.Hash))
	words := b.words(b.key)
	if len(words) != 1 || words[0].Author != "sara" || !strings.HasSuffix(words[0].Text, binding) {
		t.Fatalf("he reads %+v", words)
	}
	if b.did() != "sara begun, sara held, mona approved, sara told" || b.of().Next.What != cases.NextWork {
		t.Errorf("the timeline tells %s, next %+v", b.did(), b.of().Next)
	}
}

func TestOnlyTheWordsThatWereReadGoOut(t *testing.T) {
	for _, act := range []cases.Act{cases.Tell{ID: "x1", Text: binding}, cases.Propose{ID: "x1", Result: binding}} {
		b := working(t)
		b.acts(sara, act)
		a := b.asked()
		a.Payload = []byte(`{"ID":"x1","Text":"Nothing.","Result":"Nothing."}`)
		b.office.do(func(tx storage.Tx) error { return tx.SaveApproval(t.Context(), a) })
		b.ok(b.Approvals.Approve(t.Context(), mona, a.ID, a.Hash))
		if words := b.words(b.key); len(words) != 1 || !strings.Contains(words[0].Text, binding) || strings.Contains(words[0].Text, "Nothing") {
			t.Errorf("%T: he reads %+v", act, words)
		}
	}
}

func TestWhatIsNotApprovedGoesBackToItsAuthor(t *testing.T) {
	for state, what := range map[bot.ApprovalState]string{bot.ApprovalRefused: cases.DidRefuse, bot.ApprovalChanged: cases.DidChange, bot.ApprovalWithdrawn: cases.DidTakeBack} {
		b := working(t)
		b.acts(sara, cases.Tell{ID: "n1", Text: binding})
		a := b.asked()
		switch state {
		case bot.ApprovalRefused:
			b.ok(b.Approvals.Refuse(t.Context(), mona, a.ID, "not ours"))
		case bot.ApprovalChanged:
			b.ok(b.Approvals.Change(t.Context(), mona, a.ID, "not ours"))
		default:
			b.ok(b.Approvals.Withdraw(t.Context(), sara, a.ID))
		}
		if c, line := b.of(), b.last(); line.What != what || line.After != a.ID || c.Next.What != cases.NextChange || c.Next.Who != "sara" || len(b.words(b.key)) != 0 {
			t.Errorf("%s: line %+v, next %+v", state, line, c.Next)
		}
		if state != bot.ApprovalWithdrawn && b.last().Text != "not ours" {
			t.Errorf("%s for %q", state, b.last().Text)
		}
	}
}

func TestAYesToWhatCanNoLongerBeDoneIsNoYes(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Propose{ID: "p1", Result: binding})
	a := b.asked()
	b.acts(sara, cases.AddTask{Task: bot.Task{ID: "t1", What: "ask the accounts", DueAt: b.now.Add(time.Hour)}})
	if err := b.Approvals.Approve(t.Context(), mona, a.ID, a.Hash); bot.KindOf(err) != bot.Conflict {
		t.Errorf("approved over an open task: %v", err)
	}
	b.acts(sara, cases.EndTask{ID: "t1", Outcome: bot.TaskDropped})
	b.change(func(c *bot.Case) { c.State = bot.Received })
	if err := b.Approvals.Approve(t.Context(), mona, a.ID, a.Hash); bot.KindOf(err) != bot.Conflict {
		t.Errorf("approved where the procedure has no place for it: %v", err)
	}
	if still := b.asked(); still.ID != a.ID || len(b.words(b.key)) != 0 || b.of().State != bot.Received {
		t.Errorf("it has become %+v", still)
	}
}

func TestWhoIsAloneAtTheTopSaysEverythingHimselfAndTheAuditTells(t *testing.T) {
	b := working(t)
	b.office.do(func(tx storage.Tx) error {
		gone := head
		gone.Disabled = true
		return tx.SaveStaff(t.Context(), gone)
	})
	b.acts(mona, cases.Tell{ID: "n1", Text: binding}, cases.Letter{ID: "l1", To: "Customs", Text: "Dear colleagues"}, cases.Letter{ID: "l1", To: "Customs", Text: "Dear colleagues"})
	if len(b.words(b.key)) != 1 || len(b.audited("approval.alone")) != 2 {
		t.Errorf("%d messages, audited %+v", len(b.words(b.key)), b.audited("approval."))
	}
	list, err := b.ApprovalsOf(t.Context(), sara, b.number)
	if err != nil || len(list) != 1 || list[0].State != bot.ApprovalApproved {
		t.Fatalf("approvals %+v, %v", list, err)
	}
	if letter, err := b.Export(t.Context(), sara, b.number, list[0].ID); err != nil || letter != "Customs\n\nDear colleagues" {
		t.Errorf("exported %q, %v", letter, err)
	}
}

func TestALetterLeavesTheHouseOnlyAfterAYes(t *testing.T) {
	b := working(t)
	letter := cases.Letter{ID: "l1", To: "Customs", Text: "Please release the goods."}
	b.acts(sara, letter, letter)
	a := b.asked()
	if a.Kind != bot.ApproveLetter || a.Text != "Customs\n\nPlease release the goods." || a.Why[0] != bot.ConcernKind || b.of().Next.What == cases.NextYes {
		t.Errorf("asked %+v, next %+v", a, b.of().Next)
	}
	for _, id := range []string{a.ID, "none"} {
		if text, err := b.Export(t.Context(), sara, b.number, id); bot.KindOf(err) != bot.NotFound || text != "" {
			t.Errorf("exported before: %q, %v", text, err)
		}
	}
	b.ok(b.Approvals.Approve(t.Context(), mona, a.ID, a.Hash))
	if _, err := b.Export(t.Context(), karim, b.number, a.ID); bot.KindOf(err) != bot.NotFound {
		t.Errorf("exported by a stranger: %v", err)
	}
	text, err := b.Export(t.Context(), sara, b.number, a.ID)
	if err != nil || text != a.Text || b.did() != "sara begun, sara held, mona approved, sara letter" {
		t.Errorf("exported %q, %v, after %s", text, err, b.did())
	}
	if out := b.audited("case.letter_exported"); len(out) != 1 || out[0].By != "sara" || !strings.HasSuffix(out[0].After, a.ID) {
		t.Errorf("audited %+v", out)
	}
	other := b.of()
	other.ID, other.Draft = "e2", "d2"
	b.office.do(func(tx storage.Tx) (err error) {
		other, err = tx.OpenCase(t.Context(), other)
		return err
	})
	if _, err := b.Export(t.Context(), sara, other.Number, a.ID); bot.KindOf(err) != bot.NotFound {
		t.Errorf("exported from another case: %v", err)
	}
	b.acts(sara, cases.Letter{ID: "l2", To: "Customs", Text: "More."})
	b.ok(b.Approvals.Refuse(t.Context(), mona, b.asked().ID, "no"))
	list, err := b.ApprovalsOf(t.Context(), sara, b.number)
	if err != nil || len(list) != 2 {
		t.Fatalf("approvals %+v, %v", list, err)
	}
	if _, err := b.Export(t.Context(), sara, b.number, list[1].ID); bot.KindOf(err) != bot.NotFound {
		t.Errorf("a refused letter was exported: %v", err)
	}
}
