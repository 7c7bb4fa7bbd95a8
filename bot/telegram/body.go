package telegram

import (
	"errors"
	"io"
	"sync/atomic"
)

// uploading is the body of an upload. net/http asks for it again when it meets a connection that the server has just
// closed. It remembers whether the kept file itself could not be read.
type uploading struct {
	open   func() (io.ReadCloser, error)
	broken atomic.Bool
}

func (u *uploading) again() (io.ReadCloser, error) {
	body, err := u.open()
	if err != nil {
		return nil, err
	}
	return &watched{body, u}, nil
}

func (u *uploading) failed() bool { return u.broken.Load() }

// watched notes an error of what is read.
type watched struct {
	io.ReadCloser
	of *uploading
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.of.broken.Store(true)
	}
	return n, err
}

// joined reads from one and closes another.
type joined struct {
	io.Reader
	io.Closer
}
