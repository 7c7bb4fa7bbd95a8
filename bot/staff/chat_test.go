package staff_test

import (
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

const own = bot.ChatKey("tg:b:77")

// sends sends a link code in a chat.
func (h *house) sends(chat bot.ChatKey, code string) (who bot.Staff, how staff.Linking) {
	h.t.Helper()
	err := h.store.Do(h.t.Context(), func(tx storage.Tx) (err error) {
		who, how, err = h.gate.Link(h.t.Context(), tx, chat, code)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return who, how
}

// chats are those that somebody has linked.
func (h *house) chats(id bot.StaffID) (keys []bot.ChatKey) {
	h.t.Helper()
	for _, l := range must(h.store.StaffChats(h.t.Context(), id))(h.t) {
		keys = append(keys, l.Chat)
	}
	return keys
}

// linkCode is a new one, asked for with a code just given.
func (h *house) linkCode(e staff.Entry) string {
	h.t.Helper()
	return must(h.gate.LinkCode(h.t.Context(), e.Token, here))(h.t)
}

func TestACodeLinksTheChatInWhichItIsSentOnce(t *testing.T) {
	h := open(t)
	s, e := h.settled("sara")
	code := h.linkCode(e)
	if who, how := h.sends(own, " "+strings.ToLower(code)+" "); how != staff.Linked || who.ID != s.ID {
		t.Fatalf("%v %q", how, who.ID)
	}
	if got := h.chats(s.ID); len(got) != 1 || got[0] != own {
		t.Errorf("linked: %v", got)
	}
	if _, how := h.sends("tg:b:78", code); how != staff.WrongCode {
		t.Errorf("a second time: %v", how)
	}
	if told := h.told("staff.chat_linked"); len(told) != 1 || told[0].By != s.ID || told[0].After != "chat "+string(own) {
		t.Errorf("told: %+v", told)
	}
}

func TestALinkCodeIsGoodForMinutesAndTheNextOneTakesItsPlace(t *testing.T) {
	h := open(t)
	_, e := h.settled("sara")
	first := h.linkCode(e)
	second := h.linkCode(e)
	if _, how := h.sends(own, first); how != staff.WrongCode {
		t.Errorf("the former: %v", how)
	}
	h.now = h.now.Add(staff.LinkCodeFor)
	if _, how := h.sends(own, second); how != staff.WrongCode {
		t.Errorf("a late one: %v", how)
	}
}

func TestALinkCodeIsGivenToWhoHasJustProvenHimself(t *testing.T) {
	h := open(t)
	_, e := h.settled("sara")
	h.now = h.now.Add(staff.FreshFor)
	_, err := h.gate.LinkCode(t.Context(), e.Token, here)
	wantKey(t, err, "auth.stale")
}

func TestAChatThatGuessesIsStoppedAndEvenTheRightCodeWaits(t *testing.T) {
	h := open(t)
	_, e := h.settled("sara")
	for i := range 5 {
		if _, how := h.sends(own, "AAAA-AAAA"); how != staff.WrongCode {
			t.Fatalf("try %d: %v", i+1, how)
		}
	}
	code := h.linkCode(e)
	if _, how := h.sends(own, code); how != staff.TooManyTries {
		t.Errorf("the sixth: %v", how)
	}
	if _, how := h.sends("tg:b:78", code); how != staff.Linked {
		t.Errorf("from another chat: %v", how)
	}
}

func TestAChatGoesOverToWhoLinksItLast(t *testing.T) {
	h := open(t)
	sara, first := h.settled("sara")
	omid, second := h.settled("omid")
	h.sends(own, h.linkCode(first))
	h.sends(own, h.linkCode(second))
	if len(h.chats(sara.ID)) != 0 || len(h.chats(omid.ID)) != 1 {
		t.Errorf("sara's %v, omid's %v", h.chats(sara.ID), h.chats(omid.ID))
	}
	if told := h.told("staff.chat_unlinked"); len(told) != 1 || told[0].Subject != "staff "+string(sara.ID) {
		t.Errorf("told: %+v", told)
	}
}

func TestOneUnlinksOnesOwnChatsAndNobodyElses(t *testing.T) {
	h := open(t)
	sara, first := h.settled("sara")
	_, second := h.settled("omid")
	h.sends(own, h.linkCode(first))
	if err := h.gate.Unlink(t.Context(), second.Token, own, here); err != nil || len(h.chats(sara.ID)) != 1 {
		t.Errorf("another's: %v, %v", err, h.chats(sara.ID))
	}
	if err := h.gate.Unlink(t.Context(), first.Token, own, here); err != nil || len(h.chats(sara.ID)) != 0 {
		t.Errorf("one's own: %v, %v", err, h.chats(sara.ID))
	}
	if told := h.told("staff.chat_unlinked"); len(told) != 1 || told[0].Before != "chat "+string(own) {
		t.Errorf("told: %+v", told)
	}
}

func TestWhatTheRosterShutsUnlinksToo(t *testing.T) {
	acts := map[string]func(*house, bot.Staff) error{
		"disabled":       func(h *house, s bot.Staff) error { return h.roster.Disable(h.t.Context(), "", s.Login, true) },
		"sessions ended": func(h *house, s bot.Staff) error { return h.roster.EndSessions(h.t.Context(), "", s.Login) },
		"second factor":  func(h *house, s bot.Staff) error { return h.roster.ResetTOTP(h.t.Context(), "", s.Login) },
		"password": func(h *house, s bot.Staff) error {
			_, err := h.roster.ResetPassword(h.t.Context(), "", s.Login)
			return err
		},
		"rights": func(h *house, s bot.Staff) error {
			s.Role, s.Units = bot.RoleHead, nil
			return h.roster.Change(h.t.Context(), "", s, "")
		},
	}
	for name, act := range acts {
		h := open(t)
		s, e := h.settled("sara")
		h.sends(own, h.linkCode(e))
		waiting := h.linkCode(e)
		if err := act(h, s); err != nil {
			t.Fatal(err)
		}
		if got := h.chats(s.ID); len(got) != 0 || len(h.told("staff.chat_unlinked")) != 1 {
			t.Errorf("%s: %v is linked still, told %d times", name, got, len(h.told("staff.chat_unlinked")))
		}
		if _, how := h.sends("tg:b:78", waiting); how != staff.WrongCode {
			t.Errorf("%s: a code of before is good still", name)
		}
	}
}

func TestOnesOwnNewPasswordUnlinksNothing(t *testing.T) {
	h := open(t)
	s, e := h.settled("sara")
	h.sends(own, h.linkCode(e))
	if _, err := h.gate.ChangePassword(t.Context(), e.Token, strong, "another ferry under nine maples", here); err != nil {
		t.Fatal(err)
	}
	if len(h.chats(s.ID)) != 1 {
		t.Error("it is unlinked")
	}
}

// knows reports whose a chat is; nobody's when it is not found.
func (h *house) knows(chat bot.ChatKey) (who bot.Staff) {
	h.t.Helper()
	err := h.store.Do(h.t.Context(), func(tx storage.Tx) (err error) {
		who, err = h.gate.InChat(h.t.Context(), tx, chat)
		return err
	})
	if err != nil && bot.KindOf(err) != bot.NotFound {
		h.t.Fatal(err)
	}
	return who
}

func TestTheChatOfADisabledPersonIsNobodys(t *testing.T) {
	h := open(t)
	s, e := h.settled("sara")
	h.sends(own, h.linkCode(e))
	if got := h.knows(own); got.ID != s.ID {
		t.Errorf("it is %q's", got.ID)
	}
	s.Disabled = true // by whatever way: the link is still there
	if err := h.store.Do(t.Context(), func(tx storage.Tx) error { return tx.SaveStaff(t.Context(), s) }); err != nil {
		t.Fatal(err)
	}
	if got := h.knows(own); got.ID != "" {
		t.Errorf("it is %q's", got.ID)
	}
}

func TestACodeInAChatIsGoodOnceWrongOnesAreSlowedDownAndRecoveryCodesAreNone(t *testing.T) {
	h := open(t)
	s, e := h.settled("sara")
	recovery := must(h.gate.NewRecovery(t.Context(), e.Token, here))(t)
	proven := func(code string) (right bool, err error) {
		err = h.store.Do(t.Context(), func(tx storage.Tx) (err error) {
			right, err = h.gate.Proven(t.Context(), tx, s.ID, own, code)
			return err
		})
		return right, err
	}
	code := h.code(h.secret(s.ID).TOTP)
	if right, err := proven(code); !right || err != nil {
		t.Fatal("the right one is refused", err)
	}
	for _, wrong := range []string{code, "000000", recovery[0]} {
		if right, err := proven(wrong); right || err != nil {
			t.Errorf("%s: %v %v", wrong, right, err)
		}
	}
	_, err := proven("000001")
	wantKey(t, err, "auth.wait")
	if told := h.told("code.refused"); len(told) != 3 || told[0].From != string(own) {
		t.Errorf("told: %+v", told)
	}
	h.now = h.now.Add(time.Minute)
	if right, err := proven(h.code(h.secret(s.ID).TOTP)); !right || err != nil {
		t.Error("after the pause", err)
	}
}
