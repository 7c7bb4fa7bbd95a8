package vault

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
)

// MinKey is how many bytes a master key has at least.
const MinKey = 32

// The ways in which the text of a key can be wrong.
var (
	ErrShortKey       = errors.New("the key is shorter than 32 bytes")
	ErrPlaceholderKey = errors.New("the key is a placeholder")
)

// placeholders are what people leave in examples, in lower case.
var placeholders = []string{"changeme", "change-me", "change_me", "placeholder", "example", "your-", "your_", "<", "secret", "password"}

// ParseKey reads a master key from a variable or a file. Any text of 32 bytes and more will do, as long as a person
// did not mean it to be replaced.
func ParseKey(text string) ([]byte, error) {
	text = strings.TrimSpace(text)
	if len(text) < MinKey {
		return nil, ErrShortKey
	}
	lower := strings.ToLower(text)
	for _, p := range placeholders {
		if strings.Contains(lower, p) {
			return nil, ErrPlaceholderKey
		}
	}
	if distinct(text) < 8 {
		return nil, ErrPlaceholderKey
	}
	return []byte(text), nil
}

func distinct(text string) int {
	seen := map[rune]bool{}
	for _, r := range text {
		seen[r] = true
	}
	return len(seen)
}

// Generate makes a new master key, as text for a file: 64 hexadecimal digits.
func Generate() string {
	var b [32]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}
