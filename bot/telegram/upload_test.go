package telegram

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"javab/bot"
)

var png = append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte("pixels "), 20_000)...)

// keeps is a shelf of bodies by id.
type keeps map[string][]byte

func (k keeps) open(id string) (io.ReadCloser, error) {
	body, kept := k[id]
	if !kept {
		return nil, errors.New("no such body")
	}
	return io.NopCloser(bytes.NewReader(body)), nil
}

func fileOf(id, kind, name, mime string, size int) bot.Outbound {
	return bot.Outbound{Lang: bot.En, File: &bot.File{ID: id, Kind: kind, Name: name, MIME: mime, Size: int64(size)}}
}

func TestAKeptFileArrivesWholeUnderItsName(t *testing.T) {
	w := newWorld(t, Telegram())
	w.Sender.bodies = keeps{"f1": png}.open
	name := "\u06a9\u0627\u0631\u062a \"1\".png"
	ref := w.send(t, fileOf("f1", "document", name, "image/png", len(png)))
	got := w.last(t)
	if got.Document == nil || got.Document.Name != name || got.Document.Size != int64(len(png)) || got.Document.MIME != "image/png" {
		t.Fatalf("arrived as %+v", got.Document)
	}
	if ids, _ := messageIDs(ref); len(ids) != 1 || int64(ids[0]) != got.ID {
		t.Errorf("named %q, is %d", ref, got.ID)
	}
	var body bytes.Buffer
	if _, err := w.Files.Fetch(t.Context(), got.Document.ID, &body, 1<<20); err != nil || !bytes.Equal(body.Bytes(), png) {
		t.Errorf("%d bytes arrived, %v", body.Len(), err)
	}
}

func TestAPictureGoesAsAPhotoAndOneThatIsNotTakenAsADocument(t *testing.T) {
	w := newWorld(t, Telegram())
	w.Sender.bodies = keeps{"f1": png, "odd": []byte("no picture at all"), "huge": make([]byte, maxPhoto+1)}.open
	w.send(t, fileOf("f1", "photo", "a.png", "image/png", len(png)))
	if got := w.last(t); len(got.Photo) == 0 || got.Document != nil {
		t.Errorf("arrived as %+v", got)
	}
	for id, size := range map[string]int{"odd": 17, "huge": maxPhoto + 1} {
		w.send(t, fileOf(id, "photo", "b.png", "image/png", size))
		if got := w.last(t); got.Document == nil || got.Document.Name != "b.png" || len(got.Photo) != 0 {
			t.Errorf("%s arrived as %+v", id, got)
		}
	}
	if n := w.sim.Stats().Calls["sendPhoto"]; n != 2 {
		t.Errorf("%d photos were tried", n)
	}
}

func TestAFileThatCannotBeReadIsRejectedAndNotTriedAgain(t *testing.T) {
	w := newWorld(t, Telegram())
	w.Sender.bodies = keeps{}.open
	_, err := w.Sender.Send(t.Context(), member, fileOf("gone", "document", "a.pdf", "application/pdf", 9))
	wantFault(t, err, bot.FaultRejected)
	w.Sender.bodies = func(string) (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(png), iotest.ErrReader(errors.New("tampered")))), nil
	}
	_, err = w.Sender.Send(t.Context(), member, fileOf("bad", "document", "a.png", "image/png", 2*len(png)))
	wantFault(t, err, bot.FaultRejected)
	if n := len(w.said(t)); n != 0 {
		t.Errorf("%d messages arrived", n)
	}
}

func TestAnUploadTellsItsLengthBeforehand(t *testing.T) {
	lengths := make(chan [2]int64, 1)
	web := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		n, _ := io.Copy(io.Discard, r.Body)
		lengths <- [2]int64{r.ContentLength, n}
		_, _ = rw.Write([]byte(`{"ok":true,"result":{"message_id":5}}`))
	}))
	t.Cleanup(web.Close)
	c, err := Open(Config{Dialect: Bale(), Token: token, API: web.URL, Bodies: keeps{"f1": png}.open})
	if err != nil {
		t.Fatal(err)
	}
	if ref, err := c.Sender.Send(t.Context(), member, fileOf("f1", "document", "a.png", "image/png", len(png))); err != nil || ref != "5" {
		t.Errorf("%q, %v", ref, err)
	}
	if got := <-lengths; got[0] != got[1] || got[0] <= int64(len(png)) {
		t.Errorf("told %d, sent %d", got[0], got[1])
	}
}

func TestAMessageInSeveralPartsIsEditedAndDeletedWhole(t *testing.T) {
	w := newWorld(t, Telegram())
	ref := w.send(t, words(strings.Repeat("old words ", 1000)))
	shorter := strings.Repeat("new words ", 500)
	for range 2 { // an edit that is repeated changes nothing
		if err := w.Sender.Edit(t.Context(), member, ref, words(shorter)); err != nil {
			t.Fatal(err)
		}
	}
	all := w.said(t)
	if len(all) != 2 || strings.Contains(all[0].Text+all[1].Text, "old") {
		t.Errorf("%d messages after the edit", len(all))
	}
	wantFault(t, w.Sender.Edit(t.Context(), member, ref, words(strings.Repeat("too many ", 2000))), bot.FaultTooLong)
	for range 2 {
		if err := w.Sender.Delete(t.Context(), member, ref); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(w.said(t)); n != 0 {
		t.Errorf("%d parts are left", n)
	}
}

func TestTheWordsBelowAFileAreChangedAsFarAsTheyFit(t *testing.T) {
	w := newWorld(t, Telegram())
	w.Sender.bodies = keeps{"f1": png}.open
	m := fileOf("f1", "document", "a.png", "image/png", len(png))
	m.Segments = words("old <words>").Segments
	ref := w.send(t, m)
	m.Segments = words("new <words>").Segments
	for range 2 { // an edit that is repeated changes nothing
		if err := w.Sender.Edit(t.Context(), member, ref, m); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.last(t); got.Caption != "new <words>" || got.Document == nil || len(w.said(t)) != 1 {
		t.Errorf("%+v", got)
	}
	m.Segments = words(strings.Repeat("x", maxCaption+1)).Segments
	wantFault(t, w.Sender.Edit(t.Context(), member, ref, m), bot.FaultTooLong)
}

func TestAMessageTooOldToBeDeletedSaysSo(t *testing.T) {
	w := newWorld(t, Telegram())
	ref := w.send(t, words("old"))
	w.sim.Advance(49 * time.Hour)
	wantFault(t, w.Sender.Delete(t.Context(), member, ref), bot.FaultStale)
	if len(w.said(t)) != 1 {
		t.Error("it is gone")
	}
}
