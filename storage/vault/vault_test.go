package vault_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"javab/storage/vault"
)

func open(t *testing.T, keys ...string) *vault.Vault {
	t.Helper()
	var masters [][]byte
	for _, k := range keys {
		masters = append(masters, []byte(strings.Repeat(k, 16)))
	}
	v, err := vault.New(masters[0], masters[1:]...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestASealedValueOpensOnlyInItsPlace(t *testing.T) {
	v := open(t, "ab")
	sealed := v.Seal("members.phone", "m1", []byte("+989121234567"))
	if bytes.Contains(sealed, []byte("9121234567")) {
		t.Error("the phone can be read")
	}
	if plain, err := v.Open("members.phone", "m1", sealed); err != nil || string(plain) != "+989121234567" {
		t.Errorf("opened %q, %v", plain, err)
	}
	for what, try := range map[string]func() ([]byte, error){
		"another row":    func() ([]byte, error) { return v.Open("members.phone", "m2", sealed) },
		"another column": func() ([]byte, error) { return v.Open("members.email", "m1", sealed) },
		"another key":    func() ([]byte, error) { return open(t, "cd").Open("members.phone", "m1", sealed) },
		"a cut value":    func() ([]byte, error) { return v.Open("members.phone", "m1", sealed[:9]) },
		"a changed byte": func() ([]byte, error) {
			sealed := bytes.Clone(sealed)
			sealed[20] ^= 1
			return v.Open("members.phone", "m1", sealed)
		},
	} {
		if _, err := try(); !errors.Is(err, vault.ErrTampered) {
			t.Errorf("%s: %v, want ErrTampered", what, err)
		}
	}
}

func TestTheSameValueIsSealedDifferentlyEachTime(t *testing.T) {
	v := open(t, "ab")
	if bytes.Equal(v.Seal("c", "1", []byte("x")), v.Seal("c", "1", []byte("x"))) {
		t.Error("two sealed values are equal")
	}
	if got := len(v.Seal("c", "1", []byte("x"))); got != 1+vault.Overhead {
		t.Errorf("%d bytes", got)
	}
}

func TestNothingIsSealedToNothing(t *testing.T) {
	v := open(t, "ab")
	if v.Seal("c", "1", nil) != nil {
		t.Error("an empty value was sealed")
	}
	if plain, err := v.Open("c", "1", nil); plain != nil || err != nil {
		t.Errorf("opened %q, %v", plain, err)
	}
}

func TestARetiredKeyStillOpens(t *testing.T) {
	sealed := open(t, "ab").Seal("c", "1", []byte("x"))
	if plain, err := open(t, "cd", "ab").Open("c", "1", sealed); err != nil || string(plain) != "x" {
		t.Errorf("opened %q, %v", plain, err)
	}
}

func TestABlindIndexIsEqualForEqualValuesOfOneColumn(t *testing.T) {
	v := open(t, "ab")
	one := v.Blind("phone", "+98912")
	if !bytes.Equal(one, v.Blind("phone", "+98912")) {
		t.Error("equal values differ")
	}
	for _, other := range [][]byte{v.Blind("phone", "+98913"), v.Blind("email", "+98912"), open(t, "cd").Blind("phone", "+98912")} {
		if bytes.Equal(one, other) {
			t.Error("different values are equal")
		}
	}
	if v.Blind("phone", "") != nil {
		t.Error("an empty value has an index")
	}
}

func TestTheFingerprintNamesTheKeyAndNothingElse(t *testing.T) {
	v := open(t, "ab")
	if v.Fingerprint() != open(t, "ab").Fingerprint() || v.Fingerprint() == open(t, "cd").Fingerprint() {
		t.Error("the fingerprint does not name the key")
	}
	if len(v.Fingerprint()) != 16 {
		t.Errorf("fingerprint %q", v.Fingerprint())
	}
	if bytes.Equal(v.Derive("hook tg"), v.Derive("hook bale")) {
		t.Error("two purposes have one secret")
	}
}

func TestAKeyMustBeLongAndMeant(t *testing.T) {
	for text, want := range map[string]error{
		"short":                 vault.ErrShortKey,
		"":                      vault.ErrShortKey,
		strings.Repeat("a", 40): vault.ErrPlaceholderKey,
		"please-changeme-before-you-go-live-thanks":  vault.ErrPlaceholderKey,
		"<64 hexadecimal digits of your own choice>": vault.ErrPlaceholderKey,
		vault.Generate() + "\n":                      nil,
	} {
		if _, err := vault.ParseKey(text); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
	if first, second := vault.Generate(), vault.Generate(); first == second {
		t.Error("two generated keys are equal")
	}
	if _, err := vault.New([]byte("short")); err == nil {
		t.Error("a short key was taken")
	}
}

func BenchmarkSealOfAChatState(b *testing.B) {
	v, err := vault.New(bytes.Repeat([]byte("ab"), 16))
	if err != nil {
		b.Fatal(err)
	}
	state := bytes.Repeat([]byte("x"), 400)
	for b.Loop() {
		v.Seal("chats.state", "tg:javab:1", state)
	}
}
