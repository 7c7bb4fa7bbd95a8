package redisstore

import "time"

// Settle waits until Redis has all that was put.
func (h *Hot) Settle() {
	for waiting := true; waiting; time.Sleep(time.Millisecond) {
		waiting = false
		h.ahead.Range(func(any, any) bool { waiting = true; return false })
	}
}
