// Package vault seals what must not be read in a stolen database: field by field, under keys derived from one master.
//
// It knows AES-256-GCM, blind indexes and the key's fingerprint. It never knows where a field is stored or where the
// master key came from.
//
// A sealed value is: key id (1 byte), nonce (12), ciphertext and tag. The column and the row are bound to it, so that
// a value moved to another row does not open. Each column has a key of its own: random nonces stay far below the
// bound of 2^32 values per key.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
)

// Overhead is how many bytes longer than its plain text a sealed value is.
const Overhead = 1 + 12 + 16

// ErrTampered is returned for a value that was changed, moved to another row or sealed under a key that is not here.
var ErrTampered = errors.New("vault: sealed value does not open")

// Vault seals and opens. It is safe for concurrent use.
type Vault struct {
	keys  []*key // the first one seals, all of them open
	index []byte
}

// key is one master key with the column keys derived from it.
type key struct {
	id      byte
	master  []byte
	columns sync.Map // column -> cipher.AEAD
}

// New makes a vault that seals under master, and also opens what was sealed under retired keys. Blind indexes are
// always made with master. Keys must have at least MinKey bytes (ParseKey).
func New(master []byte, retired ...[]byte) (*Vault, error) {
	v := &Vault{}
	for _, m := range append([][]byte{master}, retired...) {
		if len(m) < MinKey {
			return nil, fmt.Errorf("vault: key has %d bytes, needs %d", len(m), MinKey)
		}
		v.keys = append(v.keys, &key{id: derive(m, "key id")[0], master: m})
	}
	v.index = derive(master, "blind index")
	return v, nil
}

// derive gives 32 bytes for one purpose. It cannot fail: the length is far below HKDF's bound.
func derive(master []byte, purpose string) []byte {
	out, err := hkdf.Key(sha256.New, master, nil, "javab "+purpose, 32)
	if err != nil {
		panic(err)
	}
	return out
}

// Derive gives a secret for another purpose, such as a webhook's. It tells nothing about the master key.
func (v *Vault) Derive(purpose string) []byte { return derive(v.keys[0].master, "secret "+purpose) }

// Fingerprint names the master key without telling it.
func (v *Vault) Fingerprint() string {
	return hex.EncodeToString(derive(v.keys[0].master, "fingerprint")[:8])
}

func (k *key) aead(column string) cipher.AEAD {
	if a, ok := k.columns.Load(column); ok {
		return a.(cipher.AEAD)
	}
	block, err := aes.NewCipher(derive(k.master, "column "+column))
	if err != nil {
		panic(err) // the key is always 32 bytes
	}
	a, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // the block is always AES
	}
	k.columns.Store(column, a)
	return a
}

// Seal encrypts a value of one column and row. An empty value stays empty: there is nothing to hide in it.
func (v *Vault) Seal(column, row string, plain []byte) []byte {
	if len(plain) == 0 {
		return nil
	}
	k := v.keys[0]
	out := make([]byte, 1, len(plain)+Overhead)
	out[0] = k.id
	return k.aead(column).Seal(out, nil, plain, binding(column, row))
}

// Open is the inverse of Seal.
func (v *Vault) Open(column, row string, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	for _, k := range v.keys {
		if k.id != sealed[0] {
			continue
		}
		if plain, err := k.aead(column).Open(nil, nil, sealed[1:], binding(column, row)); err == nil {
			return plain, nil
		}
	}
	return nil, fmt.Errorf("%w: %s", ErrTampered, column)
}

// binding is the additional data. Column names hold no zero byte, so no two pairs read alike.
func binding(column, row string) []byte {
	b := make([]byte, 0, len(column)+1+len(row))
	b = append(b, column...)
	b = append(b, 0)
	return append(b, row...)
}

// Blind gives the same 32 bytes for the same value of a column, so that it can be looked up without being told. The
// value must be normalised already; an empty one has no index.
func (v *Vault) Blind(column, value string) []byte {
	if value == "" {
		return nil
	}
	mac := hmac.New(sha256.New, v.index)
	mac.Write(binding(column, value))
	return mac.Sum(nil)
}
