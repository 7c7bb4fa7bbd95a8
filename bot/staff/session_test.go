package staff_test

import (
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/staff"
)

func TestAPauseLocksAndACodeAloneOpensAgain(t *testing.T) {
	h := open(t)
	s, entry := h.settled("sara")
	locked := func(token string) bool {
		got, _, err := h.gate.Visit(t.Context(), token, true)
		if err != nil {
			t.Fatal(err)
		}
		return got.Locked(h.now)
	}
	h.now = h.now.Add(staff.Idle - time.Minute - time.Millisecond)
	if locked(entry.Token) {
		t.Error("locked too soon")
	}
	h.now = h.now.Add(time.Millisecond)
	if !locked(entry.Token) {
		t.Error("not locked")
	}
	again := must(h.gate.Code(t.Context(), entry.Token, h.code(h.secret(s.ID).TOTP), here))(t)
	if locked(again.Token) || !h.over(entry.Token) {
		t.Error("the code should open it under a new token")
	}
	if lines := h.told("signin.again"); len(lines) != 1 {
		t.Errorf("%+v", lines)
	}
}

func TestWorkKeepsASessionOpenAndAStreamDoesNot(t *testing.T) {
	h := open(t)
	_, entry := h.settled("sara")
	for range 4 {
		h.now = h.now.Add(20 * time.Minute)
		s, _, err := h.gate.Visit(t.Context(), entry.Token, false)
		if err != nil || s.Locked(h.now) {
			t.Fatal("locked at work", err)
		}
	}
	for range 2 {
		h.now = h.now.Add(20 * time.Minute)
		s, _, err := h.gate.Visit(t.Context(), entry.Token, true)
		if err != nil {
			t.Fatal(err)
		}
		entry.Session = s
	}
	if !entry.Locked(h.now) {
		t.Error("a stream kept it open")
	}
}

func TestSignsOfLifeNearToEachOtherAreNotWritten(t *testing.T) {
	h := open(t)
	_, entry := h.settled("sara")
	written := func() time.Time {
		s, _, err := h.store.SessionStaff(t.Context(), entry.ID)
		if err != nil {
			t.Fatal(err)
		}
		return s.SeenAt
	}
	must3(h.gate.Visit(t.Context(), entry.Token, false))(t)
	before := written()
	h.now = h.now.Add(59 * time.Second)
	must3(h.gate.Visit(t.Context(), entry.Token, false))(t)
	if !written().Equal(before) {
		t.Error("written within the minute")
	}
	h.now = h.now.Add(time.Second)
	must3(h.gate.Visit(t.Context(), entry.Token, false))(t)
	if written().Equal(before) {
		t.Error("not written after a minute")
	}
}

func must3[A, B any](a A, _ B, err error) func(*testing.T) A { return must(a, err) }

func TestASessionIsOverAfterTwelveHoursWhateverIsDone(t *testing.T) {
	h := open(t)
	s, entry := h.settled("sara")
	for range 47 {
		h.now = h.now.Add(15 * time.Minute)
		must3(h.gate.Visit(t.Context(), entry.Token, false))(t)
	}
	entry = must(h.gate.Code(t.Context(), entry.Token, h.code(h.secret(s.ID).TOTP), here))(t)
	h.now = h.now.Add(15 * time.Minute)
	if !h.over(entry.Token) {
		t.Error("a code made it younger")
	}
}

func TestASessionThatWaitsForItsCodeIsSoonOver(t *testing.T) {
	h := open(t)
	h.settled("sara")
	half := must(h.gate.Password(t.Context(), "sara", strong, "", here))(t)
	h.now = h.now.Add(staff.Halfway)
	_, err := h.gate.Code(t.Context(), half.Token, "000000", here)
	wantKey(t, err, "auth.over")
}

func TestATokenOfBeforeTheSignInIsWorthNothingAfterIt(t *testing.T) {
	h := open(t)
	s, planted := h.settled("sara")
	half := must(h.gate.Password(t.Context(), "sara", strong, planted.Token, here))(t)
	if !h.over(planted.Token) {
		t.Error("the former token survived the password")
	}
	entry := must(h.gate.Code(t.Context(), half.Token, h.code(h.secret(s.ID).TOTP), here))(t)
	if !h.over(half.Token) || h.over(entry.Token) {
		t.Error("the token was not renewed by the code")
	}
}

func TestTheDatabaseDoesNotKnowTheTokens(t *testing.T) {
	h := open(t)
	_, entry := h.settled("sara")
	if entry.ID == entry.Token || entry.ID != staff.SessionID(entry.Token) || !h.over(entry.ID) {
		t.Error("the id opens the session")
	}
}

func TestAllSessionsEndWithPasswordSecondFactorRightsAndAccount(t *testing.T) {
	for what, change := range map[string]func(h *house, s bot.Staff) error{
		"another password": func(h *house, s bot.Staff) error {
			_, err := h.roster.ResetPassword(h.t.Context(), "", s.Login)
			return err
		},
		"no second factor": func(h *house, s bot.Staff) error { return h.roster.ResetTOTP(h.t.Context(), "", s.Login) },
		"a closed account": func(h *house, s bot.Staff) error { return h.roster.Disable(h.t.Context(), "", s.Login, true) },
		"another role": func(h *house, s bot.Staff) error {
			s.Role = bot.RoleSenior
			return h.roster.Change(h.t.Context(), "boss", s, "promoted")
		},
		"other units": func(h *house, s bot.Staff) error {
			s.Units = []bot.UnitID{"rules"}
			return h.roster.Change(h.t.Context(), "boss", s, "moved")
		},
	} {
		t.Run(what, func(t *testing.T) {
			h := open(t)
			s, first := h.settled("sara")
			second := h.signIn(s)
			if err := change(h, s); err != nil {
				t.Fatal(err)
			}
			if !h.over(first.Token) || !h.over(second.Token) {
				t.Error("a session survived")
			}
			if len(h.told("staff.")) != 1 {
				t.Errorf("%+v", h.told("staff."))
			}
		})
	}
}

