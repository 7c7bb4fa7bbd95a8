package members

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"javab/bot"
)

// file is the smallest Tx that keeps the contract of store.go. When down is set, every call fails with it.
type file struct {
	members map[bot.MemberID]bot.Member
	chats   map[bot.ChatKey]bot.MemberID
	results []Result
	kept    Copy
	down    error
}

func (f *file) find(fits func(bot.Member) bool) (bot.Member, error) {
	for _, m := range f.members {
		if f.down == nil && fits(m) {
			m.Consent = maps.Clone(m.Consent)
			return m, nil
		}
	}
	return bot.Member{}, cmp.Or(f.down, error(&bot.Error{Kind: bot.NotFound, Key: "member_not_found"}))
}

func (f *file) MemberOf(_ context.Context, chat bot.ChatKey) (bot.Member, error) {
	return f.find(func(m bot.Member) bool { return m.ID == f.chats[chat] })
}

func (f *file) MemberByPhone(_ context.Context, phone string) (bot.Member, error) {
	return f.find(func(m bot.Member) bool { return m.Verified && m.Phone == phone })
}

func (f *file) SaveMember(_ context.Context, m bot.Member, chat bot.ChatKey) error {
	f.members[m.ID], f.chats[chat] = m, m.ID
	return f.down
}

func (f *file) RecordResult(_ context.Context, r Result) error {
	f.results = append(f.results, r)
	return f.down
}

func (f *file) MemberCopy(context.Context, bot.ChatKey, int) (Copy, error) { return f.kept, f.down }

// play calls actions as scripts do, on a register of its own.
type play struct {
	*file
	t     *testing.T
	chat  bot.ChatKey
	event string
	now   time.Time
}

func begin(t *testing.T) *play {
	t.Helper()
	return &play{
		file: &file{members: map[bot.MemberID]bot.Member{}, chats: map[bot.ChatKey]bot.MemberID{}},
		t:    t, chat: "tg:javab:77", event: "tg:1.1", now: time.Date(2026, time.November, 25, 9, 0, 0, 0, time.UTC),
	}
}

func (p *play) do(action string, with ...string) (bot.Result, error) {
	p.t.Helper()
	call := bot.Call{Action: action, With: map[string]string{}, Chat: bot.Chat{Key: p.chat, Lang: bot.Fa}, Event: p.event, Now: p.now}
	for i := 0; i < len(with); i += 2 {
		call.With[with[i]] = with[i+1]
	}
	return Register{}.Actions()[action](p.t.Context(), p.file, call)
}

func (p *play) must(outcome, action string, with ...string) bot.Result {
	p.t.Helper()
	result, err := p.do(action, with...)
	if err != nil || result.Outcome != outcome {
		p.t.Fatalf("%s %v ended %q (%v), want %q", action, with, result.Outcome, err, outcome)
	}
	return result
}

// here is the member whom the chat is linked to.
func (p *play) here() bot.Member { return p.members[p.chats[p.chat]] }

const phone = "+989121234567"

func TestWhatAMemberTellsIsKnownNextTime(t *testing.T) {
	p := begin(t)
	p.must("unknown", "member.load")
	saved := p.must("ok", "member.save", "field", "name", "value", " Sara Ahmadi ")
	if saved.Member == "" || saved.Member != p.here().ID {
		t.Errorf("the chat is told its member is %q", saved.Member)
	}
	p.must("ok", "member.save", "field", "national_id", "value", "0499370899")
	vars := p.must("known", "member.load").Vars
	if len(vars) != 2 || vars["member.name"].Text != "Sara Ahmadi" || vars["member.national_id"].Text != "*******899" {
		t.Errorf("a script learns %v", vars)
	}
}

func TestARecordIsNeverOverwrittenByWhatSomebodySays(t *testing.T) {
	p := begin(t)
	for _, field := range Details {
		p.must("ok", "member.save", "field", field, "value", "first 1")
		p.must("ok", "member.save", "field", field, "value", "first 1")
		p.must("conflict", "member.save", "field", field, "value", "second 2")
		m := p.here()
		if kept, _ := detail(&m, field); *kept != "first 1" {
			t.Errorf("%s is now %q", field, *kept)
		}
	}
	if len(p.members) != 1 {
		t.Errorf("one member became %d", len(p.members))
	}
}

func TestNothingToSayIsNoConflict(t *testing.T) {
	p := begin(t)
	p.must("ok", "member.save", "field", "email", "value", "a.b@example.com")
	p.must("ok", "member.save", "field", "email", "value", "A.B@example.com")
	p.must("ok", "member.save", "field", "email", "value", "  ")
	p.must("conflict", "member.save", "field", "email", "value", "a-b@example.com")
	if p.here().Email != "a.b@example.com" {
		t.Errorf("the e-mail is %q", p.here().Email)
	}
}

