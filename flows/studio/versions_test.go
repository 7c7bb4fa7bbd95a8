package studio_test

import (
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"javab/bot"
	"javab/flows/studio"
)

func TestRollingBackMovesThePointerAlone(t *testing.T) {
	h := open(t)
	h.edit(ann, home, question, kinder)
	h.publish(ann)
	if err := h.RollBack(t.Context(), bob, 1, "complaints"); err != nil {
		t.Fatal(err)
	}
	versions, err := h.Versions(t.Context())
	if err != nil || len(versions) != 2 || !versions[1].Live || versions[0].Live || strings.Contains(h.live(home), kinder) {
		t.Errorf("%+v, %v", versions, err)
	}
	wantKey(t, "to what is live", h.RollBack(t.Context(), bob, 1, ""), "studio_live")
	wantKey(t, "to nothing", h.RollBack(t.Context(), bob, 9, ""), "studio_version_not_found")
	if err := h.RollBack(t.Context(), bob, 2, ""); err != nil || !strings.Contains(h.live(home), kinder) {
		t.Errorf("forward again: %v", err)
	}
	if err := h.RollBack(t.Context(), bob, 1, ""); err != nil {
		t.Fatal(err)
	}
	h.edit(ann, answers, "topics:", "# new\ntopics:")
	if out := h.publish(ann); out.Version != 3 {
		t.Errorf("after a roll-back comes version %d", out.Version)
	}
	if v, _, _ := h.Version(t.Context(), 3); v.From != 1 || v.Files[home].Since != 1 {
		t.Errorf("%+v", v.Files[home])
	}
	if told := h.told; len(told) != 5 || told[1] != 1 {
		t.Errorf("told %v", told)
	}
	if lines := h.audit(); lines[2] != "studio.rolled_back s-bob version 1 complaints" {
		t.Errorf("%q", lines)
	}
}

func TestADraftOverARolledBackVersionIsMovedNotLost(t *testing.T) {
	h := open(t)
	h.edit(ann, home, question, kinder)
	h.publish(ann)
	h.edit(ann, home, ready, "en: The menu}")
	if err := h.RollBack(t.Context(), bob, 1, ""); err != nil {
		t.Fatal(err)
	}
	if sheet := h.sheet(ann, home); !sheet.Moved || sheet.Clashes {
		t.Errorf("%+v", sheet)
	}
	h.publish(ann)
	if live := h.live(home); strings.Contains(live, kinder) || !strings.Contains(live, "en: The menu}") {
		t.Error("what was rolled back is live again, or the draft is lost")
	}
}

func TestTheDifferenceOfTwoVersionsNamesFiles(t *testing.T) {
	h := open(t)
	h.edit(ann, home, question, kinder)
	if _, _, err := h.Remove(t.Context(), ann, greets, h.sheet(ann, greets).Rev); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.Save(t.Context(), ann, "fresh.fa.chat", 0, []byte("member\n")); err != nil {
		t.Fatal(err)
	}
	h.publish(ann)
	changes, err := h.Between(t.Context(), 1, 2)
	if err != nil || len(changes) != 3 {
		t.Fatalf("%d changes, %v", len(changes), err)
	}
	if c := changes[0]; c.Name != "fresh.fa.chat" || c.Before != nil || string(c.After) != "member\n" {
		t.Errorf("added: %+v", c)
	}
	if c := changes[1]; c.Name != greets || c.After != nil || c.Before == nil {
		t.Errorf("removed: %s", c.Name)
	}
	if c := changes[2]; c.Name != home || !strings.Contains(string(c.After), kinder) || !strings.Contains(string(c.Before), question) {
		t.Errorf("changed: %s", c.Name)
	}
	if _, err := h.Between(t.Context(), 1, 9); bot.KindOf(err) != bot.NotFound {
		t.Error(err)
	}
}

func TestInstancesThatStartTogetherAgreeOnTheFirstVersion(t *testing.T) {
	h := open(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			other := h.instance(builtIn())
			other.Moved = nil
			if live, err := other.Found(t.Context()); live != 1 || err != nil {
				t.Errorf("version %d, %v", live, err)
			}
		})
	}
	all.Wait()
	if versions, _ := h.Versions(t.Context()); len(versions) != 1 {
		t.Errorf("%d versions", len(versions))
	}
}

func TestAnUntouchedInstallationFollowsANewerProgramAndNotAnOlderOne(t *testing.T) {
	h := open(t)
	newer := h.instance(with(map[string]string{greets: "member\n"}))
	if live, err := newer.Found(t.Context()); live != 2 || err != nil {
		t.Fatalf("version %d, %v", live, err)
	}
	if live, err := h.Found(t.Context()); live != 2 || err != nil {
		t.Errorf("the older program takes it back: version %d, %v", live, err)
	}
	if offers, err := newer.Offers(t.Context()); err != nil || len(offers) != 0 {
		t.Errorf("%+v, %v", offers, err)
	}
}

