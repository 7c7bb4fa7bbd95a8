package expect

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// acceptAccount refuses nothing but silence: what is over a limit begins a new piece, which is the engine's business.
func acceptAccount(_ Expect, in Answer) Verdict {
	told := strings.TrimSpace(in.Text)
	if told == "" && len(in.Files) == 0 {
		return refuse(hintAccount)
	}
	return good(told)
}

func acceptText(e Expect, in Answer) Verdict {
	told := strings.TrimSpace(in.Text)
	switch n := text.Len16(told); {
	case n == 0:
		return refuse(hintText)
	case n < e.Limit("min"):
		return refuse(hintTextShort)
	case n > e.Limit("max"):
		return refuse(hintTextLong)
	}
	return good(told)
}

var (
	emailShape = regexp.MustCompile(`^[A-Za-z0-9_%+'-]+(\.[A-Za-z0-9_%+'-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$`)
	invisible  = strings.NewReplacer("\u200B", "", "\u200C", "", "\u200D", "", "\uFEFF", "")
)

// acceptEmail takes the address alone, in any digits. The domain becomes lower case; what stands before it is left as
// written, since only its own server may judge that.
func acceptEmail(_ Expect, in Answer) Verdict {
	address := text.Digits(invisible.Replace(text.Unmark(strings.TrimSpace(in.Text))))
	at := strings.LastIndexByte(address, '@')
	if len(address) > 254 || at > 64 || !emailShape.MatchString(address) {
		return refuse(hintEmail)
	}
	return good(address[:at] + strings.ToLower(address[at:]))
}

// acceptFiles returns how many files came; they themselves are kept in the draft.
func acceptFiles(e Expect, in Answer) Verdict {
	switch n := len(in.Files); {
	case n < max(e.Limit("min"), 1):
		return refuse(hintFiles)
	case n > e.Limit("max"):
		return refuse(hintFilesMany)
	default:
		return good(strconv.Itoa(n))
	}
}

// acceptContact takes only the member's own card: a number that he typed, or the card of another, proves nothing.
func acceptContact(_ Expect, in Answer) Verdict {
	switch {
	case in.Contact == nil:
		return refuse(hintContact)
	case !in.Contact.Own:
		return refuse(hintContactOther)
	}
	number, ok := e164(in.Contact.Phone)
	if !ok { // the button again would bring the same card
		return refuse(hintContactUnread)
	}
	return good(number)
}

// acceptLocation returns latitude and longitude to about ten centimetres.
func acceptLocation(_ Expect, in Answer) Verdict {
	if at := in.Location; at != nil && inWorld(*at) {
		return good(fmt.Sprintf("%.6f,%.6f", at.Latitude, at.Longitude))
	}
	return refuse(hintLocation)
}

func inWorld(at bot.Location) bool {
	return at.Latitude >= -90 && at.Latitude <= 90 && at.Longitude >= -180 && at.Longitude <= 180
}

func acceptOption(hint string) func(Expect, Answer) Verdict {
	return func(_ Expect, in Answer) Verdict {
		if id, ok := Choose(in.Options, in.Text); ok {
			return good(id)
		}
		return refuse(hint)
	}
}

// Choose finds the option that a member means: by the words of its button in any of the languages, else by its place in
// the list, in any digits.
func Choose(options []Option, said string) (id string, ok bool) {
	key := text.Squeeze(text.Fold(said))
	if key == "" {
		return "", false
	}
	for _, o := range options {
		for _, lang := range bot.Langs {
			if text.Squeeze(text.Fold(o.Label.In(lang))) == key {
				return o.ID, true
			}
		}
	}
	if place, err := strconv.Atoi(key); err == nil && place >= 1 && place <= len(options) {
		return options[place-1].ID, true
	}
	return "", false
}
