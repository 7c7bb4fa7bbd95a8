package studio_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"javab/flows"
	"javab/flows/studio"
)

func TestPublishingMakesANewVersionLiveAndEndsItsDrafts(t *testing.T) {
	h := open(t)
	h.edit(ann, home, question, kinder)
	steps := 0
	out, err := h.Publish(t.Context(), ann, studio.Publishing{Note: " kinder ", Warnings: true}, func(done, all int) { steps += done })
	if err != nil || out.Version != 2 || out.Waiting != "" || steps != 1 {
		t.Fatalf("%+v, %v", out, err)
	}
	if h.number() != 2 || !slices.Equal(h.told, []int{2}) || !strings.Contains(h.live(home), kinder) {
		t.Errorf("live %d, told %v", h.number(), h.told)
	}
	if sheet := h.sheet(ann, home); sheet.Drafted || sheet.Changed != 2 || sheet.By != ann || sheet.Rev != 2 {
		t.Errorf("afterwards %+v", sheet)
	}
	if sheet := h.sheet(ann, answers); sheet.Changed != 1 {
		t.Errorf("a file that nobody touched has changed in version %d", sheet.Changed)
	}
	versions, err := h.Versions(t.Context())
	if err != nil || len(versions) != 2 || !versions[0].Live || versions[0].By != ann || versions[0].Note != "kinder" || versions[0].From != 1 || versions[1].Live {
		t.Errorf("%+v, %v", versions, err)
	}
	h.wantAudit("studio.drafted s-ann file home.yaml", "studio.published s-ann version 2 kinder")
}

