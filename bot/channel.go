package bot

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Caps is what a channel can do. Callers degrade what is missing; they never ask which messenger it is.
type Caps struct {
	MaxText    int   // UTF-16 units of one message
	MaxCaption int   // UTF-16 units
	MaxPress   int   // bytes of Choice.Data
	MaxDown    int64 // bytes of a file we can fetch
	MaxUp      int64
	Secret     SecretPlace
	Edit       bool          // own messages can be edited, and keep their id
	Delete     time.Duration // for so long own messages can be deleted; 0: never
	AckPress   bool
	Contact    bool // has a button that shares the own phone card
	Commands   bool // has a list of commands to publish
	TellBlock  bool // says when a member blocks us
}

// SecretPlace says where a messenger puts the webhook's secret.
type SecretPlace string

// The places of the secret.
const (
	SecretHeader SecretPlace = "header"
	SecretPath   SecretPlace = "path"
)

// Ref is a sent message's id at its messenger. Empty when the messenger did not tell.
type Ref string

// SendFault says why a call to a messenger failed, in the only terms the sender decides by.
type SendFault string

// The faults. Transient: nothing was written, safe to repeat. Ambiguous: it may have arrived.
const (
	FaultBlocked      SendFault = "blocked"
	FaultNotFound     SendFault = "not_found" // chat or message is gone
	FaultMigrated     SendFault = "migrated"
	FaultRateLimited  SendFault = "rate_limited"
	FaultTooLong      SendFault = "too_long"
	FaultNotModified  SendFault = "not_modified"
	FaultStale        SendFault = "stale" // a press too old to be answered, a message too old to be changed
	FaultUnsupported  SendFault = "unsupported"
	FaultMarkup       SendFault = "markup" // our markup was refused: once more as plain text
	FaultRejected     SendFault = "rejected"
	FaultUnauthorized SendFault = "unauthorized" // the token is refused: the channel pauses
	FaultTransient    SendFault = "transient"
	FaultAmbiguous    SendFault = "ambiguous"
)

// SendError is the one error that adapters return for a failed call.
type SendError struct {
	Fault SendFault
	After time.Duration // with FaultRateLimited: how long to wait
	To    string        // with FaultMigrated: the chat's new id
	Err   error         // scrubbed of tokens
}

func (e *SendError) Error() string { return fmt.Sprintf("send: %s: %v", e.Fault, e.Err) }

func (e *SendError) Unwrap() error { return e.Err }

// FaultIn reads the fault back from the text of an error that was kept; empty when it tells of none.
func FaultIn(kept string) SendFault {
	words, _, _ := strings.Cut(strings.TrimPrefix(kept, "send: "), ":")
	switch fault := SendFault(words); fault {
	case FaultBlocked, FaultNotFound, FaultMigrated, FaultRateLimited, FaultTooLong, FaultNotModified, FaultStale,
		FaultUnsupported, FaultMarkup, FaultRejected, FaultUnauthorized, FaultTransient, FaultAmbiguous:
		return fault
	}
	return ""
}

// FaultOf returns the fault in err's chain; an error of another kind counts as ambiguous, the careful reading.
func FaultOf(err error) SendFault {
	if e, ok := errors.AsType[*SendError](err); ok {
		return e.Fault
	}
	return FaultAmbiguous
}