func TestANameInOtherLettersIsTheSameName(t *testing.T) {
	source, err := os.ReadFile("testdata/same.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var names struct{ Same, Other [][2]string }
	if err := yaml.Unmarshal(source, &names); err != nil {
		t.Fatal(err)
	}
	for outcome, pairs := range map[string][][2]string{"ok": names.Same, "conflict": names.Other} {
		for _, pair := range pairs {
			for _, field := range []string{"name", "company"} {
				p := begin(t)
				p.must("ok", "member.save", "field", field, "value", pair[0])
				p.must(outcome, "member.save", "field", field, "value", pair[1])
			}
		}
	}
}

func TestAContactCardMakesAMember(t *testing.T) {
	p := begin(t)
	verified := p.must("ok", "member.verify", "phone", phone)
	if m := p.here(); m.ID != verified.Member || !m.Verified || m.Phone != phone || !m.CreatedAt.Equal(p.now) {
		t.Errorf("made %+v", m)
	}
}

func TestAPhoneProvenOnTwoChannelsIsOneMember(t *testing.T) {
	p := begin(t)
	first := p.must("ok", "member.verify", "phone", phone)
	p.chat, p.event = "bale:javab:5", "bale:9.1"
	second := p.must("ok", "member.verify", "phone", "989121234567") // messengers leave out the plus
	if first.Member != second.Member || len(p.members) != 1 {
		t.Errorf("one phone became %v", p.members)
	}
}

func TestProvingThePhoneKeepsWhatWasToldBefore(t *testing.T) {
	p := begin(t)
	p.must("ok", "member.save", "field", "name", "value", "Sara")
	p.must("ok", "member.save", "field", "phone", "value", "+982118660000")
	p.must("ok", "member.consent", "purpose", "news", "given", "no")
	before := p.here().ID
	p.event = "tg:2.1"
	p.must("ok", "member.verify", "phone", phone)
	if m := p.here(); m.ID != before || m.Name != "Sara" || m.Phone != phone || len(m.Consent) != 1 {
		t.Errorf("the member is now %+v", m)
	}
}

func TestAKnownMemberIsFilledInAndNotOverwrittenByHisSecondChat(t *testing.T) {
	p := begin(t)
	p.members["m1"] = bot.Member{ID: "m1", Phone: phone, Verified: true, Name: "Sara", KeyAccount: true, Consent: map[string]time.Time{"news": p.now}}
	p.must("ok", "member.save", "field", "name", "value", "Sarah")
	p.must("ok", "member.save", "field", "company", "value", "Pars")
	p.must("ok", "member.consent", "purpose", "survey", "given", "yes")
	p.now = p.now.Add(time.Hour)
	p.must("ok", "member.consent", "purpose", "news", "given", "no")
	p.must("ok", "member.verify", "phone", phone)
	m := p.here()
	if m.ID != "m1" || m.Name != "Sara" || m.Company != "Pars" || !m.KeyAccount {
		t.Errorf("the member is now %+v", m)
	}
	if _, still := m.Consent["news"]; still || len(m.Consent) != 2 || m.Consent["!news"].IsZero() {
		t.Errorf("of two answers the later one holds: %v", m.Consent)
	}
}

func TestAPhoneThatChangedHandsBringsNoRecordAlong(t *testing.T) {
	p := begin(t)
	p.must("ok", "member.verify", "phone", phone)
	p.must("ok", "member.save", "field", "national_id", "value", "0499370899")
	old := p.here().ID
	p.event = "tg:2.1"
	p.must("ok", "member.verify", "phone", "+9647701234567")
	if m := p.here(); m.ID == old || m.NationalID != "" || p.members[old].Phone != phone {
		t.Errorf("the chat now belongs to %+v", m)
	}
}

func TestConsentAndItsRefusalAreKeptWithTheirTime(t *testing.T) {
	p := begin(t)
	p.must("ok", "member.consent", "purpose", "contact", "given", "yes")
	if at := p.here().Consent["contact"]; !at.Equal(p.now) {
		t.Errorf("given at %s", at)
	}
	p.now = p.now.Add(time.Hour)
	p.must("ok", "member.consent", "purpose", "contact", "given", "no")
	if c := p.here().Consent; len(c) != 1 || !c["!contact"].Equal(p.now) {
		t.Errorf("after the refusal: %v", c)
	}
}

func TestAResultOfAGuideIsKept(t *testing.T) {
	p := begin(t)
	p.must("ok", "guide.result", "subject", "services/membership_issue", "outcome", "failed", "step", "3")
	want := Result{ID: "tg:1.1", Chat: p.chat, Subject: "services/membership_issue", Outcome: "failed", Step: "3", At: p.now.UnixMilli()}
	if len(p.results) != 1 || p.results[0] != want {
		t.Errorf("kept %v", p.results)
	}
}

func TestAScriptThatAsksForNonsenseIsToldSo(t *testing.T) {
	p := begin(t)
	for _, call := range [][]string{
		{"member.save", "field", "tier", "value", "key"},
		{"member.consent", "purpose", "news", "given", "perhaps"},
		{"member.consent", "purpose", "!news", "given", "yes"},
		{"member.consent", "given", "yes"},
		{"member.verify", "phone", "call me"},
		{"member.verify", "phone", "+123"},
		{"guide.result", "subject", "answers/fees", "outcome", "great"},
	} {
		if result, err := p.do(call[0], call[1:]...); bot.KindOf(err) != bot.Invalid {
			t.Errorf("%v ended %q (%v)", call, result.Outcome, err)
		}
	}
	if len(p.members) != 0 || len(p.results) != 0 {
		t.Errorf("something was written: %v %v", p.members, p.results)
	}
}

func TestADatabaseThatIsAwayStopsTheTurn(t *testing.T) {
	p := begin(t)
	p.down = &bot.Error{Kind: bot.Unavailable, Key: "store_unavailable"}
	for action := range (Register{}).Actions() {
		result, err := p.do(action, "field", "name", "value", "x", "phone", phone, "purpose", "news", "given", "yes", "outcome", "solved")
		if bot.KindOf(err) != bot.Unavailable {
			t.Errorf("%s ended %q with %v", action, result.Outcome, err)
		}
	}
}

func TestTheCopyHoldsWhatIsKeptInPlainWords(t *testing.T) {
	p := begin(t)
	p.kept = Copy{
		Member: bot.Member{ID: "m1", Name: "Sara", Phone: phone, Verified: true, NationalID: "0499370899", Consent: map[string]time.Time{"news": p.now, "!survey": p.now}},
		Chats:  []bot.ChatKey{p.chat},
		Messages: []bot.Message{
			{Direction: bot.In, Author: bot.ByMember, Text: "hello", SearchKey: "key of the index", At: p.now, Files: []bot.File{{Name: "a.pdf", Kind: "document", Handle: "secret handle"}}},
			{Direction: bot.Out, Author: bot.ByBot, Text: "welcome", At: p.now},
			{Direction: bot.Out, Author: "staff-sara", Text: "your card is ready", At: p.now},
			{Direction: bot.Note, Author: "staff-sara", Text: "a difficult one", At: p.now},
		},
		Cases: []bot.Case{{ID: "row-9", Number: bot.CaseNumber{Year: 1405, Seq: 1}, Kind: bot.Complaint, State: bot.Received, Text: "it is late", OpenedAt: p.now}},
	}
	sent := p.must("sent", "member.copy").Send
	if len(sent) != 1 || sent[0].Lang != bot.Fa || sent[0].Document == nil || sent[0].Document.MIME != "application/json" {
		t.Fatalf("sent %v", sent)
	}
	body := string(sent[0].Document.Body)
	for _, wanted := range []string{phone, "0499370899", `"from": "you"`, `"from": "officer"`, "JV-1405-000001-8", "2026-11-25T09:00:00Z", "a.pdf", `"survey": "2026`} {
		if !strings.Contains(body, wanted) {
			t.Errorf("the copy lacks %s", wanted)
		}
	}
	for _, hidden := range []string{"a difficult one", "staff-sara", "key of the index", "secret handle", "row-9", "m1"} {
		if strings.Contains(body, hidden) {
			t.Errorf("the copy tells %s", hidden)
		}
	}
	var read map[string]any
	if err := json.Unmarshal([]byte(body), &read); err != nil || len(read) != 5 {
		t.Errorf("the copy is no document: %v", err)
	}
}

func TestAStrangerHasNothingToCopy(t *testing.T) {
	p := begin(t)
	p.kept = Copy{Chats: []bot.ChatKey{p.chat}}
	if sent := p.must("nothing", "member.copy").Send; len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
	p.kept.Messages = []bot.Message{{Direction: bot.In, Author: bot.ByMember, Text: "hi"}}
	p.must("sent", "member.copy")
}

func TestCodesAreMasked(t *testing.T) {
	for code, want := range map[string]string{"0499370899": "*******899", "": "", "123": "***", "12345": "*****"} {
		if got := MaskNationalID(code); got != want {
			t.Errorf("national id %s is shown as %s, want %s", code, got, want)
		}
	}
}
