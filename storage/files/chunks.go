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

// reader opens one chunk after the other.
type reader struct {
	file  *os.File
	in    *bufio.Reader
	vault *vault.Vault
	id    string
	n     int
	plain []byte
	done  bool
}

// Read implements io.Reader.
func (r *reader) Read(p []byte) (int, error) {
	for len(r.plain) == 0 {
		if r.done {
			return 0, io.EOF
		}
		if err := r.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.plain)
	r.plain = r.plain[n:]
	return n, nil
}

func (r *reader) next() error {
	sealed := make([]byte, sealedChunk)
	got, err := io.ReadFull(r.in, sealed)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return err
	}
	if got == 0 {
		return vault.ErrTampered // even the last chunk holds something
	}
	_, ahead := r.in.Peek(1)
	r.done = errors.Is(ahead, io.EOF)
	r.plain, err = r.vault.Open(column, place(r.id, r.n, r.done), sealed[:got])
	r.n++
	return err
}

// Close implements io.Closer.
func (r *reader) Close() error { return r.file.Close() }
