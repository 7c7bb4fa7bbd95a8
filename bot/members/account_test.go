package members

import (
	"testing"

	"javab/bot"
)

func TestAManagerSaysWhoIsAKeyAccountAndWhoLooksAfterHim(t *testing.T) {
	boss := bot.Staff{ID: "boss", Role: bot.RoleManager, Units: []bot.UnitID{"trade"}}
	for _, c := range []struct {
		name  string
		by    bot.Staff
		owner bot.StaffID
		want  bot.ErrorKind
	}{
		{"a manager", boss, "sara", ""},
		{"without an owner", boss, "", ""},
		{"an officer", sara, "sara", bot.Forbidden},
		{"an admin", root, "sara", bot.NotFound},
		{"to an admin", boss, "root", bot.Invalid},
		{"to nobody", boss, "x", bot.Invalid},
	} {
		o, s := begun()
		err := o.KeyAccount(t.Context(), c.by, "m1", true, c.owner, "the largest exporter", "10.0.0.1")
		if bot.KindOf(err) != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
		m := s.members["m1"]
		if m.KeyAccount != (c.want == "") || c.want == "" && m.Owner != c.owner {
			t.Errorf("%s: the member is %v of %q", c.name, m.KeyAccount, m.Owner)
		}
		if (len(s.audit) == 1) != (c.want == "") {
			t.Errorf("%s: audited %+v", c.name, s.audit)
		}
	}
}

func TestAKeyAccountThatEndsHasNoOwnerAndNothingIsAuditedTwice(t *testing.T) {
	boss := bot.Staff{ID: "boss", Role: bot.RoleHead}
	o, s := begun()
	for _, on := range []bool{true, true, false, false} {
		if err := o.KeyAccount(t.Context(), boss, "m1", on, "sara", "x", "10.0.0.1"); err != nil {
			t.Fatal(err)
		}
	}
	if m := s.members["m1"]; m.KeyAccount || m.Owner != "" {
		t.Errorf("the member is %v of %q", m.KeyAccount, m.Owner)
	}
	if len(s.audit) != 2 || s.audit[0].What != "member.key_account" || s.audit[0].After != "sara" ||
		s.audit[1].What != "member.key_account_ended" || s.audit[1].Before != "sara" {
		t.Errorf("audited %+v", s.audit)
	}
}
