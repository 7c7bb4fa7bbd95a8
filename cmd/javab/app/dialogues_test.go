package app

import (
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/dialogue"
	"javab/flows/scripts"
)

var update = flag.Bool("update", false, "write what the bot says now into the dialogues of flows/scripts")

const scriptsFolder = "../../../flows/scripts"

func TestEveryDialogueOfTheContentGoesAsWritten(t *testing.T) {
	theatre, err := openTheatre(builtIn(t))
	if err != nil {
		t.Fatal(err)
	}
	names, err := dialogues(scripts.FS, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			p := theatre.playFile(t.Context(), scripts.FS, name)
			if *update && p.Verdict == playedWords {
				p = p.rewritten(filepath.Join(scriptsFolder, name))
			}
			if p.ok() {
				return
			}
			t.Errorf("%s %s", p.Verdict, p.Error)
			for _, d := range p.Differences {
				t.Error(d)
			}
		})
	}
}

// onlyByFault is the script that a chat comes to when the engine's bounds are exceeded, which no member can bring about.
const onlyByFault = "stuck"

func TestEveryScriptIsPlayedInEveryLanguage(t *testing.T) {
	theatre, err := openTheatre(builtIn(t))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[bot.Lang]map[string]bool{bot.Fa: {}, bot.Ar: {}, bot.En: {}}
	names, _ := dialogues(scripts.FS, "")
	for _, name := range names {
		file := parsed(t, name)
		maps.Copy(seen[file.Lang], flowsOf(file))
	}
	for _, script := range theatre.library.live.Load().bundle.Scripts {
		if script.Flow.Text == onlyByFault {
			continue
		}
		for _, lang := range bot.Langs {
			if !seen[lang][script.Flow.Text] {
				t.Errorf("no dialogue in %s goes through %s", lang, script.Flow.Text)
			}
		}
	}
}

func parsed(t *testing.T, name string) *dialogue.File {
	t.Helper()
	source, err := fs.ReadFile(scripts.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	file, err := dialogue.Parse(name, source)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// flowsOf are the scripts that a dialogue goes through.
func flowsOf(file *dialogue.File) map[string]bool {
	through := map[string]bool{}
	for _, b := range file.Blocks {
		if place, said := strings.CutPrefix(b.Head, "bot "); said {
			flow, _, _ := strings.Cut(place, "/")
			through[flow] = true
		}
	}
	return through
}

// talkedFile is a dialogue in a copy of the content, as `javab chat` writes it.
func talkedFile(t *testing.T, i *installation) (folder, path string) {
	t.Helper()
	folder = filepath.Join(i.dir, "content")
	if err := os.CopyFS(folder, scripts.FS); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(folder, "talked.chat")
	e := i.environment("chat", "--lang", "en", "--save", path, folder)
	e.Stdin = strings.NewReader("English\nhello\n")
	i.want(i.runIn(e), 0, "English")
	return folder, path
}

func TestOtherWordsAreADifferenceThatUpdateWrites(t *testing.T) {
	i := install(t)
	folder, path := talkedFile(t, i)
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := strings.Replace(string(written), "it answers in English", "it speaks English", 1)
	if other == string(written) {
		t.Fatalf("nothing to change in\n%s", written)
	}
	if err := os.WriteFile(path, []byte("# a note\n"+other), 0o600); err != nil {
		t.Fatal(err)
	}
	i.want(i.run("test", "--run", "talked", folder), 1, "other words", "it speaks English", "it answers in English", "failed: 1")
	i.want(i.run("test", "--run", "talked", "--update", folder), 0, "rewritten", "failed: 0")
	if now, err := os.ReadFile(path); err != nil || string(now) != "# a note\n"+string(written) {
		t.Errorf("%v\n%s", err, now)
	}
	i.want(i.run("test", "--run", "talked", folder), 0, "failed: 0")
}

func TestTheResultsAreForProgramsToo(t *testing.T) {
	i := install(t)
	folder, _ := talkedFile(t, i)
	got := decoded[struct {
		Dialogues []played
		Failed    int
	}](i, i.run("test", "--json", "--run", "talked", folder))
	if len(got.Dialogues) != 1 || got.Failed != 0 || got.Dialogues[0].Verdict != playedSame {
		t.Errorf("got %+v", got)
	}
}