func TestAnotherNameEndsNoSession(t *testing.T) {
	h := open(t)
	s, entry := h.settled("sara")
	s.Name = "Sara Karimi"
	if err := h.roster.Change(t.Context(), "boss", s, ""); err != nil || h.over(entry.Token) {
		t.Error("ended", err)
	}
}

func TestChangingOnesPasswordEndsAllOtherSessions(t *testing.T) {
	h := open(t)
	s, first := h.settled("sara")
	second := h.signIn(s)
	h.now = h.now.Add(time.Minute)
	mine := must(h.gate.ChangePassword(t.Context(), second.Token, strong, "another ferry over nine oaks", here))(t)
	if !h.over(first.Token) || !h.over(second.Token) || h.over(mine.Token) {
		t.Error("only the browser that changed it may stay")
	}
	if mine.CodeAt.Equal(h.now) {
		t.Error("a password is no code")
	}
	_, err := h.gate.Password(t.Context(), "sara", strong, "", here)
	wantKey(t, err, "auth.refused")
}

func TestAnotherPasswordAsksForTheFormerOne(t *testing.T) {
	h := open(t)
	_, entry := h.settled("sara")
	change := func(old, new string) error {
		_, err := h.gate.ChangePassword(t.Context(), entry.Token, old, new, here)
		h.now = h.now.Add(time.Second)
		return err
	}
	wantKey(t, change("not mine", "another ferry over nine oaks"), "auth.password_wrong")
	wantKey(t, change(strong, strong), "auth.password_same")
	wantKey(t, change(strong, "too short"), "auth.password_short")
	if len(h.told("password.refused")) != 1 {
		t.Error("a wrong one is not in the audit")
	}
}

func TestASecondFactorIsReplacedOnlySoonAfterTheOldOneWasProven(t *testing.T) {
	h := open(t)
	s, entry := h.settled("sara")
	old := h.secret(s.ID).TOTP
	h.now = h.now.Add(staff.FreshFor)
	_, err := h.gate.Offer(t.Context(), entry.Token)
	wantKey(t, err, "auth.stale")
	_, err = h.gate.NewRecovery(t.Context(), entry.Token, here)
	wantKey(t, err, "auth.stale")
	entry = must(h.gate.Code(t.Context(), entry.Token, h.code(old), here))(t)
	must(h.gate.Offer(t.Context(), entry.Token))(t)
	offered := h.secret(s.ID).Offered
	_, _, err = h.gate.Enrol(t.Context(), entry.Token, "000000", here)
	wantKey(t, err, "auth.code_refused")
	if h.secret(s.ID).TOTP != old {
		t.Error("the old one is gone before the new one is confirmed")
	}
	if _, _, err = h.gate.Enrol(t.Context(), entry.Token, h.code(offered), here); err != nil || h.secret(s.ID).TOTP != offered {
		t.Error("not taken over", err)
	}
}

func TestALockedSessionChangesNothing(t *testing.T) {
	h := open(t)
	_, entry := h.settled("sara")
	if err := h.gate.Lock(t.Context(), entry.Token); err != nil {
		t.Fatal(err)
	}
	if s := must3(h.gate.Visit(t.Context(), entry.Token, false))(t); !s.Locked(h.now) {
		t.Error("a visit opened it")
	}
	_, err := h.gate.ChangePassword(t.Context(), entry.Token, strong, "another ferry over nine oaks", here)
	wantKey(t, err, "auth.over")
	_, err = h.gate.Offer(t.Context(), entry.Token)
	wantKey(t, err, "auth.stale")
}

func TestSigningOutEndsTheSession(t *testing.T) {
	h := open(t)
	_, entry := h.settled("sara")
	if err := h.gate.Leave(t.Context(), entry.Token, here); err != nil || !h.over(entry.Token) {
		t.Error("still open", err)
	}
	if len(h.told("signout")) != 1 {
		t.Error("not in the audit")
	}
}

func TestOneEndsOnesOwnSessionsAndNobodyElses(t *testing.T) {
	h := open(t)
	s, first := h.settled("sara")
	second := h.signIn(s)
	_, layla := h.settled("layla")
	for _, id := range []string{first.ID, layla.ID, "unknown"} {
		if err := h.gate.EndSession(t.Context(), second.Token, id, here); err != nil {
			t.Fatal(err)
		}
	}
	got := []bool{h.over(first.Token), h.over(second.Token), h.over(layla.Token)}
	if !slices.Equal(got, []bool{true, false, false}) {
		t.Errorf("over: %v", got)
	}
}

func TestTheDoorOfTheDemoIsWrittenDown(t *testing.T) {
	h := open(t)
	h.add("sara")
	entry := must(h.gate.Admit(t.Context(), "sara", here))(t)
	if entry.Stage != staff.StageOpen || h.told("signin")[0].Reason != "demo" {
		t.Errorf("%+v", entry)
	}
	if _, err := h.gate.Admit(t.Context(), "nobody", here); bot.KindOf(err) != bot.NotFound {
		t.Error(err)
	}
}
