package staff

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/netip"
	"strconv"
	"time"

	"javab/bot"
)

// limit slows down one kind of tries: after free failures each costs twice the pause of the one before, up to a cap.
type limit struct {
	name string
	free int
	most time.Duration
}

// forgotten is when old failures count no more.
const forgotten = 24 * time.Hour

// limits are what a sign-in from an address is slowed down by, in the order in which they are locked. An address that
// guesses one account's password is stopped at once; a whole address, behind which all of the house may sit, later. An
// account that is guessed at from many addresses is never closed for longer than a minute: else anyone could keep its
// owner out.
func limits(login, from string) []limit {
	login, from = digest(login), network(from)
	return []limit{
		{"ip " + from, 20, 15 * time.Minute},
		{"login " + login, 20, time.Minute},
		{"login " + login + " " + from, 0, 15 * time.Minute},
	}
}

// codeLimit is for codes: who gets there knows the password.
func codeLimit(id bot.StaffID) []limit { return []limit{{"code " + string(id), 2, 15 * time.Minute}} }

// digest names a login without keeping it: people type their passwords there.
func digest(login string) string {
	sum := sha256.Sum256([]byte(login))
	return hex.EncodeToString(sum[:12])
}

// network is an address, or for IPv6 its /64, of which one caller has all.
func network(from string) string {
	address, err := netip.ParseAddr(from)
	if err != nil || address.Unmap().Is4() {
		return from
	}
	prefix, err := address.Prefix(64)
	if err != nil {
		return from
	}
	return prefix.String()
}

// begin counts a try as failed before it is made, so that many at once are no way around the pause. It refuses one that
// comes too early, and counts nothing then.
func begin(ctx context.Context, tx Failures, now time.Time, limits []limit) error {
	counted := make([]Failure, len(limits))
	for i, l := range limits {
		f, err := tx.Failure(ctx, l.name)
		if err != nil {
			return fmt.Errorf("count a try: %w", err)
		}
		if now.Before(f.Until) {
			return wait(f.Until.Sub(now))
		}
		counted[i] = f.again(now, l)
	}
	for i, l := range limits {
		if err := tx.SaveFailure(ctx, l.name, counted[i]); err != nil {
			return fmt.Errorf("count a try: %w", err)
		}
	}
	return nil
}

// again is one failure more.
func (f Failure) again(now time.Time, l limit) Failure {
	if now.Sub(f.At) >= forgotten {
		f.N = 0
	}
	f.N, f.At, f.Until = f.N+1, now, time.Time{}
	if over := f.N - l.free; over > 0 {
		f.Until = now.Add(min(time.Second<<min(over-1, 20), l.most))
	}
	return f
}

// succeeded takes the try back: what was counted for the person himself is forgotten, an address is one failure poorer.
func succeeded(ctx context.Context, tx Failures, limits []limit) error {
	for i, l := range limits {
		f := Failure{}
		if i == 0 && len(limits) > 1 {
			old, err := tx.Failure(ctx, l.name)
			if err != nil {
				return fmt.Errorf("forget a try: %w", err)
			}
			f = Failure{N: max(0, old.N-1), At: old.At}
		}
		if err := tx.SaveFailure(ctx, l.name, f); err != nil {
			return fmt.Errorf("forget a try: %w", err)
		}
	}
	return nil
}

func wait(left time.Duration) error {
	seconds := strconv.Itoa(int((left + time.Second - 1) / time.Second))
	return &bot.Error{Kind: bot.Forbidden, Key: "auth.wait", Params: map[string]string{"N": seconds}}
}
