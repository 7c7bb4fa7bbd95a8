package files

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strconv"

	"javab/storage/vault"
)

// A body is encrypted in chunks, so that none is ever in memory whole. Each chunk is bound to the file, its place and
// whether it is the last: chunks cannot be swapped, nor the end cut off.
const (
	chunk       = 64 << 10
	sealedChunk = chunk + vault.Overhead
	column      = "files.body"
)

func place(id string, n int, last bool) string {
	end := "+"
	if last {
		end = "."
	}
	return id + ":" + strconv.Itoa(n) + end
}

// seal writes the body in sealed chunks and returns its size.
func seal(v *vault.Vault, id string, out io.Writer, body io.Reader) (size int64, err error) {
	in := bufio.NewReaderSize(body, chunk)
	buffer := make([]byte, chunk)
	for n := 0; ; n++ {
		got, err := io.ReadFull(in, buffer)
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
			return size, err
		}
		_, ahead := in.Peek(1)
		if ahead != nil && !errors.Is(ahead, io.EOF) {
			return size, ahead
		}
		size += int64(got)
		if _, err := out.Write(v.Seal(column, place(id, n, ahead != nil), buffer[:got])); err != nil {
			return size, err
		}
		if ahead != nil {
			return size, nil
		}
	}
}

// reader opens the chunk that is asked for: what is skipped is not read.
type reader struct {
	file   *os.File
	vault  *vault.Vault
	id     string
	sealed int64 // bytes on the disk
	size   int64 // of the body
	at     int64
	open   int64 // number of the chunk in plain, -1 for none
	plain  []byte
}

func newReader(f *os.File, v *vault.Vault, id string) (*reader, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	r := &reader{file: f, vault: v, id: id, sealed: info.Size(), open: -1}
	r.size = max(0, r.sealed-r.chunks()*vault.Overhead)
	return r, nil
}

// chunks is how many there are; even an emptied file has one, which then does not open.
func (r *reader) chunks() int64 { return max(1, (r.sealed+sealedChunk-1)/sealedChunk) }

// Read implements io.Reader.
func (r *reader) Read(p []byte) (int, error) {
	if r.at >= r.size && r.size > 0 {
		return 0, io.EOF
	}
	n := r.at / chunk
	if n != r.open {
		if err := r.unseal(n); err != nil {
			return 0, err
		}
	}
	from := r.at - n*chunk
	if from >= int64(len(r.plain)) {
		return 0, vault.ErrTampered // shorter than the length of the file tells
	}
	got := copy(p, r.plain[from:])
	r.at += int64(got)
	return got, nil
}

func (r *reader) unseal(n int64) error {
	sealed := make([]byte, min(sealedChunk, r.sealed-n*sealedChunk))
	if len(sealed) == 0 {
		return vault.ErrTampered // even the last chunk holds something
	}
	if _, err := r.file.ReadAt(sealed, n*sealedChunk); err != nil {
		return err
	}
	plain, err := r.vault.Open(column, place(r.id, int(n), n == r.chunks()-1), sealed)
	r.plain, r.open = plain, n
	if err != nil {
		r.open = -1
	}
	return err
}

// Seek implements io.Seeker.
func (r *reader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.at
	case io.SeekEnd:
		offset += r.size
	}
	if offset < 0 {
		return r.at, os.ErrInvalid
	}
	r.at = offset
	return r.at, nil
}

// Close implements io.Closer.
func (r *reader) Close() error { return r.file.Close() }
