package cases

import (
	"fmt"
	"strings"
	"testing"

	"javab/bot"
)

func TestARequestIsEditedUntilWorkStarts(t *testing.T) {
	p := begin(t)
	p.write(bot.Piece{Field: "new_value", Text: "Tehran"}, bot.Piece{Field: "membership_no", Text: "4711"})
	number := p.must("ok", "case.open", "kind", "request", "category", "membership_change")["case.number"].Text
	p.write(bot.Piece{Field: "new_value", Text: "Karaj"}, bot.Piece{Field: "membership_no", Text: "4711"}, bot.Piece{Field: "note", Text: "soon", Append: true})
	p.must("ok", "case.edit", "number", number)
	c := p.cases[0]
	if c.Answers["new_value"] != "Karaj" || c.Answers["membership_no"] != "4711" || c.Text != "soon" {
		t.Errorf("the request now says %v, %q", c.Answers, c.Text)
	}
	var lines []string
	for _, e := range p.entries {
		if e.Case != c.ID || e.What != "edited" || e.Author != bot.ByMember || e.Draft != p.draft || !e.At.Equal(p.now) {
			t.Errorf("the timeline has %+v", e)
		}
		lines = append(lines, fmt.Sprintf("%s: %s > %s", e.Text, e.Before, e.After))
	}
	if got := strings.Join(lines, "; "); got != "text:  > soon; new_value: Tehran > Karaj" {
		t.Errorf("both sides see %s", got)
	}
	for _, words := range []string{"and quickly", "and quickly", "soon\nand quickly, please"} {
		p.write()
		p.must("ok", "case.edit", "number", number, "text", words)
	}
	if p.cases[0].Text != "soon\nand quickly, please" || len(p.entries) != 4 {
		t.Errorf("of words said again it keeps %q, timeline %v", p.cases[0].Text, p.entries)
	}
	p.cases[0].State = bot.InWork
	p.must("too_late", "case.edit", "number", number, "new_value", "Qom")
	if p.cases[0].Answers["new_value"] != "Karaj" {
		t.Error("a late edit was written")
	}
}

func TestAnEditedPhoneIsKeptAndNewFilesAreALineOfTheirOwn(t *testing.T) {
	p := begin(t)
	number := p.file(bot.Request, "membership_change")
	p.write(bot.Piece{Field: "documents", File: &bot.File{ID: "f2"}, Append: true})
	p.must("ok", "case.edit", "number", number, "phone", "+989121234567")
	if p.cases[0].Phone != "+989121234567" || len(p.entries) != 2 || p.entries[1].Text != "files" {
		t.Errorf("phone %q, timeline %v", p.cases[0].Phone, p.entries)
	}
	if p.entries[0].Text != "phone" || p.entries[0].After != "\u2026567" {
		t.Errorf("the timeline, which is plain text, tells the phone as %+v", p.entries[0])
	}
}

func TestAnEditThatChangesNothingLeavesNoTrace(t *testing.T) {
	p := begin(t)
	number := p.file(bot.Request, "membership_change")
	p.must("ok", "case.edit", "number", number)
	if len(p.entries) != 0 {
		t.Errorf("the timeline has %v", p.entries)
	}
}

func TestAComplaintIsNotRewrittenOnlyAddedTo(t *testing.T) {
	p := begin(t)
	number := p.file(bot.Complaint, "card_misuse")
	p.must("too_late", "case.edit", "number", number, "text", "never mind")
	p.write(bot.Piece{Field: "more", Text: "one more thing", Append: true}, bot.Piece{Field: "more", File: &bot.File{ID: "f9"}, Append: true})
	p.must("ok", "case.add", "number", number)
	if len(p.entries) != 1 || p.entries[0].What != "added" || p.entries[0].Text != "one more thing" || p.entries[0].Draft != p.draft || p.cases[0].Text != "" {
		t.Errorf("timeline %v, text %q", p.entries, p.cases[0].Text)
	}
}

func TestFilesAloneAreAnAddition(t *testing.T) {
	p := begin(t)
	number := p.file(bot.Complaint, "card_misuse")
	p.write()
	p.must("ok", "case.add", "number", number)
	p.write(bot.Piece{Field: "more", File: &bot.File{ID: "f9"}, Append: true})
	p.must("ok", "case.add", "number", number)
	if len(p.entries) != 1 {
		t.Errorf("timeline %v, want the files and no empty line", p.entries)
	}
}

func TestSingleAnswersAreAnAdditionToo(t *testing.T) {
	p := begin(t)
	number := p.file(bot.Complaint, "card_misuse")
	p.write(bot.Piece{Field: "more", Text: "it happened again"}, bot.Piece{Field: "account", Text: "today", Append: true})
	p.must("ok", "case.add", "number", number)
	if len(p.entries) != 1 || p.entries[0].Text != "today\nit happened again" || p.cases[0].Answers["more"] != "" {
		t.Errorf("timeline %v, answers %v", p.entries, p.cases[0].Answers)
	}
}

func TestAWithdrawnCaseTakesNothingMore(t *testing.T) {
	p := begin(t)
	number := p.file(bot.Complaint, "card_misuse")
	p.cases[0].State = bot.InWork
	p.must("ok", "case.withdraw", "number", number)
	if e := p.entries[0]; p.cases[0].State != bot.Withdrawn || e.What != "withdrawn" || e.Before != "in_work" || e.After != "withdrawn" {
		t.Errorf("state %s, timeline %v", p.cases[0].State, p.entries)
	}
	p.must("closed", "case.withdraw", "number", number)
	p.must("closed", "case.add", "number", number, "text", "wait")
	if len(p.entries) != 1 {
		t.Errorf("timeline %v", p.entries)
	}
}

func TestWhatTheMemberSendsTakesACaseThatWaitsForHimBackToWork(t *testing.T) {
	p := begin(t)
	number := p.file(bot.Complaint, "trade_barrier")
	c := &p.cases[0]
	c.State, c.Holder, c.Waits, c.Clock = bot.WaitingMember, "sara", "a copy", bot.Clock{Promised: c.Clock.Promised}
	p.must("ok", "case.add", "number", number)
	if p.cases[0].State != bot.WaitingMember || len(p.entries) != 0 {
		t.Errorf("he sent nothing, and it is %s", p.cases[0].State)
	}
	p.must("ok", "case.add", "number", number, "text", "here it is")
	got, e := p.cases[0], p.entries[0]
	if got.State != bot.InWork || !got.Clock.Runs() || got.Waits != "" || got.Next != (bot.Next{What: NextWork, Who: "sara", At: p.now}) {
		t.Errorf("it goes on as %+v", got)
	}
	if e.What != "added" || e.Author != bot.ByMember || e.Before != "waiting_member" || e.After != "in_work" {
		t.Errorf("the timeline tells %+v", e)
	}
}
