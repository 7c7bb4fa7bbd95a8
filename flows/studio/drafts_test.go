package studio_test

import (
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/flows"
	"javab/flows/studio"
)

const (
	question = "What can we do for you?"
	kinder   = "How may we help you?"
	ready    = "en: Main menu}"
)

func TestAFileIsReadAsItIsLiveUntilSomebodyChangesIt(t *testing.T) {
	h := open(t)
	sheet := h.sheet(ann, home)
	if sheet.Drafted || sheet.Rev != 1 || sheet.Live != 1 || sheet.Changed != 1 || string(sheet.Body) != string(builtIn()[home]) {
		t.Fatalf("%+v", sheet)
	}
	h.now = h.now.Add(time.Hour)
	changed := h.edit(ann, home, question, kinder)
	if !changed.Drafted || changed.Rev <= 1 || changed.Base != 1 || !changed.At.Equal(h.now) || !strings.Contains(string(changed.Body), kinder) {
		t.Errorf("%+v", changed)
	}
	if others := h.sheet(bob, home); others.Drafted || len(others.Others) != 1 || others.Others[0] != ann || strings.Contains(string(others.Body), kinder) {
		t.Errorf("another admin sees %+v", others)
	}
	if _, err := h.Open(t.Context(), ann, "none.yaml"); bot.KindOf(err) != bot.NotFound {
		t.Errorf("a file that is not there: %v", err)
	}
	h.wantAudit("studio.drafted s-ann file home.yaml")
}

func TestFilesTellTheirDraftsAndProblems(t *testing.T) {
	h := open(t)
	h.edit(ann, home, "id: menu", "id: menu\n    goto: nowhere")
	sheet := h.sheet(ann, "home.fa.chat")
	if _, _, err := h.Remove(t.Context(), ann, "home.fa.chat", sheet.Rev); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.Save(t.Context(), ann, "renewal.yaml", 0, []byte("flow: renewal\n")); err != nil {
		t.Fatal(err)
	}
	sheets, err := h.Files(t.Context(), ann)
	if err != nil || len(sheets) != len(builtIn())+1 {
		t.Fatalf("%d files: %v", len(sheets), err)
	}
	found := map[string]studio.Sheet{}
	for i, s := range sheets {
		if found[s.Name] = s; i > 0 && sheets[i-1].Name >= s.Name || s.Body != nil {
			t.Errorf("%s: out of order, or with its body", s.Name)
		}
	}
	if s := found[home]; !s.Drafted || s.Errors == 0 {
		t.Errorf("a broken draft: %+v", s)
	}
	if s := found["home.fa.chat"]; !s.Gone {
		t.Errorf("a file that goes: %+v", s)
	}
	if s := found["renewal.yaml"]; !s.New || s.Errors == 0 {
		t.Errorf("a new file: %+v", s)
	}
	if s := found["complaint.yaml"]; s.Drafted || s.New || s.Changed != 1 || s.At.IsZero() {
		t.Errorf("an untouched file: %+v", s)
	}
}

func TestSavingTellsTheProblemsOfTheWholeContent(t *testing.T) {
	h := open(t)
	sheet := h.sheet(ann, "reach.yaml")
	_, problems, err := h.Save(t.Context(), ann, "reach.yaml", sheet.Rev, []byte(strings.Replace(string(sheet.Body), "flow: reach", "flow: nobody", 1)))
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := false
	for _, p := range problems {
		elsewhere = elsewhere || p.File == "complaint.yaml" && p.Severity == flows.Error
	}
	if !elsewhere {
		t.Errorf("that another script runs the flow is not told: %v", problems)
	}
	again, err := h.Problems(t.Context(), ann)
	if err != nil || len(again) != len(problems) {
		t.Errorf("asked again: %d of %d: %v", len(again), len(problems), err)
	}
	if others, _ := h.Problems(t.Context(), bob); flows.HasErrors(others) {
		t.Errorf("somebody else's content has errors: %v", others)
	}
}

func TestACheckSavesNothing(t *testing.T) {
	h := open(t)
	problems, err := h.Check(t.Context(), ann, home, []byte("flow: ["))
	if err != nil || !flows.HasErrors(problems) {
		t.Errorf("%v: %v", problems, err)
	}
	if h.sheet(ann, home).Drafted {
		t.Error("a draft was made")
	}
}

func TestOfTwoTabsTheSecondIsToldThatTheFirstHasSaved(t *testing.T) {
	h := open(t)
	first := h.edit(ann, home, question, kinder)
	h.edit(ann, home, kinder, "What is it?")
	_, _, err := h.Save(t.Context(), ann, home, first.Rev, []byte("late"))
	wantKey(t, "the same draft", err, "studio_saved_elsewhere")
	_, _, err = h.Save(t.Context(), ann, home, 1, []byte("late"))
	wantKey(t, "over what was live", err, "studio_saved_elsewhere")
	if err := h.Discard(t.Context(), ann, home); err != nil {
		t.Fatal(err)
	}
	_, _, err = h.Save(t.Context(), ann, home, first.Rev, []byte("late"))
	wantKey(t, "a draft that was discarded", err, "studio_saved_elsewhere")
	h.now = h.now.Add(time.Millisecond)
	if again := h.edit(ann, home, question, kinder); again.Rev == first.Rev {
		t.Error("a new draft has the rev of the discarded one")
	}
}

