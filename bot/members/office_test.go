package members

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
)

// officeStore is a store in memory that undoes nothing: what a test looks at is what was asked of it.
type officeStore struct {
	members  map[bot.MemberID]bot.Member
	contacts map[string]Contact
	facts    []Fact
	audit    []bot.AuditEntry
	asked    Query
	profile  Profile
	away     error // what Audit answers
}

func (s *officeStore) Do(_ context.Context, f func(OfficeTx) error) error { return f(s) }

func (s *officeStore) Search(_ context.Context, q Query) ([]Hit, error) {
	s.asked = q
	return []Hit{{Kind: HitMember}}, nil
}

func (s *officeStore) ReadMembers(context.Context, bot.Staff, Cursor, int) ([]bot.Member, error) {
	return []bot.Member{s.profile.Member}, nil
}

func (s *officeStore) ReadProfile(context.Context, bot.Staff, bot.MemberID) (Profile, error) {
	return s.profile, nil
}

func (s *officeStore) Member(_ context.Context, id bot.MemberID) (bot.Member, error) {
	m, known := s.members[id]
	if !known {
		return m, unknown(id)
	}
	return m, nil
}

func (s *officeStore) SaveMember(_ context.Context, m bot.Member, _ bot.ChatKey) error {
	s.members[m.ID] = m
	return nil
}

func (s *officeStore) KeepFact(_ context.Context, _ bot.MemberID, f Fact) error {
	s.facts = append(s.facts, f)
	return nil
}

func (s *officeStore) LogContact(_ context.Context, c Contact) (bool, error) {
	_, known := s.contacts[c.ID]
	if !known {
		s.contacts[c.ID] = c
	}
	return !known, nil
}

func (s *officeStore) Staff(_ context.Context, id bot.StaffID) (bot.Staff, error) {
	for _, one := range []bot.Staff{sara, root} {
		if one.ID == id {
			return one, nil
		}
	}
	return bot.Staff{}, &bot.Error{Kind: bot.NotFound, Key: "staff_not_found"}
}

func (s *officeStore) Audit(_ context.Context, e bot.AuditEntry) error {
	s.audit = append(s.audit, e)
	return s.away
}

var (
	morning = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	sara    = bot.Staff{ID: "sara", Role: bot.RoleOfficer, Units: []bot.UnitID{"trade"}}
	root    = bot.Staff{ID: "root", Role: bot.RoleAdmin}
	known   = bot.Member{ID: "m1", Name: "Ann", Phone: "+989121234567", Verified: true, Email: "ann@b.ir", NationalID: "0499370899"}
)

func begun() (*Office, *officeStore) {
	s := &officeStore{members: map[bot.MemberID]bot.Member{"m1": known}, contacts: map[string]Contact{}, profile: Profile{Member: known}}
	return &Office{Store: s, Clock: func() time.Time { return morning }}, s
}

func TestASearchReadsNumbersHoweverTheyAreTyped(t *testing.T) {
	for typed, want := range map[string]Query{
		"JV-1405-000123-7": {Number: bot.CaseNumber{Year: 1405, Seq: 123}},
		"jv 1405 000123 7": {Number: bot.CaseNumber{Year: 1405, Seq: 123}},
		"\u06F1\u06F4\u06F0\u06F5-\u06F0\u06F0\u06F0\u06F1\u06F2\u06F3-\u06F7": {Number: bot.CaseNumber{Year: 1405, Seq: 123}, Phone: "+14050001237"},
		"JV-1405-000123-8": {},
		"0912 123 4567":    {Phone: "+989121234567"},
		"+98 912-123-4567": {Phone: "+989121234567"},
		"00989121234567":   {Phone: "+989121234567"},
		"\u0660\u0669\u0661\u0662\u0661\u0662\u0663\u0664\u0665\u0666\u0667": {Phone: "+989121234567"},
		"9121234567":   {Phone: "+989121234567", NationalID: "9121234567"},
		"049-937089-9": {NationalID: "0499370899", Phone: "+0499370899"},
		"Ann Parsa":    {},
	} {
		o, s := begun()
		if _, err := o.Search(t.Context(), sara, typed, 10); err != nil {
			t.Fatal(err)
		}
		if s.asked.Number != want.Number || s.asked.Phone != want.Phone || s.asked.NationalID != want.NationalID {
			t.Errorf("%s is read as %+v", typed, s.asked)
		}
	}
}

