package members

import "strings"

// MaskNationalID hides a national id but for its last three digits, for lists and for echoing it to its owner.
func MaskNationalID(id string) string {
	const shown = 3
	hidden := len(id) - shown
	if hidden < shown { // too short to hide anything in
		return strings.Repeat("*", len(id))
	}
	return strings.Repeat("*", hidden) + id[hidden:]
}
