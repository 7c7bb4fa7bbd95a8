package storage

import (
	"fmt"

	"javab/bot"
)

// NotFound is the error for a thing that is not there; its message is "<what>_not_found" in the catalogs.
func NotFound(what, id string) error {
	return &bot.Error{Kind: bot.NotFound, Key: what + "_not_found", Params: map[string]string{"id": id}}
}

// Taken is the error for a value that must be unique and belongs to another.
func Taken(what string) error { return &bot.Error{Kind: bot.Conflict, Key: what + "_taken"} }

// Unavailable is the error for a database that is away, locked or full: nothing was accepted, try again.
func Unavailable(cause error) error {
	if bot.KindOf(cause) == bot.Unavailable {
		return cause
	}
	return &bot.Error{Kind: bot.Unavailable, Key: "store_unavailable", Err: cause}
}

// Panicked is the error for a closure that panicked with v. It names no more than the value's type, since the value
// may hold what a member wrote; the stack goes to the log.
func Panicked(v any, stack []byte) error { return &PanicError{Value: v, Stack: stack} }

// PanicError is a panic inside a closure.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string {
	if err, ok := e.Value.(error); ok {
		return fmt.Sprintf("panic in transaction: %v", err)
	}
	return fmt.Sprintf("panic in transaction (%T)", e.Value)
}
