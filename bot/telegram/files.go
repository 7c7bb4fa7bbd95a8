package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"

	"javab/bot"
)

// Files fetches what members send.
type Files struct {
	client *client
	idle   time.Duration // without a byte, after which a download ends
}

// idleLimit is that of a line that has died: it says nothing of it.
const idleLimit = 30 * time.Second

var errIdle = errors.New("the download stands still")

// Fetch streams a file into w and returns its size. It takes as long as ctx allows and bytes keep coming. Over max bytes
// it stops with bot.FaultTooLong; a file that the messenger no longer has is bot.FaultNotFound. After an error w holds a
// part of the file at most.
func (f *Files) Fetch(ctx context.Context, handle string, w io.Writer, max int64) (int64, error) {
	found, err := call[struct {
		Path string `json:"file_path"`
		Size int64  `json:"file_size"`
	}](ctx, f.client, "getFile", &tg.GetFileParams{FileID: handle})
	switch {
	case err != nil:
		return 0, err
	case found.Size > max:
		return 0, tooLarge(max)
	case found.Path == "":
		return 0, &bot.SendError{Fault: bot.FaultNotFound, Err: errors.New("the messenger gives the file no path")}
	}
	return f.download(ctx, found.Path, w, max)
}

func (f *Files) download(ctx context.Context, path string, w io.Writer, max int64) (int64, error) {
	c := f.client
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	idle := time.AfterFunc(f.idle, func() { stop(errIdle) })
	defer idle.Stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/file/bot"+c.token+"/"+escapePath(path), nil)
	if err != nil {
		return 0, c.fault(bot.FaultRejected, err)
	}
	resp, err := c.web.Do(req)
	if err != nil {
		return 0, c.fault(bot.FaultTransient, err)
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusGone:
		return 0, &bot.SendError{Fault: bot.FaultNotFound, Err: fmt.Errorf("download: status %d", resp.StatusCode)}
	case resp.StatusCode != http.StatusOK:
		return 0, &bot.SendError{Fault: bot.FaultTransient, Err: fmt.Errorf("download: status %d", resp.StatusCode)}
	}
	n, err := io.Copy(w, io.LimitReader(&lively{resp.Body, idle, f.idle}, max+1))
	switch {
	case err != nil:
		return n, c.fault(bot.FaultTransient, err)
	case n > max:
		return n, tooLarge(max)
	}
	return n, nil
}

// lively puts a timer off as long as bytes come.
type lively struct {
	io.Reader
	timer *time.Timer
	limit time.Duration
}

func (l *lively) Read(p []byte) (int, error) {
	n, err := l.Reader.Read(p)
	if n > 0 {
		l.timer.Reset(l.limit)
	}
	return n, err
}

func tooLarge(max int64) error {
	return &bot.SendError{Fault: bot.FaultTooLong, Err: fmt.Errorf("the file has more than %d bytes", max)}
}

func escapePath(path string) string {
	steps := strings.Split(path, "/")
	for i, step := range steps {
		steps[i] = url.PathEscape(step)
	}
	return strings.Join(steps, "/")
}
