package text

import (
	"regexp"
	"strings"
)

// personal are the parts of a text that may be somebody's: links, addresses of mail, names at messengers, and numbers of
// four digits or more in any script, however they are spaced. Years are no such numbers.
var personal = regexp.MustCompile(`(?i)(https?://\S+|www\.\S+)|([^\s@<>]+@[^\s@<>]+\.[^\s@<>]+)|(@\w{3,})|(\+?\p{Nd}(?:[\s\-./()\x{200c}\x{066b}\x{066c}]{0,2}\p{Nd}){3,})`)

// year is a number of four digits that is rather a year than anything of a person.
var year = regexp.MustCompile(`^(13|14|19|20)\d\d$`)

// The names of what stood in a text, as Redact leaves them.
var stood = [...]string{"", "[link]", "[mail]", "[name]", "[number]"}

// maxRedacted is how much of a text Redact keeps: a question is no longer.
const maxRedacted = 600

// Redact is Fold of a text without what may be somebody's: [number], [mail], [name] and [link] stand where it stood. Names in
// letters cannot be told from other words. A long text is cut.
func Redact(s string) string {
	if len(s) > maxRedacted {
		s = strings.ToValidUTF8(s[:maxRedacted], "")
	}
	var kept []string
	from := 0
	for _, at := range personal.FindAllStringSubmatchIndex(s, -1) {
		if year.MatchString(Digits(s[at[0]:at[1]])) {
			continue
		}
		kept = append(kept, Fold(s[from:at[0]]), what(at))
		from = at[1]
	}
	return strings.Join(strings.Fields(strings.Join(append(kept, Fold(s[from:])), " ")), " ")
}

// what names the group that matched.
func what(at []int) string {
	for group := 1; group < len(stood); group++ {
		if at[2*group] >= 0 {
			return stood[group]
		}
	}
	return ""
}
