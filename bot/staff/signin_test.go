package staff_test

import (
	"context"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

func TestAHandedPasswordLeadsThroughSecondFactorAndOwnPasswordToTheDesk(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	s, password := h.add("sara")
	half := must(h.gate.Password(ctx, " Sara ", password, "", here))(t)
	if half.Stage != staff.StageEnrol {
		t.Fatalf("stage %s", half.Stage)
	}
	first, again := must(h.gate.Offer(ctx, half.Token))(t), must(h.gate.Offer(ctx, half.Token))(t)
	if first.Secret != again.Secret || len(first.Image) == 0 {
		t.Error("the offer changes while somebody scans it")
	}
	entry, recovery, err := h.gate.Enrol(ctx, half.Token, h.code(h.secret(s.ID).Offered), here)
	if err != nil || entry.Stage != staff.StageChange || len(recovery) != 10 {
		t.Fatalf("%+v, %d codes, %v", entry, len(recovery), err)
	}
	if !h.over(half.Token) {
		t.Error("the token of before the second factor is still good")
	}
	done := must(h.gate.ChangePassword(ctx, entry.Token, password, strong, here))(t)
	if done.Stage != staff.StageOpen || !h.over(entry.Token) {
		t.Errorf("stage %s", done.Stage)
	}
	for _, what := range []string{"staff.added", "totp.set", "signin", "password.changed"} {
		if lines := h.told(what); len(lines) != 1 || lines[0].Subject != "staff "+string(s.ID) {
			t.Errorf("%s: %+v", what, lines)
		}
	}
}

func TestNobodyHearsWhichHalfWasWrong(t *testing.T) {
	h := open(t)
	s, _ := h.settled("sara")
	_, unknown := h.gate.Password(t.Context(), "nobody", strong, "", here)
	_, wrong := h.gate.Password(t.Context(), "sara", "another strong password", "", here)
	if err := h.roster.Disable(t.Context(), "", "sara", true); err != nil {
		t.Fatal(err)
	}
	_, disabled := h.gate.Password(t.Context(), "sara", strong, "", staff.From{Address: "192.0.2.9"})
	for _, err := range []error{unknown, wrong, disabled} {
		wantKey(t, err, "auth.refused")
	}
	lines := h.told("signin.refused")
	if len(lines) != 3 || lines[2].Subject != "staff unknown" || lines[1].Subject != "staff "+string(s.ID) || lines[0].From != "192.0.2.9" {
		t.Errorf("%+v", lines)
	}
}

func TestACodeIsNotGoodTwice(t *testing.T) {
	h := open(t)
	s, entry := h.settled("sara")
	secret := h.secret(s.ID).TOTP
	code := h.code(secret)
	entry = must(h.gate.Code(t.Context(), entry.Token, code, here))(t)
	_, err := h.gate.Code(t.Context(), entry.Token, code, here)
	wantKey(t, err, "auth.code_refused")
	h.now = h.now.Add(30 * time.Second)
	_, err = h.gate.Code(t.Context(), entry.Token, code, here) // the skew would still allow it
	wantKey(t, err, "auth.code_refused")
	must(h.gate.Code(t.Context(), entry.Token, h.code(secret), here))(t)
}

func TestOfTwoWhoUseOneCodeAtOnceOneGetsIn(t *testing.T) {
	h := open(t)
	s, _ := h.settled("sara")
	code := h.code(h.secret(s.ID).TOTP)
	var halves []staff.Entry
	for _, from := range []string{"192.0.2.1", "192.0.2.2", "192.0.2.3"} {
		halves = append(halves, must(h.gate.Password(t.Context(), "sara", strong, "", staff.From{Address: from}))(t))
	}
	var in atomic.Int64
	var wg sync.WaitGroup
	for _, half := range halves {
		wg.Go(func() {
			if _, err := h.gate.Code(t.Context(), half.Token, code, here); err == nil {
				in.Add(1)
			}
		})
	}
	wg.Wait()
	if in.Load() != 1 {
		t.Errorf("%d got in", in.Load())
	}
}

func TestARecoveryCodeIsGoodOnceAndInAnyForm(t *testing.T) {
	h := open(t)
	_, entry := h.settled("sara")
	codes := must(h.gate.NewRecovery(t.Context(), entry.Token, here))(t)
	half := must(h.gate.Password(t.Context(), "sara", strong, "", here))(t)
	typed := " " + codes[3][:4] + " " + codes[3][5:9] + codes[3][9:]
	must(h.gate.Code(t.Context(), half.Token, typed, here))(t)
	if lines := h.told("signin"); lines[0].Reason != "recovery" {
		t.Errorf("%+v", lines[0])
	}
	half = must(h.gate.Password(t.Context(), "sara", strong, "", here))(t)
	_, err := h.gate.Code(t.Context(), half.Token, codes[3], here)
	wantKey(t, err, "auth.code_refused")
	if left := must(h.gate.RecoveryLeft(t.Context(), half.Staff))(t); left != 9 {
		t.Errorf("%d left", left)
	}
}

func TestPersianDigitsAreACodeToo(t *testing.T) {
	h := open(t)
	s, entry := h.settled("sara")
	var typed strings.Builder
	for _, d := range h.code(h.secret(s.ID).TOTP) {
		typed.WriteString(string(d - '0' + '\u06F0'))
	}
	must(h.gate.Code(t.Context(), entry.Token, typed.String(), here))(t)
}

func TestGuessingIsSlowedDownFromOneAddressAtOnce(t *testing.T) {
	h := open(t)
	h.settled("sara")
	wrong := func(from string) string {
		_, err := h.gate.Password(t.Context(), "sara", "wrong", "", staff.From{Address: from})
		return key(err)
	}
	for i, pause := range []time.Duration{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900} {
		if got := wrong("192.0.2.66"); got != "auth.refused" {
			t.Fatalf("try %d: %s", i, got)
		}
		h.now = h.now.Add(pause*time.Second - time.Millisecond)
		if got := wrong("192.0.2.66"); got != "auth.wait" {
			t.Fatalf("after try %d: %s", i, got)
		}
		h.now = h.now.Add(time.Millisecond)
	}
	if tries := len(h.told("signin.refused")); tries != 12 {
		t.Errorf("%d tries were compared", tries)
	}
	must(h.gate.Password(t.Context(), "sara", strong, "", here))(t) // who sits elsewhere is let in
}

func TestAnAccountThatIsGuessedAtFromManyAddressesIsNeverClosedForLong(t *testing.T) {
	h := open(t)
	h.settled("sara")
	for i := range 60 {
		_, err := h.gate.Password(t.Context(), "sara", "wrong", "", staff.From{Address: "2001:db8:0:" + string(rune('a'+i%6)) + string(rune('0'+i/6)) + "::1"})
		if key(err) == "auth.wait" && i < 20 {
			t.Fatalf("slowed down at %d", i)
		}
	}
	_, err := h.gate.Password(t.Context(), "sara", strong, "", here)
	wantKey(t, err, "auth.wait")
	h.now = h.now.Add(time.Minute)
	must(h.gate.Password(t.Context(), "sara", strong, "", here))(t)
}

func TestOneNetworkOfIPv6IsOneAddress(t *testing.T) {
	h := open(t)
	h.settled("sara")
	_, err := h.gate.Password(t.Context(), "sara", "wrong", "", staff.From{Address: "2001:db8::1"})
	wantKey(t, err, "auth.refused")
	_, err = h.gate.Password(t.Context(), "sara", strong, "", staff.From{Address: "2001:db8::2"})
	wantKey(t, err, "auth.wait")
}

func TestManyAtOnceAreOneTry(t *testing.T) {
	h := open(t)
	h.settled("sara")
	var compared atomic.Int64
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if _, err := h.gate.Password(t.Context(), "sara", "wrong", "", here); key(err) == "auth.refused" {
				compared.Add(1)
			}
		})
	}
	wg.Wait()
	if compared.Load() != 1 {
		t.Errorf("%d of 50 were compared", compared.Load())
	}
}

