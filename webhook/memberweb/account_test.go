package memberweb

import (
	"context"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/storage"
)

func TestAManagerMakesAMemberAKeyAccountWithAnOwner(t *testing.T) {
	h := open(t)
	h.Me.Role = bot.RoleManager
	h.do(t, func(ctx context.Context, tx storage.Tx) error { return tx.SaveStaff(ctx, h.Me) })
	if page := h.get(t, "/members/m1").Body.String(); !strings.Contains(page, "Not a key account.") || !strings.Contains(page, `<option value="sara"`) {
		t.Error("nothing says so, or nobody can look after him")
	}
	if answer := h.post(t, "/members/m1/account", "field", "on", "value", "sara"); answer.Code != 422 || h.profile(t, "m1").Member.KeyAccount {
		t.Errorf("without a reason: answered %d", answer.Code)
	}
	answer := h.post(t, "/members/m1/account", "field", "on", "value", "ghost", "reason", "large exporter")
	if page := answer.Body.String(); answer.Code != 422 || !strings.Contains(page, "This colleague cannot look after members") || !strings.Contains(page, `value="large exporter"`) || !strings.Contains(page, `value="on" checked`) {
		t.Errorf("of nobody: answered %d", answer.Code)
	}
	if answer := h.post(t, "/members/m1/account", "field", "on", "value", "sara", "reason", "large exporter"); answer.Code != 303 {
		t.Fatalf("answered %d", answer.Code)
	}
	page := h.get(t, "/members/m1").Body.String()
	if _, card, _ := strings.Cut(page, `id="account"`); !strings.Contains(card, "<dd><bdi>Sara</bdi></dd>") || !strings.Contains(card, `<option value="sara" selected`) {
		t.Error("the owner is not shown")
	}
	if answer := h.post(t, "/members/m1/account", "value", "sara", "reason", "moved away"); answer.Code != 303 {
		t.Errorf("ended: answered %d", answer.Code)
	}
	if m := h.profile(t, "m1").Member; m.KeyAccount || m.Owner != "" {
		t.Errorf("still %+v", m)
	}
	want := []string{
		"sara member.key_account member m1: large exporter (192.0.2.7)", "sara member.key_account_ended member m1: moved away (192.0.2.7)",
	}
	if got := h.audited(t); !slices.Equal(got, want) {
		t.Errorf("audited %q", got)
	}
}

func TestWhoMayNotSayWhoIsAKeyAccountSeesOnlyThatHeIs(t *testing.T) {
	h := open(t)
	h.No["POST /members/:id/account"] = true
	if page := h.get(t, "/members/m1").Body.String(); strings.Contains(page, `id="account"`) {
		t.Error("a card of what he is not and cannot be made")
	}
	h.do(t, func(ctx context.Context, tx storage.Tx) error {
		m, err := tx.Member(ctx, "m1")
		if m.KeyAccount, m.Owner = true, "sara"; err != nil {
			return err
		}
		return tx.SaveMember(ctx, m, "")
	})
	if page := h.get(t, "/members/m1").Body.String(); !strings.Contains(page, "<dd><bdi>Sara</bdi></dd>") || strings.Contains(page, "/members/m1/account") {
		t.Error("the owner is hidden, or may be changed")
	}
	h.No = map[string]bool{} // the office asks the role once more
	if answer := h.post(t, "/members/m1/account", "reason", "x"); answer.Code != 403 {
		t.Errorf("a senior officer: answered %d", answer.Code)
	}
}
