package app

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
	"javab/storage/memstore"
	"javab/webhook/emulator"
)

// brings sends pictures, one a message, and waits until each has come to that end.
func (w *walker) brings(n int, end bot.FileState) {
	w.t.Helper()
	for i := range n {
		w.sends("", emulator.Attachment{Kind: "document", Name: fmt.Sprintf("%d.jpg", i), MIME: "image/jpeg", Body: picture})
		w.file(end)
	}
}

func TestMoreFilesThanADayHasAreRefusedAndTheMemberIsToldOnceInHisLanguage(t *testing.T) {
	engines(t, func(t *testing.T, settings ...string) {
		tw := settle(t, false, append(slices.Clone(settings), "JAVAB_FILE_LIMIT=3")...)
		for id, lang := range map[int64]bot.Lang{7001: bot.Fa, 7002: bot.Ar, 7003: bot.En} {
			w := tw.begun(id, lang)
			w.accounts()
			w.brings(3, bot.FileStored)
			enough := w.label("files.enough")
			if view := w.sees("the chat", func(emulator.View) bool { return true }); timesRead(view, enough) != 0 {
				t.Errorf("%s: told before the limit", lang)
			}
			w.brings(2, bot.FileRefused)
			w.reads(enough)
			if view := w.sees("the chat", func(emulator.View) bool { return true }); timesRead(view, enough) != 1 {
				t.Errorf("%s: told %d times", lang, timesRead(view, enough))
			}
		}
	})
}

func TestMoreMegabytesThanADayHasAreRefused(t *testing.T) {
	tw := settle(t, false, "JAVAB_FILE_LIMIT_MB=1")
	w := tw.begun(7001, bot.En)
	w.accounts()
	large := append(slices.Clone(picture), bytes.Repeat([]byte("x"), 700<<10)...)
	w.sends("", emulator.Attachment{Kind: "document", Name: "a.jpg", MIME: "image/jpeg", Body: large})
	w.file(bot.FileStored)
	w.sends("", emulator.Attachment{Kind: "document", Name: "b.jpg", MIME: "image/jpeg", Body: large})
	w.file(bot.FileRefused)
	w.reads(w.label("files.enough"))
	w.sends("", emulator.Attachment{Kind: "document", Name: "small.jpg", MIME: "image/jpeg", Body: picture})
	w.file(bot.FileStored) // what still has room is taken
}

// ledgerOf is a house whose one chat has sent files of a megabyte, at those hours of the day.
func ledgerOf(t *testing.T, limit, limitMB int, files ...bot.File) *house {
	t.Helper()
	store := memstore.New()
	h := &house{store: store, config: Config{FileLimit: limit, FileLimitMB: limitMB}, env: Environment{Clock: func() time.Time { return morning }}}
	for i, f := range files {
		f.Size = 1 << 20
		m := bot.Message{Chat: sara, Direction: bot.In, Files: []bot.File{f}, At: morning.Add(time.Duration(i-len(files)) * time.Hour)}
		err := store.Do(t.Context(), func(tx storage.Tx) error {
			_, err := tx.Append(t.Context(), converse.Rows{Messages: []bot.Message{m}}, bot.Lease{})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return h
}

func TestAFileIsJudgedByThoseBeforeItHoweverOftenItIsFetched(t *testing.T) {
	day := []bot.File{{ID: "a", State: bot.FileStored}, {ID: "b", State: bot.FileRefused}, {ID: "c", State: bot.FileLost}, {ID: "d"}, {ID: "e"}}
	for name, c := range map[string]struct {
		files, megabytes int
		taken            string
	}{
		"no limit":             {0, 0, "abcde"},
		"three files":          {3, 0, "abc"},
		"all of them":          {5, 0, "abcde"},
		"two megabytes":        {0, 2, "abcd"}, // b and c were not kept
		"both, the files bind": {1, 2, "a"},
	} {
		h, taken := ledgerOf(t, c.files, c.megabytes, day...), ""
		for range 2 {
			taken = ""
			for _, f := range day {
				f.Size = 1 << 20
				if h.quota(t.Context(), sara, f) == nil {
					taken += f.ID
				}
			}
		}
		if taken != c.taken {
			t.Errorf("%s: %q are taken, want %q", name, taken, c.taken)
		}
	}
}

func TestAFileThatWaitedForLongerThanADayIsTaken(t *testing.T) {
	h := ledgerOf(t, 5, 5, make([]bot.File, 30)...)
	h.config.FileLimit = 40
	if err := h.quota(t.Context(), sara, bot.File{ID: "of last week", Size: 1}); err != nil {
		t.Error(err)
	}
}
