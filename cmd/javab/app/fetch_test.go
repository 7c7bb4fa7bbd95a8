package app

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/deliver"
	"javab/locales/text"
	"javab/webhook/emulator"
)

// What members send, by its first bytes.
var (
	picture = append([]byte{0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1}, bytes.Repeat([]byte("picture "), 20_000)...)
	program = append([]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"), bytes.Repeat([]byte{0}, 4000)...)
)

// sends sends files in one message, or several as an album, and waits until the bot has them.
func (w *walker) sends(caption string, files ...emulator.Attachment) {
	w.t.Helper()
	if _, err := w.messenger.SendFiles(w.id, caption, files...); err != nil {
		w.t.Fatal(err)
	}
	w.delivered()
}

// reads waits until the member has a message with the words.
func (w *walker) reads(words string) {
	w.t.Helper()
	w.sees(words, func(v emulator.View) bool { return timesRead(v, words) > 0 })
}

func timesRead(v emulator.View, words string) int {
	n := 0
	for _, m := range v.Messages {
		if m.From.Bot && strings.Contains(text.Unmark(m.Text), words) {
			n++
		}
	}
	return n
}

// sentence is a text of the content in the member's language about a file.
func (w *walker) sentence(id, file string) string {
	return strings.ReplaceAll(w.label(id), "{file}", file)
}

// file waits until the newest file of the member is in a state.
func (w *walker) file(state bot.FileState) bot.File {
	w.t.Helper()
	var found bot.File
	w.sees("a file that is "+string(state), func(emulator.View) bool {
		for _, m := range w.record() {
			for _, f := range m.Files {
				stored, err := w.house.store.ReadFile(w.t.Context(), f.ID)
				if err != nil {
					w.t.Fatal(err)
				}
				found = stored
			}
		}
		return found.State == state || state == bot.FileAnnounced && found.ID != "" && found.State == ""
	})
	return found
}

// record is the chat as it is stored.
func (w *walker) record() []bot.Message {
	w.t.Helper()
	all, err := w.house.store.ReadMessages(w.t.Context(), w.key(), 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

func (w *walker) key() bot.ChatKey {
	c := w.house.channels[0]
	return bot.NewChatKey(c.ID, c.Account, strconv.FormatInt(w.id, 10))
}

// begun is a member who has chosen his language.
func (tw *town) begun(id int64, lang bot.Lang) *walker {
	tw.t.Helper()
	w := tw.member(id, lang)
	w.says("/start")
	w.taps(string(lang))
	return w
}

// jobOf is an order as a job that has failed so often.
func jobOf(t *testing.T, order bot.FileOrder, failed int) bot.Job {
	t.Helper()
	payload, err := json.Marshal(order)
	if err != nil {
		t.Fatal(err)
	}
	return bot.Job{Kind: bot.JobFile, Payload: payload, Attempts: failed}
}

func TestAFileOfAMemberIsKeptByteForByteAndEncryptedOnTheDisk(t *testing.T) {
	engines(t, func(t *testing.T, settings ...string) {
		tw := settle(t, false, settings...)
		w := tw.begun(7001, bot.Fa)
		w.accounts()
		w.sends("", emulator.Attachment{Kind: "document", Name: "scan.jpg", MIME: "image/jpeg", Body: picture})
		stored := w.file(bot.FileStored)
		if stored.Name != "scan.jpg" || stored.Size != int64(len(picture)) || stored.MIME != "image/jpeg" {
			t.Errorf("stored %+v", stored)
		}
		body, err := tw.house.files.Open(stored.ID)
		if err != nil {
			t.Fatal(err)
		}
		defer body.Close()
		if kept, err := io.ReadAll(body); err != nil || !bytes.Equal(kept, picture) {
			t.Errorf("%d bytes, %v; want the %d that were sent", len(kept), err, len(picture))
		}
		wantNothingPlain(t, filepath.Join(tw.house.config.Data, "files"), []byte("picture picture"))
	})
}

// wantNothingPlain fails when a file below the folder holds the words, or when there is no file.
func wantNothingPlain(t *testing.T, folder string, words []byte) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		body, err := os.ReadFile(path)
		if bytes.Contains(body, words) {
			t.Errorf("%s is plain", path)
		}
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("%d files, %v", files, err)
	}
}

func TestAFileThatIsNotWhatItSaysIsRefusedAndTheMemberIsToldInHisLanguage(t *testing.T) {
	tw := settle(t, false)
	for i, lang := range bot.Langs {
		w := tw.begun(int64(7001+i), lang)
		w.accounts()
		w.sends("", emulator.Attachment{Kind: "document", Name: "holiday.jpg", MIME: "image/jpeg", Body: program})
		w.reads(w.sentence("file.refused", "holiday.jpg"))
		if f := w.file(bot.FileRefused); f.SHA256 != "" {
			t.Errorf("refused %+v", f)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(tw.house.config.Data, "files", "*", "*")); len(left) != 0 {
		t.Errorf("refused bodies are on the disk: %v", left)
	}
}

func TestAFileOverTheCapIsRefused(t *testing.T) {
	tw := settle(t, false)
	w := tw.begun(7001, bot.Ar)
	w.accounts()
	w.sends("", emulator.Attachment{Kind: "document", Name: "film.mp4", MIME: "video/mp4", Body: picture, Size: 21 << 20})
	w.reads(w.sentence("file.refused", "film.mp4"))
	w.file(bot.FileRefused)
}

func TestAFileThatIsLargerThanTheMessengerSaidIsRefusedToo(t *testing.T) {
	tw := settle(t, false)
	w := tw.begun(7001, bot.En)
	w.accounts()
	body := append(slices.Clone(picture), make([]byte, 20<<20)...)
	w.sends("", emulator.Attachment{Kind: "document", Name: "scan.jpg", MIME: "image/jpeg", Body: body, Size: 1000})
	w.reads(w.sentence("file.refused", "scan.jpg"))
	w.file(bot.FileRefused)
}

func TestAFileThatTheMessengerNoLongerHasIsLostAndTheMemberIsTold(t *testing.T) {
	for name, fault := range map[string]emulator.Fault{
		"the handle is not known": {Method: "getFile", Status: http.StatusBadRequest, Text: "Bad Request: invalid file_id"},
		"the body is gone":        {Method: "file", Status: http.StatusNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			tw := settle(t, false)
			w := tw.begun(7001, bot.Fa)
			w.accounts()
			tw.messenger.AddFault(fault)
			w.sends("", emulator.Attachment{Kind: "document", Name: "scan.jpg", MIME: "image/jpeg", Body: picture})
			w.reads(w.sentence("file.lost", "scan.jpg"))
			w.file(bot.FileLost)
		})
	}
}

func TestAFileThatCannotBeFetchedForHoursIsLostAtTheLastTry(t *testing.T) {
	tw := settle(t, false)
	w := tw.begun(7001, bot.En)
	w.accounts()
	tw.messenger.AddFault(emulator.Fault{Method: "getFile", Status: http.StatusInternalServerError})
	w.sends("", emulator.Attachment{Kind: "document", Name: "scan.jpg", MIME: "image/jpeg", Body: picture})
	order := bot.FileOrder{Chat: w.key(), File: w.file(bot.FileAnnounced)}
	if err := tw.house.fetch(t.Context(), jobOf(t, order, 0)); err == nil {
		t.Error("a first try that failed counts as done")
	}
	w.file(bot.FileAnnounced)
	if err := tw.house.fetch(t.Context(), jobOf(t, order, deliver.MaxAttempts-1)); err != nil {
		t.Error(err)
	}
	w.reads(w.sentence("file.lost", "scan.jpg"))
	w.file(bot.FileLost)
}

func TestAFetchThatAShutdownCutsOffIsNeitherLostNorRefusedEvenAtItsLastTry(t *testing.T) {
	tw := settle(t, false)
	w := tw.begun(7001, bot.En)
	w.accounts()
	tw.messenger.AddFault(emulator.Fault{Method: "getFile", Status: http.StatusInternalServerError})
	w.sends("", emulator.Attachment{Kind: "document", Name: "scan.jpg", MIME: "image/jpeg", Body: picture})
	order := bot.FileOrder{Chat: w.key(), File: w.file(bot.FileAnnounced)}
	ctx, cut := context.WithCancel(t.Context())
	cut()
	if err := tw.house.fetch(ctx, jobOf(t, order, deliver.MaxAttempts-1)); err == nil {
		t.Error("a fetch that was cut off counts as done")
	}
	w.file(bot.FileAnnounced)
}

func TestAFileThatTookTooLongIsLostAtTheLastTryAndTheMemberIsTold(t *testing.T) {
	tw := settle(t, false)
	w := tw.begun(7001, bot.En)
	w.accounts()
	tw.messenger.AddFault(emulator.Fault{Method: "getFile", Status: http.StatusInternalServerError})
	w.sends("", emulator.Attachment{Kind: "document", Name: "scan.jpg", MIME: "image/jpeg", Body: picture})
	order := bot.FileOrder{Chat: w.key(), File: w.file(bot.FileAnnounced)}
	ctx, end := context.WithDeadline(t.Context(), time.Now())
	defer end()
	if err := tw.house.fetch(ctx, jobOf(t, order, deliver.MaxAttempts-1)); err != nil {
		t.Error(err)
	}
	w.reads(w.sentence("file.lost", "scan.jpg"))
	w.file(bot.FileLost)
}

func TestSubmittingNeverWaitsForFiles(t *testing.T) {
	t.Parallel()
	tw := settle(t, false)
	w := tw.begun(7001, bot.En)
	tw.messenger.AddFault(emulator.Fault{Method: "file", Status: http.StatusBadGateway})
	w.accounts()
	w.sends("see the scan", emulator.Attachment{Kind: "document", Name: "scan.jpg", MIME: "image/jpeg", Body: picture})
	number := w.submits()
	w.file(bot.FileAnnounced)
	tw.messenger.ClearFaults()
	w.file(bot.FileStored)
	filed := tw.cases()[0]
	draft, err := tw.house.store.ReadDraft(t.Context(), filed.Draft)
	if err != nil || len(draft.Pieces) == 0 || filed.Number.String() != number || filed.Text != "see the scan" {
		t.Fatalf("filed %+v with %+v, %v", filed, draft, err)
	}
	if files := slices.ContainsFunc(draft.Pieces, func(p bot.Piece) bool { return p.File != nil && p.File.Name == "scan.jpg" }); !files {
		t.Errorf("the case has no file: %+v", draft.Pieces)
	}
}

func TestAnAlbumIsAcknowledgedOnce(t *testing.T) {
	t.Parallel()
	tw := settle(t, false)
	w := tw.begun(7001, bot.En)
	w.accounts()
	photo := emulator.Attachment{Kind: "photo", Body: picture}
	w.sends("three of them", photo, photo, photo)
	words := w.label("files.gathered")
	w.reads(words)
	time.Sleep(500 * time.Millisecond)
	if n := timesRead(w.sees("the chat", func(emulator.View) bool { return true }), words); n != 1 {
		t.Errorf("acknowledged %d times", n)
	}
	w.file(bot.FileStored)
	w.submits()
	if filed := tw.cases()[0]; filed.Text != "three of them" {
		t.Errorf("filed %+v", filed)
	}
}
