package studio_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/staff"
	"javab/flows/content"
	"javab/flows/scripts"
	"javab/flows/studio"
	"javab/storage"
	"javab/storage/memstore"
)

const (
	ann   bot.StaffID = "s-ann"
	bob   bot.StaffID = "s-bob"
	clerk bot.StaffID = "o-clerk"

	home    = "home.yaml"
	answers = "content/answers.yaml"
	greets  = "home.fa.chat"
)

// builtIn is the content that the program comes with, read once.
var builtIn = sync.OnceValue(func() studio.Folder {
	folder, err := studio.ReadFolder(scripts.FS)
	if err != nil {
		panic(err)
	}
	return folder
})

// house is a studio with two admins over a store in memory. Dialogues are said to go as a test wants.
type house struct {
	*studio.Studio
	t      testing.TB
	store  *memstore.Store
	now    time.Time
	ids    int
	played []studio.Played
	during func() // what happens while the dialogues are played
	told   []int  // live versions that were told of
}

// open is an installation with its first version.
func open(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, store: memstore.New(), now: time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC)}
	h.Studio = h.instance(builtIn())
	h.hire(ann, bob)
	if live, err := h.Found(t.Context()); live != 1 || err != nil {
		t.Fatalf("founded version %d: %v", live, err)
	}
	h.told = nil
	return h
}

// instance is one more program over the same store.
func (h *house) instance(own studio.Folder) *studio.Studio {
	return &studio.Studio{
		Store: storage.As[studio.Tx](h.store), Clock: func() time.Time { return h.now }, BuiltIn: own, Loader: new(content.Loader), Log: slog.New(slog.DiscardHandler),
		ID:    func() string { h.ids++; return fmt.Sprint("id", h.ids) },
		Moved: func(_ context.Context, live int) { h.told = append(h.told, live) },
		Play: func(_ context.Context, _ fs.FS, progress func(done, all int)) ([]studio.Played, error) {
			progress(1, 1)
			if h.during != nil {
				h.during()
			}
			return h.played, nil
		},
	}
}

func (h *house) hire(ids ...bot.StaffID) {
	h.t.Helper()
	err := h.store.Do(h.t.Context(), func(tx storage.Tx) error {
		var errs []error
		for _, id := range ids {
			errs = append(errs, tx.SaveStaff(h.t.Context(), bot.Staff{ID: id, Login: string(id), Role: bot.RoleAdmin}))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) dismiss(id bot.StaffID) {
	h.t.Helper()
	err := h.store.Do(h.t.Context(), func(tx storage.Tx) error {
		return tx.SaveStaff(h.t.Context(), bot.Staff{ID: id, Login: string(id), Role: bot.RoleAdmin, Disabled: true})
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// body is a file as somebody sees it.
func (h *house) sheet(who bot.StaffID, name string) studio.Sheet {
	h.t.Helper()
	sheet, err := h.Open(h.t.Context(), who, name)
	if err != nil {
		h.t.Fatal(err)
	}
	return sheet
}

// edit saves a file in which one piece of text reads otherwise.
func (h *house) edit(who bot.StaffID, name, old, new string) studio.Sheet {
	h.t.Helper()
	sheet := h.sheet(who, name)
	if !bytes.Contains(sheet.Body, []byte(old)) {
		h.t.Fatalf("%s has no %q", name, old)
	}
	sheet, _, err := h.Save(h.t.Context(), who, name, sheet.Rev, bytes.Replace(sheet.Body, []byte(old), []byte(new), 1))
	if err != nil {
		h.t.Fatal(err)
	}
	return sheet
}

// publish publishes somebody's drafts, with every tick set.
func (h *house) publish(who bot.StaffID) studio.Outcome {
	h.t.Helper()
	out, err := h.Publish(h.t.Context(), who, studio.Publishing{Note: "because", Warnings: true, Words: true}, nil)
	if err != nil {
		h.t.Fatalf("%v: %+v", err, out.Problems)
	}
	return out
}

// live is a file of the live version.
func (h *house) live(name string) string {
	h.t.Helper()
	files, _, err := h.Export(h.t.Context(), 0)
	if err != nil {
		h.t.Fatal(err)
	}
	return string(files[name])
}

func (h *house) number() int {
	h.t.Helper()
	live, err := h.Live(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return live
}

// audit is what was written about the studio since the first version, the earliest first.
func (h *house) audit() (lines []string) {
	h.t.Helper()
	found, err := h.store.AuditLines(h.t.Context(), staff.AuditQuery{What: "studio.", Limit: 100})
	if err != nil {
		h.t.Fatal(err)
	}
	for i := len(found) - 2; i >= 0; i-- {
		lines = append(lines, strings.TrimSpace(fmt.Sprint(found[i].What, " ", found[i].By, " ", found[i].Subject, " ", found[i].Reason)))
	}
	return lines
}

func (h *house) wantAudit(want ...string) {
	h.t.Helper()
	if got := h.audit(); strings.Join(got, "\n") != strings.Join(want, "\n") {
		h.t.Errorf("the audit tells\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// wantKey fails unless err is a refusal under the key.
func wantKey(t *testing.T, what string, err error, key string) {
	t.Helper()
	told, is := errors.AsType[*bot.Error](err)
	if !is || told.Key != key {
		t.Errorf("%s: got %v, want %s", what, err, key)
	}
}

// with is the built-in content, otherwise in some files; an empty body takes a file away.
func with(changed map[string]string) studio.Folder {
	folder := maps.Clone(builtIn())
	for name, body := range changed {
		if folder[name] = []byte(body); body == "" {
			delete(folder, name)
		}
	}
	return folder
}
