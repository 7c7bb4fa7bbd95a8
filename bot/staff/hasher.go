package staff

import (
	"context"
	"fmt"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"javab/bot"
)

// cost is what one password costs to compare: 19 MiB and two passes, OWASP's first recommendation. The library's own
// parameters depend on the number of cores.
var cost = &argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// dummy is compared with when there is no such account, so that the answer takes as long. Nobody knows its password.
const dummy = "$argon2id$v=19$m=19456,t=2,p=1$rHx7kgDIbnlSTKeu440Ufg$ONS0T1FlAjNgIFrrPpj2T8Cog6MNuQt2En79vbO7x8U"

const (
	hashers    = 4 // at once: 76 MiB
	hasherWait = 2 * time.Second
)

// Hasher makes and compares hashes of passwords, a few at a time: memory stays bounded however many knock.
type Hasher struct{ seats chan struct{} }

// NewHasher returns a Hasher with its seats free.
func NewHasher() *Hasher { return &Hasher{make(chan struct{}, hashers)} }

// seat waits for a place; bot.Unavailable when none comes free in time.
func (h *Hasher) seat(ctx context.Context) (leave func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, hasherWait)
	defer cancel()
	select {
	case h.seats <- struct{}{}:
		return func() { <-h.seats }, nil
	case <-ctx.Done():
		return nil, &bot.Error{Kind: bot.Unavailable, Key: "auth.busy", Err: ctx.Err()}
	}
}

func (h *Hasher) hash(ctx context.Context, password string) (string, error) {
	leave, err := h.seat(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	hash, err := argon2id.CreateHash(norm.NFKC.String(password), cost)
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

// matches compares; an empty hash takes as long and never matches.
func (h *Hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	if len(password) > 4*maxPassword {
		return false, nil // nobody's password is so long, and hashing it would cost us
	}
	leave, err := h.seat(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	against := hash
	if hash == "" {
		against = dummy
	}
	same, err := argon2id.ComparePasswordAndHash(norm.NFKC.String(password), against)
	if err != nil {
		return false, fmt.Errorf("compare a password: %w", err)
	}
	return same && hash != "", nil
}
