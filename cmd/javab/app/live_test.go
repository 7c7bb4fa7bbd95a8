package app

import (
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/flows/scripts"
	"javab/flows/studio"
)

// openedHouse is a whole program on an embedded database.
func openedHouse(t testing.TB, data string) *house {
	t.Helper()
	e := Environment{Clock: func() time.Time { return opening }, Random: func() uint64 { return 7 }, Dir: t.TempDir()}
	config, err := LoadConfig([]string{"JAVAB_LOG=error", "JAVAB_DATA=" + data}, e.Dir)
	if err != nil {
		t.Fatal(err)
	}
	h, err := openHouse(t.Context(), e, config, scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestWhatIsPublishedIsPlayedAtOnceAndAfterTheNextStart(t *testing.T) {
	data := t.TempDir()
	h := openedHouse(t, data)
	if h.library.Live().Version != 1 || title(h.library) != "Main menu" {
		t.Fatalf("version %d, %q", h.library.Live().Version, title(h.library))
	}
	const admin bot.StaffID = "s1"
	sheet, err := h.studio.Open(t.Context(), admin, "home.yaml")
	if err != nil {
		t.Fatal(err)
	}
	body := strings.Replace(string(sheet.Body), menuTitle, otherTitle, 1)
	if _, _, err := h.studio.Save(t.Context(), admin, sheet.Name, sheet.Rev, []byte(body)); err != nil {
		t.Fatal(err)
	}
	out, err := h.studio.Publish(t.Context(), admin, studio.Publishing{Warnings: true, Words: true}, nil)
	if err != nil || out.Version != 2 {
		t.Fatalf("%+v, %v", out, err)
	}
	if h.library.Live().Version != 2 || title(h.library) != "The menu" {
		t.Errorf("version %d, %q", h.library.Live().Version, title(h.library))
	}
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	h = openedHouse(t, data)
	if h.library.Live().Version != 2 || title(h.library) != "The menu" {
		t.Errorf("after the next start: version %d, %q", h.library.Live().Version, title(h.library))
	}
	l, err := openLive(t.Context(), h.env, h.store, scripts.FS)
	if err != nil || l.Live().Version != 2 {
		t.Errorf("beside the server: %v", err)
	}
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
}

func TestADialogueThatGoesAnotherWayIsSeenInARehearsal(t *testing.T) {
	files := own(t)
	const name = "home.courtesy.fa.chat"
	some := studio.Folder{}
	for file, body := range files {
		if strings.HasSuffix(file, ".yaml") || file == name {
			some[file] = body
		}
	}
	verdict := func(body []byte) studio.Played {
		t.Helper()
		some[name] = body
		done := 0
		played, err := playBy(t.Context(), some, func(n, all int) { done = n }, builtIn(t), 0)
		if err != nil || len(played) != 1 || done != 1 {
			t.Fatalf("%+v, %v", played, err)
		}
		return played[0]
	}
	written := string(files[name])
	if p := verdict([]byte(written)); p.Verdict != studio.Same {
		t.Errorf("as written: %+v", p)
	}
	i := strings.Index(written, "\nbot")
	words := strings.Index(written[i:], "\n  ") + i + 3
	if p := verdict([]byte(written[:words] + "x" + written[words:])); p.Verdict != studio.Words || string(p.Body) != written || p.Where[0].Path {
		t.Errorf("other words: %+v", p)
	}
	if p := verdict([]byte(written + "\nmember\n  x\n")); p.Verdict != studio.Path || !p.Where[len(p.Where)-1].Path {
		t.Errorf("another way: %+v", p)
	}
	if p := verdict([]byte("nobody\n")); p.Verdict != studio.Broken || p.Cause == "" {
		t.Errorf("no dialogue: %+v", p)
	}
}
