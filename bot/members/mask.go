package members

import "strings"

// MaskNationalID hides a national id but for its last three digits, for lists and for echoing it to its owner.
func MaskNationalID(id string) string { return mask(id, 3) }

// MaskPhone hides a phone but for its last four digits, by which its owner knows it.
func MaskPhone(phone string) string { return mask(phone, 4) }

// MaskEmail hides the name in an address but for its first letter.
func MaskEmail(address string) string {
	name, host, ok := strings.Cut(address, "@")
	if !ok || len(name) < 2 {
		return strings.Repeat("*", len(address))
	}
	return name[:1] + strings.Repeat("*", len(name)-1) + "@" + host
}

// mask hides all of s but its end. What is too short to hide anything in is hidden whole.
func mask(s string, shown int) string {
	hidden := len(s) - shown
	if hidden < shown {
		return strings.Repeat("*", len(s))
	}
	return strings.Repeat("*", hidden) + s[hidden:]
}
