package cases_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

func TestAReferralIsDueInTheWorkingTimeOfItsUnitAndTheReplyBringsTheCaseBack(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Refer{ID: "r1", Unit: "trade", Question: " Where is the file? "})
	c, line := b.of(), b.last()
	if c.State != bot.Referred || c.Next.What != cases.NextReply || b.instant(c.Next.At) != "Mon 11-23 10:00" || line.What != cases.DidRefer || line.After != "trade" || line.Text != "Where is the file?" {
		t.Errorf("referred as %+v, %+v", c.Next, line)
	}
	b.refuses(sara, cases.Resume{}, bot.Conflict, "case_open_referral")
	b.now = b.now.Add(time.Hour)
	b.acts(lena, cases.AnswerReferral{ID: "r1", Reply: "Here."}, cases.AnswerReferral{ID: "r1", Reply: "Here."})
	b.refuses(lena, cases.AnswerReferral{ID: "r1", Reply: "No, there."}, bot.Conflict, "case_replied")
	if c := b.of(); c.State != bot.InWork || c.Next != (bot.Next{What: cases.NextAnswer, Who: "sara", At: b.now}) {
		t.Errorf("after the reply it is %s, next %+v", c.State, c.Next)
	}
	if b.did() != "sara begun, sara referred, lena replied, lena resumed" {
		t.Errorf("the timeline tells %s", b.did())
	}
}

func TestOnlyTheLastReplyBringsACaseBack(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Refer{ID: "r1", Unit: "trade", Question: "A?"}, cases.Refer{ID: "r2", Unit: "finance", Question: "B?", DueAt: b.at("2026-11-22 12:00")})
	if c := b.of(); b.instant(c.Next.At) != "Sun 11-22 12:00" {
		t.Errorf("the first reply is due %s", b.instant(c.Next.At))
	}
	b.acts(karim, cases.AnswerReferral{ID: "r2", Reply: "Paid."})
	if c := b.of(); c.State != bot.Referred || b.instant(c.Next.At) != "Mon 11-23 10:00" {
		t.Errorf("while one is owed it is %s, next %s", c.State, b.instant(c.Next.At))
	}
	b.acts(sara, cases.RecallReferral{ID: "r1"}, cases.RecallReferral{ID: "r1"})
	b.refuses(sara, cases.AnswerReferral{ID: "r1", Reply: "late"}, bot.Conflict, "case_replied")
	b.refuses(sara, cases.RecallReferral{ID: "r2"}, bot.Conflict, "case_replied")
	b.refuses(sara, cases.RecallReferral{ID: "r3"}, bot.NotFound, "case_referral_unknown")
	if c := b.of(); c.State != bot.InWork {
		t.Errorf("with none owed it is %s", c.State)
	}
	b.refuses(lena, cases.AnswerReferral{ID: "r1", Reply: "late"}, bot.NotFound, "case_not_found")
}

func TestAUnitAnswersItsOwnReferralAlone(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Refer{ID: "r1", Unit: "trade", Question: "A?"}, cases.Refer{ID: "r2", Unit: "finance", Question: "B?"})
	b.refuses(lena, cases.AnswerReferral{ID: "r2", Reply: "Paid."}, bot.NotFound, "case_referral_unknown")
	b.acts(sara, cases.AnswerReferral{ID: "r2", Reply: "They say on the phone: paid."}) // who works on the case writes down what he was told
	if referrals, _ := b.parts(); referrals[1].RepliedBy != "sara" {
		t.Errorf("answered by %s", referrals[1].RepliedBy)
	}
}

func TestAReferralThatCannotBeMeantIsRefused(t *testing.T) {
	b := working(t)
	for key, act := range map[string]cases.Refer{
		"desk_unit": {ID: "r", Unit: "nowhere", Question: "?"}, "case_refer_own": {ID: "r", Unit: "member_relations", Question: "?"},
		"desk_past": {ID: "r", Unit: "trade", Question: "?", DueAt: b.now}, "case_empty": {ID: "r", Unit: "trade", Question: " "},
		"desk_id": {Unit: "trade", Question: "?"}, "case_long": {ID: "r", Unit: "trade", Question: strings.Repeat("x", 4001)},
	} {
		b.refuses(sara, act, bot.Invalid, key)
	}
}

func TestAFormThatIsSentTwiceRefersOnce(t *testing.T) {
	b := working(t)
	act := cases.Refer{ID: "r1", Unit: "trade", Question: "A?"}
	b.acts(sara, act, act)
	b.refuses(sara, cases.Refer{ID: "r1", Unit: "trade", Question: "B?"}, bot.Conflict, "case_repeated")
	if referrals, _ := b.parts(); len(referrals) != 1 || b.did() != "sara begun, sara referred" {
		t.Errorf("%d referrals after %s", len(referrals), b.did())
	}
}

