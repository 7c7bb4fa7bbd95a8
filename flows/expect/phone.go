package expect

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"javab/locales/text"
)

var (
	// iranian is how members write their own mobile numbers: 0912..., 912..., 98912..., +98 (0) 912...
	iranian    = regexp.MustCompile(`^(?:(?:\+|00)?98)?0?(9[0-9]{9})$`)
	dialable   = regexp.MustCompile(`^\+?[0-9]{8,16}$`)
	phoneAir   = strings.NewReplacer("(", "", ")", "", ".", "", "/", "", "\uFF0B", "+")
	homeRegion = "IR"
)

// acceptPhone takes a mobile number, Iranian or foreign, and returns it in E.164. A land line gets a hint of its own:
// no message reaches it.
func acceptPhone(_ Expect, in Answer) Verdict {
	number, mobile, ok := phone(in.Text)
	switch {
	case !ok:
		return refuse(hintPhone)
	case !mobile:
		return refuse(hintPhoneMobile)
	}
	return good(number)
}

// e164 reads the number of a contact card, which messengers give with or without its plus. The messenger knows that it
// is in use, whatever the numbering plans say.
func e164(s string) (string, bool) {
	if number, _, ok := phone(s); ok {
		return number, true
	}
	s = phoneAir.Replace(text.Code(s))
	if own := iranian.FindStringSubmatch(s); own != nil {
		return "+98" + own[1], true
	}
	s = strings.TrimLeft(s, "+0")
	return "+" + s, dialable.MatchString(s)
}

func phone(s string) (number string, mobile, ok bool) {
	s = phoneAir.Replace(text.Code(s))
	if !dialable.MatchString(s) {
		return "", false, false
	}
	if own := iranian.FindStringSubmatch(s); own != nil {
		return lookup("+98" + own[1])
	}
	if abroad, found := strings.CutPrefix(s, "00"); found {
		return lookup("+" + abroad)
	}
	if number, mobile, ok = lookup(s); ok || s[0] == '+' || s[0] == '0' {
		return number, mobile, ok
	}
	return lookup("+" + s) // 9647701234567
}

// lookup asks the numbering plans of the world.
func lookup(s string) (number string, mobile, ok bool) {
	parsed, err := phonenumbers.Parse(s, homeRegion)
	if err != nil || !phonenumbers.IsValidNumber(parsed) {
		return "", false, false
	}
	kind := phonenumbers.GetNumberType(parsed)
	mobile = kind == phonenumbers.MOBILE || kind == phonenumbers.FIXED_LINE_OR_MOBILE
	return phonenumbers.Format(parsed, phonenumbers.E164), mobile, true
}
