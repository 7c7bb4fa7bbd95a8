package telegram

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/webhook/emulator"
)

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 3000 {
		if holds() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("never: " + what)
}

// inbound takes the newest updates as the product would.
func (w *world) inbound(t *testing.T) []bot.Inbound {
	t.Helper()
	updates, _, err := w.Profile.Poll(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	var all []bot.Inbound
	for _, u := range updates {
		in, err := w.Receiver.Parse(u)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, in)
	}
	return all
}

func TestAnAlbumIsSeveralMessagesOfOneNameInTheOriginalResolution(t *testing.T) {
	w := newWorld(t, Telegram())
	big := bytes.Repeat([]byte("jpg"), 50_000)
	_, err := w.sim.SendFiles(memberID, "my papers", emulator.Attachment{Kind: "photo", Body: big}, emulator.Attachment{Kind: "photo", Body: []byte("2")})
	if err != nil {
		t.Fatal(err)
	}
	all := w.inbound(t)[1:]
	if len(all) != 2 || all[0].Album == "" || all[0].Album != all[1].Album || all[0].Text != "my papers" || all[1].Text != "" {
		t.Fatalf("%+v", all)
	}
	var got bytes.Buffer
	n, err := w.Files.Fetch(t.Context(), all[0].Files[0].Handle, &got, 1<<20)
	if err != nil || n != int64(len(big)) || !bytes.Equal(got.Bytes(), big) {
		t.Errorf("fetched %d bytes, %v", n, err)
	}
}

func TestAFileThatIsTooLargeOrGoneIsSaidSo(t *testing.T) {
	w := newWorld(t, Telegram())
	_, err := w.sim.SendFiles(memberID, "", emulator.Attachment{Kind: "document", Name: "big.pdf", Body: []byte("0123456789")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.sim.SendFiles(memberID, "", emulator.Attachment{Kind: "document", Name: "huge.zip", Size: 2 << 30})
	if err != nil {
		t.Fatal(err)
	}
	all := w.inbound(t)[1:]
	handle := all[0].Files[0].Handle
	_, err = w.Files.Fetch(t.Context(), handle, discard{}, 9)
	wantFault(t, err, bot.FaultTooLong)
	_, err = w.Files.download(t.Context(), "documents/"+handle, discard{}, 9) // where the size was not told
	wantFault(t, err, bot.FaultTooLong)
	if n, err := w.Files.Fetch(t.Context(), handle, discard{}, 10); n != 10 || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
	if all[1].Files[0].Size != 2<<30 {
		t.Errorf("size %d", all[1].Files[0].Size)
	}
	_, err = w.Files.Fetch(t.Context(), all[1].Files[0].Handle, discard{}, 4<<30)
	wantFault(t, err, bot.FaultTooLong)
	_, err = w.Files.Fetch(t.Context(), "no such file", discard{}, 9)
	wantFault(t, err, bot.FaultNotFound)
	_, err = w.Files.download(t.Context(), "documents/../../x y", discard{}, 9)
	wantFault(t, err, bot.FaultNotFound)
}

func TestADownloadThatBreaksIsTriedLaterAndKeepsTheTokenToItself(t *testing.T) {
	w := newWorld(t, Telegram())
	_, err := w.sim.SendFiles(memberID, "", emulator.Attachment{Kind: "voice", Body: []byte("0123456789")})
	if err != nil {
		t.Fatal(err)
	}
	handle := w.inbound(t)[1].Files[0].Handle
	for _, fault := range []emulator.Fault{{Status: 500}, {Cut: true}} {
		fault.Method = "file" // lasting: net/http repeats a GET once of its own
		w.sim.ClearFaults()
		w.sim.AddFault(fault)
		_, err = w.Files.Fetch(t.Context(), handle, discard{}, 10)
		wantFault(t, err, bot.FaultTransient)
		if strings.Contains(err.Error(), "AAfake") {
			t.Errorf("the token is in %q", err)
		}
	}
}

// drip is a messenger whose one file comes in drops, every so often; after hang of them the line stands still.
func drip(t *testing.T, drops, hang int, every time.Duration) *Files {
	t.Helper()
	gone := make(chan struct{})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/getFile") {
			fmt.Fprint(w, `{"ok":true,"result":{"file_path":"f"}}`)
			return
		}
		for i := range drops {
			if i == hang {
				<-gone
				return
			}
			time.Sleep(every)
			io.WriteString(w, "drop")
			w.(http.Flusher).Flush()
		}
	}))
	t.Cleanup(web.Close)
	t.Cleanup(func() { close(gone) })
	c, err := Open(Config{Dialect: Telegram(), Token: "7:" + strings.Repeat("A", 35), API: web.URL})
	if err != nil {
		t.Fatal(err)
	}
	return c.Files
}

func TestADownloadMayBeSlowerThanItsIdleLimitAsLongAsBytesCome(t *testing.T) {
	f := drip(t, 40, -1, 20*time.Millisecond)
	f.idle = 500 * time.Millisecond
	var got bytes.Buffer
	if n, err := f.Fetch(t.Context(), "F", &got, 1<<10); n != 160 || err != nil || got.Len() != 160 {
		t.Errorf("%d bytes, %v", n, err)
	}
}

func TestADownloadThatStandsStillIsTriedLater(t *testing.T) {
	for _, hang := range []int{0, 2} { // before the first byte, and in the middle
		f := drip(t, 15, hang, time.Millisecond)
		f.idle = 50 * time.Millisecond
		began := time.Now()
		_, err := f.Fetch(t.Context(), "F", io.Discard, 1<<10)
		wantFault(t, err, bot.FaultTransient)
		if took := time.Since(began); took > 10*time.Second || !strings.Contains(err.Error(), errIdle.Error()) {
			t.Errorf("ended after %s with %v", took, err)
		}
	}
}