func TestAUnitWithoutASignInAnswersByALinkOnce(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Refer{ID: "r1", Unit: "trade", Question: "A?"})
	old, err := b.Link(t.Context(), sara, b.number, "r1")
	b.ok(err)
	token, err := b.Link(t.Context(), sara, b.number, "r1")
	b.ok(err)
	if len(token) != 43 || token == old {
		t.Errorf("token %q after %q", token, old)
	}
	if referrals, _ := b.parts(); referrals[0].Link == "" || strings.Contains(referrals[0].Link, token) {
		t.Errorf("the link is kept as %q", referrals[0].Link)
	}
	view, err := b.ByLink(t.Context(), token)
	b.ok(err)
	if view.Question != "A?" || view.Unit != "trade" || view.Number != b.number || !view.Until.Equal(view.DueAt.AddDate(0, 0, 2)) {
		t.Errorf("the link shows %+v", view)
	}
	for _, bad := range []string{"", old, token[:42], token + "x"} {
		_, err := b.ByLink(t.Context(), bad)
		if replied := b.ReplyByLink(t.Context(), bad, "Mr Rad", "here"); bot.KindOf(err) != bot.NotFound || bot.KindOf(replied) != bot.NotFound {
			t.Errorf("by %q: %v, %v", bad, err, replied)
		}
	}
	for _, words := range [][2]string{{"", "here"}, {"Mr Rad", " "}} {
		if err := b.ReplyByLink(t.Context(), token, words[0], words[1]); bot.KindOf(err) != bot.Invalid {
			t.Errorf("replied %q: %v", words, err)
		}
	}
	b.ok(b.ReplyByLink(t.Context(), token, "Mr Rad", "Here."))
	if err := b.ReplyByLink(t.Context(), token, "Mr Rad", "Again."); bot.KindOf(err) != bot.NotFound {
		t.Errorf("a second reply: %v", err)
	}
	referrals, _ := b.parts()
	if r, c := referrals[0], b.of(); r.Reply != "Here." || r.RepliedBy != "Mr Rad" || r.Link != "" || c.State != bot.InWork || c.Next.What != cases.NextAnswer {
		t.Errorf("referral %+v, case %s", r, c.State)
	}
	for _, a := range b.audited("case.replied") {
		if strings.Contains(a.After, "Rad") {
			t.Errorf("the audit names %q", a.After)
		}
	}
}

func TestALinkEndsTwoDaysAfterItsReferralIsDueOrIsRecalled(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Refer{ID: "r1", Unit: "trade", Question: "A?"}, cases.Refer{ID: "r2", Unit: "finance", Question: "B?"})
	late, err := b.Link(t.Context(), sara, b.number, "r1")
	b.ok(err)
	recalled, err := b.Link(t.Context(), sara, b.number, "r2")
	b.ok(err)
	b.acts(sara, cases.RecallReferral{ID: "r2"})
	b.now = b.at("2026-11-25 09:59")
	if _, err := b.ByLink(t.Context(), late); err != nil {
		t.Errorf("before it ends: %v", err)
	}
	b.now = b.at("2026-11-25 10:00")
	for _, token := range []string{late, recalled} {
		if err := b.ReplyByLink(t.Context(), token, "Mr Rad", "Here."); bot.KindOf(err) != bot.NotFound {
			t.Errorf("after it has ended: %v", err)
		}
	}
	if _, err := b.Link(t.Context(), sara, b.number, "r2"); bot.KindOf(err) != bot.Conflict {
		t.Errorf("a link to what was recalled: %v", err)
	}
	if _, err := b.Link(t.Context(), karim, b.number, "r1"); bot.KindOf(err) != bot.NotFound && bot.KindOf(err) != bot.Forbidden {
		t.Errorf("a stranger makes a link: %v", err)
	}
}

// hurried is a store in which something happens between a look and the transaction that follows it.
type hurried struct {
	twice
	meanwhile func()
}

func (s hurried) LinkedReferral(ctx context.Context, hash string) (bot.Referral, bot.CaseNumber, error) {
	r, number, err := s.twice.LinkedReferral(ctx, hash)
	s.meanwhile()
	return r, number, err
}

func TestOfTwoWhoUseOneLinkOneIsHeard(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Refer{ID: "r1", Unit: "trade", Question: "A?"}, cases.Refer{ID: "r2", Unit: "finance", Question: "B?"})
	token, err := b.Link(t.Context(), sara, b.number, "r1")
	b.ok(err)
	slow := *b.Office
	slow.Store = hurried{b.Office.Store.(twice), func() { b.ok(b.ReplyByLink(t.Context(), token, "Mr Rad", "Here.")) }}
	if err := slow.ReplyByLink(t.Context(), token, "Mr Sun", "There."); bot.KindOf(err) != bot.NotFound {
		t.Errorf("the second reply: %v", err)
	}
	if referrals, _ := b.parts(); referrals[0].Reply != "Here." {
		t.Errorf("the unit said %q", referrals[0].Reply)
	}
	token, err = b.Link(t.Context(), sara, b.number, "r2")
	b.ok(err)
	slow.Store = hurried{b.Office.Store.(twice), func() {
		_, err := b.Link(t.Context(), sara, b.number, "r2")
		b.ok(err)
	}}
	if err := slow.ReplyByLink(t.Context(), token, "Mr Sun", "There."); bot.KindOf(err) != bot.NotFound {
		t.Errorf("a reply by a link that was replaced: %v", err)
	}
}

func TestALinkOfAReferralThatIsMootTakesNoReply(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Refer{ID: "r1", Unit: "trade", Question: "A?"})
	token, err := b.Link(t.Context(), sara, b.number, "r1")
	b.ok(err)
	referrals, _ := b.parts()
	referrals[0].WithdrawnAt = b.now // with its case, by the member
	b.office.do(func(tx storage.Tx) error { return tx.SaveReferral(t.Context(), referrals[0]) })
	if _, err := b.ByLink(t.Context(), token); bot.KindOf(err) != bot.NotFound {
		t.Errorf("the link shows it: %v", err)
	}
}
