package staff

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"javab/bot"
)

// AuditQuery says which entries are wanted. What is empty is not asked for.
type AuditQuery struct {
	Reader   bot.StaffID // who asks: of chats that complain about him he learns nothing; empty: the shell
	By       bot.StaffID
	What     string // an id, or the beginning of several: "signin"
	Subject  string
	From, To time.Time // from, and before
	Skip     int       // leave out so many of the latest
	Limit    int
}

// AuditLine is an entry with its place in the chain.
type AuditLine struct {
	Seq int64
	bot.AuditEntry
}

// Mark names an entry and the hash that it carries. Who keeps one elsewhere notices a chain that was cut or made anew,
// even by somebody who has the key.
type Mark struct {
	Seq  int64
	Hash []byte
}

// String is the form in which people keep a mark: "120:9f86d0…".
func (m Mark) String() string { return fmt.Sprintf("%d:%s", m.Seq, hex.EncodeToString(m.Hash)) }

// ParseMark reads what String wrote.
func ParseMark(s string) (Mark, error) {
	seq, hash, found := strings.Cut(strings.TrimSpace(s), ":")
	n, err := strconv.ParseInt(seq, 10, 64)
	raw, errHash := hex.DecodeString(hash)
	if !found || err != nil || errHash != nil || n < 1 || len(raw) != 32 {
		return Mark{}, &bot.Error{Kind: bot.Invalid, Key: "audit.bad_mark", Params: map[string]string{"Mark": s}}
	}
	return Mark{n, raw}, nil
}

// Chain is what a walk over the audit found.
type Chain struct {
	Rows   int64
	Head   Mark // of the last entry; keep it elsewhere
	Broken *Break
}

// Break is the first place where the chain does not hold.
type Break struct {
	Seq int64
	Why Fault
	At  time.Time // of the entry that stands there, or of the one that follows; zero when none does
}

// Fault is how an entry is not what was written.
type Fault string

// An entry is not the one that was written there (changed, or put in the place of another), is not there, or is not the
// one that an earlier walk had marked.
const (
	Edited   Fault = "edited"
	Missing  Fault = "missing"
	Unmarked Fault = "unmarked"
)