func TestOneBodyIsKeptOnceInHoweverManyVersions(t *testing.T) {
	h := open(t)
	h.edit(ann, home, question, kinder)
	h.publish(ann)
	h.edit(ann, home, kinder, question)
	h.publish(ann)
	first, _, err := h.Version(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	third, files, err := h.Version(t.Context(), 3)
	if err != nil || third.Hash(home) != first.Hash(home) || third.Files[home].Since != 3 || !bytes.Equal(files[home], builtIn()[home]) {
		t.Errorf("%+v, %v", third.Files[home], err)
	}
}

func TestThereMustBeSomethingToPublish(t *testing.T) {
	h := open(t)
	_, err := h.Publish(t.Context(), ann, studio.Publishing{}, nil)
	wantKey(t, "no drafts", err, "studio_nothing")
	h.edit(ann, home, question, kinder)
	_, err = h.Publish(t.Context(), ann, studio.Publishing{Note: strings.Repeat("x", 2001)}, nil)
	wantKey(t, "a note", err, "studio_note")
}

func TestErrorsAreNotPublishedAndWarningsAskForATick(t *testing.T) {
	h := open(t)
	h.edit(ann, home, "id: menu", "id: menu\n    goto: nowhere")
	out, err := h.Publish(t.Context(), ann, studio.Publishing{Warnings: true, Words: true}, nil)
	wantKey(t, "errors", err, "studio_errors")
	if !flows.HasErrors(out.Problems) || h.number() != 1 || !h.sheet(ann, home).Drafted {
		t.Errorf("%+v", out)
	}
	if err := h.Discard(t.Context(), ann, home); err != nil {
		t.Fatal(err)
	}
	unsaved := "flow: fresh\ntitle: {fa: f, ar: a, en: e}\nenter:\n  command: fresh\nsteps:\n  - id: one\n" +
		"    ask: {fa: f, ar: a, en: e}\n    expect: text\n  - id: end\n    say: {fa: f, ar: a, en: e}\n    end: done\n"
	if _, _, err := h.Save(t.Context(), ann, "fresh.yaml", 0, []byte(unsaved)); err != nil { // what is asked is not kept
		t.Fatal(err)
	}
	problems, err := h.Problems(t.Context(), ann)
	if err != nil || len(problems) == 0 || flows.HasErrors(problems) {
		t.Fatalf("the test wants warnings alone: %v, %v", problems, err)
	}
	out, err = h.Publish(t.Context(), ann, studio.Publishing{}, nil)
	wantKey(t, "warnings", err, "studio_warnings")
	if len(out.Problems) != len(problems) {
		t.Errorf("%v", out.Problems)
	}
	if out, err := h.Publish(t.Context(), ann, studio.Publishing{Warnings: true}, nil); err != nil || out.Version != 2 {
		t.Errorf("with a tick: %+v, %v", out, err)
	}
}

func TestADialogueThatTakesAnotherPathStopsThePublishing(t *testing.T) {
	h := open(t)
	h.edit(ann, home, question, kinder)
	for _, verdict := range []studio.Verdict{studio.Path, studio.Broken} {
		h.played = []studio.Played{{File: greets, Verdict: verdict, Where: []studio.Difference{{Line: 4, Path: true, Want: "a", Got: "b"}}}}
		out, err := h.Publish(t.Context(), ann, studio.Publishing{Warnings: true, Words: true}, nil)
		wantKey(t, string(verdict), err, "studio_path")
		if got := out.Rehearsal.Of(verdict); len(got) != 1 || got[0].Where[0].Line != 4 {
			t.Errorf("%+v", out.Rehearsal)
		}
	}
	if h.number() != 1 {
		t.Error("it is live")
	}
}

func TestChangedWordsAskForATickAndRewriteTheDialogue(t *testing.T) {
	h := open(t)
	h.edit(ann, home, question, kinder)
	h.played = []studio.Played{{File: greets, Verdict: studio.Words, Body: []byte("as it reads now\n")}, {File: "help.fa.chat", Verdict: studio.Same}}
	out, err := h.Publish(t.Context(), ann, studio.Publishing{Warnings: true}, nil)
	wantKey(t, "changed words", err, "studio_words")
	if len(out.Rehearsal.Of(studio.Words)) != 1 {
		t.Errorf("%+v", out.Rehearsal)
	}
	if out := h.publish(ann); out.Version != 2 {
		t.Errorf("%+v", out)
	}
	if h.live(greets) != "as it reads now\n" || h.live("help.fa.chat") != string(builtIn()["help.fa.chat"]) {
		t.Error("the dialogues of the new version are not as they read")
	}
}

func TestARehearsalThatCannotBeHeldStopsThePublishing(t *testing.T) {
	h := open(t)
	h.edit(ann, home, question, kinder)
	broken := errors.New("no stage")
	h.Play = func(context.Context, fs.FS, func(done, all int)) ([]studio.Played, error) { return nil, broken }
	if _, err := h.Publish(t.Context(), ann, studio.Publishing{Warnings: true}, nil); !errors.Is(err, broken) || h.number() != 1 {
		t.Errorf("%v", err)
	}
	if _, err := h.Rehearse(t.Context(), ann, nil); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

func TestOfTwoWhoPublishAtOnceOneWinsAndTheOthersDraftStays(t *testing.T) {
	h := open(t)
	h.edit(ann, home, question, kinder)
	h.edit(bob, home, ready, "en: The menu}")
	h.during = func() {
		h.during = nil
		h.publish(bob)
	}
	_, err := h.Publish(t.Context(), ann, studio.Publishing{Warnings: true}, nil)
	wantKey(t, "the slower one", err, "studio_moved")
	if h.number() != 2 || !h.sheet(ann, home).Drafted || !h.sheet(ann, home).Moved {
		t.Fatalf("live %d, the draft %+v", h.number(), h.sheet(ann, home))
	}
	h.publish(ann)
	if live := h.live(home); !strings.Contains(live, kinder) || !strings.Contains(live, "en: The menu}") {
		t.Error("one of the two is lost")
	}
}

func TestWhatIsSavedWhileItIsPublishedGoesOnOverTheNewVersion(t *testing.T) {
	h := open(t)
	h.edit(ann, home, question, kinder)
	h.during = func() { h.during = nil; h.edit(ann, home, kinder, "What is it?") }
	h.publish(ann)
	if !strings.Contains(h.live(home), kinder) {
		t.Error("what was proven is not what is live")
	}
	sheet := h.sheet(ann, home)
	if !sheet.Drafted || sheet.Moved || sheet.Base != 2 || !strings.Contains(string(sheet.Body), "What is it?") {
		t.Errorf("%+v", sheet)
	}
}

func TestDraftsThatClashAreShownAsSentencesAndPublishedOnceTheyAreChosen(t *testing.T) {
	h := open(t)
	h.edit(ann, home, question, kinder)
	h.edit(ann, home, ready, "en: My menu}")
	h.edit(bob, home, question, "What is it?")
	h.publish(bob)
	if sheet := h.sheet(ann, home); !sheet.Moved || !sheet.Clashes {
		t.Errorf("%+v", sheet)
	}
	out, err := h.Publish(t.Context(), ann, studio.Publishing{Warnings: true, Words: true}, nil)
	wantKey(t, "a clash", err, "studio_clash")
	if len(out.Clashes[home]) != 1 {
		t.Fatalf("%+v", out.Clashes)
	}
	sheet, clashes, err := h.Merge(t.Context(), ann, home, nil)
	if err != nil || len(clashes) != 1 || !sheet.Moved || !strings.HasPrefix(clashes[0].Mine, kinder) || !strings.HasPrefix(clashes[0].Theirs, "What is it?") {
		t.Fatalf("%+v, %v", clashes, err)
	}
	sheet, clashes, err = h.Merge(t.Context(), ann, home, map[string]studio.Choice{studio.Key(clashes[0]): studio.Theirs})
	if err != nil || len(clashes) != 0 || sheet.Moved || sheet.Clashes || sheet.Base != 2 {
		t.Fatalf("%+v, %+v, %v", sheet, clashes, err)
	}
	h.publish(ann)
	if live := h.live(home); !strings.Contains(live, "What is it?") || !strings.Contains(live, "en: My menu}") {
		t.Error("the choice is not what is live")
	}
}

func TestOfTwoDialoguesOrFilesThatGoOneIsChosenWhole(t *testing.T) {
	h := open(t)
	for name, c := range map[string]struct {
		choice studio.Choice
		want   string
	}{greets: {studio.Mine, "mine\n"}, "help.fa.chat": {studio.Theirs, "theirs\n"}} {
		save := func(who string, body string) {
			by := ann
			if who == "bob" {
				by = bob
			}
			if _, _, err := h.Save(t.Context(), by, name, h.sheet(by, name).Rev, []byte(body)); err != nil {
				t.Fatal(err)
			}
		}
		save("ann", "mine\n")
		save("bob", "theirs\n")
		h.publish(bob)
		sheet, clashes, err := h.Merge(t.Context(), ann, name, map[string]studio.Choice{"": c.choice})
		if err != nil || len(clashes) != 0 || string(sheet.Body) != c.want || sheet.Drafted != (c.choice == studio.Mine) {
			t.Errorf("%s: %+v, %+v, %v", name, sheet, clashes, err)
		}
	}
	gone := "home.courtesy.fa.chat"
	if _, _, err := h.Remove(t.Context(), ann, gone, h.sheet(ann, gone).Rev); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.Save(t.Context(), bob, gone, h.sheet(bob, gone).Rev, []byte("theirs\n")); err != nil {
		t.Fatal(err)
	}
	h.publish(bob)
	if _, clashes, err := h.Merge(t.Context(), ann, gone, nil); err != nil || len(clashes) != 1 || !clashes[0].Whole() {
		t.Fatalf("%+v, %v", clashes, err)
	}
	if sheet, _, err := h.Merge(t.Context(), ann, gone, map[string]studio.Choice{"": studio.Mine}); err != nil || !sheet.Gone || sheet.Moved {
		t.Errorf("%+v, %v", sheet, err)
	}
	h.publish(ann)
	if h.live(gone) != "" {
		t.Error("the file is still there")
	}
}
