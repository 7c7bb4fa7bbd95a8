package caseweb

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/locales/text"
)

func stored(id, name string) bot.File {
	return bot.File{ID: id, Kind: "document", Name: name, MIME: "application/pdf", State: bot.FileStored}
}

// filed is a case with files.
func filed(h *house, files ...bot.File) bot.Case {
	c := h.file("a", func(*bot.Case) {})
	h.attach("d1", files...)
	h.enter(c, bot.CaseEntry{What: "added", Author: bot.ByMember, Draft: "d1", At: noon})
	return c
}

func TestAllFilesOfACaseAreOneArchive(t *testing.T) {
	h := open(t)
	refused := stored("f4", "evil.exe")
	refused.State = bot.FileRefused
	c := filed(h, stored("f1", "bill.pdf"), stored("f2", "../../Bill.PDF"), stored("f3", ""), refused, stored("f5", "gone.pdf"))
	h.lost["f5"] = true
	answer := h.get(at(c) + "/files")
	if kind := answer.Header().Get("Content-Type"); answer.Code != http.StatusOK || kind != "application/zip" || !strings.Contains(answer.Header().Get("Content-Disposition"), c.Number.String()+".zip") {
		t.Fatalf("%d %s %s", answer.Code, kind, answer.Header().Get("Content-Disposition"))
	}
	archive, err := zip.NewReader(bytes.NewReader(answer.Body.Bytes()), int64(answer.Body.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
		if strings.ContainsAny(f.Name, `/\`) {
			t.Errorf("%s leads out of the folder", f.Name)
		}
	}
	if len(names) != 3 || names[0] != "bill.pdf" || strings.EqualFold(names[1], names[0]) || names[2] != "file.pdf" {
		t.Errorf("packed %q", names)
	}
	body, err := archive.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	if words, err := io.ReadAll(body); string(words) != "body of f1" || err != nil {
		t.Errorf("%q %v", words, err)
	}
	if want := []string{"sara a all"}; !slices.Equal(h.taken, want) {
		t.Errorf("the audit has %q", h.taken)
	}
}

func TestNoNameInAnArchiveIsAnotherPlaceOrAnotherFilesOnAnySystem(t *testing.T) {
	h := open(t)
	long := strings.Repeat("x", 300)
	c := filed(h, stored("f1", `C:\..\start.lnk`), stored("f2", "C:start.lnk"), stored("f3", "Bill.pdf"), stored("f4", "bi\u200Bll.pdf."),
		stored("f5", "bill (2).pdf"), stored("f6", "bill\u202Efdp.exe"), stored("f7", "caf\u00E9.pdf"), stored("f8", "cafe\u0301.pdf"),
		stored("f9", "NUL.pdf"), stored("g1", ".bashrc"), stored("g2", long+".pdf"), stored("g3", long+"y.pdf"))
	answer := h.get(at(c) + "/files")
	archive, err := zip.NewReader(bytes.NewReader(answer.Body.Bytes()), int64(answer.Body.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.File {
		if slices.ContainsFunc(names, func(other string) bool { return strings.EqualFold(f.Name, other) }) {
			t.Errorf("%q is there twice", f.Name)
		}
		names = append(names, f.Name)
	}
	short := strings.Repeat("x", text.MaxFileName-4)
	want := []string{
		"start.lnk", "C_start.lnk", "Bill.pdf", "bill (2).pdf", "bill (2) (2).pdf", "billfdp.exe", "caf\u00E9.pdf", "caf\u00E9 (2).pdf",
		"_NUL.pdf", "bashrc", short + ".pdf", short + " (2).pdf",
	}
	if !slices.Equal(names, want) {
		t.Errorf("packed %q", names)
	}
}

func TestOneFileIsGivenAsItWasNamedAndNeverShown(t *testing.T) {
	h := open(t)
	c := filed(h, stored("f1", "bill.pdf"))
	answer := h.get(at(c) + "/file/f1")
	head := answer.Header()
	if answer.Body.String() != "body of f1" || !strings.HasPrefix(head.Get("Content-Disposition"), "attachment") || !strings.Contains(head.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%d %v", answer.Code, head)
	}
	if want := []string{"sara a f1"}; !slices.Equal(h.taken, want) {
		t.Errorf("the audit has %q", h.taken)
	}
	for _, other := range []string{"/file/f2", "/file/..%2Ff1"} {
		if answer := h.get(at(c) + other); answer.Code != http.StatusNotFound || len(h.taken) != 1 {
			t.Errorf("%s: %d", other, answer.Code)
		}
	}
}

func TestACaseWithoutFilesHasNoArchive(t *testing.T) {
	h := open(t)
	c := h.file("a", func(*bot.Case) {})
	if answer := h.get(at(c) + "/files"); answer.Code != http.StatusNotFound || len(h.taken) != 0 {
		t.Errorf("%d", answer.Code)
	}
	h.tells(h.get(at(c)).Body.String(), "No file came with it.")
}

func TestAnApprovedLetterIsTakenAsText(t *testing.T) {
	h := open(t)
	c := h.file("a", func(*bot.Case) {})
	answer := h.get(at(c) + "/letter/a1")
	if answer.Body.String() != "To the ministry" || !strings.HasPrefix(answer.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("%d %v", answer.Code, answer.Header())
	}
	h.deny = &bot.Error{Kind: bot.NotFound, Key: "case_letter"}
	if answer := h.get(at(c) + "/letter/a1"); answer.Code != http.StatusNotFound || strings.Contains(answer.Body.String(), "ministry") {
		t.Errorf("%d", answer.Code)
	}
}
