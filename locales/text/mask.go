package text

import "strings"

// Mask is a text in which [number], [mail], [name] and [link] stand for what may be somebody's, as Redact finds it; all else
// stays as it was written, for whoever is to read it.
func Mask(s string) string {
	var masked strings.Builder
	from := 0
	for _, at := range personal.FindAllStringSubmatchIndex(s, -1) {
		if year.MatchString(Digits(s[at[0]:at[1]])) {
			continue
		}
		masked.WriteString(s[from:at[0]] + what(at))
		from = at[1]
	}
	return masked.String() + s[from:]
}
