package webhook

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"javab/bot"
)

// endless is n bytes of nothing, without a length that anyone could trust.
func endless(n int64) io.Reader { return io.LimitReader(zeros{}, n) }

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestABodyOfExactlyTheCapIsRead(t *testing.T) {
	h := open(t, nil)
	whole := `{"update_id":7,"pad":"` + strings.Repeat("x", MaxBody-24) + `"}`
	for _, body := range []io.Reader{strings.NewReader(whole), iotest.OneByteReader(strings.NewReader(whole))} {
		if answer := h.post(t, "/hook/tg", secret, body); answer.Code != 200 {
			t.Fatalf("answered %d", answer.Code)
		}
	}
	if len(whole) != MaxBody || len(h.handled) != 2 || len(h.kept) != 0 || string(h.handled[1].Raw) != whole {
		t.Fatalf("%d bytes: handled %d, kept %d", len(whole), len(h.handled), len(h.kept))
	}
}

func TestABodyOverTheCapIsKeptByTheHashOfItsWhole(t *testing.T) {
	h := open(t, nil)
	same := append(bytes.Repeat([]byte("a"), MaxBody+5), 'z')
	other := append(bytes.Repeat([]byte("a"), MaxBody+5), 'y')
	for _, body := range []io.Reader{bytes.NewReader(same), iotest.HalfReader(bytes.NewReader(same)), bytes.NewReader(other)} {
		if answer := h.post(t, "/hook/tg", secret, body); answer.Code != 200 || answer.Body.Len() != 0 {
			t.Fatalf("answered %d", answer.Code)
		}
	}
	if len(h.kept) != 3 || len(h.kept[0].Raw) != MaxBody {
		t.Fatalf("kept %d", len(h.kept))
	}
	if h.kept[0].Receipt != h.kept[1].Receipt || h.kept[0].Receipt == h.kept[2].Receipt {
		t.Error("two bodies that differ only behind the cap must be two receipts")
	}
}

func TestA64MiBBodyTakesLittleMemory(t *testing.T) {
	h := open(t, nil)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if answer := h.post(t, "/hook/tg", secret, endless(64<<20)); answer.Code != 200 {
		t.Fatalf("answered %d", answer.Code)
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 4<<20 {
		t.Errorf("allocated %d KiB", grown>>10)
	}
	if len(h.kept) != 1 {
		t.Errorf("kept %d", len(h.kept))
	}
}

func TestAStrangersBodyIsNotRead(t *testing.T) {
	h := open(t, nil)
	body := iotest.ErrReader(errors.New("must not be read"))
	if answer := h.post(t, "/hook/tg", "wrong", body); answer.Code != 401 {
		t.Errorf("answered %d", answer.Code)
	}
}

func TestABodyThatBreaksOffIsNotAccepted(t *testing.T) {
	h := open(t, nil)
	body := io.MultiReader(strings.NewReader(`{"update_id":1`), iotest.ErrReader(io.ErrUnexpectedEOF))
	if answer := h.post(t, "/hook/tg", secret, body); answer.Code != 400 || len(h.handled)+len(h.kept) != 0 {
		t.Errorf("answered %d", answer.Code)
	}
}

func TestASlowBodyIsCutOffInTime(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 30*time.Millisecond)
		defer cancel()
		_, err := readBody(ctx, open(t, nil).web.NewContext(r, w))
		if !errors.Is(err, context.DeadlineExceeded) && err == nil {
			t.Error("a body that never came was read")
		}
	}))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.Copy(io.Discard, conn); err != nil {
		t.Errorf("the connection was left hanging: %v", err)
	}
}

func TestAConnectionOutlivesAn503(t *testing.T) {
	h := open(t, nil)
	h.handle = func(context.Context, bot.Inbound) error { return &bot.Error{Kind: bot.Unavailable} }
	server := httptest.NewUnstartedServer(h.web)
	opened := 0
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened++
		}
	}
	server.Start()
	defer server.Close()
	for range 3 {
		request, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/hook/tg", strings.NewReader(update))
		request.Header.Set(SecretHeader, secret)
		answer, err := server.Client().Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
		if answer.StatusCode != 503 || answer.Close {
			t.Fatalf("answered %d, close %v", answer.StatusCode, answer.Close)
		}
	}
	if opened != 1 {
		t.Errorf("%d connections for 3 deliveries", opened)
	}
}
