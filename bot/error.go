package bot

import (
	"errors"
	"fmt"
)

// ErrorKind sorts errors by what the caller can do about them.
type ErrorKind string

// The kinds. An error without one is internal: people read only that something went wrong, the log gets it whole.
const (
	NotFound    ErrorKind = "not_found"
	Conflict    ErrorKind = "conflict"
	Invalid     ErrorKind = "invalid"
	Forbidden   ErrorKind = "forbidden"
	Unavailable ErrorKind = "unavailable" // storage is away: nothing was accepted, try again
)

// Error is an error that a person may read. Key is its message in the catalogs of locales; Params fill it in.
type Error struct {
	Kind   ErrorKind
	Key    string
	Params map[string]string
	Err    error // the cause, for the log
}

func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Kind, e.Key, e.Err)
	}
	return fmt.Sprintf("%s: %s", e.Kind, e.Key)
}

func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first Error in err's chain, or "" for an internal one.
func KindOf(err error) ErrorKind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return ""
}
