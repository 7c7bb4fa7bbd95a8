package staff_test

import (
	"testing"

	"javab/bot"
	"javab/bot/staff"
)

// hire makes an account with other rights than an officer's.
func (h *house) hire(login string, role bot.Role) bot.Staff {
	h.t.Helper()
	person := officer(login)
	person.Role = role
	s, _, err := h.roster.Add(h.t.Context(), "", person)
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

// latest is the newest entry of the audit.
func (h *house) latest() bot.AuditEntry {
	h.t.Helper()
	lines := must(h.store.AuditLines(h.t.Context(), staff.AuditQuery{Limit: 1}))(h.t)
	return lines[0].AuditEntry
}

func (h *house) account(id bot.StaffID) bot.Staff {
	h.t.Helper()
	for _, s := range must(h.store.AllStaff(h.t.Context()))(h.t) {
		if s.ID == id {
			return s
		}
	}
	h.t.Fatal("no account ", id)
	return bot.Staff{}
}

func TestTheOnlyAdminCanNeitherShutHisAccountNorLeaveHisRole(t *testing.T) {
	h := open(t)
	admin := h.hire("admin", bot.RoleAdmin)
	demoted := admin
	demoted.Role = bot.RoleOfficer
	leave := map[string]func() error{
		"disabled": func() error { return h.roster.Disable(t.Context(), admin.ID, "admin", true) },
		"demoted":  func() error { return h.roster.Change(t.Context(), admin.ID, demoted, "") },
	}
	for how, act := range leave {
		if err := act(); bot.KindOf(err) != bot.Conflict {
			t.Errorf("the only admin is %s: %v", how, err)
		}
	}
	if got := h.account(admin.ID); got.Disabled || got.Role != bot.RoleAdmin {
		t.Errorf("left as %+v", got)
	}
	other := h.hire("other", bot.RoleAdmin)
	if err := h.roster.Disable(t.Context(), admin.ID, "other", true); err != nil {
		t.Fatal(err)
	}
	if err := leave["disabled"](); bot.KindOf(err) != bot.Conflict {
		t.Errorf("an account that is shut counts as an admin: %v", err)
	}
	if err := h.roster.Disable(t.Context(), admin.ID, "other", false); err != nil {
		t.Fatal(err)
	}
	if err := leave["demoted"](); err != nil {
		t.Errorf("one of two admins may not leave: %v", err)
	}
	if err := h.roster.Disable(t.Context(), "", "other", true); err != nil || !h.account(other.ID).Disabled {
		t.Errorf("the shell may not shut the last one: %v", err)
	}
}

func TestTheAuditTellsWhatOfAnAccountChangedAndNoName(t *testing.T) {
	h := open(t)
	sara, _ := h.add("sara")
	reza := h.hire("reza", bot.RoleOfficer)
	sara.Capacity, sara.Langs, sara.Substitute, sara.Name, sara.Display.En = 9, []bot.Lang{bot.Fa, bot.En}, reza.ID, "Zahra", "Z."
	if err := h.roster.Change(t.Context(), "boss", sara, "as agreed"); err != nil {
		t.Fatal(err)
	}
	got := h.latest()
	before, after := "capacity 5; langs []; substitute ; name; display", "capacity 9; langs [fa en]; substitute "+string(reza.ID)+"; another name; another display"
	if got.Before != before || got.After != after || got.By != "boss" || got.Reason != "as agreed" || got.Subject != "staff "+string(sara.ID) {
		t.Errorf("the audit tells %+v", got)
	}
	if err := h.roster.Change(t.Context(), "boss", sara, "the same again"); err != nil || h.latest().Reason == "the same again" {
		t.Errorf("what changes nothing is written down: %v", err)
	}
}

func TestASubstituteIsAColleagueWhoIsThere(t *testing.T) {
	h := open(t)
	sara, _ := h.add("sara")
	gone := h.hire("gone", bot.RoleOfficer)
	if err := h.roster.Disable(t.Context(), "", "gone", true); err != nil {
		t.Fatal(err)
	}
	for _, id := range []bot.StaffID{"nobody", sara.ID, gone.ID} {
		sara.Substitute = id
		if err := h.roster.Change(t.Context(), "", sara, ""); bot.KindOf(err) != bot.Invalid {
			t.Errorf("%s stands in: %v", id, err)
		}
	}
	newcomer := officer("layla")
	newcomer.Substitute = gone.ID
	if _, _, err := h.roster.Add(t.Context(), "", newcomer); bot.KindOf(err) != bot.Invalid {
		t.Errorf("a newcomer whose substitute is gone: %v", err)
	}
}

func TestWhoseSessionsAreEndedSignsInAnew(t *testing.T) {
	h := open(t)
	sara, password := h.add("sara")
	entry := must(h.gate.Password(t.Context(), "sara", password, "", here))(t)
	if err := h.roster.EndSessions(t.Context(), "boss", "sara"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.gate.Who(t.Context(), entry.Token); err == nil {
		t.Error("her session goes on")
	}
	if got := h.latest(); got.What != "staff.sessions_ended" || got.By != "boss" || got.Before != "1" || got.Subject != "staff "+string(sara.ID) {
		t.Errorf("the audit tells %+v", got)
	}
	if err := h.roster.EndSessions(t.Context(), "boss", "nobody"); bot.KindOf(err) != bot.NotFound {
		t.Errorf("of nobody: %v", err)
	}
}