func TestASearchOfNothingOrByAnAdminAsksNobody(t *testing.T) {
	for typed, by := range map[string]bot.Staff{" ?!": sara, "ann": root, "bob": {Role: bot.RoleHead, Disabled: true}} {
		o, s := begun()
		if hits, err := o.Search(t.Context(), by, typed, 10); len(hits) != 0 || err != nil || s.asked.Words != nil {
			t.Errorf("%q by %s found %v (%v)", typed, by.Role, hits, err)
		}
	}
	o, s := begun()
	if _, err := o.Search(t.Context(), sara, strings.Repeat("word ", 50), 10); err != nil || len(s.asked.Words) != maxWords {
		t.Errorf("%d words were looked for", len(s.asked.Words))
	}
}

func TestProfilesAndListsAreMasked(t *testing.T) {
	o, s := begun()
	s.profile.Colleagues, s.profile.Cases = []bot.Member{known}, []bot.Case{{Phone: known.Phone}}
	p, err := o.Profile(t.Context(), sara, "m1")
	list, errList := o.List(t.Context(), sara, Cursor{}, 10)
	if err != nil || errList != nil {
		t.Fatal(err, errList)
	}
	for _, m := range []bot.Member{p.Member, p.Colleagues[0], list[0]} {
		if m.Phone != "*********4567" || m.NationalID != "*******899" || m.Email != "a**@b.ir" {
			t.Errorf("shown as %s, %s, %s", m.Phone, m.NationalID, m.Email)
		}
	}
	if p.Cases[0].Phone != "*********4567" {
		t.Errorf("a case shows %s", p.Cases[0].Phone)
	}
	if _, err := o.Profile(t.Context(), root, "m1"); bot.KindOf(err) != bot.NotFound {
		t.Errorf("an admin reads a profile: %v", err)
	}
}

func TestARevealTellsTheValueAndIsAudited(t *testing.T) {
	o, s := begun()
	value, err := o.Reveal(t.Context(), sara, "m1", "phone", "he asked to be called", "10.0.0.1")
	want := bot.AuditEntry{
		At: morning, By: "sara", What: "member.revealed", Subject: "member m1", After: "phone", Reason: "he asked to be called", From: "10.0.0.1",
	}
	if err != nil || value != known.Phone || len(s.audit) != 1 || s.audit[0] != want {
		t.Errorf("told %q (%v), audited %+v", value, err, s.audit)
	}
}

func TestNothingIsRevealedWithoutItsEntry(t *testing.T) {
	o, s := begun()
	s.away = errors.New("the chain is broken")
	if value, err := o.Reveal(t.Context(), sara, "m1", "phone", "", ""); value != "" || err == nil {
		t.Errorf("told %q", value)
	}
	s.away = nil
	for field, by := range map[string]bot.Staff{"name": sara, "phone": root} {
		if value, err := o.Reveal(t.Context(), by, "m1", field, "", ""); value != "" || err == nil {
			t.Errorf("%s to %s: %q", field, by.Role, value)
		}
	}
	if _, err := o.Reveal(t.Context(), sara, "m9", "phone", "", ""); bot.KindOf(err) != bot.NotFound {
		t.Errorf("a stranger: %v", err)
	}
}

func TestWhatStaffEnterIsKnownAsTheirsAndTheAuditHasNoValues(t *testing.T) {
	o, s := begun()
	for range 2 { // the second time nothing is new
		if err := o.Enter(t.Context(), sara, "m1", "phone", " +9647701234567 ", "seen on a letter", ""); err != nil {
			t.Fatal(err)
		}
	}
	m := s.members["m1"]
	if m.Phone != "+9647701234567" || m.Verified || len(s.facts) != 1 || s.facts[0] != (Fact{"phone", Entered, "sara", morning}) {
		t.Errorf("recorded %+v, %+v", m, s.facts)
	}
	if len(s.audit) != 1 || s.audit[0].What != "member.changed" || strings.Contains(s.audit[0].After, "964") {
		t.Errorf("audited %+v", s.audit)
	}
	if err := o.Enter(t.Context(), sara, "m1", "company", "Pars", "", ""); err != nil || s.members["m1"].Company != "Pars" {
		t.Errorf("company: %v", err)
	}
	if err := o.Enter(t.Context(), sara, "m1", "tier", "key", "", ""); bot.KindOf(err) != bot.Invalid {
		t.Errorf("an unknown detail: %v", err)
	}
	if err := o.Enter(t.Context(), root, "m1", "name", "x", "", ""); bot.KindOf(err) != bot.NotFound {
		t.Errorf("by an admin: %v", err)
	}
}

