package app

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/flows"
	"javab/flows/content"
	"javab/flows/scripts"
	"javab/flows/studio"
	"javab/storage"
)

// archive is where a library finds versions.
type archive struct {
	live     int
	versions map[int]studio.Folder
	away     bool
	read     int
}

func (a *archive) Live(context.Context) (int, error) { return a.live, nil }

func (a *archive) Version(_ context.Context, number int) (studio.Version, studio.Folder, error) {
	a.read++
	files, there := a.versions[number]
	switch {
	case a.away:
		return studio.Version{}, nil, &bot.Error{Kind: bot.Unavailable, Key: "store_unavailable"}
	case !there:
		return studio.Version{}, nil, storage.NotFound("version", "")
	}
	return studio.Version{Number: number}, files, nil
}

// own is the content of the program.
func own(t *testing.T) studio.Folder {
	t.Helper()
	files, err := studio.ReadFolder(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// reworded is a content in which one text reads otherwise.
func reworded(t *testing.T, files studio.Folder, name, old, new string) studio.Folder {
	t.Helper()
	if !strings.Contains(string(files[name]), old) {
		t.Fatalf("%s does not say %q", name, old)
	}
	changed := maps.Clone(files)
	changed[name] = []byte(strings.Replace(string(files[name]), old, new, 1))
	return changed
}

const (
	menuTitle  = "en: Main menu}"
	otherTitle = "en: The menu}"
)

// shelved is a library over an archive of three versions, of which the first is live, and the third cannot be read.
func shelved(t *testing.T) (*library, *archive) {
	t.Helper()
	files := own(t)
	l, err := oneReader.open(files, opening)
	if err != nil {
		t.Fatal(err)
	}
	a := &archive{live: 1, versions: map[int]studio.Folder{
		1: files, 2: reworded(t, files, "home.yaml", menuTitle, otherTitle), 3: reworded(t, files, "home.yaml", "flow: home", "flow: ["),
	}}
	if err := l.begin(t.Context(), a, files, 1, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	return l, a
}

func title(l *library) string { return l.Live().Program.Title("home").En }

func TestALibraryTakesUpWhatIsLiveAndKeepsWhatWas(t *testing.T) {
	l, a := shelved(t)
	if l.Live().Version != 1 || title(l) != "Main menu" {
		t.Fatalf("version %d, %q", l.Live().Version, title(l))
	}
	a.live = 2
	if err := l.follow(t.Context(), opening); err != nil || l.Live().Version != 2 || title(l) != "The menu" {
		t.Fatalf("version %d, %q, %v", l.Live().Version, title(l), err)
	}
	before, atHand := l.Version(1)
	if !atHand || before.Version != 1 || before.Program.Title("home").En != "Main menu" {
		t.Errorf("the former version is %+v", before.Version)
	}
	read := a.read
	if err := l.follow(t.Context(), opening); err != nil || a.read != read {
		t.Errorf("read again what is played: %v", err)
	}
	a.live = 1
	if err := l.follow(t.Context(), opening); err != nil || title(l) != "Main menu" {
		t.Errorf("rolled back: %q, %v", title(l), err)
	}
}

func TestWhatWasMadeOfAContentToRehearseItServesWhenItIsPublished(t *testing.T) {
	l, a := shelved(t)
	rehearsed, err := l.reader.open(a.versions[2], opening)
	if err != nil {
		t.Fatal(err)
	}
	a.live = 2
	if err := l.follow(t.Context(), opening); err != nil {
		t.Fatal(err)
	}
	if proven, live := rehearsed.live.Load(), l.live.Load(); live.knowledge != proven.knowledge || live.lexicon != proven.lexicon {
		t.Error("made again")
	}
	if l.Live().Version != 2 || rehearsed.Live().Version != 1 {
		t.Error("versions that read the same have one number")
	}
}

func TestTheReaderRestsOnceNobodyHasAskedForAWhile(t *testing.T) {
	r, files := new(reader), own(t)
	if _, err := r.open(files, opening); err != nil {
		t.Fatal(err)
	}
	complaint := func() *flows.Script {
		changed, _ := r.loader.Load(reworded(t, files, "home.yaml", menuTitle, fmt.Sprintf("en: Menu %d}", r.loader.Loads())))
		return scriptOf(changed, "complaint")
	}
	read := complaint()
	r.rest()
	if complaint() != read {
		t.Error("it rests while somebody writes")
	}
	r.rest()
	r.rest()
	if complaint() == read {
		t.Error("how a file was read is kept for ever")
	}
}

func TestABrokenVersionLeavesWhatIsPlayedAndIsTriedAgainAMinuteLater(t *testing.T) {
	l, a := shelved(t)
	a.live = 3
	if err := l.follow(t.Context(), opening); err == nil || l.Live().Version != 1 {
		t.Fatalf("version %d, %v", l.Live().Version, err)
	}
	read := a.read
	if err := l.follow(t.Context(), opening.Add(30*time.Second)); err != nil || a.read != read {
		t.Errorf("tried again at once: %v", err)
	}
	a.versions[3] = a.versions[2]
	if err := l.follow(t.Context(), opening.Add(time.Minute)); err != nil || l.Live().Version != 3 {
		t.Errorf("version %d, %v", l.Live().Version, err)
	}
}

func TestAStartWithABrokenVersionPlaysAnEarlierOne(t *testing.T) {
	l, a := shelved(t)
	if err := l.begin(t.Context(), a, own(t), 3, slog.New(slog.DiscardHandler)); err != nil || l.Live().Version != 2 || title(l) != "The menu" {
		t.Errorf("version %d, %q, %v", l.Live().Version, title(l), err)
	}
	a.versions = map[int]studio.Folder{3: a.versions[3]}
	l, err := oneReader.open(own(t), opening)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.begin(t.Context(), a, own(t), 3, slog.New(slog.DiscardHandler)); err != nil || l.Live().Version != 0 || title(l) != "Main menu" {
		t.Errorf("without any: version %d, %q, %v", l.Live().Version, title(l), err)
	}
}

func TestVersionsOfChatsAreFetchedOnceAndLetGoWhenNobodyStays(t *testing.T) {
	l, a := shelved(t)
	if _, atHand := l.Version(2); atHand {
		t.Fatal("it is at hand before it was asked for")
	}
	a.away = true
	if err := l.Fetch(t.Context(), 2); bot.KindOf(err) != bot.Unavailable {
		t.Errorf("while the database is away: %v", err)
	}
	a.away = false
	for _, number := range []int{2, 2, 3, 9} {
		if err := l.Fetch(t.Context(), number); err != nil {
			t.Errorf("version %d: %v", number, err)
		}
	}
	if _, broken := l.Version(3); broken || a.read > 5 {
		t.Errorf("a broken version is at hand, or %d were read", a.read)
	}
	if two, atHand := l.Version(2); !atHand || two.Program.Title("home").En != "The menu" {
		t.Error("what was fetched is not at hand")
	}
	for stay, want := range map[int]bool{1: true, 0: false} {
		if err := l.tidy(t.Context(), staying{2: stay}, opening); err != nil {
			t.Fatal(err)
		}
		if _, atHand := l.Version(2); atHand && !want {
			t.Error("it is at hand, and nobody stays with it")
		}
	}
}

// staying says how many chats stay with versions.
type staying map[int]int

func (s staying) PinnedChats(context.Context, time.Time) (map[int]int, error) { return s, nil }

func TestACategoryThatWasChosenBeforeItWasTakenAwayCanStillBeFiled(t *testing.T) {
	l, a := shelved(t)
	categories, _ := l.live.Load().bundle.List("categories")
	id := categories[0].ID
	a.versions[2] = renamed(a.versions[1], "id: "+id, "id: "+id+"_anew")
	a.live = 2
	if err := l.follow(t.Context(), opening); err != nil {
		t.Fatal(err)
	}
	if _, isLive := l.live.Load().bundle.Category(bot.Complaint, id); isLive {
		t.Fatalf("%s is still live", id)
	}
	if c, known := l.Category(bot.Complaint, id); !known || c.ID != id {
		t.Errorf("%+v", c)
	}
	if _, known := l.Category(bot.Complaint, "none"); known {
		t.Error("there is a category that never was")
	}
}

// renamed is a content in which all files say something else.
func renamed(files studio.Folder, old, new string) studio.Folder {
	changed := maps.Clone(files)
	for name, body := range files {
		changed[name] = []byte(strings.ReplaceAll(string(body), old+",", new+","))
		changed[name] = []byte(strings.ReplaceAll(string(changed[name]), old+"\n", new+"\n"))
	}
	return changed
}

func TestAnswersAreLiveWhateverVersionPlaysAChat(t *testing.T) {
	l, a := shelved(t)
	answer := l.live.Load().bundle.Answers[0]
	before, known := l.live.Load().bundle.Item("answers", answer.ID)
	if !known || answer.Title.En == "" {
		t.Fatalf("answer %s has no title", answer.ID)
	}
	a.versions[2] = reworded(t, a.versions[1], "content/answers.yaml", answer.Title.En, "Another")
	a.live = 2
	if err := l.follow(t.Context(), opening); err != nil {
		t.Fatal(err)
	}
	former, _ := content.Load(a.versions[1])
	lists := currentLists{former, l}
	now, _ := lists.Item("answers", answer.ID)
	if now.Label == before.Label {
		t.Errorf("%q is still %q", answer.ID, now.Label.En)
	}
	if own, known := lists.List("categories"); !known || len(own) == 0 {
		t.Error("the version's own lists are not its own")
	}
}