func TestWhatIsBegunOnAnOldPageStandsOverTheVersionThatItsAuthorRead(t *testing.T) {
	h := open(t)
	old := h.sheet(ann, home)
	h.edit(bob, home, ready, "en: The menu}")
	h.publish(bob)
	sheet, _, err := h.Save(t.Context(), ann, home, old.Rev, []byte(strings.Replace(string(old.Body), question, kinder, 1)))
	if err != nil || !sheet.Moved || sheet.Base != 1 || sheet.Clashes {
		t.Fatalf("%+v: %v", sheet, err)
	}
	h.publish(ann)
	if live := h.live(home); !strings.Contains(live, kinder) || !strings.Contains(live, "en: The menu}") {
		t.Error("what the other had published is lost")
	}
}

func TestADraftThatReadsAsBeforeIsNone(t *testing.T) {
	h := open(t)
	h.edit(ann, home, question, kinder)
	if sheet := h.edit(ann, home, kinder, question); sheet.Drafted || sheet.Rev != 1 {
		t.Errorf("%+v", sheet)
	}
	if sheet, _, err := h.Save(t.Context(), ann, home, 1, h.sheet(ann, home).Body); err != nil || sheet.Drafted {
		t.Errorf("saved without a change: %+v, %v", sheet, err)
	}
	_, _, err := h.Save(t.Context(), ann, "fresh.yaml", 0, []byte("flow: fresh\n"))
	if err == nil {
		err = h.Discard(t.Context(), ann, "fresh.yaml")
	}
	if err == nil {
		err = h.Discard(t.Context(), ann, "fresh.yaml") // twice is harmless
	}
	if _, gone := h.Open(t.Context(), ann, "fresh.yaml"); err != nil || bot.KindOf(gone) != bot.NotFound {
		t.Errorf("%v, %v", err, gone)
	}
	h.wantAudit("studio.drafted s-ann file home.yaml", "studio.drafted s-ann file fresh.yaml", "studio.discarded s-ann file fresh.yaml")
}

func TestNewFilesAreKeptAllOrNone(t *testing.T) {
	h := open(t)
	files := studio.Folder{"fresh.yaml": []byte("flow: fresh\r\n"), "fresh.fa.chat": []byte("member\n")}
	if err := h.Add(t.Context(), ann, files); err != nil {
		t.Fatal(err)
	}
	if sheet := h.sheet(ann, "fresh.yaml"); !sheet.New || string(sheet.Body) != "flow: fresh\n" {
		t.Errorf("%+v", sheet)
	}
	wantKey(t, "one of which is a draft of his", h.Add(t.Context(), ann, studio.Folder{"a.yaml": []byte("x"), "fresh.yaml": []byte("x")}), "studio_drafted")
	wantKey(t, "one of which is live", h.Add(t.Context(), bob, studio.Folder{"a.yaml": []byte("x"), home: []byte("x")}), "studio_exists")
	wantKey(t, "one of which cannot be", h.Add(t.Context(), bob, studio.Folder{"a.yaml": []byte("x"), "b.txt": []byte("x")}), "studio_name")
	for _, who := range []bot.StaffID{ann, bob} {
		if _, err := h.Open(t.Context(), who, "a.yaml"); bot.KindOf(err) != bot.NotFound {
			t.Errorf("%s: the other file is kept: %v", who, err)
		}
	}
	if err := h.Discard(t.Context(), ann, "fresh.yaml", "fresh.fa.chat"); err != nil {
		t.Fatal(err)
	}
	h.wantAudit("studio.drafted s-ann file fresh.fa.chat", "studio.drafted s-ann file fresh.yaml",
		"studio.discarded s-ann file fresh.yaml", "studio.discarded s-ann file fresh.fa.chat")
}

func TestLineEndsBecomeOneKind(t *testing.T) {
	h := open(t)
	sheet, _, err := h.Save(t.Context(), ann, "note.fa.chat", 0, []byte("\uFEFFmember\r\n  x\r\n"))
	if err != nil || string(sheet.Body) != "member\n  x\n" {
		t.Errorf("%q, %v", sheet.Body, err)
	}
}

func TestWhatCannotBeAFileOfTheContentIsRefused(t *testing.T) {
	h := open(t)
	for _, c := range []struct{ name, body, key string }{
		{"../home.yaml", "x", "studio_name"},
		{"content/../home.yaml", "x", "studio_name"},
		{"Home.yaml", "x", "studio_name"},
		{"content/a.chat", "x", "studio_name"},
		{"home.txt", "x", "studio_name"},
		{strings.Repeat("a", 120) + ".yaml", "x", "studio_name"},
		{"a.yaml", "a\x00b", "studio_bytes"},
		{"a.yaml", "\xff", "studio_bytes"},
		{"a.yaml", strings.Repeat("x", studio.MaxBytes+1), "studio_long"},
	} {
		_, _, err := h.Save(t.Context(), ann, c.name, 0, []byte(c.body))
		wantKey(t, c.name, err, c.key)
	}
	_, _, err := h.Save(t.Context(), ann, home, 0, []byte("flow: home\n"))
	wantKey(t, "a new file that is there already", err, "studio_exists")
	_, _, err = h.Remove(t.Context(), ann, "none.yaml", 1)
	wantKey(t, "a file that is not there goes", err, "studio_file_not_found")
}
