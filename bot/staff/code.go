package staff

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"image/png"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"javab/locales/text"
)

const (
	codePeriod    = 30 // seconds
	codeSkew      = 1  // periods by which a phone's clock may be wrong
	recoveryCodes = 10
)

// newSecret makes the secret of an authenticator: 160 bits.
func newSecret() string {
	var raw [20]byte
	_, _ = rand.Read(raw[:])
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw[:])
}

// stepOf returns the time step whose code it is, and false when it is none of now's. Steps up to last are over.
func stepOf(code, secret string, now time.Time, last int64) (int64, bool) {
	step := now.Unix() / codePeriod
	for _, s := range []int64{step, step - codeSkew, step + codeSkew} {
		want, err := hotp.GenerateCodeCustom(secret, uint64(s), hotp.ValidateOpts{Digits: otp.DigitsSix})
		if err == nil && s > last && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return s, true
		}
	}
	return 0, false
}

// proves takes a code of the authenticator or one of the recovery codes. It returns what is left of the secrets: neither
// is good a second time.
func (s Secrets) proves(code string, now time.Time) (left Secrets, by string, ok bool) {
	code = plain(code)
	if step, is := stepOf(code, s.TOTP, now, s.Step); is && s.TOTP != "" {
		s.Step = step
		return s, "totp", true
	}
	if i := slices.Index(s.Recovery, hashed(code)); i >= 0 {
		s.Recovery = slices.Delete(slices.Clone(s.Recovery), i, i+1)
		return s, "recovery", true
	}
	return s, "", false
}

// plain is a code as people mean it: in any digits, in groups or not, in small letters.
func plain(code string) string {
	return strings.ToUpper(text.Code(code))
}

// newRecovery makes codes for the day when the phone is lost, and what is kept of them: 80 bits need no slow hash.
func newRecovery() (codes, hashes []string) {
	for range recoveryCodes {
		raw := rand.Text()[:16]
		codes = append(codes, strings.Join([]string{raw[:4], raw[4:8], raw[8:12], raw[12:]}, "-"))
		hashes = append(hashes, hashed(raw))
	}
	return codes, hashes
}

func hashed(code string) string {
	sum := sha256.Sum256([]byte(code))
	return hex.EncodeToString(sum[:])
}

// Offer is a new second factor as its owner takes it over into his authenticator.
type Offer struct {
	Secret string // in groups of four, to be typed
	URL    string // otpauth://…
	Image  []byte // the same as a QR code, PNG
}

// offer shows a secret. issuer is the house's name, login the account's.
func offer(secret, issuer, login string) (Offer, error) {
	query := url.Values{"secret": {secret}, "issuer": {issuer}}
	address := "otpauth://totp/" + url.PathEscape(issuer+":"+login) + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
	key, err := otp.NewKeyFromURL(address)
	if err != nil {
		return Offer{}, fmt.Errorf("offer a second factor: %w", err)
	}
	image, err := key.Image(240, 240)
	if err != nil {
		return Offer{}, fmt.Errorf("draw a second factor: %w", err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, image); err != nil {
		return Offer{}, fmt.Errorf("draw a second factor: %w", err)
	}
	groups := slices.Collect(slices.Chunk([]byte(secret), 4))
	return Offer{Secret: string(bytes.Join(groups, []byte(" "))), URL: address, Image: out.Bytes()}, nil
}