func TestEachFactSaysHowItIsKnown(t *testing.T) {
	m := known
	m.Company = "Pars"
	got := Facts(m, []Fact{{Field: "phone", Source: Entered, By: "sara"}, {Field: "company", Source: Entered, By: "sara", At: morning}})
	want := []Fact{
		{Field: "name", Source: Told},
		{Field: "phone", Source: Verified},
		{Field: "email", Source: Told},
		{Field: "company", Source: Entered, By: "sara", At: morning},
		{Field: "national_id", Source: Told},
	}
	if len(got) != len(want) {
		t.Fatalf("told %v", got)
	}
	for i, f := range got {
		if f != want[i] {
			t.Errorf("told %v, want %v", f, want[i])
		}
	}
}

func visit(id string) Contact {
	return Contact{ID: id, Name: "Somebody", Channel: Visit, Direction: bot.In, Unit: "trade", Topic: "services/x", Text: " Asked for a STAMP ", Minutes: 5}
}

func TestAContactIsLoggedWithItsOfficerAndFoundByItsWords(t *testing.T) {
	o, s := begun()
	if _, err := o.Log(t.Context(), sara, visit("k1"), Filing{}, ""); err != nil {
		t.Fatal(err)
	}
	c := s.contacts["k1"]
	if c.Officer != "sara" || !c.At.Equal(morning) || c.Text != "Asked for a STAMP" || c.SearchKey != "somebody asked for a stamp" || c.Case != "" {
		t.Errorf("logged %+v", c)
	}
	if len(s.audit) != 1 || s.audit[0].What != "contact.logged" || s.audit[0].Subject != "contact k1" {
		t.Errorf("audited %+v", s.audit)
	}
	m := c.Message()
	if m.Chat != "hand:contact:k1" || m.Direction != bot.In || m.Author != "sara" || m.Kind != "visit" || !c.Chat().Blocked {
		t.Errorf("kept as %+v", m)
	}
}

func TestACallerWithoutAMessengerGetsACase(t *testing.T) {
	o, s := begun()
	var call bot.Call
	o.Open = func(_ context.Context, _ OfficeTx, c bot.Call) (bot.Result, error) {
		call = c
		return bot.Result{Outcome: "ok", Vars: map[string]bot.Value{"case.number": {Text: "JV-1405-000123-7"}}}, nil
	}
	c := visit("k1")
	c.Member = "m1"
	filing := Filing{Kind: bot.Complaint, Category: "delay", Phone: "0912 765 4321"}
	result, err := o.Log(t.Context(), sara, c, filing, "")
	if err != nil || result.Vars["case.number"].Text != "JV-1405-000123-7" {
		t.Fatalf("%+v, %v", result, err)
	}
	if call.Event != "contact:k1" || call.Chat.Key != "hand:member:m1" || call.Chat.Member != "m1" || call.With["text"] != "Asked for a STAMP" ||
		call.With["kind"] != "complaint" || call.With["category"] != "delay" || call.With["phone"] != "+989127654321" {
		t.Errorf("asked for %+v", call)
	}
	if s.contacts["k1"].Case != "contact:k1" {
		t.Errorf("the contact names case %q", s.contacts["k1"].Case)
	}
	first := call
	if result, err := o.Log(t.Context(), sara, c, filing, ""); err != nil || result.Vars["case.number"].Text != "JV-1405-000123-7" || call.Event != first.Event || len(s.audit) != 1 {
		t.Errorf("the second time: %+v, %v", result, err)
	}
	c.ID, filing.Phone = "k2", ""
	if _, err := o.Log(t.Context(), sara, c, filing, ""); err != nil || call.With["phone"] != known.Phone {
		t.Errorf("without a phone he can be reached at %s (%v)", call.With["phone"], err)
	}
}

