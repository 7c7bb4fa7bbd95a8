package text

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"javab/bot"
)

// Clean makes what a member sent safe to keep: valid UTF-8, no NUL and no control characters but tabs and line ends,
// which become plain line feeds. Marks of direction stay: they belong to what he wrote.
func Clean(s string) string {
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	s = strings.ToValidUTF8(s, "")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
}

// Unmark removes every mark that turns the direction of text. In a name such a mark would turn the line it is shown in.
func Unmark(s string) string {
	return strings.Map(func(r rune) rune {
		if turns(r) {
			return -1
		}
		return r
	}, s)
}

func turns(r rune) bool {
	return r == '\u200E' || r == '\u200F' || r == '\u061C' || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// Name makes a person's or company's name fit to store and show: composed, on one line, without marks of direction and
// tatweel, in Persian with Persian letters. ZWNJ inside stays, and so does the case of its letters.
func Name(lang bot.Lang, s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == tatweel:
			return -1
		case lang == bot.Fa && r == '\u064A':
			return yeh
		case lang == bot.Fa && r == '\u0643':
			return kaf
		default:
			return r
		}
	}, Unmark(Clean(norm.NFC.String(s))))
	return strings.Trim(strings.Join(strings.Fields(s), " "), "\u200C")
}

// MaxFileName is how many bytes of a member's file name are kept.
const MaxFileName = 120

// FileName makes a member's file name fit to show, to offer for download and to put into an archive: its last part only, no
// marks of direction, bounded, the extension kept. On no system does it name a place, a device or a hidden file, neither on
// a disk of ours nor on that of who saves it.
func FileName(s string) string {
	s = path.Base(strings.ReplaceAll(Clean(norm.NFC.String(s)), `\`, "/"))
	s = strings.Trim(strings.Join(strings.Fields(strings.Map(nameable, s)), " "), "./ ")
	if device(s) {
		s = "_" + s
	}
	if len(s) <= MaxFileName {
		return s
	}
	ext := path.Ext(s)
	if len(ext) > 12 {
		ext = ""
	}
	stem := s[:MaxFileName-len(ext)]
	for !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return strings.TrimRight(stem, ". ") + ext
}

// nameable leaves of a rune of a file name what every system takes, and what can be seen: two names that look alike are one.
func nameable(r rune) rune {
	switch {
	case strings.ContainsRune(`<>:"|?*`, r):
		return '_' // Windows reads them as drives, streams and patterns
	case unicode.Is(unicode.Cf, r) && r != '\u200C' && r != '\u200D' && !unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return -1
	}
	return r
}

// device reports whether Windows takes a name for one of its devices, whatever stands behind the point.
func device(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch stem = strings.TrimSpace(stem); stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	port := strings.TrimRight(stem, "0123456789\u00B9\u00B2\u00B3")
	return (port == "com" || port == "lpt") && utf8.RuneCountInString(stem) == len(port)+1
}