func TestCodesAreSlowedDownToo(t *testing.T) {
	h := open(t)
	s, entry := h.settled("sara")
	var got []string
	for range 4 {
		_, err := h.gate.Code(t.Context(), entry.Token, "000000", here)
		got = append(got, key(err))
	}
	if got[2] != "auth.code_refused" || got[3] != "auth.wait" {
		t.Errorf("%v", got)
	}
	_, err := h.gate.Code(t.Context(), entry.Token, h.code(h.secret(s.ID).TOTP), here)
	wantKey(t, err, "auth.wait")
	h.now = h.now.Add(time.Minute)
	must(h.gate.Code(t.Context(), entry.Token, h.code(h.secret(s.ID).TOTP), here))(t)
}

func TestSuccessForgetsTheFailuresOfThePersonAndNotOfTheAddress(t *testing.T) {
	h := open(t)
	h.settled("sara")
	for range 3 {
		_, _ = h.gate.Password(t.Context(), "sara", "wrong", "", here)
		h.now = h.now.Add(time.Minute)
	}
	must(h.gate.Password(t.Context(), "sara", strong, "", here))(t)
	_, err := h.gate.Password(t.Context(), "sara", "wrong", "", here)
	wantKey(t, err, "auth.refused")
	h.now = h.now.Add(time.Second) // the first pause again, not the fourth
	must(h.gate.Password(t.Context(), "sara", strong, "", here))(t)
	var ip staff.Failure
	err = h.store.Do(t.Context(), func(tx storage.Tx) (err error) {
		ip, err = tx.Failure(t.Context(), "ip 192.0.2.1")
		return err
	})
	if err != nil || ip.N != 4 {
		t.Errorf("%+v, %v", ip, err)
	}
}

// broken is a store whose database is away.
type broken struct{ staff.Store }

func (broken) Do(context.Context, func(staff.Tx) error) error {
	return storage.Unavailable(context.Canceled)
}

func TestWithoutTheDatabaseNobodyIsLetIn(t *testing.T) {
	h := open(t)
	_, entry := h.settled("sara")
	h.gate.Store = broken{h.gate.Store}
	_, err := h.gate.Password(t.Context(), "sara", strong, "", here)
	if bot.KindOf(err) != bot.Unavailable {
		t.Errorf("password: %v", err)
	}
	if _, err = h.gate.Code(t.Context(), entry.Token, "000000", here); bot.KindOf(err) != bot.Unavailable {
		t.Errorf("code: %v", err)
	}
}

func TestTwoHundredSignInsAtOnceStayWithinTheirMemory(t *testing.T) {
	h := open(t)
	h.settled("sara")
	defer debug.SetGCPercent(debug.SetGCPercent(100)) // as it is served, whatever the tests are run with
	var most uint64
	ctx, cancel := context.WithCancel(t.Context())
	var watch, wg sync.WaitGroup
	watch.Go(func() {
		for ; ctx.Err() == nil; time.Sleep(5 * time.Millisecond) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
		}
	})
	for i := range 200 {
		wg.Go(func() {
			from := staff.From{Address: "198.51.100." + string(rune('0'+i%10)) + string(rune('0'+i/20))}
			_, _ = h.gate.Password(t.Context(), "nobody"+string(rune('a'+i%26))+string(rune('a'+i/26)), "wrong", "", from)
		})
	}
	wg.Wait()
	cancel()
	watch.Wait()
	if most > 250<<20 {
		t.Errorf("%d MiB", most>>20)
	}
}
