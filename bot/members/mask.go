package members

import "strings"

// MaskNationalID hides a national id but for its last three digits, for lists and for echoing it to its owner.
func MaskNationalID(id string) string { return mask(id, 0, 3) }

// mask keeps the head and the tail of an ASCII code. One too short to keep both is hidden whole.
func mask(code string, head, tail int) string {
	hidden := len(code) - head - tail
	if hidden < 3 {
		return strings.Repeat("*", len(code))
	}
	return code[:head] + strings.Repeat("*", hidden) + code[len(code)-tail:]
}
