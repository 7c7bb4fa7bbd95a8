package content

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"javab/bot"
	"javab/flows"
	"javab/flows/scripts"
)

var loaded = sync.OnceValues(func() (*Bundle, []flows.Problem) { return Load(scripts.FS) })

// embedded is the content that Javab comes with. Tests share it and only read it.
func embedded(t testing.TB) *Bundle {
	t.Helper()
	b, problems := loaded()
	if b == nil {
		t.Fatalf("%d problems, the first: %s", len(problems), Describe(problems[0]))
	}
	return b
}

// copied returns the embedded content as files that a test may change.
func copied(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(scripts.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(scripts.FS, name)
		files[name] = &fstest.MapFile{Data: src}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestTheEmbeddedContentLoadsWithoutAProblem(t *testing.T) {
	_, problems := Load(scripts.FS)
	for _, p := range problems {
		t.Error(Describe(p))
	}
}

func TestEveryAnswerOfTheCatalogueIsThere(t *testing.T) {
	b := embedded(t)
	if len(b.Answers) != 104 {
		t.Errorf("%d answers, want 104", len(b.Answers))
	}
	for list, want := range map[string]int{
		"services": 11, "categories": 25, "groups": 5, "units": 16, "processes": 6, "request_menu": 6, "statuses": 9,
	} {
		if items, _ := b.List(list); len(items) != want {
			t.Errorf("%d entries in %s, want %d", len(items), list, want)
		}
	}
	groups, _ := b.List("groups")
	for _, g := range groups {
		if n := len(g.Fields["categories"].Items); n != 5 {
			t.Errorf("group %s has %d categories, want 5", g.ID, n)
		}
	}
}

func TestSettingsAreFilledIntoTheListsAndFenced(t *testing.T) {
	b := embedded(t)
	item, ok := b.Item("answers", "contact.address")
	if !ok {
		t.Fatal("no answer contact.address")
	}
	if said := item.Fields["text"].Text.En; !strings.Contains(said, "\u2068+98 21 18660000\u2069") {
		t.Errorf("the phone is not in %q", said)
	}
	for _, name := range []string{"answers", "services", "documents", "steps", "questions"} {
		items, _ := b.List(name)
		for _, item := range items {
			for field, f := range item.Fields {
				if strings.ContainsAny(f.Text.Fa+f.Text.Ar+f.Text.En, "{}") {
					t.Errorf("%s/%s %s still has a placeholder", name, item.ID, field)
				}
			}
		}
	}
}

func TestATextWhoseFeatureIsOffSaysSomethingElse(t *testing.T) {
	said := func(b *Bundle) string {
		item, _ := b.Item("answers", "complaint.not_satisfied")
		return item.Fields["text"].Text.En
	}
	if on := said(embedded(t)); !strings.Contains(on, "Reopen") {
		t.Errorf("not said while the feature is on: %q", on)
	}
	changed := func(before, after string, in ...string) (*Bundle, []flows.Problem) {
		files := copied(t)
		for _, file := range in {
			src := string(files[file].Data)
			files[file] = &fstest.MapFile{Data: []byte(strings.Replace(src, before, after, 1))}
		}
		return Load(files)
	}
	off, problems := changed("reopen, on: true", "reopen, on: false", "content/features.yaml")
	if off == nil || strings.Contains(said(off), "Reopen") {
		t.Errorf("promised while the feature is off: %v", problems)
	}
	if _, problems := changed(`en: "Reopen"}`, `en: "Once more"}`, "content/system.yaml", "answer.yaml"); len(problems) == 0 || !strings.HasPrefix(problems[0].Code, "content.name_") {
		t.Errorf("with the feature on, the button that the text names must exist: %v", problems)
	}
}

func TestCategoriesSayWhoAnswersAndByWhen(t *testing.T) {
	b := embedded(t)
	misuse, ok := b.Category(bot.Complaint, "card_misuse")
	want := bot.Category{
		ID: "card_misuse", Name: misuse.Name, Unit: "commercial_card", Urgency: "critical", Confidential: true,
		SLAHours: 8, FirstResponseHours: 1,
	}
	if !ok || misuse != want {
		t.Errorf("got %+v, %v", misuse, ok)
	}
	for _, one := range []struct {
		kind bot.CaseKind
		id   string
	}{{bot.Request, "membership_issue"}, {bot.Request, "data_deletion"}, {bot.Suggestion, "suggestion"}} {
		c, ok := b.Category(one.kind, one.id)
		if !ok || c.Unit == "" || c.SLAHours == 0 {
			t.Errorf("%s %s: %+v, %v", one.kind, one.id, c, ok)
		}
		if _, ok := b.Item(b.CategoryList(one.kind), one.id); !ok {
			t.Errorf("%s is not in the list %s", one.id, b.CategoryList(one.kind))
		}
	}
	if _, ok := b.Category(bot.Complaint, "membership_issue"); ok {
		t.Error("a request is no category of complaints")
	}
}

func TestAnExpiredAnswerIsStillUnderstoodAndNoLongerPublished(t *testing.T) {
	shared := *embedded(t)
	b := &shared
	b.Answers = slices.Clone(b.Answers)
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	before, published := len(b.Phrasings()), len(b.Published(now))
	b.Answers[0].ValidUntil = now.AddDate(0, 0, -2)
	if after := len(b.Phrasings()); after != before {
		t.Errorf("%d documents before, %d after: nobody would say that an officer will tell", before, after)
	}
	if after := len(b.Published(now)); after != published-len(bot.Langs) {
		t.Errorf("%d texts before, %d after", published, after)
	}
	b.Answers[0].ValidUntil = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	if after := len(b.Published(now)); after != published {
		t.Error("an answer is valid on its last day")
	}
}

func TestFlowsAndCategoriesHavePhrasings(t *testing.T) {
	b := embedded(t)
	found := b.Phrasings()
	for _, id := range []string{"flow/complaint", "flow/officer", "flow/suggestion", "answers/contact.hours"} {
		for _, lang := range bot.Langs {
			if !slices.ContainsFunc(found, func(p Phrased) bool { return p.ID == id && p.Lang == lang && len(p.Phrasings) > 1 }) {
				t.Errorf("%s has no phrasings in %s", id, lang)
			}
		}
	}
	for _, p := range b.CategoryPhrasings() {
		if len(p.Phrasings) < MinPhrasings {
			t.Errorf("%s has %d phrasings in %s", p.ID, len(p.Phrasings), p.Lang)
		}
	}
	if n := len(b.CategoryPhrasings()); n != 25*len(bot.Langs) {
		t.Errorf("%d documents of categories", n)
	}
}

func TestContentWithoutFilesIsAListOfProblems(t *testing.T) {
	b, problems := Load(fstest.MapFS{})
	if b != nil || !flows.HasErrors(problems) {
		t.Fatalf("got %v, %v", b, problems)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if bundle, _ := Load(scripts.FS); bundle == nil {
			b.Fatal("not loaded")
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	bundle := embedded(b)
	for b.Loop() {
		flows.Check(bundle.Scripts, bundle.Env())
	}
}
