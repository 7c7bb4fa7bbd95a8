package approve

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"

	"javab/bot"
)

// Hash binds what an approval is for: its kind, chat and case, its exact text and its files. Each part is preceded by its
// length, so that no two approvals read alike.
func Hash(a bot.Approval) string {
	h := sha256.New()
	for _, s := range []string{string(a.Kind), string(a.Chat), a.Case.String(), a.Text} {
		bind(h, s)
	}
	for _, f := range a.Files {
		bind(h, f.ID)
		bind(h, f.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func bind(h hash.Hash, s string) {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(len(s)))
	h.Write(n[:])
	h.Write([]byte(s))
}
