package expect

import (
	"regexp"
	"strings"

	"javab/locales/text"
)

// acceptNationalID takes ten digits. Eight or nine have lost their leading zeros in some spreadsheet: they are given
// back, and the member confirms. There is no list of prefixes: new ones are issued.
func acceptNationalID(_ Expect, in Answer) Verdict {
	id, ok := text.OnlyDigits(in.Text)
	if !ok || len(id) < 8 || len(id) > 10 {
		return refuse(hintNationalID)
	}
	padded := strings.Repeat("0", 10-len(id)) + id
	switch {
	case !nationalID(padded):
		return refuse(hintNationalCheck)
	case padded != id:
		return unusual(padded, hintNationalZeros)
	}
	return good(id)
}

func nationalID(id string) bool {
	if same(id) || id[3:9] == "000000" {
		return false
	}
	sum := 0
	for i := range 9 {
		sum += int(id[i]-'0') * (10 - i)
	}
	check := sum % 11
	if check >= 2 {
		check = 11 - check
	}
	return check == int(id[9]-'0')
}

// acceptLegalID takes eleven digits. The rule of its check digit is folk knowledge, printed by no authority: a number
// that breaks it is possible, if the member says so.
func acceptLegalID(_ Expect, in Answer) Verdict {
	id, ok := text.OnlyDigits(in.Text)
	switch {
	case !ok || len(id) != 11:
		return refuse(hintLegalID)
	case !legalID(id):
		return unusual(id, hintLegalCheck)
	}
	return good(id)
}

func legalID(id string) bool {
	if id[3:9] == "000000" {
		return false
	}
	weights := [...]int{29, 27, 23, 19, 17}
	add := int(id[9]-'0') + 2
	sum := 0
	for i := range 10 {
		sum += (int(id[i]-'0') + add) * weights[i%len(weights)]
	}
	return sum%11%10 == int(id[10]-'0')
}

// acceptEconomicNo takes a company's legal id, a person's national id with four digits from 0001, or a foreigner's
// fourteen digits. The twelve digits of old are no longer in use.
func acceptEconomicNo(_ Expect, in Answer) Verdict {
	no, ok := text.OnlyDigits(in.Text)
	switch {
	case !ok:
		return refuse(hintEconomicNo)
	case len(no) == 12:
		return refuse(hintEconomicOld)
	case len(no) == 11:
		return acceptLegalID(Expect{}, Answer{Text: no})
	case len(no) != 14 || no[10:] == "0000":
		return refuse(hintEconomicNo)
	case !nationalID(no[:10]): // a foreigner's: it has no check digit that we know
		return unusual(no, hintEconomicCheck)
	}
	return good(no)
}

// customaryPostal is the pattern of nearly all postal codes; a few real ones break it.
var customaryPostal = regexp.MustCompile(`^[13-9]{4}[1346-9][013-9]{5}$`)

func acceptPostalCode(_ Expect, in Answer) Verdict {
	code, ok := text.OnlyDigits(in.Text)
	switch {
	case !ok || len(code) != 10 || same(code):
		return refuse(hintPostalCode)
	case !customaryPostal.MatchString(code):
		return unusual(code, hintPostalConfirm)
	}
	return good(code)
}

func same(digits string) bool { return strings.Count(digits, digits[:1]) == len(digits) }
