package staff_test

import (
	"os"
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/staff"
)

func TestAPasswordIsLongAndNotSoonGuessed(t *testing.T) {
	of := bot.Staff{Login: "s.ahmadi", Name: "Sara Ahmadi"}
	for password, want := range map[string]string{
		strong:            "",
		"kx7#mq2!vb9$zt4": "",
		"\u06af\u0644\u0020\u0628\u0627\u063a\u0020\u0645\u0627\u0647\u0020\u0622\u0628\u0631\u0646\u06af\u0020\u062f\u0648\u0631": "",
		"kx7#mq2!vb9$zt":                   "auth.password_short", // 14
		strings.Repeat("maple ferry ", 11): "auth.password_long",
		"passwordpassword":                 "auth.password_common",
		"Password12345678":                 "auth.password_common",
		"qwertyuiopasdfgh":                 "auth.password_common",
		"aaaaaaaaaaaaaaaaaaaa":             "auth.password_common",
		"abababababababab":                 "auth.password_common",
		"SaraAhmadi123456":                 "auth.password_common",
		"s.ahmadi-s.ahmadi-1":              "auth.password_common",
		"JavabChamber2026!":                "auth.password_common",
		"correcthorsebatterystaple":        "auth.password_common",
	} {
		if got := key(staff.CheckPassword(password, of)); got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
}

func TestHandedPasswordsPassTheirOwnCheckAndDiffer(t *testing.T) {
	h := open(t)
	s, first := h.add("sara")
	second := must(h.roster.ResetPassword(t.Context(), "", "sara"))(t)
	if first == second || staff.CheckPassword(first, s) != nil || staff.CheckPassword(second, s) != nil {
		t.Errorf("%s, %s", first, second)
	}
}

func TestTheCostOfAPasswordIsWrittenOut(t *testing.T) {
	h := open(t)
	s, _ := h.add("sara")
	if hash := h.secret(s.ID).Password; !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Error(hash)
	}
}

func TestTheListOfCommonWordsHasNoWordTwice(t *testing.T) {
	text, err := os.ReadFile("common.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for word := range strings.FieldsSeq(string(text)) {
		if seen[word] || word != strings.ToLower(word) {
			t.Errorf("%s is there twice, or in capitals", word)
		}
		seen[word] = true
	}
}

func TestAnAccountThatCannotBeIsRefused(t *testing.T) {
	h := open(t)
	for want, change := range map[string]func(*bot.Staff){
		"staff.bad_login":    func(s *bot.Staff) { s.Login = "\u0633ara" },
		"staff.bad_name":     func(s *bot.Staff) { s.Name = " " },
		"staff.bad_role":     func(s *bot.Staff) { s.Role = "boss" },
		"staff.bad_lang":     func(s *bot.Staff) { s.Langs = []bot.Lang{"de"} },
		"staff.bad_capacity": func(s *bot.Staff) { s.Capacity = -1 },
		"staff.no_unit":      func(s *bot.Staff) { s.Units = nil },
	} {
		s := officer("sara")
		change(&s)
		_, _, err := h.roster.Add(t.Context(), "", s)
		wantKey(t, err, want)
	}
	h.add("sara")
	_, _, err := h.roster.Add(t.Context(), "", officer("sara"))
	wantKey(t, err, "login_taken")
}

func TestAMarkIsReadAsItWasWritten(t *testing.T) {
	m := staff.Mark{Seq: 12, Hash: []byte(strings.Repeat("x", 32))}
	if got := must(staff.ParseMark(m.String()))(t); got.String() != m.String() {
		t.Error(got)
	}
	for _, s := range []string{"", "12", "12:", "0:" + strings.Repeat("00", 32), "x:" + strings.Repeat("00", 32), "1:zz"} {
		if _, err := staff.ParseMark(s); key(err) != "audit.bad_mark" {
			t.Errorf("%q: %v", s, err)
		}
	}
}