func TestNewerDefaultsAreOfferedInThreeViewsAndNeverForced(t *testing.T) {
	h := open(t)
	h.edit(ann, home, question, kinder)
	h.edit(ann, "help.yaml", "title: {", "title: { ")
	h.publish(ann)
	other := "# ours\n" + string(builtIn()[answers])
	newer := h.instance(with(map[string]string{
		home:          strings.Replace(string(builtIn()[home]), ready, "en: The menu}", 1),
		answers:       other,
		greets:        "",
		"new.fa.chat": "member\n",
		"help.yaml":   strings.Replace(string(builtIn()["help.yaml"]), "flow: help", "flow: help\nfeature: aid", 1),
	}))
	if live, err := newer.Found(t.Context()); live != 2 || err != nil {
		t.Fatalf("it was forced: version %d, %v", live, err)
	}
	offers, err := newer.Offers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]studio.Offer{}
	for _, o := range offers {
		byName[o.Name] = o
	}
	if o := byName[home]; len(o.Clashes) != 0 || !strings.Contains(string(o.Merged), kinder) || !strings.Contains(string(o.Merged), "en: The menu}") {
		t.Errorf("both together: %+v", o.Clashes)
	}
	if o := byName[answers]; string(o.Merged) != other || len(o.Clashes) != 0 {
		t.Error("what nobody has touched is not taken as it is")
	}
	if o, there := byName[greets]; !there || o.Theirs != nil || o.Merged != nil {
		t.Errorf("what the program has given up: %+v", o)
	}
	if o := byName["new.fa.chat"]; o.Base != nil || o.Mine != nil || string(o.Merged) != "member\n" {
		t.Errorf("what is new: %+v", o)
	}
	if err := newer.Take(t.Context(), ann, home, "new.fa.chat"); err != nil {
		t.Fatal(err)
	}
	wantKey(t, "over a draft", newer.Take(t.Context(), ann, home), "studio_drafted")
	wantKey(t, "what is not offered", newer.Take(t.Context(), ann, "reach.yaml"), "studio_file_not_found")
	if err := newer.Dismiss(t.Context(), ann, answers, greets); err != nil {
		t.Fatal(err)
	}
	h.publish(ann)
	left, err := newer.Offers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range left {
		if o.Name != "help.yaml" {
			t.Errorf("still offered: %s", o.Name)
		}
	}
	if live := h.live(home); !strings.Contains(live, kinder) || !strings.Contains(live, "en: The menu}") || h.live("new.fa.chat") == "" || h.live(greets) == "" {
		t.Error("what was taken is not what is live")
	}
}

func TestAnExportIsTheLiveVersionOrTheOneThatIsNamed(t *testing.T) {
	h := open(t)
	files, number, err := h.Export(t.Context(), 0)
	if err != nil || number != 1 || len(files) != len(builtIn()) {
		t.Fatalf("%d files of version %d, %v", len(files), number, err)
	}
	if _, _, err := h.Export(t.Context(), 7); bot.KindOf(err) != bot.NotFound {
		t.Error(err)
	}
	h.edit(ann, home, question, kinder)
	h.publish(ann)
	if files, number, err := h.Export(t.Context(), 1); err != nil || number != 1 || strings.Contains(string(files[home]), kinder) {
		t.Errorf("version %d, %v", number, err)
	}
}

func TestAPushPublishesAFolderMadeOfTheLiveVersion(t *testing.T) {
	h := open(t)
	if err := h.SetRules(t.Context(), ann, studio.Rules{Second: true}); err != nil {
		t.Fatal(err)
	}
	_, err := h.Push(t.Context(), "", builtIn(), 1, studio.Publishing{}, nil)
	wantKey(t, "the same", err, "studio_nothing")
	_, err = h.Push(t.Context(), "", fstest.MapFS{"readme.md": {}}, 1, studio.Publishing{}, nil)
	wantKey(t, "a folder without content", err, "studio_no_files")
	folder := with(map[string]string{home: strings.Replace(string(builtIn()[home]), question, kinder, 1)})
	_, err = h.Push(t.Context(), "", folder, 0, studio.Publishing{Warnings: true}, nil)
	wantKey(t, "made of another version", err, "studio_moved")
	h.played = []studio.Played{{File: greets, Verdict: studio.Words, Body: []byte("x\n")}}
	_, err = h.Push(t.Context(), "", folder, 1, studio.Publishing{Warnings: true}, nil)
	wantKey(t, "changed words", err, "studio_words")
	out, err := h.Push(t.Context(), "", folder, 1, studio.Publishing{Warnings: true, Words: true, Note: "from Git"}, nil)
	if err != nil || out.Version != 2 || h.live(greets) != "x\n" || !strings.Contains(h.live(home), kinder) {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestAnEmptyFileIsAFile(t *testing.T) {
	folder, err := studio.ReadFolder(fstest.MapFS{greets: {}})
	if body, there := folder[greets]; err != nil || !there || body == nil {
		t.Errorf("from a disk: %v, %v", folder, err)
	}
	h := open(t)
	if _, _, err := h.Save(t.Context(), ann, greets, h.sheet(ann, greets).Rev, []byte("\uFEFF")); err != nil {
		t.Fatal(err)
	}
	h.publish(ann)
	changes, err := h.instance(builtIn()).Between(t.Context(), 1, 2) // which has kept nothing in memory
	if err != nil || len(changes) != 1 || changes[0].After == nil || len(changes[0].After) != 0 {
		t.Errorf("%+v, %v", changes, err)
	}
}

func TestAFolderInMemoryIsAFileSystem(t *testing.T) {
	folder := studio.Folder{"a.yaml": []byte("a"), "content/b.yaml": []byte("bb"), "content/c.yaml": nil}
	if err := fstest.TestFS(folder, "a.yaml", "content/b.yaml", "content/c.yaml"); err != nil {
		t.Error(err)
	}
	if _, err := fs.ReadFile(folder, "d.yaml"); err == nil {
		t.Error("a file that is not there was read")
	}
	body, _ := fs.ReadFile(folder, "a.yaml")
	body[0] = 'x'
	if string(folder["a.yaml"]) != "a" {
		t.Error("a reader has changed the folder")
	}
}