func TestACallerWhoLeavesHisPhoneIsKnownFromThenOnByTheOfficersWord(t *testing.T) {
	o, s := begun()
	for range 2 { // the second time nothing is new
		result, err := o.Log(t.Context(), sara, visit("k1"), Filing{Phone: "0912 765 4321"}, "192.0.2.7")
		if err != nil || result.Member != "contact.k1" {
			t.Fatalf("%+v, %v", result, err)
		}
	}
	m := s.members["contact.k1"]
	if m.Name != "Somebody" || m.Phone != "+989127654321" || m.Verified || s.contacts["k1"].Member != m.ID {
		t.Errorf("known as %+v, contact %+v", m, s.contacts["k1"])
	}
	var what []string
	for _, e := range s.audit {
		what = append(what, e.What+" "+e.Subject+" "+e.From)
	}
	if want := []string{"member.added member contact.k1 192.0.2.7", "contact.logged contact k1 192.0.2.7"}; !slices.Equal(what, want) {
		t.Errorf("audited %q", what)
	}
	if len(s.facts) != 2 || s.facts[1] != (Fact{"phone", Entered, "sara", morning}) {
		t.Errorf("facts %+v", s.facts)
	}
	if _, err := o.Log(t.Context(), sara, visit("k2"), Filing{Phone: "none"}, ""); bot.KindOf(err) != bot.Invalid || len(s.contacts) != 1 {
		t.Errorf("with what is no phone: %v", err)
	}
}

func TestWhatStaffEnterIsReadHoweverItIsTyped(t *testing.T) {
	for field, typed := range map[string]map[string]string{
		"phone":         {"0912-123 4567": "+989121234567", "+964 770 123 4567": "+9647701234567", "next door": "!", "": ""},
		"national_id":   {"\u06F0\u06F4\u06F9-937089-9": "0499370899", "12345": "!"},
		"email":         {" ann@b.ir ": "ann@b.ir", "ann": "!", "ann@b": "!", "a b@c.ir": "!"},
		"membership_no": {"\u0661\u0662\u0663\u0664": "1234"},
		"name":          {" Ann  ": "Ann"},
	} {
		for in, want := range typed {
			o, s := begun()
			err := o.Enter(t.Context(), sara, "m1", field, in, "", "")
			m := s.members["m1"]
			got, _ := detail(&m, field)
			if want == "!" && (bot.KindOf(err) != bot.Invalid || *got == in) || want != "!" && (err != nil || *got != want) {
				t.Errorf("%s %q is kept as %q, %v", field, in, *got, err)
			}
		}
	}
}

func TestAContactThatSaysNothingIsRefused(t *testing.T) {
	for name, change := range map[string]func(*Contact, *bot.Staff){
		"no words":       func(c *Contact, _ *bot.Staff) { c.Text = " " },
		"nobody":         func(c *Contact, _ *bot.Staff) { c.Name = "" },
		"no way":         func(c *Contact, _ *bot.Staff) { c.Channel = "pigeon" },
		"no direction":   func(c *Contact, _ *bot.Staff) { c.Direction = bot.Note },
		"no id":          func(c *Contact, _ *bot.Staff) { c.ID = "" },
		"negative time":  func(c *Contact, _ *bot.Staff) { c.Minutes = -1 },
		"another's unit": func(c *Contact, _ *bot.Staff) { c.Unit = "cards" },
		"an admin":       func(_ *Contact, by *bot.Staff) { *by = root },
	} {
		o, s := begun()
		c, by := visit("k1"), sara
		change(&c, &by)
		if _, err := o.Log(t.Context(), by, c, Filing{}, ""); bot.KindOf(err) != bot.Invalid || len(s.contacts) != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	o, s := begun()
	o.Open = func(context.Context, OfficeTx, bot.Call) (bot.Result, error) {
		return bot.Result{Outcome: "unavailable"}, nil
	}
	if _, err := o.Log(t.Context(), sara, visit("k1"), Filing{Kind: bot.Complaint, Category: "none"}, ""); bot.KindOf(err) != bot.Invalid || len(s.audit) != 0 {
		t.Errorf("an unknown category: %v", err)
	}
	stranger := visit("k2")
	stranger.Member = "m9"
	if _, err := o.Log(t.Context(), sara, stranger, Filing{}, ""); bot.KindOf(err) != bot.NotFound {
		t.Errorf("an unknown member: %v", err)
	}
}

func TestPhonesAndAddressesAreMasked(t *testing.T) {
	for in, want := range map[string]string{"+989121234567": "*********4567", "123": "***", "": ""} {
		if got := MaskPhone(in); got != want {
			t.Errorf("phone %s is shown as %s", in, got)
		}
	}
	for in, want := range map[string]string{"ann@b.ir": "a**@b.ir", "a@b.ir": "******", "ann": "***", "": ""} {
		if got := MaskEmail(in); got != want {
			t.Errorf("address %s is shown as %s", in, got)
		}
	}
}
