package storage

import "time"

// Millis is how every store keeps an instant: unix milliseconds, 0 for the zero time. Text in a local offset compares
// wrongly in every driver.
func Millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// Instant is the inverse of Millis, in UTC.
func Instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// Round is the instant as it comes back from a store.
func Round(t time.Time) time.Time { return Instant(Millis(t)) }
