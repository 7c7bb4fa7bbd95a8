// Package files keeps what members send: bodies of files on disk, encrypted, under names that tell nothing.
//
// It knows which types are taken, by their content, and how large they may be. It never knows whose a file is, what it
// is called or who may read it: that is in SQL, by the same id.
package files

import (
	"bufio"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"javab/bot"
	"javab/storage/vault"
)

// MaxSize is how large a file may be when Store.Max is not set. It is also what messengers let a bot fetch.
const MaxSize = 20 << 20

// Why a file is refused. Any other error of Save is the disk's or the sender's, and worth another try.
var (
	ErrType  = errors.New("the type of the file is not taken")
	ErrSize  = errors.New("the file is too large")
	ErrEmpty = errors.New("the file is empty")
)

// Store is a folder of encrypted bodies.
type Store struct {
	Dir   string
	Vault *vault.Vault
	Max   int64 // bytes; MaxSize when 0
}

// path spreads the files over 256 folders. The name follows from the id, so that a body fetched twice lies there once.
func (s *Store) path(id string) string {
	sum := sha256.Sum256([]byte("javab file " + id))
	name := hex.EncodeToString(sum[:])
	return filepath.Join(s.Dir, name[:2], name[2:])
}

// Save reads a body to its end and returns the file with its size, hash and type as found. The body appears whole or
// not at all, and is on the disk when Save returns.
func (s *Store) Save(f bot.File, body io.Reader) (bot.File, error) {
	in := bufio.NewReaderSize(io.LimitReader(body, s.limit()+1), chunk)
	var err error
	if f.MIME, err = detect(in, f.MIME); err != nil {
		return f, err
	}
	path := s.path(f.ID)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return f, fmt.Errorf("save file %s: %w", f.ID, err)
	}
	temp := path + "." + rand.Text() + ".part"
	defer os.Remove(temp) // gone already when all went well
	size, sum, err := s.write(temp, f.ID, in)
	if err != nil {
		return f, fmt.Errorf("save file %s: %w", f.ID, err)
	}
	if size > s.limit() {
		return f, ErrSize
	}
	if err := settle(temp, path); err != nil {
		return f, fmt.Errorf("save file %s: %w", f.ID, err)
	}
	f.Size, f.SHA256, f.State = size, hex.EncodeToString(sum), bot.FileStored
	return f, nil
}

func (s *Store) limit() int64 {
	if s.Max > 0 {
		return s.Max
	}
	return MaxSize
}

// write encrypts in into a new file and waits until the disk has it.
func (s *Store) write(path, id string, in *bufio.Reader) (int64, []byte, error) {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, nil, err
	}
	defer out.Close()
	sum := sha256.New()
	size, err := seal(s.Vault, id, out, io.TeeReader(in, sum))
	if err != nil {
		return 0, nil, err
	}
	if err := out.Sync(); err != nil {
		return 0, nil, err
	}
	return size, sum.Sum(nil), out.Close()
}

// settle gives a written file its name, so that it survives a power cut.
func settle(temp, path string) error {
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

// Open returns the body of a file, from any place in it. Reading fails with vault.ErrTampered where it was changed or cut.
func (s *Store) Open(id string) (io.ReadSeekCloser, error) {
	f, err := os.Open(s.path(id))
	if errors.Is(err, os.ErrNotExist) {
		return nil, &bot.Error{Kind: bot.NotFound, Key: "file_not_found", Params: map[string]string{"id": id}, Err: err}
	}
	if err != nil {
		return nil, fmt.Errorf("open file %s: %w", id, err)
	}
	r, err := newReader(f, s.Vault, id)
	if err != nil {
		return nil, fmt.Errorf("open file %s: %w", id, errors.Join(err, f.Close()))
	}
	return r, nil
}

// Remove deletes a body; one that is not there is no error.
func (s *Store) Remove(id string) error {
	if err := os.Remove(s.path(id)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove file %s: %w", id, err)
	}
	return nil
}
